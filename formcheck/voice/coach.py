"""What is said during a set, and when: set-up, countdown, count, one cue when something moves, praise, what is left, the end."""

import math
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from formcheck.analysis.clean import clean_as_seen
from formcheck.analysis.handsfree import Stage
from formcheck.exercises.contract import Exercise
from formcheck.results import Finding, Rep
from formcheck.run.live.live_set import LiveUpdate
from formcheck.system.language import to_translate, tr, trn
from formcheck.voice.speaker import Urgency, Utterance

SETUP_AFTER_S, SETUP_EVERY_S = 1.5, 8.0
"""A set-up sentence is said when its check has failed for so long, and again after so long."""
COOLDOWN_S = 6.0
"""The same warning is not said again within this time."""
SETUP_LATEST_S, NEXT_LATEST_S, END_LATEST_S = 3.0, 2.0, 10.0
"""What is said of a still person, for the next repetition, or after the set, may wait for other words to end."""
PRAISE = to_translate("Good. Keep it like that.")
LEFT = {1: to_translate("Last one."), 2: to_translate("Two more.")}


class Talk(StrEnum):
    """How much is said."""

    QUIET = "quiet"
    COACH = "coach"
    COUNT = "count"
    """Countdown and numbers only."""


class Coach:
    """Feed update() each LiveUpdate of one set; it returns what is to be said now."""

    def __init__(self, exercise: Exercise, *, talk: Talk = Talk.COACH, count_every: int = 1, planned: int | None = None) -> None:
        """count_every: 0 never says the number of a repetition. planned: repetitions of the set, where they are known."""
        self._exercise, self._talk = exercise, talk
        self._count_every, self._planned = count_every, planned
        self._stage: Stage | None = None
        self._counted: int | None = None
        self._failing: tuple[str, float] = ("", math.inf)
        self._said_s: dict[str, float] = {}
        self._warned: set[str] = set()
        self._previous_clean = True
        self._ended = False

    def update(self, update: LiveUpdate, now_s: float) -> list[Utterance]:
        """now_s: this moment on the speaker's clock."""
        if self._talk is Talk.QUIET:
            return []
        said = self._of_stage(update, now_s)
        if update.stage is Stage.CHECKING and self._talk is Talk.COACH:
            said += self._set_up(update, now_s)
        if update.stage is Stage.RUNNING:
            said += self._running(update, now_s)
        return said

    def end(self, reps: Sequence[Rep], now_s: float) -> list[Utterance]:
        """The set is over: its summary, said once. Whoever ends a set calls it: no frame may come after that."""
        if self._ended or self._talk is not Talk.COACH:
            return []
        self._ended = True
        return [Utterance(summary(self._exercise, reps), Urgency.COMMAND, now_s, END_LATEST_S)]

    def rest(self, left_s: float, now_s: float) -> list[Utterance]:
        """Call it about ten times a second in a rest: says its length, and its last three seconds."""
        left = math.ceil(left_s)
        if self._talk is Talk.QUIET or left == self._counted or left <= 0:
            return []
        first, self._counted = self._counted is None, left
        if first and left > 3:
            return [Utterance(trn("Rest. {n} second.", "Rest. {n} seconds.", left), Urgency.COMMAND, now_s, SETUP_LATEST_S)]
        return [Utterance(str(left), Urgency.COMMAND, now_s)] if left <= 3 else []

    def _of_stage(self, update: LiveUpdate, now_s: float) -> list[Utterance]:
        stage, before = update.stage, self._stage
        self._stage = stage
        if stage is Stage.COUNTDOWN and update.countdown_s is not None:
            left = math.ceil(update.countdown_s)
            changed, self._counted = left != self._counted and left > 0, left
            return [Utterance(str(left), Urgency.COMMAND, now_s)] if changed else []
        self._counted = None
        if stage is before:
            return []
        if stage is Stage.DONE:
            return self.end(update.result.snapshot.reps, now_s)
        words = {Stage.RUNNING: tr("Go."), Stage.PAUSED: tr("Paused.")}.get(stage, "")
        return [Utterance(words, Urgency.COMMAND, now_s)] if words else []

    def _set_up(self, update: LiveUpdate, now_s: float) -> list[Utterance]:
        words = next((check.words for check in update.checks if not check.ok), "")
        if words != self._failing[0]:
            self._failing = (words, now_s)
        lasting = now_s - self._failing[1] >= SETUP_AFTER_S
        if not words or not lasting or now_s - self._said_s.get(words, -math.inf) < SETUP_EVERY_S:
            return []
        self._said_s[words] = now_s
        return [Utterance(tr(words), Urgency.SETUP, now_s, SETUP_LATEST_S)]

    def _running(self, update: LiveUpdate, now_s: float) -> list[Utterance]:
        snapshot = update.result.snapshot
        counted = snapshot.finished if self._exercise.cue_every == 1 else None  # nobody wants to hear each step counted
        said = self._warning(snapshot.active, now_s, late=counted is not None) if self._talk is Talk.COACH else []
        if counted is not None:
            return self._counting(counted, len(snapshot.reps), now_s) + said
        if snapshot.finished is not None:
            self._warned.clear()
        return said

    def _warning(self, active: Sequence[Finding], now_s: float, late: bool) -> list[Utterance]:
        """One cue a repetition and fault, the most important first; late: for the next repetition, after this one's number."""
        fresh = [f for f in active if f.fault not in self._warned]
        fresh = [f for f in fresh if now_s - self._said_s.get(f.fault, -math.inf) >= COOLDOWN_S]
        if not fresh:
            return []
        self._warned.add(fresh[0].fault)
        self._said_s[fresh[0].fault] = now_s
        words = tr(self._exercise.fault(fresh[0].fault).cue)
        return [Utterance(words, Urgency.COUNT, now_s, NEXT_LATEST_S) if late else Utterance(words, Urgency.WARNING, now_s)]

    def _counting(self, rep: Rep, count: int, now_s: float) -> list[Utterance]:
        self._warned.clear()
        words = []
        if self._count_every and count % self._count_every == 0:
            words.append(f"{count}.")
        clean = clean_as_seen(rep, self._exercise)
        if self._talk is Talk.COACH:
            left = None if self._planned is None else self._planned - count
            if left in LEFT:
                words.append(tr(LEFT[left]))
            elif clean and not self._previous_clean:
                words.append(tr(PRAISE))
        self._previous_clean = clean
        return [Utterance(" ".join(words), Urgency.COUNT, now_s)] if words else []


def summary(exercise: Exercise, reps: Sequence[Rep]) -> str:
    """One sentence on a finished set, such as "10 repetitions, 8 clean. Pelvis rolls back, in the last 2."."""
    if not reps:
        if exercise.compares_sides:
            return tr("That is the end. No stance was found.")
        return tr("The set is over. No repetition was counted.")
    clean = sum(clean_as_seen(r, exercise) for r in reps)
    if exercise.compares_sides:
        words = trn("{n} stance, {clean} clean.", "{n} stances, {clean} clean.", len(reps), clean=clean)
    else:
        words = trn("{n} repetition, {clean} clean.", "{n} repetitions, {clean} clean.", len(reps), clean=clean)
    counts = Counter(f.fault for rep in reps for f in {f.fault: f for f in rep.findings}.values())
    if not counts:
        return words
    fault, times = min(counts.items(), key=lambda item: (-item[1], exercise.fault(item[0]).priority))
    last = reps[-times:]
    what = tr(exercise.fault(fault).title)
    if times == 1:
        found = tr("{fault}, once.", fault=what)
    elif all(_has(rep, fault) for rep in last):
        found = tr("{fault}, in the last {n}.", fault=what, n=times)
    else:
        found = tr("{fault}, {n} times.", fault=what, n=times)
    return f"{words} {found}"


def _has(rep: Rep, fault: str) -> bool:
    return any(f.fault == fault for f in rep.findings)
