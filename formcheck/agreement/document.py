"""A comparison as a document, for HTML and PDF."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from formcheck.agreement.figures import bland_altman, curves
from formcheck.agreement.pairs import FramePair, Pair
from formcheck.agreement.results import Measured, SetResult, both, by_measure, flags, framewise, measured
from formcheck.agreement.statistics.proportions import Finding, Share
from formcheck.report.document import Block, Document, Facts, Figure, Heading, Paragraph, Row, Table
from formcheck.report.words import DISCLAIMER, exercise_title, fault_title, quantity_title
from formcheck.system.kept_words import shown
from formcheck.system.language import to_translate, tr

Limits: TypeAlias = tuple[float, float]
READ = to_translate(
    "Difference: program less reference. Limits of agreement, lower and upper: 95 % of single differences are expected between. "
    "ICC 2,1: agreement, ICC 3,1: consistency. Held: share of the program's 90 % intervals that hold the reference. "
    "MDC: smallest change between two values of the program that is more than its error (95 %). Intervals in brackets: 95 %."
)

RUNNING = to_translate(
    "{angle}: the program's running value (thick) and the reference (thin), less the start of each repetition."
)
ABSOLUTE = to_translate("{angle}: the program's absolute angle (thick) and the reference (thin), less what no camera can know.")


def set_document(result: SetResult) -> Document:
    """One set against its reference."""
    joined = result.joined
    clocks = {
        "offset": f"{joined.offset_s:.2f}",
        "off": f"{joined.offset_uncertainty_s:.2f}",
        "by": tr(joined.clock_by),
    }
    words = tr("offset {offset} ± {off} s by {by}", **clocks)
    if joined.correlation is not None:
        alike = f"{joined.correlation:.2f}"
        words = tr("offset {offset} ± {off} s by {by}, correlation of the movement {alike}", **clocks, alike=alike)
    side = tr(result.side) if result.side else tr("no side")
    title = exercise_title(result.exercise)
    facts = [
        (tr("Set"), tr("{title}, {side}, program {version}", title=title, side=side, version=result.program)),
        (tr("Reference"), shown(joined.reference)),
        (tr("Clocks"), words),
    ]
    if joined.mounting_by:
        facts.append((tr("Sensor's place"), tr("found by {what}", what=tr(joined.mounting_by))))
    blocks: list[Block] = [Facts(tuple(facts)), *(Paragraph(tr("Note: {note}.", note=shown(note))) for note in joined.notes)]
    blocks += agreement_blocks(result.exercise, result.pairs)
    frames = framewise(result.frames)
    if frames:
        rows = tuple(
            Row((quantity_title(result.exercise, n), str(d.n), f"{d.bias:.1f}°", f"{d.mae:.1f}°", f"{d.rmse:.1f}°"))
            for n, d in frames.items()
        )
        blocks += [
            Heading(tr("Frame by frame")),
            Table((tr("Angle"), tr("Frames"), tr("Bias"), tr("Mean error"), tr("RMSE")), rows, (40, 15, 15, 15, 15)),
            Paragraph(tr("Frames of one movement are not independent: read the spread, not a significance."), small=True),
            *_curves(result),
        ]
    return Document(tr("How far the program is off"), tuple(blocks), tr(DISCLAIMER))


def _curves(result: SetResult) -> list[Block]:
    """Each angle over time, program and reference."""
    of: dict[tuple[bool, str], list[FramePair]] = {}
    for one in result.frames:
        of.setdefault((one.rep > 0, one.measure), []).append(one)
    return [
        Figure(curves(frames, "°"), tr(RUNNING if running else ABSOLUTE, angle=quantity_title(result.exercise, name)))
        for (running, name), frames in of.items()
    ]


def agreement_blocks(exercise: str, pairs: Sequence[Pair]) -> list[Block]:
    """Tables and plots of one set's repetitions."""
    blocks: list[Block] = [Heading(tr("Each repetition")), _table(exercise, measured(pairs)), Paragraph(tr(READ), small=True)]
    return [*blocks, *findings_blocks(exercise, pairs), *difference_plots(exercise, pairs)]


def findings_blocks(exercise: str, pairs: Sequence[Pair]) -> list[Block]:
    """What each fault's flag is worth; nothing where no measure of these betrays a fault."""
    found = flags(pairs)
    return [Heading(tr("Findings")), _findings(exercise, found)] if found else []


def difference_plots(
    exercise: str, pairs: Sequence[Pair], limits: Mapping[str, tuple[float, float]] | None = None
) -> list[Block]:
    """A Bland-Altman plot of each measure; limits: of agreement by measure, where they are not those of independent pairs."""
    blocks: list[Block] = []
    for name, of in by_measure(pairs).items():
        made, values = measured(of)[name], both(of)
        if made.differences is not None:
            title = quantity_title(exercise, name)
            caption = tr("{title}: program less reference, over the mean of the two; repetitions: {n}.", title=title, n=made.n)
            loa = (limits or {}).get(name, made.differences.loa)
            blocks.append(Figure(bland_altman(values, made.differences.bias, loa, "°"), caption))
    return blocks


def _table(exercise: str, measures: Mapping[str, Measured]) -> Table:
    head = (
        *(tr("Measure"), tr("n"), tr("Bias"), tr("Mean error"), tr("RMSE"), tr("Lower limit"), tr("Upper limit")),
        *(tr("ICC 2,1"), tr("ICC 3,1"), tr("Held"), tr("MDC")),
    )
    rows = tuple(_row(quantity_title(exercise, n), m) for n, m in measures.items())
    return Table(head, rows, (12, 9, 11, 8, 8, 11, 11, 7, 7, 11, 7))


def _row(title: str, made: Measured) -> Row:
    d, icc = made.differences, made.intraclass
    count = f"{made.n}"
    if made.not_assessable:
        count = tr("{n} ({lost} not assessable)", n=made.n, lost=made.not_assessable)
    if d is None:
        return Row((title, count, *("-",) * 9))
    iccs = ("-", "-") if icc is None else (f"{icc.agreement:.2f}", f"{icc.consistency:.2f}")
    bias = f"{d.bias:.1f}° [{d.bias_interval[0]:.1f}; {d.bias_interval[1]:.1f}]"
    low, high = (f"{edge:.1f}° [{a:.1f}; {b:.1f}]" for edge, (a, b) in zip(d.loa, d.loa_intervals, strict=True))
    return Row(
        (title, count, bias, f"{d.mae:.1f}°", f"{d.rmse:.1f}°", low, high, *iccs, share_words(made.covered), f"{d.mdc:.1f}°")
    )


def _findings(exercise: str, found: Mapping[str, Finding]) -> Table:
    rows = tuple(
        Row((fault_title(exercise, fault), share_words(f.sensitivity), share_words(f.specificity), str(f.not_assessable)))
        for fault, f in found.items()
    )
    head = (tr("Fault, at its caution limit"), tr("Found when present"), tr("Quiet when absent"), tr("Not assessable"))
    return Table(head, rows, (34, 26, 26, 14))


def share_words(share: Share) -> str:
    if share.interval is None:
        return tr("none")
    low, high = share.interval
    return tr("{hits} of {of} [{low}; {high}]", hits=share.hits, of=share.of, low=f"{low:.0%}", high=f"{high:.0%}")
