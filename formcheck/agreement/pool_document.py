"""A pooled study as a document, in the form of a journal's supplement."""

from collections.abc import Sequence

from formcheck.agreement.document import difference_plots, findings_blocks, share_words
from formcheck.agreement.pool import Interval, Pooled, pool, strata
from formcheck.agreement.results import SetResult
from formcheck.report.document import Block, Document, Facts, Heading, Paragraph, Row, Table
from formcheck.report.words import DISCLAIMER, exercise_title, quantity_title
from formcheck.system.language import to_translate, tr, trn

METHODS = to_translate(
    "Difference: program less reference. Repetitions lie within people. Limits of agreement: 95 % of the differences of a "
    "single repetition of anybody are expected between them, from the spread within and between people (Bland and Altman "
    "2007, J Biopharm Stat 17:571). Their 95 % intervals, and those of bias and mean error, are percentiles of 2000 "
    "resamples of people with all their repetitions; they need five people. ICC 2,1: agreement, ICC 3,1: consistency. Held: "
    "share of the program's 90 % intervals that hold the reference, with Wilson's interval, which takes repetitions for "
    "independent, as do those of the findings. MDC: smallest change between two values of the program that is more than its "
    "error (95 %)."
)


def pool_document(sets: Sequence[SetResult]) -> Document:
    people = {s.labels.person or str(k) for k, s in enumerate(sets)}
    versions = ", ".join(sorted({s.program for s in sets}))
    references = ", ".join(sorted({s.joined.reference for s in sets}))
    of_people = trn("of {n} person", "of {n} people", len(people))
    facts = ((tr("Sets"), f"{len(sets)}, {of_people}"), (tr("Reference"), references), (tr("Program"), versions))
    blocks: list[Block] = [Facts(facts)]
    if any(not s.labels.person for s in sets):
        blocks.append(Paragraph(tr("Note: sets without a person's code were taken for a person each.")))
    if len({s.program for s in sets}) > 1:
        blocks.append(Paragraph(tr("Note: several versions of the program are mixed; pool each by itself for a claim.")))
    blocks.append(Paragraph(tr(METHODS), small=True))
    made = pool(sets)
    for exercise in dict.fromkeys(s.exercise for s in sets):
        blocks += _exercise(exercise, sets, [one for one in made if one.exercise == exercise])
    return Document(tr("Agreement with a reference, pooled"), tuple(blocks), tr(DISCLAIMER))


def _exercise(exercise: str, sets: Sequence[SetResult], made: Sequence[Pooled]) -> list[Block]:
    pairs = [p for s in sets if s.exercise == exercise for p in s.pairs]
    head = (
        *(tr("Measure"), tr("People, sets, n"), tr("Bias"), tr("Mean error"), tr("Lower limit"), tr("Upper limit")),
        tr("SD within, between people"),
    )
    more = (tr("Measure"), tr("n"), tr("Not assessable"), tr("RMSE"), tr("ICC 2,1"), tr("ICC 3,1"), tr("Held"), tr("MDC"))
    blocks: list[Block] = [
        Heading(exercise_title(exercise)),
        Table(head, tuple(map(_row, made)), (16, 12, 15, 14, 15, 15, 13)),
        Table(more, tuple(map(_more, made)), (16, 8, 12, 10, 10, 10, 22, 12)),
        *findings_blocks(exercise, pairs),
    ]
    rows = tuple(
        Row(
            (
                tr(title),
                value,
                quantity_title(exercise, name),
                str(m.n),
                f"{m.differences.bias:.1f}°",
                f"{m.differences.mae:.1f}°",
            )
        )
        for of, title, value, name, m in strata(sets)
        if of == exercise and m.differences is not None
    )
    if rows:
        by = (tr("Sorted by"), tr("Value"), tr("Measure"), tr("n"), tr("Bias"), tr("Mean error"))
        blocks += [Heading(tr("{exercise}, by condition", exercise=exercise_title(exercise))), Table(by, rows)]
    return [*blocks, *difference_plots(exercise, pairs, {one.measure: one.loa for one in made if one.loa is not None})]


def _row(one: Pooled) -> Row:
    d = one.all.differences
    titles = (quantity_title(one.exercise, one.measure), f"{one.people}, {one.sets}, {one.all.n}")
    if d is None or one.loa is None:
        return Row((*titles, *("-",) * 5))
    spread = f"{one.spread.within_sd:.1f}°, {one.spread.between_sd:.1f}°" if one.spread else "-"
    limits = [f"{edge:.1f}°{_interval(sure)}" for edge, sure in zip(one.loa, one.loa_intervals, strict=True)]
    return Row(
        (*titles, f"{d.bias:.1f}°{_interval(one.bias_interval)}", f"{d.mae:.1f}°{_interval(one.mae_interval)}", *limits, spread)
    )


def _more(one: Pooled) -> Row:
    d, icc = one.all.differences, one.all.intraclass
    title, count = quantity_title(one.exercise, one.measure), (str(one.all.n), str(one.all.not_assessable))
    iccs = ("-", "-") if icc is None else (f"{icc.agreement:.2f}", f"{icc.consistency:.2f}")
    rmse, mdc = ("-", "-") if d is None else (f"{d.rmse:.1f}°", f"{d.mdc:.1f}°")
    return Row((title, *count, rmse, *iccs, share_words(one.all.covered), mdc))


def _interval(interval: Interval | None) -> str:
    return "" if interval is None else f" [{interval[0]:.1f}; {interval[1]:.1f}]"
