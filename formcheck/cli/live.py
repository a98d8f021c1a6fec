"""Live sets at the command line: those that were cut off."""

import argparse

from formcheck.cli.opened import folders, passphrase_if_locked
from formcheck.library.store.sync import open_library, sync
from formcheck.run.live import recovery


def recover(options: argparse.Namespace) -> None:
    root, sessions = folders()
    found = recovery.cut_off_sets(sessions)
    # asked for before anything is kept, so that it is locked at once
    passphrase = passphrase_if_locked(root) if options.keep and found else None
    locked = open_library(root, sessions=sessions, passphrase=passphrase) if passphrase is not None else None
    for one in found:
        if options.keep:
            recovery.keep(one.folder)
        elif options.discard:
            recovery.discard(one.folder)
        done = "kept" if options.keep else "deleted" if options.discard else "cut off"
        print(f"{done}: {recovery.describe(one)}  {one.folder}")
    if locked is not None:
        sync(locked)
        locked.close()
    if not found:
        print("No set was cut off.")
    elif not (options.keep or options.discard):
        print("formcheck recover --keep finishes them, --discard deletes them.")
