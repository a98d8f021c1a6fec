"""A pooled study as a document, in the form of a journal's supplement."""

from collections.abc import Sequence

from formcheck.agreement.document import agreement_blocks
from formcheck.agreement.pool import Pooled, pool, strata
from formcheck.agreement.results import SetResult
from formcheck.report.document import Block, Document, Facts, Heading, Paragraph, Row, Table
from formcheck.report.words import DISCLAIMER, exercise_title, quantity_title

METHODS = (
    "Repetitions lie within people. Limits of agreement are those of a single repetition of anybody, from the spread within and "
    "between people (Bland and Altman 2007, J Biopharm Stat 17:571). Intervals of bias and mean error are 95 % percentiles of "
    "2000 resamples of people with all their repetitions; they need five people."
)


def pool_document(sets: Sequence[SetResult]) -> Document:
    people = {s.labels.person or str(k) for k, s in enumerate(sets)}
    versions = ", ".join(sorted({s.program for s in sets}))
    references = ", ".join(sorted({s.joined.reference for s in sets}))
    facts = (("Sets", f"{len(sets)} of {len(people)} people"), ("Reference", references), ("Program", versions))
    blocks: list[Block] = [Facts(facts), Paragraph(METHODS, small=True), Heading("Agreement over everybody"), _table(pool(sets))]
    if any(not s.labels.person for s in sets):
        blocks.append(Paragraph("Note: sets without a person's code were taken for a person each."))
    if len({s.program for s in sets}) > 1:
        blocks.append(Paragraph("Note: several versions of the program are mixed; pool each by itself for a claim."))
    rows = tuple(
        Row((title, value, name.replace("_", " "), str(m.n), f"{m.differences.bias:.1f}°", f"{m.differences.mae:.1f}°"))
        for title, value, name, m in strata(sets)
        if m.differences is not None
    )
    if rows:
        blocks += [Heading("By condition"), Table(("Sorted by", "Value", "Measure", "n", "Bias", "Mean error"), rows)]
    for exercise in dict.fromkeys(s.exercise for s in sets):
        blocks.append(Heading(exercise_title(exercise)))
        blocks += agreement_blocks(exercise, [p for s in sets if s.exercise == exercise for p in s.pairs])
    return Document("Agreement with a reference, pooled", tuple(blocks), DISCLAIMER)


def _table(rows: Sequence[Pooled]) -> Table:
    head = ("Exercise", "Measure", "People, sets, n", "Bias", "Mean error", "Limits of agreement", "SD within, between people")
    return Table(head, tuple(map(_row, rows)), (14, 16, 13, 15, 15, 15, 12))


def _row(one: Pooled) -> Row:
    d = one.all.differences
    titles = (exercise_title(one.exercise), quantity_title(one.exercise, one.measure), f"{one.people}, {one.sets}, {one.all.n}")
    if d is None:
        return Row((*titles, "-", "-", "-", "-"))
    low, high = one.spread.limits(d.bias) if one.spread else d.loa
    spread = f"{one.spread.within_sd:.1f}°, {one.spread.between_sd:.1f}°" if one.spread else "-"
    bias, mae = f"{d.bias:.1f}°{_interval(one.bias_interval)}", f"{d.mae:.1f}°{_interval(one.mae_interval)}"
    return Row((*titles, bias, mae, f"{low:.1f}° to {high:.1f}°", spread))


def _interval(interval: tuple[float, float] | None) -> str:
    return "" if interval is None else f" [{interval[0]:.1f}; {interval[1]:.1f}]"
