"""One session as a document: what was done, what was found, how sure the figures are, and room for the therapist."""

from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.analysis.clean import clean_as_seen
from formcheck.exercises import EXERCISES
from formcheck.report.by_hand import change_words, made_words, put_right_words
from formcheck.report.document import (
    Block,
    Document,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Pictures,
    Row,
    Table,
)
from formcheck.report.pace import pace_blocks, tempo_words
from formcheck.report.run_blocks import LISTED, is_run, listed, run_blocks
from formcheck.report.session_figures import Series, figure_blocks, tone
from formcheck.report.session_settings import settings_blocks
from formcheck.report.soap import objective, pain_words, soap, subjective
from formcheck.report.words import (
    DISCLAIMER,
    clean_words,
    exercise_title,
    fault_title,
    figure,
    outcome,
    quantities,
    quantity_title,
    ranges,
    side_words,
    span,
    unseen_words,
    variant_title,
)
from formcheck.results import PutRight, Rep, Session
from formcheck.session.notes import Notes, judged
from formcheck.system.kept_words import shown
from formcheck.system.language import tr


@dataclass(frozen=True, slots=True)
class About:
    """What a report says beyond the session itself; all optional."""

    client: str = ""
    when: str = ""
    mended: tuple[str, ...] = ()
    """What was put right afterwards, a sentence each."""


def session_document(
    session: Session,
    *,
    series: Series | None = None,
    key_frames: Sequence[Picture] = (),
    notes: Notes | None = None,
    about: About | None = None,
) -> Document:
    """Every block of the session's report, in reading order."""
    notes, about = notes or Notes(), about or About()
    blocks: list[Block] = [
        Facts(_facts(session, notes, about)),
        *(Paragraph(tr("Note: {n}", n=shown(n))) for n in (*about.mended, *session.notices)),
    ]
    run = is_run(session)
    blocks += run_blocks(session, series, key_frames if run else ())
    if not run:  # a bar, or a picture, for each of hundreds of stances says nothing
        blocks += figure_blocks(session, series, notes)
    if key_frames and not run:
        blocks += [Heading(tr("Key frames")), Pictures(tuple(key_frames))]
    blocks += _repetitions(listed(session), notes)
    if listed(session) is not session and len(session.reps) > LISTED:
        blocks.append(
            Paragraph(
                tr("The first {listed} of {n} stances; all of them stand in reps.csv.", listed=LISTED, n=len(session.reps)),
                small=True,
            )
        )
    blocks += soap(subjective(notes), [*objective(session, notes), notes.objective], notes)
    blocks += settings_blocks(session)
    title = f"{exercise_title(session.exercise)}{side_words(session)}"
    return Document(title, tuple(blocks), tr(DISCLAIMER))


def _facts(session: Session, notes: Notes, about: About) -> tuple[tuple[str, str], ...]:
    seen = judged(session, notes)
    found: dict[str, int] = {}
    for rep in seen.reps:
        for f in {f.fault for f in rep.findings}:
            found[f] = found.get(f, 0) + 1
    known = EXERCISES.get(session.exercise)
    run = is_run(session)
    unseen = sum(not rep.findings and not clean_as_seen(rep, known) for rep in seen.reps)
    pairs = [
        (tr("Client"), about.client),
        (tr("When"), about.when),
        (tr("Variant"), variant_title(session.exercise, session.variant)),
        (tr("Video"), ", ".join(filter(None, (session.video.name, f"{session.video.duration_s:.0f} s")))),
        (tr("Stances") if run else tr("Repetitions"), tr("{n}, of them {clean}", n=len(seen.reps), clean=clean_words(seen))),
        (
            tr("Found"),
            ", ".join(
                tr("{fault_title} ({n} times)", fault_title=fault_title(session.exercise, f), n=n) for f, n in found.items()
            )
            or tr("nothing"),
        ),
        (tr("Tempo"), tempo_words(seen)),
        (tr("Put right by hand"), put_right_words(session)),
        (tr("Not assessable"), _unseen_words(unseen, len(seen.reps), run=run) if unseen else ""),
        (tr("Not assessable in clean stances") if run else tr("Not assessable in clean repetitions"), unseen_words(seen)),
        (tr("Pain before / after"), pain_words(notes)),
        (tr("Effort"), "" if notes.effort is None else tr("{effort} of 10", effort=notes.effort)),
    ]
    return tuple((k, v) for k, v in pairs if v)


def _unseen_words(unseen: int, n: int, *, run: bool) -> str:
    if run:
        return tr("{unseen} of {n} stances", unseen=unseen, n=n)
    return tr("{unseen} of {n} repetitions", unseen=unseen, n=n)


def _repetitions(session: Session, notes: Notes) -> list[Block]:
    run = is_run(session)
    if not session.reps:
        title, none = (tr("Stances"), tr("No stance was found.")) if run else (tr("Repetitions"), tr("No repetition was found."))
        return [Heading(title), Paragraph(none)]
    names = quantities(session)
    sides = len({rep.side for rep in session.reps}) > 1
    head = (
        tr("No."),
        *((tr("Side"),) if sides else ()),
        tr("Time"),
        *(quantity_title(session.exercise, n) for n in names),
        tr("Result"),
    )
    rows = tuple(
        Row(
            (
                str(rep.number),
                *((tr(rep.side or ""),) if sides else ()),
                span(rep),
                *(figure(rep.measurements.get(n)) for n in names),
                _result(session, rep, notes),
            ),
            tone(rep, notes),
        )
        for rep in session.reps
    )
    number, side, when, value, result = (5, 7, 11, 15, 20) if run else (6, 8, 13, 13, 26)  # the names of a run are longer
    widths = (number, *((side,) if sides else ()), when, *(value for _ in names), result)
    blocks: list[Block] = [
        Heading(tr("Stances (estimated)") if run else tr("Repetitions (estimated)")),
        Table(head, rows, widths),
    ]
    blocks += [Paragraph(line, small=True) for line in _reasons(session)]
    blocks += pace_blocks(session)
    if session.put_right is not None:
        changes = "\n".join(map(change_words, session.put_right.changes))
        blocks += [
            Heading(tr("Put right by hand")),
            Facts(((tr("Changes"), changes), (tr("Before"), _found_before(session.put_right)))),
        ]
    return blocks


def _found_before(put_right: PutRight) -> str:
    """What the program itself had found."""
    found = put_right.found
    reps = "; ".join(f"{rep.number}: {span(rep)}, {outcome(found, rep)}" for rep in found.reps) or tr("No repetition")
    title, variant = exercise_title(found.exercise), variant_title(found.exercise, found.variant)
    return f"{title} ({variant}){side_words(found)}. {reps}."


def _result(session: Session, rep: Rep, notes: Notes) -> str:
    words = outcome(session, rep)
    made = made_words(session, rep)
    words += f"; {made}" if made else ""
    for fault, why in notes.overruled.get(rep.number, {}).items():
        words += tr(
            "; therapist overrules {fault_title}: {what}",
            fault_title=fault_title(session.exercise, fault),
            what=why or tr("no reason given"),
        )
    if rep.number in notes.excluded:
        words += tr("; excluded by the therapist: {what}", what=notes.excluded[rep.number] or tr("no reason given"))
    return words


def _reasons(session: Session) -> list[str]:
    """Why something was not assessable, repetitions with the same reason in one line."""
    reasons: dict[tuple[str, str], set[int]] = {}
    for rep in session.reps:
        for name, m in rep.measurements.items():
            if m.why:
                reasons.setdefault((quantity_title(session.exercise, name), m.why), set()).add(rep.number)
        for fault, why in rep.not_assessable.items():
            reasons.setdefault((fault_title(session.exercise, fault), why), set()).add(rep.number)
    run = is_run(session)
    return [
        tr("Not assessable: {title} in stance {ranges}: {why}.", title=title, ranges=ranges(reps), why=shown(why))
        if run
        else tr("Not assessable: {title} in repetition {ranges}: {why}.", title=title, ranges=ranges(reps), why=shown(why))
        for (title, why), reps in reasons.items()
    ]
