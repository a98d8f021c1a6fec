"""Opens the library around a command."""

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from functools import wraps
from pathlib import Path

from formcheck.library.clients import Client
from formcheck.library.encryption.passphrase import is_locked
from formcheck.library.store.folders import library_folders
from formcheck.library.store.library import Library
from formcheck.library.store.sync import open_library
from formcheck.system.language import tr
from formcheck.system.prompts import ask_passphrase
from formcheck.system.settings import load_settings


def with_library(action: Callable[[Library, argparse.Namespace], None]) -> Callable[[argparse.Namespace], None]:
    """The command that opens the library, does the action and closes it again."""

    @wraps(action)
    def command(options: argparse.Namespace) -> None:
        root, sessions = folders()
        with closing(open_library(root, sessions=sessions, passphrase=passphrase_if_locked(root))) as library:
            if library.read_only:
                print(tr("Note: the library can only be read here; nothing is changed in it."), file=sys.stderr)
            action(library, options)

    return command


def folders() -> tuple[Path, Path]:
    """The library's folder, and that of its sessions as the settings name it."""
    return library_folders(None, load_settings()[0].sessions())


def passphrase_if_locked(root: Path) -> str | None:
    """Asked for in the terminal; None where the library is not locked."""
    return ask_passphrase() if is_locked(root) else None


def client_of(library: Library, options: argparse.Namespace) -> Client | None:
    """The client that was named; None for the computer's owner."""
    return library.client(options.client) if options.client else None


def uid_of(client: Client | None) -> str | None:
    return client.uid if client else None
