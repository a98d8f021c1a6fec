"""Sessions in one .zip, to be sent: written for another formcheck, and read with distrust.

Layout: bundle.json (format, version, plan) and sessions/NAME/FILE, the files of a session folder.
"""

import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from formcheck.analysis.limits import limits_problem
from formcheck.exercises import EXERCISES
from formcheck.library.anew import write_anew
from formcheck.library.encryption import sealed
from formcheck.library.errors import BadBundle, StoreError
from formcheck.library.store.folders import INCOMING, folder_name, place
from formcheck.library.store.index import Entry
from formcheck.library.store.library import Library
from formcheck.results import Session
from formcheck.session import corrections, file, notes
from formcheck.session import ownership as ownerships
from formcheck.session.corrections import shown_session
from formcheck.session.layout import CORRECTIONS, FILES, NOTES, OWNERSHIP, REPORT, SESSION, VIDEOS
from formcheck.session.ownership import Ownership, read_ownership, write_ownership
from formcheck.system.errors import UserError
from formcheck.system.files import USUAL, replaced_by
from formcheck.system.json_format import Format, decode, encode
from formcheck.system.language import to_translate, tr

FORMAT = Format("formcheck-bundle", to_translate("sessions of formcheck"), max_bytes=100_000)
MANIFEST = "bundle.json"
MAX_ENTRIES = 20_000
MAX_FILE_BYTES = {
    MANIFEST: FORMAT.max_bytes,
    SESSION: file.FORMAT.max_bytes,
    CORRECTIONS: corrections.FORMAT.max_bytes,
    NOTES: notes.FORMAT.max_bytes,
    OWNERSHIP: ownerships.FORMAT.max_bytes,
}
MAX_CSV_BYTES = 200_000_000
MAX_VIDEO_BYTES = 8_000_000_000
MAX_RATIO = 200
"""JSON and CSV of real sessions shrink to a fifth or a tenth; a bomb shrinks a thousandfold."""
SPARE_BYTES = 200_000_000
"""Left free on the disk."""
WANTED = frozenset({*FILES, *VIDEOS} - {REPORT})
"""A report that somebody else made is not taken in: it is made again from the session."""
_ENTRY = re.compile(r"sessions/([A-Za-z0-9][A-Za-z0-9._-]{0,119})/([a-z.0-9]{1,40})")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken in, and how many sessions were known already."""

    entries: tuple[Entry, ...]
    known: int


def export_sessions(library: Library, entries: Sequence[Entry], target: Path, *, videos: bool) -> None:
    """Write a .zip of sessions, unlocked, whole or not at all. Everything is made anew from known fields.

    Clients' names do not travel, nor what a film was called, when and with what it was filmed; notes that were written do.

    OSError where it cannot be written; StoreError where a folder has gone.
    """
    with replaced_by(target, mode=USUAL) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(MANIFEST, encode(FORMAT, {}))
        for entry in entries:
            with library.opened(entry) as folder, tempfile.TemporaryDirectory(prefix="formcheck-") as anew:
                write_anew(folder, Path(anew), videos=videos)
                for file in sorted(Path(anew).iterdir()):
                    kind = zipfile.ZIP_STORED if file.name in VIDEOS else zipfile.ZIP_DEFLATED
                    bundle.write(file, f"sessions/{entry.folder}/{file.name}", kind)


def import_bundle(library: Library, source: Path, *, client: str | None, keep_video: bool) -> Imported:
    """Take in the sessions of a .zip that somebody sent, all or none. BadBundle with the reason in one line.

    client: whose they are here; what the file itself says about that is not believed.
    """
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=library.sessions_root, prefix=INCOMING)))
        try:
            bundle = stack.enter_context(zipfile.ZipFile(source))
            folders = _unpack(bundle, work, keep_video=keep_video)
        except BadBundle as error:
            raise BadBundle(tr("{source}: {error}; nothing was taken from it", source=source, error=error)) from error
        except OSError as error:
            raise BadBundle(
                tr("{source}: cannot be read or unpacked ({what})", source=source, what=error.strerror or error)
            ) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, LookupError) as error:
            raise BadBundle(
                tr("{source}: not a whole .zip file ({what})", source=source, what=" ".join(str(error).split())[:120])
            ) from error
        known = set(library.index.folders().values())
        entries = [_judge(folder, source, client) for folder in folders]
        uids = [e.uid for e, _ in entries]
        if len(set(uids)) < len(uids):
            raise BadBundle(tr("{source}: holds the same session twice; nothing was taken from it", source=source))
        fresh = [(e, folder) for e, folder in entries if e.uid not in known]
        return Imported(tuple(_settle(library, fresh)), len(entries) - len(fresh))


def _unpack(bundle: zipfile.ZipFile, work: Path, *, keep_video: bool) -> list[Path]:
    infos = bundle.infolist()
    if len(infos) > MAX_ENTRIES:
        raise BadBundle(tr("more than {max_entries} files", max_entries=MAX_ENTRIES))
    names = [info.filename for info in infos]
    if len({n.casefold() for n in names}) < len(names):
        raise BadBundle(tr("the same file twice"))
    if MANIFEST not in names:
        raise BadBundle(tr("no sessions of formcheck"))
    manifest = bundle.getinfo(MANIFEST)
    _check(manifest, MANIFEST)
    with bundle.open(manifest) as file:
        content = file.read(MAX_FILE_BYTES[MANIFEST] + 1)
    decode(content, FORMAT, dict, BadBundle)
    wanted = [(info, match) for info in infos if (match := _wanted(info))]
    taken = [(info, match) for info, match in wanted if keep_video or match[2] not in VIDEOS]
    if sum(info.file_size for info, _ in taken) > shutil.disk_usage(work).free - SPARE_BYTES:
        raise BadBundle(tr("not enough room on the disk"))
    for info, match in taken:
        folder = work / match[1]
        folder.mkdir(mode=0o700, exist_ok=True)
        _extract(bundle, info, folder / match[2])
    folders = sorted({work / match[1] for _, match in wanted})
    if not folders:
        raise BadBundle(tr("no session in it"))
    return folders


def _wanted(info: zipfile.ZipInfo) -> re.Match[str] | None:
    """The entry's place, None for one that is passed over; BadBundle for one that no formcheck wrote."""
    if info.filename == MANIFEST:
        return None
    match = _ENTRY.fullmatch(info.filename)
    if match is None or ".." in info.filename:
        raise BadBundle(tr("a file outside its folder: {filename!r:.80}", filename=info.filename))
    if match[2] not in {*FILES, *VIDEOS}:
        raise BadBundle(tr("a file that belongs to no session: {filename!r:.80}", filename=info.filename))
    _check(info, match[2])
    return match if match[2] in WANTED else None


def _check(info: zipfile.ZipInfo, name: str) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG) or info.is_dir():
        raise BadBundle(tr("{filename!r:.80} is a link or a folder", filename=info.filename))
    if info.flag_bits & 0x1:
        raise BadBundle(tr("it asks for a password"))
    if info.file_size > _limit(name):
        raise BadBundle(tr("{filename!r:.80} is too large", filename=info.filename))
    if name not in VIDEOS and info.file_size > _BLOCK and info.file_size > MAX_RATIO * max(1, info.compress_size):
        raise BadBundle(tr("{filename!r:.80} is packed like a zip bomb", filename=info.filename))


def _limit(name: str) -> int:
    return MAX_VIDEO_BYTES if name in VIDEOS else MAX_FILE_BYTES.get(name, MAX_CSV_BYTES)


def _extract(bundle: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> None:
    """Never writes more than the entry declared."""
    left = info.file_size
    with bundle.open(info) as source, target.open("xb") as file:
        target.chmod(0o600)
        while block := source.read(_BLOCK):
            left -= len(block)
            if left < 0:
                raise BadBundle(tr("{filename!r:.80} is larger than it says", filename=info.filename))
            file.write(block)


def _judge(folder: Path, source: Path, client: str | None) -> tuple[Entry, Path]:
    """The session as it will stand here, made anew from what is known of it. BadBundle where a file of it makes no sense."""
    anew = folder.with_name(f"{folder.name}.anew")
    anew.mkdir(mode=0o700)
    try:
        session, ownership = shown_session(folder), read_ownership(folder)
        write_anew(folder, anew, videos=True)
    except UserError as error:
        reason = str(error).removeprefix(f"{folder}").lstrip("/\\")
        raise BadBundle(
            tr("{source}: {name}/{reason}; nothing was taken from it", source=source, name=folder.name, reason=reason)
        ) from error
    if ownership is None:
        raise BadBundle(tr("{source}: {name} has no record.json; nothing was taken from it", source=source, name=folder.name))
    lost = next((name for name in VIDEOS if (folder / name).exists() and not (anew / name).exists()), None)
    problem = tr("{file} is no film", file=lost) if lost else _problem(session, ownership)
    if problem:
        raise BadBundle(
            tr("{source}: {name}: {problem}; nothing was taken from it", source=source, name=folder.name, problem=problem)
        )
    ownership = replace(ownership, client=client)
    write_ownership(anew, ownership)
    return Entry.of(folder_name(session, ownership), session, ownership), anew


def _problem(session: Session, ownership: Ownership) -> str:
    """What no formcheck of today would have written; empty where there is nothing."""
    if ownership.when > datetime.now(UTC) + timedelta(days=1):
        return tr("it was done on {when:%Y-%m-%d}, a day that is still to come", when=ownership.when)
    exercise = EXERCISES.get(session.exercise)
    faults = exercise.faults if exercise is not None else ()
    found = (limits_problem(f, session.thresholds[f.name]) for f in faults if f.name in session.thresholds)
    return next(filter(None, found), "")


def _settle(library: Library, fresh: Sequence[tuple[Entry, Path]]) -> list[Entry]:
    placed: list[Path] = []
    entries: list[Entry] = []
    try:
        for entry, folder in fresh:
            if library.keys:
                sealed.lock_folder(folder, library.keys)
            placed.append(place(folder, library.sessions_root, entry.folder))
            entries.append(replace(entry, folder=placed[-1].name))
        library.index.put_session(*entries)
    except (OSError, StoreError):
        for folder in placed:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return entries
