"""Each gate fails for its own reason, passes otherwise, and says what to do; a repetition keeps what its frames allow."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from standing_figure import Figure, observe, repeated, reps_of

from formcheck.analysis.gates import Gate, Gates
from formcheck.analysis.notices import notices
from formcheck.exercises import EXERCISES
from formcheck.frames import CameraMotion, Observation, PictureFrame, SurfaceFrame
from formcheck.frames import Landmark as L
from formcheck.results import Side
from formcheck.signals import kinematics
from formcheck.signals.camera_angle import standing_azimuth

SQUAT = EXERCISES["single-leg-squat"]
CLEAR = PictureFrame(brightness=120.0, contrast=40.0, cut=False)


def standing(count: int = 30) -> list[Observation]:
    return [replace(o, picture=CLEAR) for o in observe([Figure()] * count)]


def moved(observation: Observation, by_px: Sequence[float], scale: float = 1.0) -> Observation:
    """Moved in the picture, and scaled about the middle of the trunk."""
    xy = observation.pose.image_xy
    middle = (kinematics.mid_hip(xy) + kinematics.mid_shoulder(xy)) / 2
    xy = (xy - middle) * scale + middle + np.array(by_px)
    return replace(observation, pose=replace(observation.pose, image_xy=xy))


def turned(observation: Observation, degrees: float) -> Observation:
    """Seen by a camera that stands aside: the world landmarks and the feet's direction in the picture say so."""
    a, world, xy = np.radians(degrees), observation.pose.world_xyz.copy(), observation.pose.image_xy.copy()
    world[L.LEFT_HIP], world[L.RIGHT_HIP] = 0.1 * np.array([[np.cos(a), 0, -np.sin(a)], [-np.cos(a), 0, np.sin(a)]])
    for toe, heel in ((L.LEFT_FOOT_INDEX, L.LEFT_HEEL), (L.RIGHT_FOOT_INDEX, L.RIGHT_HEEL)):
        world[toe] = world[heel] + 0.2 * np.array([-np.sin(a), 0, -np.cos(a)])
        xy[toe] = xy[heel] + np.array([-45.0 * np.sin(a), 10.0])
    return replace(observation, pose=replace(observation.pose, image_xy=xy, world_xyz=world))


def shaken(observation: Observation, background_px: float) -> Observation:
    nothing = np.zeros((10, 4))
    camera = CameraMotion(np.array([[1.0, 0.0, background_px], [0.0, 1.0, 0.0]]))
    surface = SurfaceFrame(observation.timestamp_s, np.zeros((10, 4, 2)), nothing.astype(np.int64), nothing, camera)
    return replace(observation, surface=surface)


def lost(observation: Observation) -> Observation:
    """Nobody can tell how the camera moved."""
    still = shaken(observation, 0.0)
    assert still.surface is not None
    return replace(still, surface=replace(still.surface, camera=CameraMotion(np.eye(2, 3), known=False)))


CASES: list[tuple[Gate, Callable[[int, Observation], Observation], str]] = [
    (Gate.LIGHT, lambda i, o: replace(o, picture=PictureFrame(5.0, 3.0, False)), "dark"),
    (Gate.WHOLE_BODY, lambda i, o: moved(o, (0, -300)), "head"),
    (Gate.WHOLE_BODY, lambda i, o: moved(o, (0, 200)), "feet"),
    (Gate.ANGLE, lambda i, o: turned(o, 40.0), "side"),
    (Gate.ANGLE, lambda i, o: turned(o, -40.0), "side"),
    (Gate.CAMERA, lambda i, o: shaken(o, 4.0 * i), "camera moved"),
    (Gate.CAMERA, lambda i, o: lost(o) if i > 5 else shaken(o, 0.0), "camera moved"),
    (Gate.CUT, lambda i, o: replace(o, picture=replace(CLEAR, cut=i == 25)), "cut"),
    (Gate.PERSON, lambda i, o: moved(o, (90 * (i >= 25), 0)), "somebody else"),
    (Gate.SKELETON, lambda i, o: moved(o, (0, 0), scale=0.6 if i % 4 else 1.0), "reliably"),
]


@pytest.mark.parametrize(("gate", "change", "word"), CASES)
def test_each_gate_fails_for_its_own_reason(gate: Gate, change: Callable[[int, Observation], Observation], word: str) -> None:
    gates, frames = Gates(SQUAT), [change(i, o) for i, o in enumerate(standing())]
    failing = [gates.update(o) for o in frames]
    assert set().union(*failing) == {gate}
    verdict = gates.verdict(failing, frames)
    assert word in verdict.why_not
    assert verdict.counts == (gate is not Gate.SKELETON)


def test_nothing_fails_for_a_person_who_stands_well() -> None:
    gates, frames = Gates(SQUAT), [turned(o, 15.0) for o in standing()]
    failing = [gates.update(o) for o in frames]
    assert not any(failing)
    assert gates.verdict(failing, frames).why_not == ""


@pytest.mark.parametrize("degrees", [-40.0, -10.0, 0.0, 25.0])
def test_azimuth_is_read_with_its_sign(degrees: float) -> None:
    """A camera on the person's left sees the feet point to the picture's left."""
    pose = turned(standing(1)[0], degrees).pose
    assert standing_azimuth(pose, kinematics.torso_length(pose.image_xy)) == pytest.approx(degrees, abs=1.0)


def test_a_moment_outside_the_picture_does_no_harm() -> None:
    gates, frames = Gates(SQUAT), [moved(o, (0, -300 if i < 3 else 0)) for i, o in enumerate(standing(20))]
    failing = [gates.update(o) | frozenset() for o in frames]
    failing = [f - {Gate.PERSON} for f in failing]  # the way back is a jump in this drawing
    assert gates.verdict(failing, frames).why_not == ""


def test_obstacle_is_said_only_when_it_lasts() -> None:
    gates = Gates(SQUAT)
    said = []
    for o in [turned(o, 40.0) for o in standing(30)]:
        gates.update(o)
        said.append(gates.obstacle(o.timestamp_s))
    assert said[10] is None
    assert said[-1] is not None
    assert "side" in said[-1]


def squats() -> list[Observation]:
    frames = repeated(lambda amount, k: Figure(flexion=5 + 55 * amount, stance=Side.LEFT), 3)
    return [turned(o, 0.0) for o in frames]


def test_a_set_from_the_side_is_counted_and_not_judged() -> None:
    reps = reps_of(SQUAT, [turned(o, 45.0) for o in squats()], Side.LEFT)
    assert len(reps) == 3
    for rep in reps:
        assert not rep.findings
        assert not rep.clean
        assert all(m.value is None and "side" in (m.why or "") for m in rep.measurements.values())
    (sentence,) = notices(SQUAT, reps)
    assert "3 of 3" in sentence
    assert "side" in sentence


def test_a_cut_costs_only_the_repetition_that_it_lies_in() -> None:
    frames = [replace(o, picture=replace(CLEAR, cut=i == 130)) for i, o in enumerate(squats())]
    reps = reps_of(SQUAT, frames, Side.LEFT)
    assert [bool(r.not_assessable) for r in reps] == [False, True, False]
    assert "cut" in reps[1].not_assessable["knee_valgus"]


def test_a_film_of_cuts_says_so() -> None:
    gates, seldom = Gates(SQUAT), Gates(SQUAT)
    for i, o in enumerate(standing(120)):
        gates.update(replace(o, picture=replace(CLEAR, cut=i > 0 and i % 30 == 0)))
        seldom.update(o)
    assert "cuts: 3" in (gates.usual_obstacle() or "")
    assert seldom.usual_obstacle() is None


def test_feet_out_of_the_picture_all_the_time_are_named_with_what_to_do() -> None:
    gates = Gates(SQUAT)
    for o in standing():
        gates.update(moved(o, (0, 200)))
    assert gates.usual_obstacle() == "your feet are outside the picture: turn the camera toward them, or move it back"


def test_nothing_found_says_so() -> None:
    (sentence,) = notices(SQUAT, ())
    assert "No repetition" in sentence
