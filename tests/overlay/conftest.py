"""An exercise and snapshots to paint, independent of the real exercises."""

import numpy as np
import pytest

from formcheck.exercises.contract import CameraPlace, Exercise, Fault, Guide, Quantity, Region
from formcheck.exercises.posture import Posture
from formcheck.frames import Landmark as L
from formcheck.frames import PoseFrame
from formcheck.results import Limits

CUE = "Your pelvis is rolling back: keep the top hip stacked"


@pytest.fixture
def exercise() -> Exercise:
    return Exercise(
        id="clam",
        title="Clam",
        guide=Guide("", "", "", "", (), ""),
        camera=CameraPlace((-20, 20), (0.5, 1.5), (2, 3), ""),
        quantities=(Quantity("hip_opening", "Hip opening"), Quantity("pelvic_roll", "Pelvic roll")),
        movement="hip_opening",
        guarded="pelvic_roll",
        faults=(Fault("pelvic_roll", "Pelvic roll", "pelvic_roll", Limits(10, 15), "", CUE, priority=1, region=Region.PELVIS),),
        estimator=lambda context: None,  # type: ignore[arg-type, return-value]
        find_side=lambda observations: None,
        posture=Posture.LYING,
    )


@pytest.fixture
def pose() -> PoseFrame:
    """Someone lying on their right side, head to the left, in a picture of 640 x 480."""
    xy = np.full((33, 2), np.nan)
    places = {
        L.NOSE: (120, 250), L.LEFT_SHOULDER: (200, 210), L.RIGHT_SHOULDER: (200, 280), L.LEFT_ELBOW: (240, 180),
        L.RIGHT_ELBOW: (180, 330), L.LEFT_WRIST: (290, 190), L.RIGHT_WRIST: (150, 300), L.LEFT_HIP: (360, 220),
        L.RIGHT_HIP: (360, 280), L.LEFT_KNEE: (450, 180), L.RIGHT_KNEE: (460, 300), L.LEFT_ANKLE: (540, 290),
        L.RIGHT_ANKLE: (545, 310), L.LEFT_HEEL: (555, 290), L.RIGHT_HEEL: (560, 315), L.LEFT_FOOT_INDEX: (570, 270),
        L.RIGHT_FOOT_INDEX: (575, 330),
    }  # fmt: skip
    for landmark, place in places.items():
        xy[landmark] = place
    return PoseFrame(0, 0.0, (640, 480), xy, np.zeros((33, 3)), np.ones(33))
