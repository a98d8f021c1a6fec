"""What the report of a run says beyond other sessions': both sides, curves over the gait cycle, the course over the run."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from formcheck.measurement.running.cycles import SHARES, Cycle, cycles
from formcheck.measurement.running.sides import course, strays
from formcheck.report.canvas import Canvas, Line, Text
from formcheck.report.chart import LEFT, TOP, Limit, frame
from formcheck.report.document import Block, Figure, Heading, Paragraph, Row, Table
from formcheck.report.words import number, quantity_title, unit_words
from formcheck.results import Session, Side
from formcheck.system.language import to_translate, tr

SIDES = {Side.LEFT: "#0072b2", Side.RIGHT: "#b3400a"}
LISTED = 60
"""Stances that a report shows one by one: a run of ten minutes has 1600."""
WORDS = {"left": to_translate("Left"), "right": to_translate("Right"), "difference": to_translate("Left less right")}


def run_blocks(session: Session, frames: Mapping[str, Sequence[float]] | None) -> list[Block]:
    """Nothing where the session compares no sides. frames: the columns of series.csv and angles.csv, where they are known."""
    if not session.sides:
        return []
    blocks: list[Block] = [Heading(tr("Both sides (estimated)")), _sides(session)]
    cadence = session.summary.get("cadence_spm")
    if cadence is not None and cadence.value is not None:
        blocks.append(Paragraph(tr("Cadence: {value:.0f} steps a minute, both feet.", value=cadence.value)))
    left_out = strays(session.reps)
    if left_out:
        blocks.append(
            Paragraph(tr("Left out of the means, as unlike all others: {left_out} stances.", left_out=left_out), small=True)
        )
    if frames is not None:
        blocks += _cycles(session, frames)
    return blocks + _course(session)


def listed(session: Session) -> Session:
    """The session with the stances that are shown one by one."""
    return replace(session, reps=session.reps[:LISTED]) if session.sides else session


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
    return Table((tr("Mean over stances, with its 90 % interval"), *map(tr, WORDS.values())), tuple(rows), (31, 23, 23, 23))


def _unit(session: Session, name: str) -> str:
    return next((m.unit for rep in session.reps if (m := rep.measurements.get(name))), "deg")


def _cycles(session: Session, frames: Mapping[str, Sequence[float]]) -> list[Block]:
    found = cycles(session.reps, frames)
    blocks: list[Block] = [Heading(tr("Over the gait cycle"))] if found else []
    for name, of in found.items():
        strides = " and ".join(tr("{cycles} strides of the {side} leg", cycles=of[side].cycles, side=side) for side in Side)
        title = quantity_title(session.exercise, name)
        caption = tr(
            "{title} from one contact of the foot (0 %) to its next (100 %): mean of {strides}; "
            "thin lines: one standard deviation between strides. Where contact is was placed by "
            "midstance.",
            title=title,
            strides=strides,
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
        plot.shapes.append(
            Text(LEFT + 4 + 110 * i, TOP - 3, tr(WORDS[side]) + (tr(", dashed") if i else ""), size=8, colour=SIDES[side])
        )
    return plot.canvas()


def _course(session: Session) -> list[Block]:
    """Means of each side's first and last minute: how the run changes as the runner tires."""
    rows = []
    for name in dict.fromkeys(name for rep in session.reps for name in rep.measurements):
        unit = _unit(session, name)
        for side in Side:
            parts = course(session.reps, name, side)
            if parts is not None:
                early, late = parts
                change = f"{'+' if late >= early else ''}{number(late - early, unit)}"
                title = f"{quantity_title(session.exercise, name)}, {side}"
                rows.append(Row((title, number(early, unit), number(late, unit), change)))
    if not rows:
        return []
    head = (tr("Mean over stances"), tr("First part"), tr("Last part"), tr("Change"))
    said = tr("A part is a minute, of a run of less than three minutes a third.")
    return [Heading(tr("Course over the run")), Table(head, tuple(rows), (40, 20, 20, 20)), Paragraph(said, small=True)]
