"""One session as a document: what was done, what was found, how sure the figures are, and room for the therapist."""

from collections.abc import Sequence
from dataclasses import dataclass

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
from formcheck.report.run_blocks import LISTED, listed, run_blocks
from formcheck.report.session_figures import Series, figure_blocks, tone
from formcheck.report.session_settings import settings_blocks
from formcheck.report.soap import objective, pain_words, soap, subjective
from formcheck.report.words import (
    DISCLAIMER,
    exercise_title,
    fault_title,
    figure,
    outcome,
    quantities,
    quantity_title,
    ranges,
)
from formcheck.results import PutRight, Rep, Session
from formcheck.session.notes import Notes, judged
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
        *(Paragraph(tr("Note: {n}", n=n)) for n in (*about.mended, *session.notices)),
    ]
    blocks += run_blocks(session, series)
    blocks += figure_blocks(listed(session), series if len(session.reps) <= LISTED or not session.sides else None, notes)
    if key_frames:
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
    title = f"{exercise_title(session.exercise)}" + (tr(", {side} side", side=tr(session.side)) if session.side else "")
    return Document(title, tuple(blocks), tr(DISCLAIMER))


def _facts(session: Session, notes: Notes, about: About) -> tuple[tuple[str, str], ...]:
    seen = judged(session, notes)
    found: dict[str, int] = {}
    for rep in seen.reps:
        for f in {f.fault for f in rep.findings}:
            found[f] = found.get(f, 0) + 1
    unseen = sum(not rep.findings and not rep.clean for rep in seen.reps)
    pairs = [
        (tr("Client"), about.client),
        (tr("When"), about.when),
        (tr("Variant"), session.variant),
        (tr("Video"), ", ".join(filter(None, (session.video.name, f"{session.video.duration_s:.0f} s")))),
        (tr("Repetitions"), tr("{n}, of which {clean_reps} clean", n=len(seen.reps), clean_reps=seen.clean_reps)),
        (
            tr("Found"),
            ", ".join(
                tr("{fault_title} ({n} times)", fault_title=fault_title(session.exercise, f), n=n) for f, n in found.items()
            )
            or tr("nothing"),
        ),
        (tr("Tempo"), tempo_words(seen)),
        (tr("Put right by hand"), put_right_words(session)),
        (tr("Not assessable"), tr("{unseen} of {n} repetitions", unseen=unseen, n=len(seen.reps)) if unseen else ""),
        (tr("Pain before / after"), pain_words(notes)),
        (tr("Effort"), "" if notes.effort is None else tr("{effort} of 10", effort=notes.effort)),
    ]
    return tuple((k, v) for k, v in pairs if v)


def _repetitions(session: Session, notes: Notes) -> list[Block]:
    if not session.reps:
        return [Heading(tr("Repetitions")), Paragraph(tr("No repetition was found."))]
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
                *((str(rep.side or ""),) if sides else ()),
                f"{rep.start_s:.1f}-{rep.end_s:.1f} s",
                *(figure(rep.measurements.get(n)) for n in names),
                _result(session, rep, notes),
            ),
            tone(rep, notes),
        )
        for rep in session.reps
    )
    widths = (6, *((8,) if sides else ()), 13, *(13 for _ in names), 26)
    blocks: list[Block] = [Heading(tr("Repetitions (estimated)")), Table(head, rows, widths)]
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
    side = tr(", {side} side", side=tr(found.side)) if found.side else ""
    reps = "; ".join(f"{rep.number}: {rep.start_s:.1f}-{rep.end_s:.1f} s, {outcome(found, rep)}" for rep in found.reps)
    return f"{exercise_title(found.exercise)} ({found.variant}){side}. {reps or 'No repetition'}."


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
    return [
        tr("Not assessable: {title} in repetition {ranges}: {why}.", title=title, ranges=ranges(reps), why=tr(why))
        for (title, why), reps in reasons.items()
    ]
