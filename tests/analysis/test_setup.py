"""Each check of the set-up fails for its own reason, and all pass for someone who is ready."""

from dataclasses import replace

import numpy as np
import pytest
from lying_views import lying_seen

from formcheck.analysis.setup import SetupChecks, ready
from formcheck.analysis.snapshot import AnalysisState, Snapshot
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import SetupCheck
from formcheck.frames import Image, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.results import Side

SIZE = (640, 480)
NOISE = np.random.default_rng(0).integers(0, 255, (480, 640, 3), dtype=np.uint8)


def lying(time_s: float = 0.0) -> PoseFrame:
    xy = np.tile(np.array([300.0, 300.0]), (33, 1))
    xy[:11] = (150, 285)
    for names, place in (
        ((L.RIGHT_SHOULDER, L.LEFT_SHOULDER), (220, 290)),
        ((L.RIGHT_HIP, L.LEFT_HIP), (340, 290)),
        ((L.RIGHT_KNEE, L.LEFT_KNEE), (420, 330)),
        ((L.RIGHT_ANKLE, L.LEFT_ANKLE, L.RIGHT_FOOT_INDEX, L.LEFT_FOOT_INDEX), (500, 320)),
    ):
        xy[list(names)] = place
    world = np.zeros((33, 3))
    world[:, :2] = (xy - (340, 290)) / 250
    return PoseFrame(0, time_s, SIZE, xy, world, np.ones(33), 1)


def snapshot(state: AnalysisState = AnalysisState.READY) -> Snapshot:
    return Snapshot(0.0, state, Side.RIGHT, {}, 0.0, (), None, (), 1)


def moved(pose: PoseFrame, by: tuple[float, float]) -> PoseFrame:
    return replace(pose, image_xy=pose.image_xy + np.array(by))


def scaled(pose: PoseFrame, factor: float) -> PoseFrame:
    centre = np.array((320.0, 290.0))
    return replace(pose, image_xy=(pose.image_xy - centre) * factor + centre)


def seen_from(name: str) -> PoseFrame:
    """With the depths that the model says of somebody seen from there."""
    return replace(lying(), world_xyz=lying_seen(name).world_xyz)


def first_failing(image: Image, pose: PoseFrame, state: Snapshot) -> tuple[SetupCheck, str]:
    last = SetupChecks(EXERCISES["clam"]).update(image, pose, state)[-1]
    assert not last.ok
    return last.check, last.words


DARK, WHITE, GREY = (np.full_like(NOISE, v) for v in (8, 250, 120))


@pytest.mark.parametrize(
    ("image", "pose", "state", "check", "words"),
    [
        (DARK, lying(), snapshot(), SetupCheck.LIGHT, "dark"),
        (WHITE, lying(), snapshot(), SetupCheck.LIGHT, "bright"),
        (GREY, lying(), snapshot(), SetupCheck.LIGHT, "blank"),
        (NOISE, replace(lying(), image_xy=np.full((33, 2), np.nan)), snapshot(), SetupCheck.PERSON, "Step into"),
        (NOISE, lying(), snapshot(AnalysisState.WRONG_POSITION), SetupCheck.POSITION, "Lie down"),
        (NOISE, moved(lying(), (-200, 0)), snapshot(), SetupCheck.IN_FRAME, "head"),
        (NOISE, moved(lying(), (250, 0)), snapshot(), SetupCheck.IN_FRAME, "feet"),
        (NOISE, scaled(lying(), 3.0), snapshot(), SetupCheck.IN_FRAME, "head and feet"),
        (NOISE, scaled(lying(), 0.3), snapshot(), SetupCheck.DISTANCE, "too far"),
        (NOISE, seen_from("far toward the head"), snapshot(), SetupCheck.ANGLE, "from the side"),
        (NOISE, lying(), snapshot(AnalysisState.FINDING_SIDE), SetupCheck.SIDE, "side"),
        (NOISE, lying(), snapshot(), SetupCheck.STILL, "still"),
    ],
)
def test_each_reason_is_said(image: Image, pose: PoseFrame, state: Snapshot, check: SetupCheck, words: str) -> None:
    failed, said = first_failing(image, pose, state)
    assert failed is check
    assert words in said


def _hold(checks: SetupChecks, seconds: float, wobble_px: float, from_s: float = 0.0) -> bool:
    rng = np.random.default_rng(3)
    outcome = False
    for t in np.arange(from_s, from_s + seconds, 1 / 30):
        pose = moved(lying(float(t)), tuple(rng.normal(0, wobble_px, 2)))
        outcome = ready(checks.update(NOISE, pose, snapshot()))
    return outcome


def test_ready_after_two_still_seconds_in_spite_of_the_trackers_noise() -> None:
    checks = SetupChecks(EXERCISES["clam"])
    assert not _hold(checks, 1.9, 1.0)
    assert _hold(checks, 0.3, 1.0, from_s=1.9)


def test_someone_who_moves_is_not_still() -> None:
    assert not _hold(SetupChecks(EXERCISES["clam"]), 4.0, 12.0)


@pytest.mark.parametrize("name", ["toward the feet", "nearly in front", "toward the head"])
def test_a_camera_within_twenty_degrees_of_front_is_accepted(name: str) -> None:
    assert SetupChecks(EXERCISES["clam"]).update(NOISE, seen_from(name), snapshot())[-1].check is SetupCheck.STILL
