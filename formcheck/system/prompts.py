"""Asks for a passphrase in the terminal, without showing it."""

import getpass
import os
import sys

from formcheck.system.errors import UserError
from formcheck.system.language import tr

PASSPHRASE = "FORMCHECK_PASSPHRASE"
"""Environment variable, for scripts."""


def ask_secret(question: str) -> str:
    """A password typed without being shown. UserError where nobody can be asked."""
    if not sys.stdin.isatty():
        raise UserError(tr("a password is needed: run the command in a terminal, or put it into the address"))
    return getpass.getpass(question)


def ask_passphrase() -> str:
    """The passphrase of what is locked. UserError where nobody can be asked."""
    if PASSPHRASE in os.environ:
        return os.environ[PASSPHRASE]
    if not sys.stdin.isatty():
        raise UserError(tr("this is locked: run the command in a terminal, or set {passphrase}", passphrase=PASSPHRASE))
    return getpass.getpass(tr("Passphrase: "))


def ask_new_passphrase() -> str:
    """A passphrase typed twice. UserError where the two differ, or nobody can be asked."""
    if not sys.stdin.isatty():
        raise UserError(tr("a new passphrase is only taken in a terminal"))
    first = getpass.getpass(tr("New passphrase: "))
    if first != getpass.getpass(tr("Once more: ")):
        raise UserError(tr("the two were not the same; nothing was changed"))
    return first
