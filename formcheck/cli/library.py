"""The commands about the library: clients, plans, sessions kept, progress. Each opens it, does one thing and says so."""

import argparse
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from formcheck.system.errors import UserError
from formcheck.system.prompts import ask_new_passphrase, ask_passphrase

if TYPE_CHECKING:
    from formcheck.library.clients import Client
    from formcheck.library.store.library import Library

Group: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_commands(sub: Group) -> None:
    """`library`, `clients`, `plans` and `progress`."""
    library = _group(sub, "library", "the sessions kept on this computer")
    _command(library, "list", "sessions, oldest first", list_sessions, _client_option)
    add = _command(library, "add", "keep a session folder", add_session, _client_option)
    add.add_argument("session", type=Path, metavar="SESSION_DIR")
    add.add_argument("--keep-video", action="store_true", help="keep its videos too")
    add.add_argument("--when", type=datetime.fromisoformat, metavar="YYYY-MM-DDTHH:MM", help="when it was done, if not now")
    rebuild = _command(library, "rebuild", "make the index again from the folders", rebuild_index)
    rebuild.set_defaults(command=rebuild_index)
    _command(library, "lock", "encrypt everything with a passphrase, or change it", lock)
    _command(library, "unlock", "take the passphrase away", unlock)
    send = _command(library, "send", "sessions as one .zip for another formcheck", send_sessions, _client_option)
    send.add_argument("file", type=Path, metavar="FILE.zip")
    send.add_argument("--videos", action="store_true", help="with the videos")
    receive = _command(library, "receive", "take in the sessions of a .zip", receive_sessions, _client_option)
    receive.add_argument("file", type=Path, metavar="FILE.zip")
    receive.add_argument("--keep-video", action="store_true", help="with the videos in it")
    _command(library, "reanalyse", "measure older sessions again, where the raw video was kept", measure_again)
    retention = _command(library, "retention", "delete what is older than so many days", retain)
    retention.add_argument("--videos", type=_days, metavar="DAYS", help="videos; 0: keep them")
    retention.add_argument("--sessions", type=_days, metavar="DAYS", help="whole sessions; 0: keep them")
    retention.add_argument("--yes", action="store_true", help="delete now what is past its time")

    clients = _group(sub, "clients", "clients of a clinic")
    _command(clients, "list", "clients by code", list_clients)
    new = _command(clients, "add", "a new client", add_client)
    new.add_argument("code", metavar="CODE", help="a pseudonym, under which reports speak of the client")
    new.add_argument("--name", default="", help="stays on this computer")
    consent = _command(clients, "consent", "record that the client agreed", consent_client, _client_argument)
    consent.add_argument("--video", action="store_true", help="to videos too")
    export = _command(clients, "export", "all of a client's data, unlocked", export_all, _client_argument)
    export.add_argument("folder", type=Path, metavar="DIR")
    delete = _command(clients, "delete", "delete a client for good", delete_client, _client_argument)
    delete.add_argument("--yes", action="store_true", help="really")

    plans = _group(sub, "plans", "home exercise programmes")
    _command(plans, "list", "plans and what comes next", list_plans, _client_option)
    take = _command(plans, "import", "a plan that was sent", import_plan, _client_option)
    take.add_argument("file", type=Path, metavar="FILE.json")
    give = _command(plans, "export", "a plan as one file", export_plan, _client_option)
    give.add_argument("title", metavar="TITLE")
    give.add_argument("file", type=Path, metavar="FILE.json")

    progress = sub.add_parser("progress", help="a period: report and figures")
    _client_option(progress)
    progress.add_argument("--from", dest="first", type=date.fromisoformat, metavar="YYYY-MM-DD")
    progress.add_argument("--to", dest="last", type=date.fromisoformat, metavar="YYYY-MM-DD")
    for kind in ("pdf", "html", "csv", "json"):
        progress.add_argument(f"--{kind}", type=Path, metavar="FILE")
    progress.set_defaults(command=_opened(show_progress))


def list_sessions(library: "Library", options: argparse.Namespace) -> None:
    codes = {c.uid: c.code for c in library.clients()}
    entries = library.sessions_of(_client(library, options).uid) if options.client else library.sessions()
    print(f"In {library.sessions_root}")
    for e in entries:
        what = f"{e.exercise} {e.side or ''}".strip()
        print(f"{e.when:%Y-%m-%d %H:%M}  {codes.get(e.client or '', '-')}  {what}  {e.clean_reps} of {e.reps} clean  {e.folder}")


def add_session(library: "Library", options: argparse.Namespace) -> None:
    client = _client(library, options).uid if options.client else None
    when = options.when.astimezone() if options.when else None
    entry = library.add_session(options.session, keep_video=options.keep_video, client=client, when=when)
    print(library.folder(entry))


def rebuild_index(_: argparse.Namespace) -> int:
    from formcheck.library.encryption.passphrase import is_locked
    from formcheck.library.store.library import library_folders
    from formcheck.library.store.sync import rebuild_library

    root, sessions = library_folders(None, _sessions_folder())
    library, done = rebuild_library(root, sessions=sessions, passphrase=ask_passphrase() if is_locked(root) else None)
    with closing(library):
        print(f"{len(library.sessions())} sessions, {len(library.clients())} clients")
    for problem in done.problems:
        print(f"Left as it is: {problem}")
    return 0


def lock(library: "Library", _: argparse.Namespace) -> None:
    from formcheck.library.encryption.passphrase import WARNING, set_passphrase

    print(WARNING)
    set_passphrase(library, ask_new_passphrase())
    print("Locked.")


def unlock(library: "Library", _: argparse.Namespace) -> None:
    from formcheck.library.encryption.passphrase import remove_passphrase

    remove_passphrase(library)
    print("Unlocked: everything can be read without a passphrase now.")


def send_sessions(library: "Library", options: argparse.Namespace) -> None:
    from formcheck.library.bundle import export_sessions

    client = _client(library, options) if options.client else None
    entries = library.sessions_of(client.uid if client else None)
    export_sessions(library, entries, options.file, videos=options.videos)
    if client:
        library.exported(client, options.file)
    print(f"{len(entries)} sessions, unlocked, in {options.file}")


def receive_sessions(library: "Library", options: argparse.Namespace) -> None:
    from formcheck.library.bundle import import_bundle

    client = _client(library, options).uid if options.client else None
    taken = import_bundle(library, options.file, client=client, keep_video=options.keep_video)
    print(f"{len(taken.entries)} sessions taken in, {taken.known} were known")


def measure_again(library: "Library", _: argparse.Namespace) -> None:
    """Sessions of other versions of the program."""
    from formcheck import __version__
    from formcheck.library.remeasure import measure_again as again

    older = [e for e in library.sessions() if e.program != __version__]
    for entry in older:
        renewed = again(library, entry)
        if renewed is None:
            print(f"{entry.folder}: measured by {entry.program}, and no raw video was kept")
        else:
            print(f"{entry.folder}: measured again, {renewed.clean_reps} of {renewed.reps} clean")
    if not older:
        print("All sessions were measured by this version.")


def retain(library: "Library", options: argparse.Namespace) -> None:
    from formcheck.library.retention import Retention, expire, expired, read_retention, write_retention

    kept = read_retention(library.root)
    if options.videos is not None or options.sessions is not None:
        videos = kept.video_days if options.videos is None else options.videos or None
        sessions = kept.session_days if options.sessions is None else options.sessions or None
        kept = Retention(videos, sessions)
        write_retention(library.root, kept)
    print(f"Videos are kept {_span(kept.video_days)}, sessions {_span(kept.session_days)}.")
    found = expired(library, kept, datetime.now().astimezone())
    for entry in found.videos:
        print(f"past its time: video of {entry.folder}")
    for entry in found.sessions:
        print(f"past its time: {entry.folder}")
    if options.yes:
        expire(library, found)
    elif found.videos or found.sessions:
        print("Nothing was deleted: say --yes to delete them for good.")


def list_clients(library: "Library", _: argparse.Namespace) -> None:
    for c in library.clients():
        consent = "no consent yet" if c.consent is None else f"consent of {c.consent.when:%Y-%m-%d}"
        video = ", with video" if c.consent and c.consent.video else ""
        print(f"{c.code}  {c.name or '-'}  {consent}{video}  {len(library.sessions_of(c.uid))} sessions")


def add_client(library: "Library", options: argparse.Namespace) -> None:
    client = library.new_client(options.code, options.name)
    print(f"{client.code}: nothing is recorded before consent (formcheck clients consent {client.code})")


def consent_client(library: "Library", options: argparse.Namespace) -> None:
    from formcheck.library.clients import CONSENT_WORDS, VIDEO_WORDS, Consent

    words = f"{CONSENT_WORDS} {VIDEO_WORDS}" if options.video else CONSENT_WORDS
    print(words)
    client = library.give_consent(_client(library, options).uid, Consent(datetime.now().astimezone(), True, options.video, words))
    print(f"Recorded for {client.code}.")


def export_all(library: "Library", options: argparse.Namespace) -> None:
    from formcheck.library.services import export_client

    try:
        print(f"{export_client(library, _client(library, options), options.folder)}: unlocked; delete it when it is handed over")
    except FileExistsError as error:
        raise UserError(f"{options.folder} exists already: name a new folder") from error


def delete_client(library: "Library", options: argparse.Namespace) -> None:
    client = _client(library, options)
    if not options.yes:
        count = len(library.sessions_of(client.uid))
        raise UserError(f"this deletes {client.code} with {count} sessions and their videos for good: say --yes")
    left = library.delete_client(client)
    print(f"{client.code} is deleted.")
    for path in left:
        print(f"Exported earlier and still there: {path}")


def list_plans(library: "Library", options: argparse.Namespace) -> None:
    from formcheck.library.adherence import next_item

    uid = _client(library, options).uid if options.client else None
    for plan in library.plans(uid):
        print(plan.title)
        for item in plan.items:
            print(f"  {item.exercise} {item.side or ''} {item.sets} × {item.reps}, {item.per_week} days a week")
        due = next_item(plan, library.sessions_of(uid), datetime.now().astimezone().date())
        print(f"  next: {due[0].exercise}, set {due[1]}" if due else "  done for today")


def import_plan(library: "Library", options: argparse.Namespace) -> None:
    from formcheck.library.plans import read_plan

    plan = replace(read_plan(options.file), client=_client(library, options).uid if options.client else None)
    library.put_plan(plan)
    print(f"{plan.title}: {len(plan.items)} exercises")


def export_plan(library: "Library", options: argparse.Namespace) -> None:
    from formcheck.library.plans import dump
    from formcheck.system.files import write_atomic

    found = [p for p in library.plans(_client(library, options).uid if options.client else None) if p.title == options.title]
    if not found:
        raise UserError(f"no plan called {options.title!r}; see formcheck plans list")
    write_atomic(options.file, dump(found[0], with_client=False))
    print(options.file)


def show_progress(library: "Library", options: argparse.Namespace) -> None:
    from formcheck.library.services import period_report, progress, samples, within
    from formcheck.report.export import repetitions_csv, sessions_json
    from formcheck.report.folder import write_document
    from formcheck.report.period_report import change_words, trend_title
    from formcheck.system.files import write_atomic

    client = _client(library, options) if options.client else None
    if options.pdf or options.html:
        write_document(period_report(library, client, options.first, options.last), html=options.html, pdf=options.pdf)
    if options.csv or options.json:
        sets = samples(library, within(library.sessions_of(client.uid if client else None), options.first, options.last))
        for path, write in ((options.csv, repetitions_csv), (options.json, sessions_json)):
            if path:
                write_atomic(path, write(sets, client.code if client else ""))
    found = progress(library, client)
    for trend in (*found.trends, *found.apart):
        side = "" if trend.side else ", left less right"
        print(f"{trend_title(trend)}{side}: {change_words(trend)}")


def _group(sub: Group, name: str, words: str) -> Group:
    return sub.add_parser(name, help=words).add_subparsers(title="commands", metavar="COMMAND", required=True)


def _command(
    group: Group,
    name: str,
    words: str,
    action: Callable[..., object],
    *options: Callable[[argparse.ArgumentParser], None],
) -> argparse.ArgumentParser:
    parser = group.add_parser(name, help=words)
    for option in options:
        option(parser)
    parser.set_defaults(command=_opened(action))
    return parser


def _client_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--client", metavar="CLIENT", help="code or name; without it, this computer's owner")


def _client_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("client", metavar="CLIENT", help="code or name")


def _days(words: str) -> int:
    days = int(words)
    if not 0 <= days <= 36_500:
        raise argparse.ArgumentTypeError("0 to 36500 days")
    return days


def _span(days: int | None) -> str:
    return "until you delete them" if days is None else f"{days} days"


def _opened(action: Callable[..., object]) -> Callable[[argparse.Namespace], int]:
    """The library opened around an action."""

    def run(options: argparse.Namespace) -> int:
        from formcheck.library.encryption.passphrase import is_locked
        from formcheck.library.store.library import library_folders
        from formcheck.library.store.sync import open_library

        root, sessions = library_folders(None, _sessions_folder())
        with closing(open_library(root, sessions=sessions, passphrase=ask_passphrase() if is_locked(root) else None)) as library:
            action(library, options)
        return 0

    return run


def _sessions_folder() -> Path:
    from formcheck.system.settings import load_settings

    settings, _ = load_settings()
    return settings.sessions()


def _client(library: "Library", options: argparse.Namespace) -> "Client":
    return library.client(options.client)
