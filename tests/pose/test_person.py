"""Who is followed, and who is only a ghost of somebody known."""

import numpy as np
import pytest

from formcheck.frames import Floats
from formcheck.frames import Landmark as L
from formcheck.pose.person import choose_at, choose_lying, choose_standing, distance_to_body, is_ghost, lies, torso_span

SIZE = (640, 480)


def standing(x: float, y: float = 120.0, size: float = 1.0) -> Floats:
    """(33, 2) px of somebody upright whose shoulders are at (x, y)."""
    xy = np.tile([x, y - 40 * size], (33, 1))
    rows = {"SHOULDER": (30, 0), "ELBOW": (38, 40), "WRIST": (40, 80), "HIP": (20, 90), "KNEE": (20, 160), "ANKLE": (20, 230)}
    for joint, (half, down) in rows.items():
        for side, sign in (("LEFT", 1), ("RIGHT", -1)):
            xy[L[f"{side}_{joint}"]] = (x + sign * half * size, y + down * size)
    xy[29:] = xy[[27, 28, 27, 28]] + (0, 8 * size)
    return xy


def lying(x: float, y: float, size: float = 1.0) -> Floats:
    """The same, turned by a quarter: head at the left."""
    offset = standing(0.0, 0.0, size)
    return np.stack([x + offset[:, 1], y + offset[:, 0]], axis=1)


def test_posture() -> None:
    assert lies(lying(200, 300))
    assert not lies(standing(300))


def test_the_one_who_lies_is_chosen_over_a_larger_one_who_kneels_beside() -> None:
    people = [standing(330, 60, 1.3), lying(250, 330, 0.8)]
    assert choose_lying(people, SIZE) == 1
    assert choose_standing(people, SIZE) == 0


def test_of_several_the_largest_and_most_central() -> None:
    assert choose_standing([standing(60, size=0.7), standing(320), standing(600, size=0.7)], SIZE) == 1


def test_nobody() -> None:
    assert choose_lying([], SIZE) is None
    assert choose_at((3, 3))([], SIZE) is None


def test_somebody_of_the_wrong_posture_is_better_than_nobody() -> None:
    assert choose_lying([standing(300)], SIZE) == 0
    assert not choose_lying.fits(standing(300))


@pytest.mark.parametrize(("point", "index"), [((120, 200), 0), ((330, 210), 1), ((345, 300), 1)])
def test_the_one_who_was_clicked(point: tuple[float, float], index: int) -> None:
    assert choose_at(point)([standing(120), standing(330)], SIZE) == index


GHOSTS = {
    "the same again": standing(300) + 4.0,
    "sides exchanged": np.stack([600 - standing(300)[:, 0], standing(300)[:, 1]], axis=1),
    "made up of the legs": standing(300, 225, 0.5),
}
OTHERS = {
    "beside": standing(420),
    "a child in front": standing(370, 260, 0.5),
    "lying before the feet": lying(180, 350),
    "lying before the hips": lying(160, 230),
}


@pytest.mark.parametrize("kind", GHOSTS)
def test_ghosts(kind: str) -> None:
    assert is_ghost(GHOSTS[kind], [standing(300)])
    assert is_ghost(GHOSTS[kind], [lying(100, 400), standing(300)])


@pytest.mark.parametrize("kind", OTHERS)
def test_other_people_are_no_ghosts(kind: str) -> None:
    assert not is_ghost(OTHERS[kind], [standing(300)])
    assert not is_ghost(standing(300), [OTHERS[kind]])


def test_nobody_known_no_ghost() -> None:
    assert not is_ghost(standing(300), [])


def test_distance_to_a_body() -> None:
    body = standing(300, 120)
    points = np.array([[280.0, 200.0], [300.0, 165.0], [420.0, 354.0]])
    away = distance_to_body(points, body)
    assert away[0] < 10
    assert away[1] < 6  # the middle of the trunk is filled
    assert away[2] == pytest.approx(100, abs=1)


def test_the_span_does_not_depend_on_how_a_body_is_turned() -> None:
    assert torso_span(lying(100, 200)) == pytest.approx(torso_span(standing(300)))
