"""What may come after the set that has just ended, from the sessions that lie on this computer. No Qt."""

from collections.abc import Iterable
from pathlib import Path

from formcheck.errors import UserError
from formcheck.exercises.progression import Criteria, suggest
from formcheck.results import Session
from formcheck.session_file import read_session
from formcheck.session_notes import judged, read_notes
from formcheck.session_record import read_record
from formcheck.settings import Settings


def next_step(settings: Settings, folder: Path) -> str:
    """The suggestion in words after the session in `folder`, empty for none; only sets of the same person count."""
    found = sorted(_sets({folder, *map(Path, settings.recent)}), key=lambda s: s[0])
    own = next((s for s in found if s[2] == folder), None)
    if own is None:
        return ""
    session, client = own[1], own[3]
    criteria = Criteria(settings.next_after_sets, settings.next_after_reps, settings.next_after_clean / 100)
    suggestion = suggest(session.exercise, session.variant, [s for _, s, _, c in found if c == client], criteria)
    return "" if suggestion is None else suggestion.words


def _sets(folders: Iterable[Path]) -> list[tuple[float, Session, Path, str | None]]:
    """(seconds since the epoch, session as judged, folder, client); what cannot be read is passed over."""
    out = []
    for folder in folders:
        try:
            record = read_record(folder)
            session = judged(read_session(folder), read_notes(folder))
            when = record.when.timestamp() if record else (folder / "session.json").stat().st_mtime
        except (UserError, OSError):
            continue
        out.append((when, session, folder, record.client if record else None))
    return out
