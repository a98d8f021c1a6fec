"""A period as a document: what was done, how it went, what changed beyond measurement error."""

from collections.abc import Mapping, Sequence

from formcheck.analysis.clean import clean_count, unseen_in_clean
from formcheck.report.canvas import Canvas
from formcheck.report.chart import Limit, Point, progress
from formcheck.report.document import Block, Document, Facts, Figure, Heading, Paragraph, Row, Table
from formcheck.report.progress import Sample, Trend, Value, sides_apart, trends
from formcheck.report.session_figures import limit_lines
from formcheck.report.session_report import About
from formcheck.report.soap import soap, subjective
from formcheck.report.words import DISCLAIMER, exercise_title, fault_title, number, quantity_title, unit_words
from formcheck.results import Session, Side
from formcheck.session.notes import Notes
from formcheck.system.language import day_words, moment_words, tr, trn

SIDE_COLOURS = {Side.LEFT: "#0072b2", Side.RIGHT: "#b3400a", None: "#444444"}


def period_document(
    samples: Sequence[Sample],
    *,
    about: About | None = None,
    adherence: Sequence[Row] = (),
    detectable: Mapping[tuple[str, str], float] | None = None,
) -> Document:
    """The report of several sessions of one person, in reading order.

    adherence: rows of item, days done, days planned, sets done. detectable: see trends(). ValueError without a sample.
    """
    if not samples:
        raise ValueError(tr("a period without sessions has no report"))
    about = about or About()
    ordered = sorted(samples, key=lambda s: s.when)
    found = trends(ordered, detectable)
    apart = sides_apart(found)
    first, last = ordered[0].when, ordered[-1].when
    done = [s.judged for s in ordered]
    facts = [
        (tr("Client"), about.client),
        (tr("Period"), tr("{first:%Y-%m-%d} to {last:%Y-%m-%d}", first=first, last=last)),
        (tr("Sessions"), str(len(ordered))),
        (
            tr("Repetitions"),
            tr("{sum}, of which {sum2} clean", sum=sum(len(s.reps) for s in done), sum2=sum(map(clean_count, done))),
        ),
        (tr("Not assessable in clean repetitions"), _unseen(done)),
        (tr("Put right by hand"), _sessions(sum(s.put_right is not None for s in done))),
    ]
    blocks: list[Block] = [Facts(tuple((k, v) for k, v in facts if v))]
    if adherence:
        head = (tr("Plan"), tr("Days done"), tr("Days planned"), tr("Sets done"))
        blocks += [Heading(tr("Adherence to the plan")), Table(head, tuple(adherence), (49, 17, 17, 17))]
    for exercise in dict.fromkeys(s.session.exercise for s in ordered):
        blocks += _exercise(exercise, ordered, found, apart)
    said = [f"{day_words(s.when)}: {line}" for s in ordered for line in subjective(s.notes) if line]
    measured = [
        tr(
            "{trend_title}, median per session (estimated): {change_words}.",
            trend_title=trend_title(t),
            change_words=change_words(t),
        )
        for t in found
    ]
    measured += [
        tr(
            "{trend_title}, left less right (estimated): {change_words}.",
            trend_title=trend_title(t),
            change_words=change_words(t),
        )
        for t in apart
        if len(t.values) > 1
    ]
    blocks += soap(said, measured, Notes())
    blocks += _settings(ordered)
    return Document(tr("Progress, {first:%Y-%m-%d} to {last:%Y-%m-%d}", first=first, last=last), tuple(blocks), tr(DISCLAIMER))


def _sessions(n: int) -> str:
    return "" if not n else trn("{n} session", "{n} sessions", n)


def change_words(trend: Trend) -> str:
    """What happened to a quantity, in one sentence that claims no more than was measured."""
    change = trend.change
    if change is None:
        return tr("one session only, or each measured by another version: not compared")
    span = tr(
        "{number} to {number2}", number=number(change.first.value, trend.unit), number2=number(change.last.value, trend.unit)
    )
    size = number(abs(change.difference), trend.unit)
    if not change.real:
        return tr("{span}: no change beyond measurement error ({number})", span=span, number=number(change.threshold, trend.unit))
    return tr(
        "{span}: {what} by {size}, beyond measurement error",
        span=span,
        what=tr("more") if change.difference > 0 else tr("less"),
        size=size,
    )


def trend_title(trend: Trend) -> str:
    """Exercise, quantity and side in words."""
    side = f", {tr(trend.side)}" if trend.side else ""
    return f"{exercise_title(trend.exercise)}, {quantity_title(trend.exercise, trend.quantity)}{side}"


def _exercise(exercise: str, samples: Sequence[Sample], found: Sequence[Trend], apart: Sequence[Trend]) -> list[Block]:
    own = [s for s in samples if s.session.exercise == exercise]
    blocks: list[Block] = [Heading(exercise_title(exercise)), _table(own, [t for t in found if t.exercise == exercise])]
    if len({s.method for s in own}) > 1:
        blocks.append(
            Paragraph(
                tr(
                    "These sessions were measured by different versions of the program, models or "
                    "variants. Lines join only those that share one; where the video was kept, analyse "
                    "the older ones again to compare them."
                )
            )
        )
    for quantity in dict.fromkeys(t.quantity for t in found if t.exercise == exercise):
        mine = [t for t in found if (t.exercise, t.quantity) == (exercise, quantity)]
        limits = next((limit_lines(t.limits) for t in mine if t.guarded), [])
        words = "; ".join(f"{tr(t.side) if t.side else tr('all')}: {change_words(t)}" for t in mine)
        caption = tr(
            "{quantity_title}, median per session, estimated, with its 90 % interval. {words}.",
            quantity_title=quantity_title(exercise, quantity),
            words=words,
        )
        blocks.append(Figure(chart(mine, limits), caption))
    for trend in (t for t in apart if t.exercise == exercise and len(t.values) > 1):
        caption = tr(
            "{quantity_title}: left less right, per day. {change_words}.",
            quantity_title=quantity_title(exercise, trend.quantity),
            change_words=change_words(trend),
        )
        blocks.append(Figure(chart([trend], []), caption))
    return blocks


def chart(found: Sequence[Trend], limits: Sequence[Limit]) -> Canvas:
    """Trends of one quantity in one plot, a line per side."""
    values = sorted((v for t in found for v in t.values), key=lambda v: v.when)
    start, end = values[0].when, values[-1].when
    methods = list(dict.fromkeys(v.method for v in values))

    def point(v: Value) -> Point:
        return Point((v.when - start).total_seconds() / 86400, v.value, v.uncertainty, methods.index(v.method))

    lines = [(tr(t.side or ""), [point(v) for v in t.values], SIDE_COLOURS[t.side]) for t in found]
    return progress(lines, unit_words(found[0].unit), limits, (day_words(start), day_words(end)))


def _table(samples: Sequence[Sample], found: Sequence[Trend]) -> Table:
    quantities = list(dict.fromkeys(t.quantity for t in found))
    known = {(t.quantity, v.when, t.side): (v, t.unit) for t in found for v in t.values}
    exercise = samples[0].session.exercise
    head = (tr("When"), tr("Side"), tr("Clean"), *(quantity_title(exercise, q) for q in quantities), tr("Found"), tr("Version"))
    rows = []
    for sample in samples:
        session = sample.judged
        cells = []
        for quantity in quantities:
            value = known.get((quantity, sample.when, session.side))
            cells.append(
                f"{number(value[0].value, value[1])} ± {number(value[0].uncertainty, value[1])}" if value else tr("not measured")
            )
        counts = {f.fault: 0 for rep in session.reps for f in rep.findings}
        for rep in session.reps:
            for fault in {f.fault for f in rep.findings}:
                counts[fault] += 1
        words = ", ".join(f"{fault_title(exercise, f)} ({n})" for f, n in counts.items()) or tr("nothing")
        words += tr("; put right by hand") if session.put_right is not None else ""
        clean = tr("{clean_reps} of {n}", clean_reps=clean_count(session), n=len(session.reps))
        side = tr(session.side or "")
        rows.append(Row((moment_words(sample.when), side, clean, *cells, words, session.program)))
    return Table(head, tuple(rows), (17, 8, 11, *(14 for _ in quantities), 26, 10))


def _unseen(sessions: Sequence[Session]) -> str:
    """The faults that could not be judged in some repetition that is called clean."""
    return ", ".join(dict.fromkeys(fault_title(s.exercise, fault) for s in sessions for fault in unseen_in_clean(s)))


def _settings(samples: Sequence[Sample]) -> list[Block]:
    limits = {
        (exercise_title(s.session.exercise), fault_title(s.session.exercise, f), v.caution, v.fault, v.unit)
        for s in samples
        for f, v in s.session.thresholds.items()
    }
    rows = tuple(Row((e, f, number(c, u), number(x, u))) for e, f, c, x, u in sorted(limits))
    programs = ", ".join(
        sorted({tr("formcheck {program} (model {model})", program=s.session.program, model=s.session.model) for s in samples})
    )
    head = (tr("Exercise"), tr("Fault"), tr("Caution from"), tr("Fault from"))
    return [Heading(tr("Settings and limits used")), Facts(((tr("Measured by"), programs),)), Table(head, rows, (30, 34, 18, 18))]
