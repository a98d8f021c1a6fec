"""`formcheck library`: the sessions kept on this computer."""

import argparse
from contextlib import closing
from datetime import datetime

from formcheck import __version__
from formcheck.cli.opened import client_of, folders, passphrase_if_locked, uid_of, with_library
from formcheck.library import remeasure
from formcheck.library.bundle import export_sessions, import_bundle
from formcheck.library.encryption.passphrase import WARNING, remove_passphrase, set_passphrase
from formcheck.library.mending import move_session, redate_session
from formcheck.library.retention import Retention, expire, expired, read_retention, write_retention
from formcheck.library.store.library import Library
from formcheck.library.store.place import adopt
from formcheck.library.store.sync import rebuild_library
from formcheck.library.store.twins import twins
from formcheck.report.words import exercise_title
from formcheck.system.errors import UserError
from formcheck.system.language import tr, trn
from formcheck.system.prompts import ask_new_passphrase
from formcheck.system.settings import load_settings


@with_library
def list_sessions(library: Library, options: argparse.Namespace) -> None:
    codes = {c.uid: c.code for c in library.clients()}
    client = client_of(library, options)
    entries = library.sessions_of(client.uid) if client else library.sessions()
    print(tr("In {sessions_root}", sessions_root=library.sessions_root))
    for e in entries:
        what = f"{exercise_title(e.exercise)} {tr(e.side or '')}".strip()
        print(
            tr(
                "{when:%Y-%m-%d %H:%M}  {what}  {what2}  {clean_reps} of {reps} clean  {folder}",
                when=e.when,
                what=codes.get(e.client or "", "-"),
                what2=what,
                clean_reps=e.clean_reps,
                reps=e.reps,
                folder=e.folder,
            )
        )


@with_library
def add_session(library: Library, options: argparse.Namespace) -> None:
    client = uid_of(client_of(library, options))
    entry = library.add_session(
        options.session, keep_video=options.keep_video, client=client, when=options.when, again=options.again
    )
    print(library.folder(entry))
    codes = {c.uid: c.code for c in library.clients()}
    for twin in twins(entry, library.sessions()):
        whose = tr(" of {client}", client=codes[twin.client]) if twin.client else ""
        print(
            tr(
                "Note: the same film is there already, as the session{whose} of {when:%Y-%m-%d %H:%M}: {folder}",
                whose=whose,
                when=twin.when,
                folder=twin.folder,
            )
        )


@with_library
def move(library: Library, options: argparse.Namespace) -> None:
    if not options.owner and options.to is None:
        raise UserError(tr("say whose it is: --to CLIENT, or --owner"))
    client = None if options.owner else library.client(options.to)
    moved = move_session(library, library.session(options.session), uid_of(client), datetime.now().astimezone())
    if client is None:
        print(tr("{folder}: now a session of your own", folder=moved.folder))
    else:
        print(tr("{folder}: now a session of {client}", folder=moved.folder, client=client.code))


@with_library
def redate(library: Library, options: argparse.Namespace) -> None:
    moved = redate_session(library, library.session(options.session), options.when.astimezone(), datetime.now().astimezone())
    print(tr("{folder}: of {when:%Y-%m-%d %H:%M}", folder=moved.folder, when=moved.when))


def rebuild_index(_: argparse.Namespace) -> None:
    root, sessions = folders()
    library, done = rebuild_library(root, sessions=sessions, passphrase=passphrase_if_locked(root))
    with closing(library):
        print(tr("{len} sessions, {len2} clients", len=len(library.sessions()), len2=len(library.clients())))
    for problem in done.problems:
        print(tr("Left as it is: {problem}", problem=problem))


def adopt_folder(_: argparse.Namespace) -> None:
    root, sessions = folders()
    adopt(root, sessions)
    print(
        tr(
            "{sessions}: belongs to this computer's library now; the other one is refused from its next start on.",
            sessions=sessions,
        )
    )


@with_library
def lock(library: Library, _: argparse.Namespace) -> None:
    print(tr(WARNING))
    set_passphrase(library, ask_new_passphrase())
    print(tr("Locked."))


@with_library
def unlock(library: Library, _: argparse.Namespace) -> None:
    remove_passphrase(library)
    print(tr("Unlocked: everything can be read without a passphrase now."))


@with_library
def send_sessions(library: Library, options: argparse.Namespace) -> None:
    client = client_of(library, options)
    entries = library.sessions_of(uid_of(client))
    export_sessions(library, entries, options.file, videos=options.videos)
    if client:
        library.exported(client, options.file)
    print(tr("{n} sessions, unlocked, in {file}", n=len(entries), file=options.file))


@with_library
def receive_sessions(library: Library, options: argparse.Namespace) -> None:
    client = uid_of(client_of(library, options))
    taken = import_bundle(library, options.file, client=client, keep_video=options.keep_video)
    print(tr("{n} sessions taken in, {known} were known", n=len(taken.entries), known=taken.known))


@with_library
def measure_again(library: Library, _: argparse.Namespace) -> None:
    """Sessions of other versions of the program."""
    older = [e for e in library.sessions() if e.program != __version__]
    model = load_settings()[0].model_path
    for entry in older:
        renewed = remeasure.measure_again(library, entry, model=model)
        if renewed is None:
            print(
                tr(
                    "{folder}: measured by {program}, and neither raw video nor signals were kept",
                    folder=entry.folder,
                    program=entry.program,
                )
            )
        else:
            print(
                tr(
                    "{folder}: measured again, {clean_reps} of {reps} clean",
                    folder=entry.folder,
                    clean_reps=renewed.clean_reps,
                    reps=renewed.reps,
                )
            )
    if not older:
        print(tr("All sessions were measured by this version."))


@with_library
def set_retention(library: Library, options: argparse.Namespace) -> None:
    kept = read_retention(library.root)
    if options.videos is not None or options.sessions is not None:
        videos = kept.video_days if options.videos is None else options.videos or None
        sessions = kept.session_days if options.sessions is None else options.sessions or None
        kept = Retention(videos, sessions)
        write_retention(library.root, kept)
    print(tr("Videos are kept {span}, sessions {span2}.", span=_span(kept.video_days), span2=_span(kept.session_days)))
    found = expired(library, kept, datetime.now().astimezone())
    for entry in found.videos:
        print(tr("past its time: video of {folder}", folder=entry.folder))
    for entry in found.sessions:
        print(tr("past its time: {folder}", folder=entry.folder))
    if options.yes:
        expire(library, found)
    elif found.videos or found.sessions:
        print(tr("Nothing was deleted: say --yes to delete them for good."))


def _span(days: int | None) -> str:
    return tr("until you delete them") if days is None else trn("{n} day", "{n} days", days)
