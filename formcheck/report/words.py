"""How figures and names are put into words, the same in every report."""

from collections.abc import Iterable

from formcheck.analysis.clean import clean_as_seen, clean_count, unseen_in_clean
from formcheck.analysis.two_sides import has_both_sides
from formcheck.exercises import EXERCISES
from formcheck.results import Measurement, Rep, Session, Severity, Side, Stretch
from formcheck.system.language import decimals, to_translate, tr, trn

DISCLAIMER = to_translate(
    "Movement feedback and education, not medical advice. All figures are estimated from a camera's picture; "
    "± is half of the 90 % interval. Pain or worry: stop, and ask a health professional."
)
_UNITS = {"deg": "°", "s": " s", "ratio": ""}


def unit_words(unit: str) -> str:
    """What follows a number in this unit."""
    return tr(" steps/min") if unit == "steps/min" else _UNITS.get(unit, f" {unit}")


def number(value: float, unit: str) -> str:
    """A figure with no more digits than it deserves."""
    places = 2 if unit in ("ratio", "s", "m") else 1
    shown = round(value, places) + 0.0  # never -0
    digits = f"{shown:.2f}" if places > 1 else f"{shown:.1f}".removesuffix(".0")
    return f"{decimals(digits)}{unit_words(unit)}"


def figure(measurement: Measurement | None) -> str:
    """A measurement with its uncertainty, or that it was not measured."""
    if measurement is None or measurement.value is None:
        return tr("not measured")
    words, wide = number(measurement.value, measurement.unit), measurement.uncertainty
    if wide is None:
        return words
    if measurement.unit == "m":  # the unit once: columns are narrow
        words = words.removesuffix(unit_words("m"))
    return f"{words} ± {number(wide, measurement.unit)}"


def span(rep: Rep | Stretch) -> str:
    """From when to when."""
    return f"{decimals(f'{rep.start_s:.1f}-{rep.end_s:.1f}')} s"


def plain(name: str) -> str:
    """An identifier as words, for exercises and quantities that this version does not know."""
    return name.replace("_", " ").replace("-", " ")


def exercise_title(exercise: str) -> str:
    known = EXERCISES.get(exercise)
    return tr(known.title) if known else plain(exercise)


def variant_title(exercise: str, name: str) -> str:
    known = EXERCISES.get(exercise)
    return next((tr(v.title) for v in known.variants if v.name == name), plain(name)) if known else plain(name)


def side_words(session: Session) -> str:
    """The session's side as the end of a title; empty where there is none to name."""
    if has_both_sides(session):
        return tr(", both sides")
    return tr(", {side} side", side=tr(session.side)) if session.side else ""


def rep_label(session: Session, rep: Rep) -> str:
    """A repetition's number, with its side where the session has both."""
    known = EXERCISES.get(session.exercise)
    run = known is not None and known.compares_sides and rep.side is not None
    if not run and not has_both_sides(session):
        return str(rep.number)
    return tr("{number} L", number=rep.number) if rep.side is Side.LEFT else tr("{number} R", number=rep.number)


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
    if rep.clean:
        return tr("clean")
    as_seen = [tr("clean in what can be seen")] if clean_as_seen(rep, EXERCISES.get(session.exercise)) else []
    return ", ".join(as_seen + found + unseen)


def counted_words(session: Session) -> str:
    """How many repetitions; of a run, stances."""
    known = EXERCISES.get(session.exercise)
    if known is not None and known.compares_sides:
        return trn("{n} stance", "{n} stances", len(session.reps))
    return trn("{n} repetition", "{n} repetitions", len(session.reps))


def clean_words(session: Session) -> str:
    """How many repetitions were clean, and that something in them could not be seen."""
    n = clean_count(session)
    if unseen_in_clean(session):
        return trn("{n} clean in what can be seen", "{n} clean in what can be seen", n)
    return trn("{n} clean", "{n} clean", n)


def unseen_words(session: Session) -> str:
    """The faults that could not be judged in repetitions that are called clean; empty where there are none."""
    unseen = unseen_in_clean(session).items()
    return ", ".join(f"{fault_title(session.exercise, f)} ({n})" for f, n in unseen)


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
