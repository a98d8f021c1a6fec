"""A session with what was put right by hand: changes applied in order, and what was marked measured by the usual analysis."""

import math
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.analysis.notices import notices
from formcheck.analysis.side_means import side_means
from formcheck.capture.source import Part
from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Exercise
from formcheck.results import Change, Chosen, Hand, PutRight, Rep, Session, Stretch, VideoInfo
from formcheck.run.frame_files import FrameFiles
from formcheck.run.measured_set import MeasuredSet, Origin, build_session
from formcheck.run.offline.analyze import Cancelled
from formcheck.run.offline.follow import follow
from formcheck.run.offline.marked import analyzer_of, measure_marked
from formcheck.session.corrections import (
    SAME_S,
    Judgement,
    carried_over,
    read_corrections,
    shown_session,
    write_corrections,
)
from formcheck.session.file import read_session
from formcheck.session.layout import BY_HAND, CORRECTED_SERIES, CORRECTED_SIGNALS, NOTES, RAW, SERIES, SIGNALS
from formcheck.session.notes import Notes, read_notes, write_notes
from formcheck.session.signals import read_signals
from formcheck.system.errors import UserError
from formcheck.system.files import private_folder
from formcheck.system.language import tr

SAME = 0.5
"""Of the shorter one: repetitions that overlap by more are the same, measured by two versions of the program."""
VERSIONS_APART_S = 0.5
"""How far two versions may see the edge of one repetition apart."""
SHORTEST_S, LONGEST_S = 0.3, 20.0

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Work:
    """How a session is put right: where from, and who is told how far it is."""

    folder: Path
    """The session, readable."""
    out: Path
    """Where the files are written that then belong beside it."""
    model: Callable[[], Path]
    """The pose model's file, where somebody must be followed anew."""
    progress: Progress = lambda done, total: None
    cancelled: Callable[[], bool] = lambda: False


def check_marked(session: Session, change: Change) -> None:
    """UserError where what was marked cannot be a repetition beside the others of the session."""
    others = [rep for rep in session.reps if not any(_is(rep, b) for b in change.before)]
    for stretch in change.after:
        if not SHORTEST_S <= stretch.end_s - stretch.start_s <= LONGEST_S:
            raise UserError(
                tr(
                    "a repetition lasts from {shortest_s} to {longest_s:.0f} s: mark it anew",
                    shortest_s=SHORTEST_S,
                    longest_s=LONGEST_S,
                )
            )
        for rep in others:
            if stretch.overlap_s(Stretch(rep.start_s, rep.end_s)) > 1e-6:
                raise UserError(tr("this runs into repetition {number}: move its edge first, or mark less", number=rep.number))


def change_session(work: Work, change: Change) -> Session:
    """Put one more thing right. UserError, OSError or Cancelled change nothing; `out` then is of no use."""
    shown, known = shown_session(work.folder), read_corrections(work.folder)
    check_marked(shown, change)
    notes = read_notes(work.folder)
    judged = (*(known.judged if known else ()), Judgement(notes.overruled, notes.excluded))
    changes = (*(known.changes if known else ()), change)
    return _write(work, shown, notes, changes, judged)


def undo_last(work: Work) -> Session:
    """Take back the last change: everything is as it was before it, but for what was judged since of other repetitions."""
    shown, known = shown_session(work.folder), read_corrections(work.folder)
    if known is None:
        raise UserError(tr("nothing was changed by hand"))
    notes = read_notes(work.folder)
    return _write(work, shown, notes, known.changes[:-1], known.judged[:-1], known.judged[-1])


def apply_again(work: Work) -> Session:
    """The same changes to what another version of the program measured."""
    shown, known = shown_session(work.folder), read_corrections(work.folder)
    if known is None:
        return shown
    return _write(work, shown, read_notes(work.folder), known.changes, known.judged, apart_s=VERSIONS_APART_S)


def _write(
    work: Work,
    shown: Session,
    notes: Notes,
    changes: tuple[Change, ...],
    judged: tuple[Judgement, ...],
    before: Judgement = Judgement(),  # noqa: B008
    apart_s: float = SAME_S,
) -> Session:
    private_folder(work.out)
    session = _applied(work, changes)
    if changes:
        write_corrections(work.out, session, judged)
    carried = carried_over(notes, shown, session, before, apart_s=apart_s)
    if carried != notes:
        write_notes(work.out, carried)
    return session


WRITTEN = (NOTES, *BY_HAND)
"""What may be in `out`; those of BY_HAND that are not there have gone from the session as well."""


def _applied(work: Work, changes: tuple[Change, ...]) -> Session:
    found = read_session(work.folder)
    if not changes:
        return found
    last = max((i for i, change in enumerate(changes) if change.chosen), default=-1)
    chosen = changes[last].chosen if last >= 0 else None
    signals = _signals(work, found, chosen)
    session = found if chosen is None else _measured(work, found, chosen, signals)
    reps, hands = _edited(session.reps, changes[last + 1 :])
    exercise = _exercise(session)
    marked = measure_marked(session, exercise, [s for s in reps if isinstance(s, Stretch)], signals)
    kept = sorted((marked[rep] if isinstance(rep, Stretch) else rep for rep in reps), key=lambda rep: rep.start_s)
    numbered = tuple(replace(rep, number=number) for number, rep in enumerate(kept, 1))
    by_hand = {rep.number: hands[at] for rep in numbered if (at := (rep.start_s, rep.end_s)) in hands}
    return replace(
        session,
        reps=numbered,
        notices=_notices(exercise, session, numbered),
        summary=exercise.summary(numbered) if exercise.summary is not None else {},
        sides=side_means(exercise, numbered),
        put_right=PutRight(changes, by_hand, found),
    )


def _notices(exercise: Exercise, before: Session, reps: Sequence[Rep]) -> tuple[str, ...]:
    """Those of the repetitions as they are now, and those that are about something else."""
    told = notices(exercise, before.reps)
    others = [n for n in before.notices if n not in told and not (reps and n.startswith(("No repetition", "No stance")))]
    return (*notices(exercise, reps), *others)


def _edited(reps: Sequence[Rep], changes: Iterable[Change]) -> tuple[list[Rep | Stretch], dict[tuple[float, float], Hand]]:
    """Repetitions as they were found and stretches to be measured; start and end of each of these, and how it was made."""
    now: list[Rep | Stretch] = list(reps)
    hands: dict[tuple[float, float], Hand] = {}
    for change in changes:
        now = [rep for rep in now if not any(_is(rep, before) for before in change.before)]
        now += [s for s in change.after if not any(_is(rep, s) for rep in now)]
        hands |= {(s.start_s, s.end_s): change.what for s in change.after}
    return now, hands


def _is(rep: Rep | Stretch, stretch: Stretch) -> bool:
    own = stretch.overlap_s(Stretch(rep.start_s, rep.end_s))
    return own > SAME * min(rep.end_s - rep.start_s, stretch.end_s - stretch.start_s)


def _signals(work: Work, found: Session, chosen: Chosen | None) -> Path | None:
    """What the set can be measured from: what was kept, or, of somebody else than was followed, made anew."""
    known = read_corrections(work.folder)
    followed = [c.chosen.person for c in known.changes if c.chosen] if known else []
    person = chosen.person if chosen else None
    kept, made = work.folder / CORRECTED_SIGNALS, work.out / CORRECTED_SIGNALS
    if person is None and (work.folder / SIGNALS).is_file():
        return work.folder / SIGNALS
    if kept.is_file() and (followed[-1] if followed else None) == person:
        shutil.copyfile(kept, made)
        return made
    raw = work.folder / RAW
    if not raw.is_file():
        if person is not None:
            raise UserError(tr("somebody else can be followed only in the raw video, and that was not kept of this set"))
        return None
    exercise = EXERCISES[chosen.exercise] if chosen else _exercise(found)
    follow(_film(raw, found.video), exercise, work.model(), made, person=person, progress=work.progress, cancelled=work.cancelled)
    return made


def _film(raw: Path, video: VideoInfo) -> VideoFile:
    """The part of the film that was measured, on the set's clock."""
    part = Part(video.from_s, math.inf if video.to_s is None else video.to_s)
    return VideoFile(raw, part=part, capture_fps=video.capture_fps)


def _measured(work: Work, found: Session, chosen: Chosen, signals: Path | None) -> Session:
    """The whole set as another one, counted by the program."""
    if signals is None:
        raise UserError(tr("neither the raw video nor the signals of this set were kept: it cannot be measured again"))
    exercise = EXERCISES[chosen.exercise]
    analyzer = analyzer_of(exercise, found, chosen.side, chosen.variant)
    with tempfile.TemporaryDirectory(dir=work.out) as folder:
        files = FrameFiles(Path(folder), exercise, spare=None)
        measured = MeasuredSet(analyzer, sink=files)
        for observation in read_signals(signals):
            if work.cancelled():
                raise Cancelled
            measured.add(observation)
            work.progress(measured.frames, found.video.frames)
        measured.finish()
        files.close()
        (Path(folder) / SERIES).replace(work.out / CORRECTED_SERIES)
    session = build_session(measured, Origin(found.video.name, found.model))
    return replace(session, video=found.video, followed_by=found.followed_by or found.program)


def _exercise(session: Session) -> Exercise:
    exercise = EXERCISES.get(session.exercise)
    if exercise is None:
        raise UserError(
            tr("its exercise {exercise!r} is not known to this version; update the program", exercise=session.exercise)
        )
    return exercise
