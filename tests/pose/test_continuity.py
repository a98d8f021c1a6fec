"""Left stays left: exchanges are undone, real turns are not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.frames import Floats
from formcheck.frames import Landmark as L
from formcheck.pose.continuity import Continuity
from formcheck.signals.body import EXCHANGED


def body(yaw_deg: float = 0.0, shift: float = 0.0) -> Floats:
    """(33, 2) px of somebody standing, turned about the vertical: 0 faces the camera, their left at the picture's right."""
    heights = {"EAR": 60, "SHOULDER": 100, "ELBOW": 150, "WRIST": 200, "HIP": 210, "KNEE": 300, "ANKLE": 390}
    half = {"EAR": 8, "SHOULDER": 40, "ELBOW": 48, "WRIST": 50, "HIP": 25, "KNEE": 22, "ANKLE": 20}
    xy = np.tile([320.0 + shift, 50.0], (33, 1))
    for joint, y in heights.items():
        for side, sign in (("LEFT", 1), ("RIGHT", -1)):
            xy[L[f"{side}_{joint}"]] = (320 + shift + sign * half[joint] * np.cos(np.radians(yaw_deg)), y)
    return xy


def run(frames: list[Floats], fps: float = 30.0) -> list[bool]:
    continuity = Continuity()
    return [continuity.swapped(xy, i / fps) for i, xy in enumerate(frames)]


@pytest.mark.parametrize("length", [1, 5, 14, 20])
def test_an_exchange_of_up_to_two_thirds_of_a_second_is_undone(length: int) -> None:
    frames = [body()] * 20 + [body()[EXCHANGED]] * length + [body()] * 20
    assert run(frames) == [False] * 20 + [True] * length + [False] * 20


def test_a_labelling_that_lasts_is_believed() -> None:
    swaps = run([body()] * 5 + [body()[EXCHANGED]] * 90)
    assert swaps[10]
    assert not swaps[-1]


@pytest.mark.parametrize("degrees_per_s", [60, 180, 360])
@pytest.mark.parametrize("fps", [15, 30, 60])
def test_a_person_who_turns_round_is_left_alone(degrees_per_s: float, fps: float) -> None:
    frames = [body(i * degrees_per_s / fps) for i in range(round(fps * 360 / degrees_per_s))]
    assert not any(run(frames, fps))


def test_an_exchange_during_a_turn_is_undone() -> None:
    frames = [body(i * 2.0) for i in range(25)]
    frames[12:16] = [xy[EXCHANGED] for xy in frames[12:16]]
    assert run(frames) == [False] * 12 + [True] * 4 + [False] * 9


def test_in_profile_nothing_is_touched() -> None:
    frames = [body(90)[EXCHANGED] if i % 3 else body(90) for i in range(30)]
    assert not any(run(frames))


def test_walking_sideways_and_jumping_are_left_alone() -> None:
    assert not any(run([body(shift=8.0 * i) for i in range(30)]))
    assert not any(run([body(shift=120.0 * (i % 2)) for i in range(30)]))


def test_after_a_loss_nothing_is_assumed() -> None:
    continuity = Continuity()
    assert not continuity.swapped(body(), 0.0)
    assert not continuity.swapped(body()[EXCHANGED], 1.0)


@given(st.lists(st.floats(-1e4, 1e4) | st.just(float("nan")), min_size=66, max_size=66))
def test_any_landmarks_do_no_harm(values: list[float]) -> None:
    xy = np.array(values).reshape(33, 2)
    continuity = Continuity()
    continuity.swapped(body(), 0.0)
    assert continuity.swapped(xy, 0.03) in (True, False)
    continuity.swapped(body(), 0.06)
