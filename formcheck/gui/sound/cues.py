"""Which cue is shown and which sound is made, so that people can follow: one at a time, long enough, not over and over. No Qt."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from formcheck.analysis.clean import clean_as_seen
from formcheck.analysis.handsfree import Stage
from formcheck.analysis.pacing import Phase
from formcheck.exercises.contract import Exercise
from formcheck.results import Finding, Rep
from formcheck.run.live.live_set import LiveUpdate

SHOWN_S = 2.5
"""A cue stays at least this long."""
COOLDOWN_S = 4.0
"""The same warning is not sounded again within this time."""


class Sound(StrEnum):
    """Each a file in assets/."""

    GOOD = "good"
    LIMIT = "limit"
    COUNT = "count"
    BEGIN = "begin"
    PAUSE = "pause"
    END = "end"
    TICK = "tick"
    """A phase of the pace begins."""


@dataclass(frozen=True, slots=True)
class AudioCue:
    """One thing to be heard: a sound, or words where the computer can speak."""

    sound: Sound
    words: str = ""


class CueHolder:
    """Holds the cue on the screen: a more important one replaces it at once, a lesser one only after its time."""

    def __init__(self, exercise: Exercise) -> None:
        self._priority = {fault.name: fault.priority for fault in exercise.faults}
        self._every = exercise.cue_every
        self._held: Finding | None = None
        self._seen_s = -math.inf

    def update(self, now_s: float, active: Sequence[Finding], finished: Rep | None) -> Finding | None:
        """What to show now. active: limits passed at this moment; finished: a repetition's own findings count as well, where a
        cue may be given in each."""
        found = list(active) or list(finished.findings if finished and self._every == 1 else ())
        best = min(found, key=lambda f: self._priority.get(f.fault, 9), default=None)
        if best is not None and (self._held is None or self._rank(best) <= self._rank(self._held) or self._over(now_s)):
            self._held = best
            self._seen_s = now_s
        elif self._over(now_s):
            self._held = None
        return self._held

    def _rank(self, finding: Finding) -> int:
        return self._priority.get(finding.fault, 9)

    def _over(self, now_s: float) -> bool:
        return now_s - self._seen_s > SHOWN_S


class CueSpeaker:
    """What is heard after each frame, if anything."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._stage: Stage | None = None
        self._counted: int | None = None
        self._last_s: dict[str, float] = {}
        self._passing: set[str] = set()

    def update(self, update: LiveUpdate) -> AudioCue | None:
        snapshot = update.result.snapshot
        stage, before = update.stage, self._stage
        self._stage = stage
        if stage is Stage.COUNTDOWN and update.countdown_s is not None:
            left = math.ceil(update.countdown_s)
            changed, self._counted = left != self._counted and left > 0, left
            return AudioCue(Sound.COUNT, str(left)) if changed else None
        self._counted = None
        if stage is not before:
            entered = {Stage.RUNNING: Sound.BEGIN, Stage.PAUSED: Sound.PAUSE, Stage.DONE: Sound.END}.get(stage)
            return AudioCue(entered) if entered else None
        if stage is not Stage.RUNNING:
            return None
        warned = self._warn(snapshot.timestamp_s, snapshot.active)
        if warned is not None:
            return warned
        each = self._exercise.cue_every == 1  # no step of a run has a tone
        if each and snapshot.finished is not None and clean_as_seen(snapshot.finished, self._exercise):
            return AudioCue(Sound.GOOD)
        beat = update.beat
        return AudioCue(Sound.TICK) if beat is not None and beat.began and beat.phase is not Phase.REST else None

    def _warn(self, now_s: float, active: Sequence[Finding]) -> AudioCue | None:
        passing = {finding.fault for finding in active}
        fresh = [f for f in active if f.fault not in self._passing and now_s - self._last_s.get(f.fault, -math.inf) > COOLDOWN_S]
        self._passing = passing
        if not fresh:
            return None
        self._last_s[fresh[0].fault] = now_s
        return AudioCue(Sound.LIMIT, self._exercise.fault(fresh[0].fault).cue)
