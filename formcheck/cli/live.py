"""Live sets at the command line: those that were cut off."""

import argparse

from formcheck.cli.opened import folders, passphrase_if_locked
from formcheck.library.store.sync import open_library, sync
from formcheck.run.live import recovery
from formcheck.system.language import tr


def recover(options: argparse.Namespace) -> None:
    root, sessions = folders()
    found = recovery.cut_off_sets(sessions)
    # asked for before anything is kept, so that it is locked at once
    passphrase = passphrase_if_locked(root) if options.keep and found else None
    locked = open_library(root, sessions=sessions, passphrase=passphrase) if passphrase is not None else None
    for one in found:
        print(f"{_deal_with(one, options)}: {recovery.describe(one)}  {one.folder}")
    if locked is not None:
        sync(locked)
        locked.close()
    if options.keep or options.discard:
        recovery.clear_unbegun(sessions)
    elif found:
        print(tr("formcheck recover --keep finishes them, --discard deletes them."))
    if not found:
        print(tr("No set was cut off."))


def _deal_with(one: recovery.CutOff, options: argparse.Namespace) -> str:
    """What was done, in a word or two."""
    if options.discard:
        recovery.discard(one.folder)
        return tr("deleted")
    if options.keep and one.session is not None:
        recovery.keep(one.folder)
        return tr("kept")
    return tr("left as it is") if options.keep else tr("cut off")
