"""What a review knows: the session with its curves and the therapist's notes. No Qt; every change makes a new state."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from formcheck.analysis.curves import from_starts
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Exercise
from formcheck.frames import Floats
from formcheck.results import Finding, Rep, Session
from formcheck.session.corrections import shown_session
from formcheck.session.layout import film
from formcheck.session.layout import series as series_of
from formcheck.session.notes import Notes, read_notes
from formcheck.session.tables import read_series
from formcheck.system.errors import UserError
from formcheck.system.json_format import MAX_TEXT
from formcheck.system.language import tr


@dataclass(frozen=True, slots=True, eq=False)
class Review:
    """One session folder, opened."""

    folder: Path
    session: Session
    exercise: Exercise
    notes: Notes
    video: Path | None
    series: Mapping[str, Floats]
    """t_s and quantities per frame; empty where none was kept."""

    @property
    def times_s(self) -> Floats:
        return self.series.get("t_s", np.empty(0))

    def curve(self, quantity: str) -> Floats | None:
        """(n,) of a quantity over the set, as its measurements are counted; None where it was not kept."""
        values = self.series.get(quantity)
        if values is None or self.exercise.quantity(quantity).absolute:
            return values
        return from_starts(self.times_s, values, self.session.reps)

    @property
    def is_run(self) -> bool:
        """Whether its repetitions are stances, of which both sides were measured."""
        return self.exercise.compares_sides and bool(self.session.sides)

    @property
    def duration_s(self) -> float:
        return max(self.session.video.duration_s, float(self.times_s[-1]) if len(self.times_s) else 0.0)

    @property
    def findings(self) -> list[tuple[Rep, Finding]]:
        """All, in the order of time."""
        found = [(rep, finding) for rep in self.session.reps for finding in rep.findings]
        return sorted(found, key=lambda pair: pair[1].at_s)

    def rep(self, number: int) -> Rep:
        return next(rep for rep in self.session.reps if rep.number == number)

    def rep_at(self, time_s: float) -> Rep | None:
        return next((rep for rep in self.session.reps if rep.start_s <= time_s <= rep.end_s), None)

    def finding_after(self, time_s: float, direction: int) -> tuple[Rep, Finding] | None:
        """The next finding (+1) or the one before (-1)."""
        if direction > 0:
            return next((pair for pair in self.findings if pair[1].at_s > time_s + 0.02), None)
        return next((pair for pair in reversed(self.findings) if pair[1].at_s < time_s - 0.02), None)

    def overruled(self, rep: int, fault: str) -> str | None:
        """Why the therapist disagrees; None if they do not."""
        return self.notes.overruled.get(rep, {}).get(fault)

    def with_overruled(self, rep: int, fault: str, why: str | None) -> "Review":
        """why None: the program's finding stands again."""
        faults = {name: reason for name, reason in self.notes.overruled.get(rep, {}).items() if name != fault}
        if why is not None:
            faults[fault] = why
        everything = {**self.notes.overruled, rep: faults}
        return self._noted(replace(self.notes, overruled={r: f for r, f in everything.items() if f}))

    def with_excluded(self, rep: int, why: str | None) -> "Review":
        """why None: the repetition counts again."""
        excluded = {r: reason for r, reason in self.notes.excluded.items() if r != rep}
        if why is not None:
            excluded[rep] = why
        return self._noted(replace(self.notes, excluded=excluded))

    def with_texts(self, *, subjective: str, assessment: str, plan: str) -> "Review":
        """The therapist's words, cut where they would be too long to be read back."""
        subjective, assessment, plan = (text[:MAX_TEXT] for text in (subjective, assessment, plan))
        return self._noted(replace(self.notes, subjective=subjective, assessment=assessment, plan=plan))

    def _noted(self, notes: Notes) -> "Review":
        return replace(self, notes=notes)

    def step(self, time_s: float, frames: int) -> float:
        """The time that many frames on (or back)."""
        times = self.times_s
        if not len(times):
            return float(np.clip(time_s + frames / max(1.0, self.session.video.fps), 0.0, self.duration_s))
        at = int(np.searchsorted(times, time_s + 0.002, side="right")) - 1
        return float(times[np.clip(at + frames, 0, len(times) - 1)])


def open_review(folder: Path) -> Review:
    """UserError if the folder holds no session this program can review."""
    folder = folder if folder.is_dir() else folder.parent
    session = shown_session(folder)
    exercise = EXERCISES.get(session.exercise)
    if exercise is None:
        raise UserError(
            tr(
                "{folder}: its exercise {exercise!r} is not known to this version; update the program",
                folder=folder,
                exercise=session.exercise,
            )
        )
    series = read_series(series_of(folder)) or {}
    video = film(folder)
    return Review(folder, session, exercise, read_notes(folder), video, {k: np.array(v, dtype=float) for k, v in series.items()})


def time_at_phase(rep: Rep, phase: float) -> float:
    """When a repetition is at a phase: 0 start, 0.5 its extreme, 1 end; so two repetitions can be shown in step."""
    return float(np.interp(phase, (0.0, 0.5, 1.0), (rep.start_s, rep.peak_s, rep.end_s)))


def curve_over_phase(review: Review, rep: Rep, quantity: str, points: int = 101) -> tuple[Floats, Floats]:
    """(phase, value less the value at the start), for laying repetitions over each other."""
    phases = np.linspace(0.0, 1.0, points)
    times, values = review.times_s, review.series.get(quantity, np.empty(0))
    if not len(times) or len(values) != len(times):
        return phases, np.full(points, np.nan)
    curve = np.interp([time_at_phase(rep, p) for p in phases], times, values)
    return phases, curve - curve[0]
