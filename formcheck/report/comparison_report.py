"""A comparison as a document: the verdict, figures side by side, the best and the worst repetitions, the limits of it all."""

from collections.abc import Sequence
from pathlib import Path

from formcheck.exercises import EXERCISES
from formcheck.report.chart import Bar, bars
from formcheck.report.compared import ComparedRow, Comparison, SideValues
from formcheck.report.comparison import best_and_worst, compare
from formcheck.report.comparison_words import each_value, reading, signed
from formcheck.report.document import Block, Document, Facts, Figure, Heading, Paragraph, Picture, Pictures, Row, Table, Tone
from formcheck.report.key_frames import frames_at, jpeg
from formcheck.report.runs_compared import runs_blocks
from formcheck.report.session_figures import limit_lines
from formcheck.report.words import DISCLAIMER, clean_words, exercise_title, figure, number, quantity_title, unit_words
from formcheck.results import Rep, Session
from formcheck.session.corrections import shown_session
from formcheck.session.layout import film
from formcheck.session.notes import judged, read_notes
from formcheck.system.language import mid_sentence, tr

SIDE_COLOURS = ("#0072b2", "#cc79a7")
"""Apart for every kind of colour vision; neither is a colour of a finding."""


def comparison_document(comparison: Comparison, pictures: Sequence[Picture] = (), runs: Sequence[Block] = ()) -> Document:
    """Every block, in reading order. pictures: see repetition_pictures(); runs: of two runs, see runs_blocks()."""
    blocks: list[Block] = [Paragraph(words) for words in comparison.verdicts]
    blocks.append(Facts(tuple(_facts(comparison))))
    blocks += [Paragraph(tr("Note: {n}", n=n)) for n in comparison.notices]
    blocks += [Heading(tr("Figures (estimated)")), _table(comparison)]
    if comparison.runs:
        counts = tr(
            "A difference counts only above the smallest detectable one, which joins what the stances' scatter, the body and the "
            "camera's place may do to both means. Film both from the same place, in the same clothes, at the same speed."
        )
        blocks += [Paragraph(counts, small=True), *runs]
        return _document(comparison, blocks)
    blocks.append(
        Paragraph(
            tr(
                "A difference counts only above the larger of the measure's smallest detectable "
                "difference and twice the spread between repetitions of a side (standard deviation, "
                "SD). Only then is a side named."
            ),
            small=True,
        )
    )
    if pictures:
        blocks += [Heading(tr("Best and worst repetitions")), Pictures(tuple(pictures))]
    blocks.append(Heading(tr("Each repetition")))
    blocks += [_figure(comparison, row) for row in comparison.rows if row.left.values or row.right.values]
    return _document(comparison, blocks)


def _document(comparison: Comparison, blocks: Sequence[Block]) -> Document:
    a, b = (tr(title) for title in comparison.titles)
    title = tr("{exercise_title}, {a} against {b}", exercise_title=exercise_title(comparison.exercise), a=a, b=b)
    return Document(title, tuple(blocks), tr(DISCLAIMER))


def compare_folders(left: Path, right: Path) -> tuple[Comparison, Document]:
    """Two session folders as the therapist judged them, with pictures where the video was kept.

    UserError where they cannot be compared; BadSessionFile and BadNotesFile, which are such, where a folder makes no sense.
    """
    one, other = (judged(shown_session(folder), read_notes(folder)) for folder in (left, right))
    comparison = compare(one, other)
    if comparison.runs:
        return comparison, comparison_document(comparison, runs=runs_blocks((left, one), (right, other)))
    if comparison.exchanged:
        left, right = right, left
    pictures = repetition_pictures(comparison, *(film(folder) for folder in (left, right)))
    return comparison, comparison_document(comparison, pictures)


def repetition_pictures(comparison: Comparison, left_video: Path | None, right_video: Path | None) -> tuple[Picture, ...]:
    """The two best and the two worst repetitions of each side by the guarded quantity; a side without its video has none."""
    sides = zip(comparison.titles, (comparison.left, comparison.right), (left_video, right_video), strict=True)
    return tuple(p for title, session, video in sides if video is not None for p in _pictures(title, session, video))


def _pictures(title: str, session: Session, video: Path) -> list[Picture]:
    best, worst = best_and_worst(session)
    chosen = [(tr("best"), rep) for rep in best] + [(tr("worst"), rep) for rep in worst]
    images = frames_at(video, [_moment(session, rep) for _, rep in chosen])
    exercise = EXERCISES[session.exercise]
    guarded = exercise.quantity(exercise.guarded)
    return [
        Picture(
            jpeg(image),
            tr(
                "{capitalize}, {words}: repetition {number}, {lower} {figure}",
                capitalize=title.capitalize(),
                words=words,
                number=rep.number,
                lower=mid_sentence(quantity_title(session.exercise, guarded.name)),
                figure=figure(rep.measurements.get(guarded.name)),
            ),
        )
        for (words, rep), image in zip(chosen, images, strict=True)
        if image is not None
    ]


def _moment(session: Session, rep: Rep) -> float:
    """When the guarded quantity was at its extreme."""
    measurement = rep.measurements.get(EXERCISES[session.exercise].guarded)
    at_s = measurement.at_s if measurement is not None else None
    return rep.peak_s if at_s is None else at_s


def _facts(comparison: Comparison) -> list[tuple[str, str]]:
    sides = zip(comparison.titles, (comparison.left, comparison.right), strict=True)
    return [
        (
            title.capitalize(),
            tr(
                "{what}: {n} repetitions, {clean}",
                what=session.video.name or tr("a set"),
                n=len(session.reps),
                clean=clean_words(session),
            ),
        )
        for title, session in sides
    ]


def _table(comparison: Comparison) -> Table:
    a, b = (title.capitalize() for title in comparison.titles)
    rows = tuple(
        Row(
            (
                row.title,
                _side(row, row.left),
                _side(row, row.right),
                signed(row.difference, row.unit) if row.comparable else "-",
                number(row.threshold, row.unit) if row.comparable else "-",
                reading(row),
            ),
            _tone(row),
        )
        for row in comparison.rows
    )
    return Table(
        (tr("Measure"), a, b, tr("{a} less {lower}", a=a, lower=b.lower()), tr("Counts above"), tr("Reading")),
        rows,
        (18, 20, 20, 11, 11, 20),
    )


def _tone(row: ComparedRow) -> Tone:
    if not row.comparable:
        return Tone.UNSEEN
    return Tone.CAUTION if row.less_control else Tone.PLAIN


def _side(row: ComparedRow, side: SideValues) -> str:
    if not side.values:
        return tr("not measured")
    sd = tr(", SD {number}", number=number(side.sd, row.unit)) if len(side.values) > 1 else ""
    return f"{number(side.mean, row.unit)}{sd} ({each_value(row, side)})"


def _figure(comparison: Comparison, row: ComparedRow) -> Figure:
    exercise = EXERCISES[comparison.exercise]
    fault = next((f for f in exercise.faults if f.quantity == row.quantity), None)
    limits = comparison.left.thresholds.get(fault.name, fault.limits) if fault is not None else None
    sides = zip((row.left, row.right), SIDE_COLOURS, strict=True)
    items = [
        Bar(f"{side.title[0].upper()}{n}", value, side.half_width, colour, "")
        for side, colour in sides
        for n, value in side.values
    ]
    a, b = comparison.titles
    return Figure(
        bars(items, unit_words(row.unit), limit_lines(limits)),
        tr("{title}: {a} repetitions blue, {b} pink, with their mean 90 % interval.", title=row.title, a=a, b=b),
    )
