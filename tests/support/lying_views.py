"""What MediaPipe's full model says of rendered people who lie at rest, seen from known places: six joints each."""

from collections.abc import Mapping

import numpy as np

from formcheck.frames import LANDMARKS, PoseFrame
from formcheck.frames import Landmark as L

JOINTS = (L.LEFT_SHOULDER, L.RIGHT_SHOULDER, L.LEFT_HIP, L.RIGHT_HIP, L.LEFT_ANKLE, L.RIGHT_ANKLE)
VIEWS: Mapping[str, tuple[float, str, str]] = {
    # name: degrees off front, + toward the feet; px and cm of the joints
    "far toward the feet": (
        45.0,
        "246 185 239 240 321 221 315 253 399 324 393 344",
        "-33 -26 22 -37 0 37 1 -8 -7 -1 8 7 29 34 -41 28 41 -25",
    ),
    "far toward the head": (
        -45.0,
        "794 519 823 377 620 404 635 329 518 343 510 318",
        "36 32 -12 39 4 -33 -1 9 8 1 -9 -8 -31 -7 34 -33 -15 25",
    ),
    "toward the feet": (
        16.7,
        "189 180 188 265 314 215 310 267 491 322 488 344",
        "-39 -21 12 -44 8 24 1 -10 -5 -1 10 5 48 18 -48 48 24 -33",
    ),
    "toward the head": (
        -17.7,
        "419 278 424 223 315 264 315 230 195 262 197 250",
        "50 12 6 48 -11 -17 0 9 7 0 -9 -7 -61 9 27 -58 3 21",
    ),
    "nearly in front": (
        -6.7,
        "821 403 818 300 646 398 642 330 438 419 438 396",
        "54 9 2 47 -18 -11 1 10 5 -1 -10 -5 -62 18 15 -60 10 5",
    ),
}


def lying_seen(name: str) -> PoseFrame:
    """All other landmarks lie on the hips."""
    _, px, cm = VIEWS[name]
    image, world = np.array(px.split(), float).reshape(-1, 2), np.array(cm.split(), float).reshape(-1, 3) / 100
    xy, xyz = np.tile(image[2], (LANDMARKS, 1)), np.tile(world[2], (LANDMARKS, 1))
    xy[list(JOINTS)], xyz[list(JOINTS)] = image, world
    return PoseFrame(0, 0.0, (1280, 720), xy, xyz, np.ones(LANDMARKS))
