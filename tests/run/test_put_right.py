"""Sessions put right by hand: what is marked is measured as ever, what the program found stays, all can be undone."""

import shutil
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from films import make_film
from put_right_cases import NOW, measured_as, recorded_set, taken_over, work_on

from formcheck.capture.video_file import VideoFile
from formcheck.pose.model import model_file
from formcheck.results import Change, Chosen, Hand, Session, Side
from formcheck.run.offline.put_right import Work, change_session, undo_last
from formcheck.session.changes import added, end_moved, merged, removed, split, start_moved
from formcheck.session.corrections import shown_session
from formcheck.session.file import read_session
from formcheck.session.layout import film
from formcheck.session.notes import Notes, read_notes, write_notes
from formcheck.session.signals import read_signals
from formcheck.system.errors import UserError


class Case:
    def __init__(self, folder: Path, work: Path) -> None:
        self.folder, self._work, self._steps = folder, work, 0
        self.found = read_session(folder)
        self._own = (folder / "session.json").read_bytes()

    def change(self, change: Change) -> Session:
        out = self._next()
        change_session(work_on(self.folder, out), change)
        return self._take(out)

    def undo(self) -> Session:
        out = self._next()
        undo_last(work_on(self.folder, out))
        return self._take(out)

    def _next(self) -> Path:
        self._steps += 1
        return self._work / str(self._steps)

    def _take(self, out: Path) -> Session:
        taken_over(out, self.folder)
        assert (self.folder / "session.json").read_bytes() == self._own
        return shown_session(self.folder)


@pytest.fixture
def case(recorded: Path, tmp_path: Path) -> Case:
    return Case(shutil.copytree(recorded, tmp_path / "set"), tmp_path / "work")


def times(session: Session) -> list[tuple[float, float]]:
    return [(rep.start_s, rep.end_s) for rep in session.reps]


def test_a_repetition_that_was_removed_and_marked_again_measures_the_same(case: Case) -> None:
    """The usual analysis measures what is marked: where the marks are those of the program, so are the figures."""
    second = case.found.reps[1]
    without = case.change(removed(case.found, 2, NOW))
    assert times(without) == [t for t in times(case.found) if t != (second.start_s, second.end_s)]
    assert [rep.number for rep in without.reps] == list(range(1, len(case.found.reps)))
    again = case.change(added(second.start_s, second.end_s, None, NOW))
    assert times(again) == times(case.found)
    assert again.put_right.by_hand == {2: Hand.ADDED}
    for name, measurement in second.measurements.items():
        assert again.reps[1].measurements[name].value == pytest.approx(measurement.value, abs=0.2), name
    assert again.put_right.found == case.found


def test_split_merged_and_moved(case: Case) -> None:
    first = case.found.reps[0]
    middle_s = round((first.start_s + first.end_s) / 2, 3)
    halves = case.change(split(case.found, 1, middle_s, NOW))
    assert times(halves)[:3] == [(first.start_s, middle_s), (middle_s, first.end_s), times(case.found)[1]]
    opening = [rep.measurements["hip_opening"].value or 0.0 for rep in halves.reps[:2]]
    assert max(opening) == pytest.approx(first.measurements["hip_opening"].value, rel=0.3)
    whole = case.change(merged(halves, 1, NOW))
    assert times(whole) == times(case.found)
    moved = case.change(end_moved(whole, first.end_s + 0.2, NOW))
    assert moved.reps[0].end_s == pytest.approx(first.end_s + 0.2, abs=0.001)
    earlier_s = moved.reps[1].start_s - 0.1
    assert case.change(start_moved(moved, earlier_s, NOW)).reps[1].start_s == pytest.approx(earlier_s, abs=0.001)
    moved = case.undo()
    assert moved.put_right.by_hand == {1: Hand.MOVED}
    assert [c.what for c in moved.put_right.changes] == [Hand.SPLIT, Hand.MERGED, Hand.MOVED]


def test_every_change_is_undone_in_turn(case: Case) -> None:
    write_notes(case.folder, Notes(pain_after=2, excluded={2: "talked", 4: "coughed"}))
    states = [shown_session(case.folder)]
    states.append(case.change(removed(states[-1], 1, NOW)))
    assert read_notes(case.folder).excluded == {1: "talked", 3: "coughed"}
    states.append(case.change(merged(states[-1], 1, NOW)))
    assert read_notes(case.folder).excluded == {2: "coughed"}
    for before in reversed(states[:-1]):
        assert times(case.undo()) == times(before)
    assert read_notes(case.folder) == Notes(pain_after=2, excluded={2: "talked", 4: "coughed"})
    assert not list(case.folder.glob("correct*"))
    with pytest.raises(UserError):
        case.undo()


def test_a_whole_session_is_measured_as_another_one(case: Case) -> None:
    edited = case.change(removed(case.found, 1, NOW))
    other = case.change(measured_as(Chosen("clam", "banded", Side.LEFT)))
    assert (other.exercise, other.variant, len(other.reps)) == ("clam", "banded", len(case.found.reps))
    assert (case.folder / "corrected.csv").is_file()
    for name in ("annotated.mp4", "raw.mp4"):
        (case.folder / name).touch()
    assert film(case.folder).name == "raw.mp4"
    assert not other.put_right.by_hand
    without = case.change(removed(other, 1, NOW))
    assert len(without.reps) == len(other.reps) - 1
    assert case.undo().variant == "banded"
    assert times(case.undo()) == times(edited)
    assert not (case.folder / "corrected.csv").exists()
    assert film(case.folder).name == "annotated.mp4"


def test_what_cannot_be_seen_is_not_assessable(case: Case) -> None:
    """A repetition that was marked counts, whether or not anything can be measured in it."""
    (case.folder / "signals.npz").unlink()
    session = case.change(split(case.found, 1, round((case.found.reps[0].start_s + case.found.reps[0].end_s) / 2, 3), NOW))
    assert len(session.reps) == len(case.found.reps) + 1
    assert not session.reps[0].clean
    assert "were kept" in session.reps[0].not_assessable["pelvic_roll"]
    assert session.reps[2] == replace(case.found.reps[1], number=3)
    with pytest.raises(UserError, match="cannot be measured again"):
        case.change(measured_as(Chosen("clam", "banded", Side.LEFT)))
    with pytest.raises(UserError, match="raw video"):
        case.change(measured_as(Chosen("clam", "banded", Side.LEFT, (0.5, 0.5))))


@pytest.mark.parametrize(
    ("start_s", "end_s", "why"), [(0.0, 60.0, "lasts"), (0.1, 0.2, "mark its start first"), (0.0, 9.0, "runs into")]
)
def test_marks_that_make_no_repetition_are_refused(case: Case, start_s: float, end_s: float, why: str) -> None:
    with pytest.raises(UserError, match=why):
        case.change(added(start_s, end_s, None, NOW))
    assert not (case.folder / "corrections.json").exists()


CLIPS = Path(__file__).parents[3] / "shared" / "clips"


def test_somebody_else_is_followed(tmp_path: Path) -> None:
    """Two people lie in the picture, one above the other: the one who is clicked is measured, from the raw video."""
    clips = [CLIPS / f"{name}.mp4" for name in ("clam_05", "clam_01")]
    if not all(clip.exists() for clip in clips):
        pytest.skip("needs the rendered clips beside the checkout: ../shared/clips")
    folder = recorded_set(tmp_path / "sessions", 3)
    two_people(clips, folder / "raw.mp4", seconds=2.0)
    middles = []
    for step, person in enumerate(((0.57, 0.25), (0.57, 0.75))):
        out = tmp_path / str(step)
        change_session(Work(folder, out, lambda: model_file(None)), measured_as(Chosen("clam", "standard", Side.RIGHT, person)))
        seen = next(read_signals(out / "corrected.npz")).pose
        middles.append(float(seen.image_xy[[11, 12, 23, 24], 1].mean()) / seen.image_size[1])
    assert middles[0] < 0.5 < middles[1]
    with pytest.raises(UserError, match="nobody was found there"):
        change_session(
            Work(folder, tmp_path / "no", lambda: model_file(None)), measured_as(Chosen("clam", "standard", None, (0, 0)))
        )


def two_people(clips: list[Path], target: Path, seconds: float) -> None:
    images = []
    with VideoFile(clips[0]) as one, VideoFile(clips[1]) as other:
        for a, b in zip(one.frames(), other.frames(), strict=False):
            if a.timestamp_s > seconds:
                break
            images.append(np.vstack([cv2.resize(frame.image, (640, 480))[60:420] for frame in (a, b)]))
    make_film(target, images, fps=20)
