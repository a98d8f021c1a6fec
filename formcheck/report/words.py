"""How figures and names are put into words, the same in every report."""

from collections.abc import Iterable

from formcheck.exercises import EXERCISES
from formcheck.results import Measurement, Rep, Session, Severity
from formcheck.system.language import decimals, to_translate, tr

DISCLAIMER = to_translate(
    "Movement feedback and education, not medical advice. All figures are estimated from a camera's picture; "
    "± is half of the 90 % interval. Pain or worry: stop, and ask a health professional."
)
_UNITS = {"deg": "°", "s": " s", "ratio": ""}


def unit_words(unit: str) -> str:
    """What follows a number in this unit."""
    return _UNITS.get(unit, f" {unit}")


def number(value: float, unit: str) -> str:
    """A figure with no more digits than it deserves."""
    digits = f"{value:.2f}" if unit in ("ratio", "s", "m") else f"{value:.1f}".removesuffix(".0")
    return f"{decimals(digits)}{unit_words(unit)}"


def figure(measurement: Measurement | None) -> str:
    """A measurement with its uncertainty, or that it was not measured."""
    if measurement is None or measurement.value is None:
        return tr("not measured")
    words = number(measurement.value, measurement.unit)
    return words if measurement.uncertainty is None else f"{words} ± {number(measurement.uncertainty, measurement.unit)}"


def plain(name: str) -> str:
    """An identifier as words, for exercises and quantities that this version does not know."""
    return name.replace("_", " ").replace("-", " ")


def exercise_title(exercise: str) -> str:
    known = EXERCISES.get(exercise)
    return tr(known.title) if known else plain(exercise)


def quantity_title(exercise: str, name: str) -> str:
    known = EXERCISES.get(exercise)
    return next((tr(q.title) for q in known.quantities if q.name == name), plain(name)) if known else plain(name)


def fault_title(exercise: str, name: str) -> str:
    known = EXERCISES.get(exercise)
    return next((tr(f.title) for f in known.faults if f.name == name), plain(name)) if known else plain(name)


def detectable_differences() -> dict[tuple[str, str], float]:
    """(exercise, quantity) -> smallest detectable difference in the quantity's unit, where it is known."""
    return {(e.id, q.name): q.detectable for e in EXERCISES.values() for q in e.quantities if q.detectable is not None}


def quantities(session: Session) -> list[str]:
    """The session's measurements, in the exercise's own order."""
    present = dict.fromkeys(name for rep in session.reps for name in rep.measurements)
    known = EXERCISES.get(session.exercise)
    order = [q.name for q in known.quantities] if known else []
    return sorted(present, key=lambda n: order.index(n) if n in order else len(order))


def guarded(session: Session) -> str | None:
    """The quantity that should stay still, if the session has it."""
    known = EXERCISES.get(session.exercise)
    return known.guarded if known and known.guarded in quantities(session) else None


def movement(session: Session) -> str | None:
    """The quantity whose rise and return is a repetition, if the session has it."""
    known = EXERCISES.get(session.exercise)
    return known.movement if known and known.movement in quantities(session) else None


def outcome(session: Session, rep: Rep) -> str:
    """One repetition's result in words."""
    found = [f"{fault_title(session.exercise, f.fault)} ({tr(f.severity)})" for f in rep.findings]
    unseen = [tr("{fault_title} not assessable", fault_title=fault_title(session.exercise, f)) for f in rep.not_assessable]
    return ", ".join(found + unseen) or tr("clean")


def worst(rep: Rep) -> Severity | None:
    severities = {f.severity for f in rep.findings}
    return next((s for s in (Severity.FAULT, Severity.CAUTION) if s in severities), None)


def ranges(numbers: Iterable[int]) -> str:
    """1, 2, 3, 7 as "1-3, 7"."""
    runs: list[list[int]] = []
    for n in sorted(set(numbers)):
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ", ".join(f"{r[0]}" if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs)
