"""What the report of a set of both sides says beyond other sessions', and of a run: its gait cycle, its course."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from formcheck.analysis.leads import lead_words
from formcheck.exercises import EXERCISES
from formcheck.measurement.running.cycles import SHARES, Cycle, cycles
from formcheck.measurement.running.sides import strays
from formcheck.report.canvas import Canvas, Dot, Line, Text
from formcheck.report.chart import LEFT, TOP, Limit, frame
from formcheck.report.document import Block, Figure, Heading, Paragraph, Picture, Pictures, Row, Table, Tone
from formcheck.report.run_course import MINUTE_S, Change, changes, course, part_s
from formcheck.report.session_figures import limit_lines
from formcheck.report.words import number, quantity_title, unit_words
from formcheck.results import Limits, Session, Side
from formcheck.system.language import to_translate, tr

SIDES = {Side.LEFT: "#0072b2", Side.RIGHT: "#b3400a"}
LISTED = 60
"""Stances that a report shows one by one: a run of ten minutes has 1600."""
WORDS = {"left": to_translate("Left"), "right": to_translate("Right"), "difference": to_translate("Left less right")}


def run_blocks(session: Session, frames: Mapping[str, Sequence[float]] | None, midstances: Sequence[Picture] = ()) -> list[Block]:
    """Nothing where the session has no two sides. frames: the columns of series.csv and angles.csv, where they are known;
    midstances: of a run, its sides' mean pictures."""
    if not session.sides:
        return []
    blocks: list[Block] = [Heading(tr("Both sides (estimated)")), _sides(session)]
    if not is_run(session):
        return blocks
    cadence = session.summary.get("cadence_spm")
    if cadence is not None and cadence.value is not None:
        blocks.append(Paragraph(tr("Cadence: {value:.0f} steps a minute, both feet.", value=cadence.value)))
    left_out = strays(session.reps)
    if left_out:
        blocks.append(
            Paragraph(tr("Left out of the means, as unlike all others: {left_out} stances.", left_out=left_out), small=True)
        )
    blocks += _next(session)
    if midstances:
        blocks += [Heading(tr("Left and right midstance")), Pictures(tuple(midstances))]
    if frames is not None:
        blocks += _cycles(session, frames)
    return blocks + _course(session)


def listed(session: Session) -> Session:
    """The session with the stances that are shown one by one."""
    return replace(session, reps=session.reps[:LISTED]) if is_run(session) and len(session.reps) > LISTED else session


def is_run(session: Session) -> bool:
    """Whether its repetitions are stances, left and right in turn."""
    known = EXERCISES.get(session.exercise)
    return known is not None and known.compares_sides


def _sides(session: Session) -> Table:
    names = dict.fromkeys(name for of in session.sides.values() for name in of)
    rows = []
    for name in names:
        unit = _unit(session, name)
        cells = []
        for key in WORDS:
            figure = session.sides.get(key, {}).get(name)
            words = tr("not measured")
            if figure is not None:
                words = f"{number(figure.value, unit)} ± {number(figure.uncertainty, unit)} (n {figure.n})"
            cells.append(words)
        rows.append(Row((quantity_title(session.exercise, name), *cells)))
    head = tr("Mean over stances, with its 90 % interval") if is_run(session) else tr("Mean of each side, with its 90 % interval")
    return Table((head, *map(tr, WORDS.values())), tuple(rows), (31, 23, 23, 23))


def _unit(session: Session, name: str) -> str:
    return next((m.unit for rep in session.reps if (m := rep.measurements.get(name))), "deg")


def _cycles(session: Session, frames: Mapping[str, Sequence[float]]) -> list[Block]:
    measured = {name for rep in session.reps for name in rep.measurements}
    found = {name: of for name, of in cycles(session.reps, frames).items() if name in measured}
    blocks: list[Block] = [Heading(tr("Over the gait cycle"))] if found else []
    for name, of in found.items():
        title = quantity_title(session.exercise, name)
        caption = tr(
            "{title} from one contact of the foot (0 %) to its next (100 %): mean of {left} strides of the left and {right} of "
            "the right leg; thin lines: one standard deviation between strides. Where contact is was placed by midstance.",
            title=title,
            left=of[Side.LEFT].cycles,
            right=of[Side.RIGHT].cycles,
        )
        blocks.append(Figure(_curves(of, unit_words(_unit(session, name))), caption))
    return blocks


def _curves(of: Mapping[Side, Cycle], unit: str) -> Canvas:
    ends = [float(v) for c in of.values() for edge in (c.mean - c.spread, c.mean + c.spread) for v in edge]
    none: list[Limit] = []
    plot = frame((0.0, 100.0), ends, unit, none)
    for tick in range(0, 101, 20):
        plot.shapes.append(Text(plot.x(tick), plot.height - 12, f"{tick} %", "middle", 8))
    for i, (side, curve) in enumerate(of.items()):
        for values, width in ((curve.mean, 1.8), (curve.mean - curve.spread, 0.5), (curve.mean + curve.spread, 0.5)):
            points = tuple((plot.x(100 * share), plot.y(float(v))) for share, v in zip(SHARES, values, strict=True))
            plot.shapes.append(Line(points, SIDES[side], width, dashed=side is Side.RIGHT))
        plot.shapes.append(_side_name(side, i))
    return plot.canvas()


def _side_name(side: Side, at: int) -> Text:
    return Text(LEFT + 4 + 110 * at, TOP - 3, tr(WORDS[side]) + (tr(", dashed") if at else ""), size=8, colour=SIDES[side])


def _course(session: Session) -> list[Block]:
    """How the run changes as the runner tires: first against last minute, and the course between."""
    names = [name for name in named_quantities(session) if any(name in of for of in session.sides.values())]
    found = changes(session.reps, names)
    if not found:
        return []
    minutes = part_s(session.reps) >= MINUTE_S
    title = tr("First against last minute (fatigue)") if minutes else tr("First against last third (fatigue)")
    head = (tr("Mean over stances"), tr("First"), tr("Last"), tr("Change"), tr("Reading"))
    rows = tuple(Row(change_cells(session.exercise, change), Tone.CAUTION if change.real else Tone.PLAIN) for change in found)
    blocks: list[Block] = [Heading(title), Table(head, rows, (32, 14, 14, 14, 26)), Paragraph(change_words(session), small=True)]
    return blocks + [Figure(_over_run(session, name), _course_caption(session, name)) for name in names[:2]]


def change_words(session: Session) -> str:
    """What is compared, and when a change counts."""
    parts = tr("The first and the last minute are compared.")
    if part_s(session.reps) < MINUTE_S:
        parts = tr("Of less than three minutes the first and the last third are compared.")
    counts = tr("A change counts where it is larger than what the scatter of the stances (90 %) and the picture may make of it.")
    return f"{parts} {counts}"


def change_cells(exercise: str, change: Change) -> tuple[str, ...]:
    """One row of the table of changes: what, first, last, change, reading."""
    title = tr("Cadence") + f" ({unit_words(change.unit).strip()})"
    if change.side is not None:
        sides = {Side.LEFT: tr("{title}, left"), Side.RIGHT: tr("{title}, right")}
        title = sides[change.side].format(title=quantity_title(exercise, change.quantity))
    sign = "+" if change.change > 0 else ""
    words = tr("does not count: below {least}", least=least_words(change))
    if change.real:
        words = tr("counts: above {least}", least=least_words(change))
    return (
        title,
        _figure(change, change.first),
        _figure(change, change.last),
        sign + _figure(change, change.change),
        words,
    )


def least_words(change: Change) -> str:
    """What a change must be larger than."""
    return _figure(change, change.detectable)


def _figure(change: Change, value: float) -> str:
    """The unit of a cadence stands in its title."""
    words = number(value, change.unit)
    return words.removesuffix(unit_words(change.unit)) if change.side is None else words


def _course_caption(session: Session, name: str) -> str:
    return tr("{title} over time, left blue, right dashed.", title=quantity_title(session.exercise, name))


def _over_run(session: Session, name: str) -> Canvas:
    """One quantity's course, a line for each side."""
    lines = {side: course(session.reps, name, side) for side in Side}
    values = [v for line in lines.values() for _, v in line]
    end_s = max(session.video.duration_s, 1.0)
    plot = frame((0.0, end_s), values, unit_words(_unit(session, name)), limit_lines(limits_of(session, name)), height=120.0)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        words = tr("{n:.0f} s", n=share * end_s) if end_s < 180 else tr("{n:.1f} min", n=share * end_s / 60)
        plot.shapes.append(Text(plot.x(share * end_s), plot.height - 12, words, "middle", 8))
    for i, (side, line) in enumerate(lines.items()):
        points = tuple((plot.x(t), plot.y(v)) for t, v in line)
        plot.shapes.append(Line(points, SIDES[side], 1.5, dashed=side is Side.RIGHT))
        plot.shapes += [Dot(x, y, 1.8, SIDES[side]) for x, y in points]
        plot.shapes.append(_side_name(side, i))
    return plot.canvas()


def limits_of(session: Session, name: str) -> Limits | None:
    """Those in force, of a quantity of which too much is the fault."""
    known = EXERCISES.get(session.exercise)
    fault = next((f for f in known.faults if f.quantity == name and f.direction == 1), None) if known else None
    return session.thresholds.get(fault.name, fault.limits) if fault is not None else None


def named_quantities(session: Session) -> list[str]:
    """The measured ones, the most important fault's first."""
    known = EXERCISES.get(session.exercise)
    order = [f.quantity for f in sorted(known.faults, key=lambda f: f.priority)] if known else []
    return [name for name in order if any(name in rep.measurements for rep in session.reps)]


def _next(session: Session) -> list[Block]:
    said = [Paragraph(words) for words in lead_words(session)]
    return [Heading(tr("What to do next")), *said] if said else []
