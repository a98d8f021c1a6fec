"""The bend of a leg's outer edge: on painted legs that bend by known angles, and on rendered runners against their truth."""

import math
from itertools import pairwise

import cv2
import numpy as np
import pytest
from runners import FOLDER, runner
from runners import pose as late_pose

from formcheck.frames import LANDMARKS, Floats, Frame, Image, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.motion.leg_edge import LegEdge
from formcheck.results import Side
from formcheck.signals.body import LEG

WALL, SKIN, RAIL = (170, 175, 180), (120, 150, 200), (20, 20, 20)
TORSO, THIGH, SHANK = 160.0, 150.0, 140.0
HALF_WIDTHS = (30.0, 19.0, 12.0)
"""Of thigh, knee and ankle, px."""


def leg(side: Side, knee_in: float) -> Floats:
    """(3, 2) px hip, knee, ankle of a leg seen from behind whose knee bends inward by so many degrees."""
    out = -side.sign  # + where its outside is at the picture's right
    half = math.radians(knee_in / 2)
    hip = (200.0 + 28 * out, 200.0)
    knee = (hip[0] - out * THIGH * math.sin(half), hip[1] + THIGH * math.cos(half))
    return np.array((hip, knee, (knee[0] + out * SHANK * math.sin(half), knee[1] + SHANK * math.cos(half))))


def picture(side: Side, knee_in: float, *, rail: bool = False) -> Image:
    image = np.full((560, 400, 3), WALL, np.uint8)
    if rail:
        x = 200 - side.sign * 105
        cv2.line(image, (x, 0), (x, 560), RAIL, 14)
    joints = leg(side, knee_in)
    for (a, b), (u, v) in zip(pairwise(joints), pairwise(HALF_WIDTHS), strict=True):
        corners = np.array([(a[0] - u, a[1]), (a[0] + u, a[1]), (b[0] + v, b[1]), (b[0] - v, b[1])])
        cv2.fillPoly(image, [np.round(corners * 16).astype(np.int32)], SKIN, cv2.LINE_AA, 4)
    return image


def seen(image: Image, side: Side, *, lift: float = 40.0, shown: float = 0.0, from_behind: bool = True) -> PoseFrame:
    """The landmarks show another bend (shown) than the picture."""
    xy = np.full((LANDMARKS, 2), 0.0)
    xy[[*LEG[side]]], xy[[*LEG[side.other]]] = leg(side, shown), leg(side.other, shown)
    xy[LEG[side.other][2]] -= (0.0, lift)
    left = 1 if from_behind else -1
    xy[[L.LEFT_SHOULDER, L.RIGHT_SHOULDER]] = (200 - 35 * left, 200 - TORSO), (200 + 35 * left, 200 - TORSO)
    return PoseFrame(0, 0.0, (image.shape[1], image.shape[0]), xy, np.zeros((LANDMARKS, 3)), np.ones(LANDMARKS))


def bend(side: Side, knee_in: float, *, shown: float = 0.0, rail: bool = False) -> float:
    image = picture(side, knee_in, rail=rail)
    legs = LegEdge().update(Frame(image, 0, 0.0), seen(image, side, shown=shown))
    assert math.isnan(legs.right if side is Side.LEFT else legs.left)
    return legs.left if side is Side.LEFT else legs.right


@pytest.mark.parametrize("rail", [False, True])
@pytest.mark.parametrize(("left", "right"), [(0.0, 0.0), (8.0, 2.0), (-3.0, 6.0), (12.0, 12.0)])
def test_left_less_right_is_seen_whatever_the_landmarks_show(left: float, right: float, rail: bool) -> None:
    """A rail behind the leg, of more contrast than the leg has, is not taken for it."""
    difference = bend(Side.LEFT, left, shown=4.0, rail=rail) - bend(Side.RIGHT, right, shown=4.0, rail=rail)
    assert difference == pytest.approx(left - right, abs=1.2)


def test_without_an_edge_or_a_leg_that_stands_nothing_is_said() -> None:
    image = picture(Side.LEFT, 5.0)
    blank = np.full_like(image, 128)
    for shown, pose in (
        (blank, seen(blank, Side.LEFT)),
        (image, seen(image, Side.LEFT, lift=2.0)),
        (image, seen(image, Side.LEFT, from_behind=False)),
    ):
        legs = LegEdge().update(Frame(shown, 0, 0.0), pose)
        assert math.isnan(legs.left)
        assert math.isnan(legs.right)


def test_a_rendered_runners_knees_differ_as_their_edges_say() -> None:
    """Here the landmarks show both knees on the straight line from hip to ankle."""
    run = runner("dev_run_behind_steady")
    joints, (width, height) = run.joints(), run.truth["size"]
    for hip, knee, ankle in LEG.values():
        joints[:, knee] = joints[:, hip] + (joints[:, ankle] - joints[:, hip]) * 0.5
    film, edge, times = cv2.VideoCapture(str(FOLDER / f"{run.name}.mp4")), LegEdge(), run.times()
    mids = {round(s["midstance_s"] * run.truth["fps"]): s for s in run.stances if 0.3 < s["midstance_s"] < 6.0}
    bends: dict[str, list[float]] = {"left": [], "right": []}
    truth: dict[str, list[float]] = {"left": [], "right": []}
    for i in range(max(mids) + 1):
        image = film.read()[1]
        if i in mids:
            frame = Frame(np.asarray(image, np.uint8), i, float(times[i]))
            legs = edge.update(frame, late_pose(i, frame.timestamp_s, joints[i], (width, height)))
            side = str(mids[i]["side"])
            bends[side].append(getattr(legs, side))
            truth[side].append(mids[i]["fppa_px_deg"])
    said = np.nanmedian(bends["left"]) - np.nanmedian(bends["right"])
    assert said == pytest.approx(np.median(truth["left"]) - np.median(truth["right"]), abs=2.0)
