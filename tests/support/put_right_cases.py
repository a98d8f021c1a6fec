"""A set of clams whose signals were kept, to be put right by hand: a repetition each two seconds."""

from datetime import UTC, datetime
from pathlib import Path

from live_cases import clam_set, opening, picture

from formcheck.results import Change, Chosen, Hand
from formcheck.run.offline.put_right import Work
from formcheck.session.layout import BY_HAND, NOTES

FPS = 20
NOW = datetime(2026, 11, 27, 18, 30, tzinfo=UTC)


def recorded_set(sessions: Path, seconds: int = 9) -> Path:
    """The folder of a set that was measured live."""
    live = clam_set(sessions, record=False)
    for i in range(seconds * FPS):
        frame = picture(i, i / FPS)
        live.feed(frame, opening(frame))
    session = live.close()
    assert session is not None
    assert session.reps
    assert live.folder is not None
    return live.folder


def work_on(folder: Path, out: Path) -> Work:
    def no_model() -> Path:
        raise AssertionError("no pose is to be found anew")

    return Work(folder, out, no_model)


def taken_over(out: Path, folder: Path) -> None:
    """As the library does it, without locks."""
    for name in (*BY_HAND, NOTES):
        if (out / name).is_file():
            (out / name).replace(folder / name)
        elif name in BY_HAND:
            (folder / name).unlink(missing_ok=True)


def measured_as(chosen: Chosen) -> Change:
    return Change(NOW, Hand.MEASURED, chosen=chosen)
