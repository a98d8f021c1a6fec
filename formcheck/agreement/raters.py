"""People who judged the same films: how far they agree with each other, each with itself, and the program with each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from formcheck.agreement.document import share_words
from formcheck.agreement.ratings import OfReps, Rating, Verdict
from formcheck.agreement.statistics.raters import RaterAgreement, rater_agreement
from formcheck.report.document import Block, Document, Heading, Paragraph, Row, Table
from formcheck.report.words import DISCLAIMER, exercise_title, fault_title
from formcheck.system.errors import UserError
from formcheck.system.language import to_translate, tr

PROGRAM = "program"
EVERY = ""
"""In place of a fault: all of them together."""
READ = to_translate(
    "Same: share of judgements that are alike, with Wilson's 95 % interval. Kappa: agreement beyond chance (Cohen 1960), "
    "with its 95 % interval (Fleiss, Cohen and Everitt 1969). There is no kappa where both always said the same one thing, "
    "and no interval where they never differed. Not compared: judgements that one of the two could not make. Repetitions of "
    "one person are alike, so the true intervals are wider. With itself: the first time against the second."
)


@dataclass(frozen=True, slots=True)
class Compared:
    exercise: str
    fault: str
    """EVERY: all faults of the exercise together."""
    first: str
    """A rater's code."""
    second: str
    """Another's, the same for the first time against the second, or PROGRAM."""
    agreement: RaterAgreement
    unsure: int
    """Judgements that one of the two could not make."""


def compare_raters(ratings: Sequence[Rating]) -> list[Compared]:
    """In the order of exercises and raters met; of a rater's files on one session the first two count. UserError for nothing."""
    out: list[Compared] = []
    for exercise in dict.fromkeys(r.exercise for r in ratings):
        of = [r for r in ratings if r.exercise == exercise]
        for (first, second), matched in _matched(of).items():
            faults = sorted({fault for a, _ in matched for reps in a.values() for fault in reps})
            out += [_compared(exercise, fault, first, second, matched) for fault in (EVERY, *faults)]
    if not out:
        raise UserError(tr("no two of these judged the same session; name the files that the window saved"))
    return out


def _matched(ratings: Sequence[Rating]) -> Mapping[tuple[str, str], list[tuple[OfReps, OfReps]]]:
    """(first, second) -> their verdicts of each session that both judged."""
    looks: dict[tuple[str, str], list[Rating]] = {}
    for rating in ratings:
        looks.setdefault((rating.rater, rating.session), []).append(rating)
    found: dict[tuple[str, str], list[tuple[OfReps, OfReps]]] = {}
    raters = list(dict.fromkeys(r.rater for r in ratings))
    sessions = list(dict.fromkeys(r.session for r in ratings))
    for session in sessions:
        for a, b in combinations(raters, 2):
            if (a, session) in looks and (b, session) in looks:
                found.setdefault((a, b), []).append((looks[a, session][0].verdicts, looks[b, session][0].verdicts))
        for rater in raters:
            of = looks.get((rater, session), [])
            if len(of) > 1:
                found.setdefault((rater, rater), []).append((of[0].verdicts, of[1].verdicts))
            if of:
                found.setdefault((rater, PROGRAM), []).append((of[0].verdicts, of[0].program))
    return found


def _compared(exercise: str, fault: str, first: str, second: str, matched: Sequence[tuple[OfReps, OfReps]]) -> Compared:
    both = [pair for a, b in matched for pair in _pairs(a, b, fault)]
    sure = [(a, b) for a, b in both if Verdict.UNSURE not in (a, b)]
    made = rater_agreement([a for a, _ in sure], [b for _, b in sure])
    return Compared(exercise, fault, first, second, made, len(both) - len(sure))


def _pairs(first: OfReps, second: OfReps, fault: str) -> Iterator[tuple[Verdict, Verdict]]:
    for rep in first.keys() & second.keys():
        for name in first[rep].keys() & second[rep].keys():
            if fault in (EVERY, name):
                yield first[rep][name], second[rep][name]


def raters_document(compared: Sequence[Compared]) -> Document:
    blocks: list[Block] = [Paragraph(tr(READ), small=True)]
    for exercise in dict.fromkeys(c.exercise for c in compared):
        rows = tuple(Row(row(c)) for c in compared if c.exercise == exercise)
        blocks += [Heading(exercise_title(exercise)), Table(table_head(), rows, (20, 26, 22, 20, 12))]
    return Document(tr("How far people who judged the film agree"), tuple(blocks), tr(DISCLAIMER))


def table_head() -> tuple[str, ...]:
    return tr("Who"), tr("Fault"), tr("Same"), tr("Kappa"), tr("Not compared")


def row(one: Compared) -> tuple[str, ...]:
    """As table_head() names it."""
    second = tr("the program") if one.second == PROGRAM else one.second
    who = tr("{rater} with itself", rater=one.first)
    if one.first != one.second:
        who = tr("{first} and {second}", first=one.first, second=second)
    fault = tr("every fault") if one.fault == EVERY else fault_title(one.exercise, one.fault)
    same, kappa = one.agreement.same, one.agreement.kappa
    sure = one.agreement.kappa_interval
    beyond = "-" if kappa is None else f"{kappa:.2f}"
    if sure is not None:
        beyond += f" [{sure[0]:.2f}; {sure[1]:.2f}]"
    return who, fault, share_words(same), beyond, str(one.unsure)


def raters_json(compared: Sequence[Compared]) -> dict[str, Any]:
    """Shares 0-1; null where there is too little."""
    return {
        "format": "formcheck-raters",
        "version": 1,
        "compared": [
            {
                "exercise": c.exercise,
                "fault": c.fault or None,
                "first": c.first,
                "second": c.second,
                "n": c.agreement.same.of,
                "same": c.agreement.same.value,
                "same_interval": c.agreement.same.interval,
                "kappa": c.agreement.kappa,
                "kappa_interval": c.agreement.kappa_interval,
                "not_compared": c.unsure,
            }
            for c in compared
        ],
    }
