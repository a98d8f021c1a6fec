"""What the person is told while they move: the limits passed at this moment, and what only the whole repetition showed."""

import math
from collections.abc import Collection, Mapping, Sequence

from formcheck.analysis.findings import found_in
from formcheck.exercises.contract import Exercise
from formcheck.results import Finding, Limits, Rep

LATE_S = 1.5
"""How long a cue stays that was certain only when the repetition was over. It is for the next one."""


class Cues:
    """Of one set. Feed update() once a frame."""

    def __init__(self, exercise: Exercise, limits: Mapping[str, Limits]) -> None:
        self._exercise, self._limits = exercise, limits
        self._said_s: dict[str, float] = {}
        self._since_s: dict[str, float] = {}
        """Fault -> since when its limit has been passed without a break."""
        self._late: tuple[Finding, ...] = ()
        self._until_s = -math.inf

    def update(
        self,
        now_s: float,
        values: Mapping[str, float],
        reps: Sequence[Rep],
        finished: Rep | None = None,
        unsure: Collection[str] = (),
        margins: Mapping[str, float] | None = None,
    ) -> tuple[Finding, ...]:
        """The cues for now, the most important first. values: changes since the movement's start, empty while nothing moves;
        unsure: quantities without a cue now, since the finished repetition may show something else; margins: quantity -> how far
        beyond its limit it must be for a cue now, in its unit.

        With `cue_every` above 1 a cue stays until the next repetition ends, so that it is not lost if a frame is skipped.
        """
        every = self._exercise.cue_every
        if every > 1:
            return recurring(self._exercise, reps[-every:]) if values and reps and len(reps) % every == 0 else ()
        if finished is not None:
            said = {fault for fault, said_s in self._said_s.items() if said_s >= finished.start_s}
            self._late = tuple(finding for finding in finished.findings if finding.fault not in said)
            self._until_s = now_s + LATE_S
        sure = {n: v for n, v in values.items() if n not in unsure}
        now = self._lasting(passing_now(self._exercise, self._limits, sure, now_s, margins or {}), now_s)
        self._said_s |= {finding.fault: now_s for finding in now}
        late = self._late if now_s < self._until_s else ()
        known = {finding.fault for finding in now}
        return (*now, *(finding for finding in late if finding.fault not in known))

    def _lasting(self, passing: Sequence[Finding], now_s: float) -> tuple[Finding, ...]:
        """Those that have lasted as long as their fault asks."""
        self._since_s = {finding.fault: self._since_s.get(finding.fault, now_s) for finding in passing}
        return tuple(f for f in passing if now_s - self._since_s[f.fault] >= self._exercise.fault(f.fault).live_after_s)


def passing_now(
    exercise: Exercise, limits: Mapping[str, Limits], values: Mapping[str, float], now_s: float, margins: Mapping[str, float]
) -> tuple[Finding, ...]:
    """The limits that running values pass at this moment, the most important first. margins: as in Cues.update()."""
    findings = []
    for fault in sorted(exercise.faults, key=lambda f: f.priority):
        value = values.get(fault.quantity, math.nan)
        beyond = fault.live_margin + margins.get(fault.quantity, 0.0)
        surely = fault.passes(value, limits[fault.name].caution + (fault.direction or 1) * beyond)
        found = found_in(fault, limits[fault.name], value, 0.0) if surely else None
        if found is not None:
            severity, limit = found
            findings.append(Finding(fault.name, severity, now_s, value, limit, limits[fault.name].unit))
    return tuple(findings)


def recurring(exercise: Exercise, reps: Sequence[Rep]) -> tuple[Finding, ...]:
    """Faults that at least half of the judged repetitions have, each as in the last one that has it; the most important first."""
    found = []
    for fault in sorted(exercise.faults, key=lambda f: f.priority):
        judged = [rep for rep in reps if fault.name not in rep.not_assessable]
        having = [finding for rep in judged for finding in rep.findings if finding.fault == fault.name]
        if having and 2 * len(having) >= len(judged):
            found.append(having[-1])
    return tuple(found)
