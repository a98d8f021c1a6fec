"""The files of a session folder: each is named here and nowhere else."""

from pathlib import Path

SESSION = "session.json"
REPS = "reps.csv"
SERIES = "series.csv"
ANGLES = "angles.csv"
SIGNALS = "signals.npz"
REPORT = "report.html"
ANNOTATED = "annotated.mp4"
RAW = "raw.mp4"
NOTES = "notes.json"
OWNERSHIP = "record.json"
CORRECTIONS = "corrections.json"
"""What was put right by hand, and the session as it is since; session.json stays what the program found."""
CORRECTED_SERIES, CORRECTED_SIGNALS = "corrected.csv", "corrected.npz"
"""Of a set that was measured again as another one; the signals of one in which somebody else was followed."""
JOURNAL = ".reps.jsonl"
"""A repetition a line, while a set runs: writing a line takes as long in the thousandth as in the first."""

VIDEOS = (ANNOTATED, RAW)
"""The one to be shown first."""
MEASURED = (SERIES, ANGLES, SIGNALS, REPS, REPORT, SESSION)
"""What measuring again replaces. session.json is the last to be written: it is what counts."""
BY_HAND = (CORRECTED_SIGNALS, CORRECTED_SERIES, CORRECTIONS)
"""What putting right writes, the one that counts last."""
FILES = (*MEASURED, *BY_HAND, NOTES, OWNERSHIP)
"""All that is no video."""


def film(folder: Path) -> Path | None:
    """The video to be shown; None where none was kept. What is painted on one no longer holds of a set measured as another."""
    names = reversed(VIDEOS) if measured_as_another(folder) else VIDEOS
    return next((folder / name for name in names if (folder / name).is_file()), None)


def series(folder: Path) -> Path:
    """The curves to be shown: those of the set as it was put right, if it was measured again."""
    return folder / (CORRECTED_SERIES if measured_as_another(folder) else SERIES)


def measured_as_another(folder: Path) -> bool:
    """Whether somebody had the set measured as another exercise, variant or side, or of another person."""
    return (folder / CORRECTED_SERIES).is_file() and (folder / CORRECTIONS).is_file()
