"""The tracker with the real model on the rendered clips: who is followed, how many are counted."""

import gzip
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import pytest

from formcheck.capture.video_file import VideoFile
from formcheck.frames import Frame, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.pose.model import model_states
from formcheck.pose.person import TORSO, choose_at, choose_lying, choose_standing
from formcheck.pose.tracker import PoseTracker

CLIPS = Path(__file__).parents[3] / "shared" / "clips"
MODEL = model_states()[0].path

pytestmark = [
    pytest.mark.skipif(not CLIPS.is_dir(), reason="needs the rendered clips beside the checkout"),
    pytest.mark.skipif(MODEL is None, reason="needs the pose model: formcheck models --path"),
]


@pytest.fixture
def lying() -> Iterator[PoseTracker]:
    assert MODEL is not None
    with PoseTracker(MODEL, choose_lying) as tracker:
        yield tracker


@pytest.fixture
def standing() -> Iterator[PoseTracker]:
    assert MODEL is not None
    with PoseTracker(MODEL, choose_standing) as tracker:
        yield tracker


def frames(name: str, count: int, start: int = 0) -> list[Frame]:
    with VideoFile(CLIPS / f"{name}.mp4") as video:
        return list(islice(video.frames(), start, start + count))


def truth(name: str, index: int) -> np.ndarray:
    """(2,) px of the trunk's middle."""
    with gzip.open(CLIPS / f"{name}.json.gz") as file:
        px = json.load(file)["frames"][index]["px"]
    return np.asarray(np.mean([px[f"{side}_{joint}"] for side in ("left", "right") for joint in ("hip", "shoulder")], axis=0))


def middle(pose: PoseFrame) -> np.ndarray:
    return pose.image_xy[list(TORSO)].mean(axis=0)  # type: ignore[no-any-return]


def later(frame: Frame, seconds: float, index: int) -> Frame:
    return Frame(frame.image, index, frame.timestamp_s + seconds)


@pytest.mark.parametrize("name", ["clam_03", "clam_08", "sidelying_er_04"])
def test_the_one_who_lies_is_followed_though_somebody_kneels_behind(lying: PoseTracker, name: str) -> None:
    for frame in frames(name, 25):
        pose = lying.process(frame)
        assert np.linalg.norm(middle(pose) - truth(name, frame.index)) < 25
        assert pose.people == 2


@pytest.mark.parametrize("name", ["clam_00", "clam_05", "clam_11", "sidelying_er_00"])
def test_one_person_is_counted_as_one(lying: PoseTracker, name: str) -> None:
    poses = [lying.process(frame) for frame in frames(name, 6)]
    assert [pose.people for pose in poses] == [1] * 6
    assert np.linalg.norm(middle(poses[-1]) - truth(name, 5)) < 30


@pytest.mark.parametrize("name", ["banded_rotation_00", "banded_rotation_05", "banded_rotation_08", "pivot_01"])
def test_one_standing_person_is_counted_as_one(standing: PoseTracker, name: str) -> None:
    assert [standing.process(frame).people for frame in frames(name, 6)] == [1] * 6


def test_somebody_who_comes_is_counted_while_another_is_followed(lying: PoseTracker) -> None:
    first = frames("clam_08", 1)[0]
    alone = first.image.copy()
    kneeling = middle(_follow_kneeling(first))
    cv2.rectangle(alone, (int(kneeling[0]) - 70, 0), (int(kneeling[0]) + 70, int(kneeling[1]) + 40), (150, 150, 150), -1)
    assert lying.process(Frame(alone, 0, 0.0)).people == 1
    counts = [lying.process(later(first, 0.5 * i, i)).people for i in range(1, 9)]
    assert counts[-1] == 2


def _follow_kneeling(frame: Frame) -> PoseFrame:
    assert MODEL is not None
    with PoseTracker(MODEL, choose_standing) as tracker:
        return tracker.process(frame)


def test_a_click_goes_over_to_the_other_and_back(lying: PoseTracker) -> None:
    film = frames("clam_03", 20)
    lies_at = middle(lying.process(film[0]))
    kneels_at = middle(_follow_kneeling(film[0]))
    assert np.linalg.norm(lies_at - kneels_at) > 80
    lying.follow(choose_at(tuple(kneels_at)))
    assert np.linalg.norm(middle(lying.process(film[1])) - kneels_at) < 30
    assert np.linalg.norm(middle(lying.process(film[2])) - kneels_at) < 30
    lying.follow(choose_at(tuple(lies_at)))
    for frame in film[3:8]:
        assert np.linalg.norm(middle(lying.process(frame)) - lies_at) < 30


def test_it_goes_over_to_the_one_who_fits_the_exercise(lying: PoseTracker) -> None:
    """Somebody sits beside; only later somebody lies down."""
    film = frames("clam_03", 120)
    kneels_at = middle(_follow_kneeling(film[0]))
    bed = film[0].image.copy()
    at = truth("clam_03", 0)
    bed[int(at[1]) - 60 : int(at[1]) + 80, int(at[0]) - 180 :] = 140
    for i in range(5):
        pose = lying.process(Frame(bed, i, i / 30))
    assert np.linalg.norm(middle(pose) - kneels_at) < 50
    for frame in film[5:100]:
        pose = lying.process(frame)
    assert np.linalg.norm(middle(pose) - truth("clam_03", 99)) < 25


def test_nobody_is_not_a_pose_and_somebody_who_comes_is_found_within_half_a_second(lying: PoseTracker) -> None:
    film = frames("clam_00", 1)
    empty = np.full_like(film[0].image, 120)
    poses = [lying.process(Frame(empty, i, i / 30)) for i in range(60)]
    assert not any(pose.detected for pose in poses)
    assert np.isnan(poses[0].image_xy).all()
    assert poses[0].people == 0
    waits = [lying.process(later(film[0], 2 + i / 30, 60 + i)).detected for i in range(16)]
    assert waits[-1]


def test_one_who_was_lost_for_a_moment_is_found_soon(standing: PoseTracker) -> None:
    film = frames("banded_rotation_06", 40)
    for frame in film[:5]:
        assert standing.process(frame).detected
    for frame in film[5:9]:
        standing.process(Frame(np.zeros_like(frame.image), frame.index, frame.timestamp_s))
    found = [standing.process(frame).detected for frame in film[9:]]
    assert all(found[4:])


def test_starting_anew_says_the_same_as_a_new_tracker(lying: PoseTracker) -> None:
    """The tracker is made to forget with blank pictures: nothing of the one followed before may remain."""
    assert MODEL is not None
    before, film = frames("clam_03", 10), frames("clam_00", 10)
    for frame in before:
        lying.process(frame)
    lying.follow(choose_lying)
    again = [lying.process(later(frame, 1.0, frame.index)).image_xy for frame in film]
    with PoseTracker(MODEL, choose_lying) as fresh:
        expected = [fresh.process(frame).image_xy for frame in film]
    assert np.abs(np.array(again) - np.array(expected)).max() < 2.0


def test_a_damaged_model_is_an_error_not_a_crash(tmp_path: Path) -> None:
    assert MODEL is not None
    path = tmp_path / "bad.task"
    path.write_bytes(MODEL.read_bytes()[:100_000])
    with pytest.raises((RuntimeError, ValueError)):
        PoseTracker(path, choose_lying)


def test_landmarks_stay_on_their_sides(standing: PoseTracker) -> None:
    """The person faces the camera: their left is at the picture's right throughout."""
    for frame in frames("single_leg_squat_00", 30):
        pose = standing.process(frame)
        assert pose.image_xy[L.LEFT_SHOULDER, 0] > pose.image_xy[L.RIGHT_SHOULDER, 0]
