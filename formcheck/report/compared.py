"""What a comparison of left and right holds: each measure's values on both sides, and what may be said of them."""

import math
import statistics
from dataclasses import dataclass

from formcheck.results import Session
from formcheck.system.language import mid_sentence, tr

MIN_REPS = 3
"""Fewer measured repetitions on a side have no spread worth the name."""


@dataclass(frozen=True, slots=True)
class SideValues:
    """One side's values of one quantity."""

    title: str
    """How to call it: left, right; first, second where both sessions are of one side."""
    values: tuple[tuple[int, float], ...]
    """(repetition, value), measured repetitions only."""
    left_out: tuple[int, ...]
    """Repetitions in which it could not be measured."""
    half_width: float
    """Mean half-width of the repetitions' 90 % intervals; 0 where none was given."""

    @property
    def enough(self) -> bool:
        return len(self.values) >= MIN_REPS

    @property
    def mean(self) -> float:
        """NaN without values."""
        return statistics.fmean(v for _, v in self.values) if self.values else math.nan

    @property
    def sd(self) -> float:
        """Standard deviation between repetitions; NaN with fewer than two."""
        return statistics.stdev(v for _, v in self.values) if len(self.values) > 1 else math.nan


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One quantity, left against right."""

    quantity: str
    title: str
    unit: str
    left: SideValues
    right: SideValues
    detectable: float
    """Smallest detectable difference: a smaller one is measurement error."""
    less_control: SideValues | None
    """The side with more compensation, where the difference is real."""
    within_limits: bool
    """Both sides' means stay below the caution limit."""
    movement: bool
    of_means: bool = False
    """One side's means of two runs: `detectable` holds for the means, and the spread between stances is part of it."""

    @property
    def comparable(self) -> bool:
        return self.left.enough and self.right.enough

    @property
    def difference(self) -> float:
        """Left less right, in `unit`."""
        return self.left.mean - self.right.mean

    @property
    def spread(self) -> float:
        """Within-side standard deviation, pooled over both sides by their degrees of freedom."""
        sides = [(len(s.values) - 1, s.sd) for s in (self.left, self.right) if len(s.values) > 1]
        freedom = sum(n for n, _ in sides)
        return math.sqrt(sum(n * sd**2 for n, sd in sides) / freedom) if freedom else math.nan

    @property
    def threshold(self) -> float:
        """Only a larger difference counts."""
        return self.detectable if self.of_means else max(self.detectable, 2 * self.spread)

    @property
    def real(self) -> bool:
        return self.comparable and abs(self.difference) > self.threshold

    @property
    def larger(self) -> SideValues:
        return self.left if self.difference > 0 else self.right


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides of one exercise. left and right hold that side's repetitions only."""

    exercise: str
    left: Session
    right: Session
    titles: tuple[str, str]
    rows: tuple[ComparedRow, ...]
    notices: tuple[str, ...]
    exchanged: bool
    """The sessions were given the wrong way round: `left` is what was given as right."""

    @property
    def runs(self) -> bool:
        """Whether these are two runs, each side against the same one of the other run."""
        return any(row.of_means for row in self.rows)

    @property
    def verdicts(self) -> tuple[str, ...]:
        """One sentence for each side that is named, or one that none is."""
        if self.runs:
            return self._of_runs()
        named: dict[str, list[str]] = {}
        for row in self.rows:
            if row.less_control:
                within = tr(" (both within the limit)") if row.within_limits else ""
                named.setdefault(row.less_control.title, []).append(mid_sentence(row.title) + within)
        sentences = tuple(
            tr("The {title} side shows less control: {what}.", title=title, what=", ".join(found))
            for title, found in named.items()
        )
        if sentences:
            return sentences
        if not any(r.comparable for r in self.rows):
            return (tr("No side shows less control as far as can be told: too few repetitions were measured on both sides."),)
        return (tr("No side shows less control: no difference exceeds measurement error and the spread between repetitions."),)

    def _of_runs(self) -> tuple[str, ...]:
        """Of two runs: what became smaller, what became larger."""
        real = [row for row in self.rows if row.real]
        smaller, larger = ([row.title for row in real if (row.difference > 0) is less] for less in (True, False))
        said = []
        if smaller:
            said.append(tr("Smaller in the second session: {what}.", what="; ".join(smaller)))
        if larger:
            said.append(tr("Larger in the second session: {what}.", what="; ".join(larger)))
        if said:
            return tuple(said)
        if not any(row.comparable for row in self.rows):
            return (tr("Nothing can be said of a change: too few stances were measured in both sessions."),)
        return (tr("No change between the two sessions is larger than the smallest detectable difference."),)
