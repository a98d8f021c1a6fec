"""The figures of a session: a bar for each repetition, and curves over the set."""

from collections.abc import Mapping, Sequence

import numpy as np

from formcheck.analysis.curves import from_starts
from formcheck.exercises import EXERCISES
from formcheck.report.chart import Bar, Limit, Span, bars, over_time
from formcheck.report.document import (
    COLOURS,
    Block,
    Figure,
    Heading,
    Tone,
)
from formcheck.report.words import (
    guarded,
    movement,
    quantity_title,
    rep_label,
    unit_words,
    worst,
)
from formcheck.results import Limits, Rep, Session
from formcheck.session.notes import Notes
from formcheck.system.language import to_translate, tr

Series = Mapping[str, Sequence[float]]
"""t_s and each quantity, one value per frame; NaN where not measured."""
MARKS = {
    Tone.CLEAN: "",
    Tone.CAUTION: to_translate("caution"),
    Tone.FAULT: to_translate("fault"),
    Tone.UNSEEN: "?",
    Tone.PLAIN: to_translate("excluded"),
}

BARS = to_translate(
    "{} per repetition, estimated, with its 90 % interval; coloured by the repetition's result (other: another fault)."
)
OVER_TIME = to_translate("{} over the session, estimated, from where each repetition starts; repetitions are marked below.")


def figure_blocks(session: Session, series: Series | None, notes: Notes) -> list[Block]:
    blocks: list[Block] = []
    still, moving = guarded(session), movement(session)
    if still and session.reps:
        measured = [rep.measurements.get(still) for rep in session.reps]
        unit = next(m.unit for m in measured if m)
        title = quantity_title(session.exercise, still)
        tones = [tone(rep, notes) for rep in session.reps]
        items = [
            Bar(
                rep_label(session, rep),
                m.value if m else None,
                (m.uncertainty or 0.0) if m else 0.0,
                COLOURS[t],
                tr("other") if found_elsewhere(session, rep, still) else tr(MARKS[t]),
            )
            for rep, m, t in zip(session.reps, measured, tones, strict=True)
        ]
        canvas = bars(items, unit_words(unit), limit_lines(session.thresholds.get(still)))
        blocks += [Heading(tr("Each repetition")), Figure(canvas, tr(BARS).format(title))]
    if series is None or len(series.get("t_s", ())) < 2:
        return blocks
    spans = [Span(rep.start_s, rep.end_s, rep_label(session, rep), COLOURS[tone(rep, notes)]) for rep in session.reps]
    for name in dict.fromkeys(n for n in (moving, still) if n):
        if name in series:
            unit = next(m.unit for rep in session.reps if (m := rep.measurements.get(name)))
            limits = limit_lines(session.thresholds.get(name)) if name == still else []
            values = curve(session, name, series)
            canvas = over_time(series["t_s"], values, unit_words(unit), spans, limits, COLOURS[Tone.CLEAN])
            title = quantity_title(session.exercise, name)
            blocks.append(Figure(canvas, tr(OVER_TIME).format(title)))
    return blocks


def curve(session: Session, quantity: str, series: Series) -> Sequence[float]:
    """A quantity over the set as its measurements are counted: less its value at each repetition's start."""
    known = EXERCISES.get(session.exercise)
    if known is not None and any(q.name == quantity and q.absolute for q in known.quantities):
        return series[quantity]
    return list(from_starts(np.array(series["t_s"]), np.array(series[quantity]), session.reps))


def limit_lines(limits: Limits | None) -> list[Limit]:
    """The two limits as lines of a chart."""
    if limits is None:
        return []
    lines = [(limits.caution, tr("caution"), COLOURS[Tone.CAUTION]), (limits.fault, tr("fault"), COLOURS[Tone.FAULT])]
    return [Limit(v, words, colour) for v, words, colour in lines]


def found_elsewhere(session: Session, rep: Rep, quantity: str) -> bool:
    """Whether something was found in a repetition, but not in this quantity."""
    known = EXERCISES.get(session.exercise)
    judged_by = {f.name: f.quantity for f in known.faults} if known else {}
    return bool(rep.findings) and all(judged_by.get(f.fault, f.fault) != quantity for f in rep.findings)


def tone(rep: Rep, notes: Notes) -> Tone:
    """How a repetition is marked: what the therapist excluded is plain."""
    if rep.number in notes.excluded:
        return Tone.PLAIN
    severity = worst(rep)
    if severity:
        return Tone(severity.value)
    return Tone.CLEAN if rep.clean else Tone.UNSEEN
