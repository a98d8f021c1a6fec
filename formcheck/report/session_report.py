"""One session as a document: what was done, what was found, how sure the figures are, and room for the therapist."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.analysis.curves import from_starts
from formcheck.exercises import EXERCISES
from formcheck.report.by_hand import change_words, made_words, put_right_words
from formcheck.report.chart import Bar, Limit, Span, bars, over_time
from formcheck.report.document import (
    COLOURS,
    Blank,
    Block,
    Document,
    Facts,
    Figure,
    Heading,
    Paragraph,
    Picture,
    Pictures,
    Row,
    Table,
    Tone,
)
from formcheck.report.pace import pace_blocks, tempo_words
from formcheck.report.run_blocks import LISTED, listed, run_blocks
from formcheck.report.words import (
    DISCLAIMER,
    exercise_title,
    fault_title,
    figure,
    guarded,
    movement,
    number,
    outcome,
    quantities,
    quantity_title,
    ranges,
    unit_words,
    worst,
)
from formcheck.results import Limits, PutRight, Rep, Session
from formcheck.session.notes import Notes, judged
from formcheck.system.language import to_translate, tr

Series = Mapping[str, Sequence[float]]
"""t_s and each quantity, one value per frame; NaN where not measured."""
MARKS = {Tone.CLEAN: "", Tone.CAUTION: "caution", Tone.FAULT: "fault", Tone.UNSEEN: "?", Tone.PLAIN: "excluded"}

BARS = to_translate(
    "{} per repetition, estimated, with its 90 % interval; coloured by the repetition's result (other: another fault)."
)
OVER_TIME = to_translate("{} over the session, estimated, from where each repetition starts; repetitions are marked below.")


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
    blocks += _figures(listed(session), series if len(session.reps) <= LISTED or not session.sides else None, notes)
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
    blocks += _settings(session)
    title = f"{exercise_title(session.exercise)}" + (tr(", {side} side", side=tr(session.side)) if session.side else "")
    return Document(title, tuple(blocks), tr(DISCLAIMER))


def tone(rep: Rep, notes: Notes) -> Tone:
    """How a repetition is marked: what the therapist excluded is plain."""
    if rep.number in notes.excluded:
        return Tone.PLAIN
    severity = worst(rep)
    if severity:
        return Tone(severity.value)
    return Tone.CLEAN if rep.clean else Tone.UNSEEN


def found_elsewhere(session: Session, rep: Rep, quantity: str) -> bool:
    """Whether something was found in a repetition, but not in this quantity."""
    known = EXERCISES.get(session.exercise)
    judged_by = {f.name: f.quantity for f in known.faults} if known else {}
    return bool(rep.findings) and all(judged_by.get(f.fault, f.fault) != quantity for f in rep.findings)


def limit_lines(limits: Limits | None) -> list[Limit]:
    """The two limits as lines of a chart."""
    if limits is None:
        return []
    lines = [(limits.caution, "caution", COLOURS[Tone.CAUTION]), (limits.fault, "fault", COLOURS[Tone.FAULT])]
    return [Limit(v, words, colour) for v, words, colour in lines]


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
        (tr("Pain before / after"), _pain(notes)),
        (tr("Effort"), "" if notes.effort is None else tr("{effort} of 10", effort=notes.effort)),
    ]
    return tuple((k, v) for k, v in pairs if v)


def _pain(notes: Notes) -> str:
    said = ["?" if p is None else str(p) for p in (notes.pain_before, notes.pain_after)]
    return "" if said == ["?", "?"] else tr("{what} / {what2} of 10", what=said[0], what2=said[1])


def _figures(session: Session, series: Series | None, notes: Notes) -> list[Block]:
    blocks: list[Block] = []
    still, moving = guarded(session), movement(session)
    if still and session.reps:
        measured = [rep.measurements.get(still) for rep in session.reps]
        unit = next(m.unit for m in measured if m)
        title = quantity_title(session.exercise, still)
        tones = [tone(rep, notes) for rep in session.reps]
        items = [
            Bar(
                str(rep.number),
                m.value if m else None,
                (m.uncertainty or 0.0) if m else 0.0,
                COLOURS[t],
                "other" if found_elsewhere(session, rep, still) else MARKS[t],
            )
            for rep, m, t in zip(session.reps, measured, tones, strict=True)
        ]
        canvas = bars(items, unit_words(unit), limit_lines(session.thresholds.get(still)))
        blocks += [Heading(tr("Each repetition")), Figure(canvas, tr(BARS).format(title))]
    if series is None or len(series.get("t_s", ())) < 2:
        return blocks
    spans = [Span(rep.start_s, rep.end_s, str(rep.number), COLOURS[tone(rep, notes)]) for rep in session.reps]
    for name in dict.fromkeys(n for n in (moving, still) if n):
        if name in series:
            unit = next(m.unit for rep in session.reps if (m := rep.measurements.get(name)))
            limits = limit_lines(session.thresholds.get(name)) if name == still else []
            values = curve(session, name, series)
            canvas = over_time(series["t_s"], values, unit_words(unit), spans, limits, COLOURS[Tone.CLEAN])
            title = quantity_title(session.exercise, name)
            blocks.append(Figure(canvas, tr(OVER_TIME).format(title)))
    return blocks


def curve(session: Session, quantity: str, series: Series) -> Sequence[float]:
    """A quantity over the set as its measurements are counted: less its value at each repetition's start."""
    known = EXERCISES.get(session.exercise)
    if known is not None and any(q.name == quantity and q.absolute for q in known.quantities):
        return series[quantity]
    return list(from_starts(np.array(series["t_s"]), np.array(series[quantity]), session.reps))


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


def subjective(notes: Notes) -> list[str]:
    """S: what the person said."""
    pain = tr("Pain before / after the set: {pain}.", pain=_pain(notes)) if _pain(notes) else ""
    effort = "" if notes.effort is None else tr("Effort: {effort} of 10.", effort=notes.effort)
    return [" ".join(words for words in (pain, effort) if words), notes.subjective]


def objective(session: Session, notes: Notes) -> list[str]:
    """O: what was measured, in sentences."""
    seen = judged(session, notes)
    side = tr(", {side} side", side=tr(session.side)) if session.side else ""
    lines = [
        tr(
            "{exercise_title} ({variant}){side}: {n} repetitions, {clean_reps} clean.",
            exercise_title=exercise_title(session.exercise),
            variant=session.variant,
            side=side,
            n=len(seen.reps),
            clean_reps=seen.clean_reps,
        )
    ]
    for name in quantities(seen):
        known = [m for rep in seen.reps if (m := rep.measurements.get(name)) and m.value is not None]
        values = [m.value for m in known if m.value is not None]
        if values:
            unit = known[0].unit
            spread = tr("{number} to {number2}", number=number(min(values), unit), number2=number(max(values), unit))
            middle = number(statistics.median(values), unit)
            lines.append(
                tr(
                    "{quantity_title}: median {middle}, {spread} (estimated).",
                    quantity_title=quantity_title(session.exercise, name),
                    middle=middle,
                    spread=spread,
                )
            )
    return lines


def soap(said: Sequence[str], measured: Sequence[str], notes: Notes) -> list[Block]:
    """S and O filled, A and P as the therapist wrote them, or room to."""
    blocks: list[Block] = [Heading(tr("Notes (SOAP)"))]
    blocks += _note(tr("S: Subjective"), [line for line in said if line])
    blocks += _note(tr("O: Objective"), [line for line in measured if line])
    blocks += _note(tr("A: Assessment"), [notes.assessment] if notes.assessment else [])
    blocks += _note(tr("P: Plan"), [notes.plan] if notes.plan else [])
    return blocks


def _note(label: str, lines: Sequence[str]) -> list[Block]:
    return [Facts(((label, "\n".join(lines)),))] if lines else [Blank(label)]


def _settings(session: Session) -> list[Block]:
    rows = tuple(
        Row((fault_title(session.exercise, name), number(limits.caution, limits.unit), number(limits.fault, limits.unit)))
        for name, limits in session.thresholds.items()
    )
    video = session.video
    facts = Facts(
        (
            (tr("Program"), tr("formcheck {program}, pose model {model}", program=session.program, model=session.model)),
            (
                tr("Picture"),
                tr(
                    "{width} × {height}, {fps:.1f} frames/s, {frames} frames",
                    width=video.width,
                    height=video.height,
                    fps=video.fps,
                    frames=video.frames,
                ),
            ),
            (
                tr("Person seen in"),
                tr("{frames_with_pose} of {frames} frames", frames_with_pose=session.frames_with_pose, frames=video.frames),
            ),
        )
    )
    return [
        Heading(tr("Settings and limits used")),
        facts,
        Table((tr("Fault"), tr("Caution from"), tr("Fault from")), rows, (50, 25, 25)),
    ]
