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
JOURNAL = ".reps.jsonl"
"""A repetition a line, while a set runs: writing a line takes as long in the thousandth as in the first."""

VIDEOS = (ANNOTATED, RAW)
"""The one to be shown first."""
MEASURED = (SERIES, ANGLES, SIGNALS, REPS, REPORT, SESSION)
"""What measuring again replaces. session.json is the last to be written: it is what counts."""
FILES = (*MEASURED, NOTES, OWNERSHIP)
"""All that is no video."""


def film(folder: Path) -> Path | None:
    """The video to be shown; None where none was kept."""
    return next((folder / name for name in VIDEOS if (folder / name).is_file()), None)
