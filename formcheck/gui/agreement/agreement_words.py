"""A comparison in words, for the window."""

from formcheck.agreement.results import Measured, SetResult
from formcheck.report.words import quantity_title
from formcheck.system.kept_words import shown
from formcheck.system.language import tr


def table_head() -> tuple[str, ...]:
    """Of the table."""
    return (
        tr("Measure"),
        tr("Repetitions"),
        tr("Bias"),
        tr("Mean error"),
        tr("Limits"),
        tr("ICC 2,1"),
        tr("Interval held"),
    )


def row(exercise: str, name: str, made: Measured) -> tuple[str, ...]:
    """Of one measure, as table_head() names it."""
    title, count = quantity_title(exercise, name), str(made.n)
    if made.not_assessable:
        count = tr("{n}, {lost} not assessable", n=made.n, lost=made.not_assessable)
    if made.differences is None:
        return (title, count, *(tr("too few"),) * 5)
    d = made.differences
    return (
        title,
        count,
        f"{d.bias:.1f}°",
        f"{d.mae:.1f}°",
        tr("{low} to {high}", low=f"{d.loa[0]:.1f}°", high=f"{d.loa[1]:.1f}°"),
        "-" if made.intraclass is None else f"{made.intraclass.agreement:.2f}",
        tr("{hits} of {of}", hits=made.covered.hits, of=made.covered.of),
    )


def clock_words(result: SetResult) -> str:
    """How film and recording were brought together, and what is to be known of it; a line each."""
    joined = result.joined
    first = tr(
        "Held against {reference}. The clocks are {offset} s apart, ± {off} s (90 %), found by {by}.",
        reference=joined.reference,
        offset=f"{joined.offset_s:.2f}",
        off=f"{joined.offset_uncertainty_s:.2f}",
        by=tr(joined.clock_by),
    )
    return "\n".join((first, *(tr("Note: {note}.", note=shown(note)) for note in joined.notes)))
