"""One set held against a reference: its figures, and what they rest on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from formcheck.agreement.pairs import FramePair, Pair
from formcheck.agreement.statistics.correlation import Intraclass, intraclass
from formcheck.agreement.statistics.differences import Differences, differences
from formcheck.agreement.statistics.proportions import Finding, Share, finding


@dataclass(frozen=True, slots=True)
class Measured:
    """How one measure agrees."""

    n: int
    """Pairs with a value on both sides."""
    not_assessable: int
    """Pairs where the program gave no value, though the reference has one."""
    differences: Differences | None
    """None for fewer than two pairs."""
    intraclass: Intraclass | None
    covered: Share
    """Pairs whose reference lies within the program's 90 % interval."""


CLOTHING = ("tight", "loose")


@dataclass(frozen=True, slots=True)
class Labels:
    """What sorts sets in a study. Nothing here names a person."""

    person: str = ""
    """A code."""
    place: str = ""
    """Where it was recorded: clinic 1, lab."""
    clothing: str = ""
    """One of CLOTHING; empty where it was not said."""
    camera_deg: float | None = None
    """The camera's angle off straight in front, as measured in the room."""


@dataclass(frozen=True, slots=True)
class Joined:
    """How film and reference were brought together."""

    reference: str
    """The app, or the kind of capture file."""
    offset_s: float
    """The reference's time at the film's first frame."""
    drift_ppm: float
    offset_uncertainty_s: float
    correlation: float | None
    clock_by: str
    mounting_by: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetResult:
    exercise: str
    variant: str
    side: str
    program: str
    labels: Labels
    joined: Joined
    pairs: tuple[Pair, ...]
    frames: tuple[FramePair, ...] = field(default=(), repr=False)


def measured(pairs: Sequence[Pair]) -> dict[str, Measured]:
    """By measure, in the order met."""
    return {name: _measured(of) for name, of in by_measure(pairs).items()}


def framewise(frames: Sequence[FramePair]) -> dict[str, Differences]:
    """By measure; its intervals take frames for independent, which they are not: for the spread only."""
    out = {}
    for name in dict.fromkeys(f.measure for f in frames):
        values = np.array([(f.program, f.reference) for f in frames if f.measure == name])
        made = differences(values[:, 0], values[:, 1])
        if made is not None:
            out[name] = made
    return out


def flags(pairs: Sequence[Pair]) -> dict[str, Finding]:
    """By fault."""
    judged: dict[str, list[tuple[bool | None, bool]]] = {}
    for pair in pairs:
        if pair.fault and pair.present is not None:
            judged.setdefault(pair.fault, []).append((pair.flagged, pair.present))
    return {fault: finding(of) for fault, of in judged.items()}


def by_measure(pairs: Sequence[Pair]) -> Mapping[str, list[Pair]]:
    out: dict[str, list[Pair]] = {}
    for pair in pairs:
        out.setdefault(pair.measure, []).append(pair)
    return out


def both(pairs: Sequence[Pair]) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    """(n, 2) program and reference of the pairs that have both."""
    rows = [(p.program, p.reference) for p in pairs if p.program is not None and p.reference is not None]
    return np.array(rows, dtype=np.float64).reshape(-1, 2)


def _measured(pairs: Sequence[Pair]) -> Measured:
    values = both(pairs)
    within = [
        abs(p.program - p.reference) <= p.uncertainty
        for p in pairs
        if p.program is not None and p.reference is not None and p.uncertainty is not None
    ]
    return Measured(
        len(values),
        sum(p.program is None and p.reference is not None for p in pairs),
        differences(values[:, 0], values[:, 1]),
        intraclass(values),
        Share(sum(within), len(within)),
    )
