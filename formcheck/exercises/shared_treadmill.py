"""Words, places and limits that running and walking on a treadmill have alike. treadmill_estimator.py measures both."""

from formcheck.exercises.contract import CameraPlace, Quantity, SetupCheck
from formcheck.exercises.scenes import FRONT_TO_BACK, ONE_LEG, Joints, Scene
from formcheck.exercises.shared_weight_bearing import OWN_SIDE_LEAN, OWN_SIDE_UP
from formcheck.results import Limits, View

START = (
    "Stand on the treadmill with the shirt tucked in and trousers of another colour than the shirt, the camera behind you at hip "
    "height and in line with the belt."
)
CAMERA = CameraPlace(
    azimuth_deg=(-15.0, 15.0),
    height_m=(0.7, 1.1),
    distance_m=(2.0, 4.0),
    words="Put the camera behind the treadmill at hip height, in line with the belt, head and feet in the picture; tuck the "
    "shirt in.",
    behind=True,
)
VIEWS = (View.BEHIND, View.FRONT)
CHECKS = (SetupCheck.LIGHT, SetupCheck.PERSON, SetupCheck.POSITION, SetupCheck.IN_FRAME, SetupCheck.DISTANCE)
CUE_EVERY = 16
"""Stances."""

TRUNK_HEIGHT = Quantity("trunk_height", "Trunk height", "%", "up, of the torso's length")
PELVIC_DROP = Quantity("pelvic_drop", "Pelvic drop", sign="free side down", most=25.0, absolute=True, angle=OWN_SIDE_UP)
TRUNK_LEAN = Quantity("trunk_lean", "Trunk lean", sign="to the stance side", most=40.0, absolute=True, angle=OWN_SIDE_LEAN)
STEP_WIDTH = Quantity("step_width", "Step width", "m", "negative: the feet cross", absolute=True)
CADENCE = Quantity("cadence_spm", "Cadence", "steps/min", absolute=True)

DROP_LIMITS = Limits(7.0, 10.0)
CROSSOVER_LIMITS = Limits(0.0, -0.03, "m")
LEAN_LIMITS = Limits(7.0, 10.0)


def scene(free_leg: Joints) -> Scene:
    """One stance on the left leg. free_leg: where knee, ankle and toe of the right one are at its end."""
    end = ONE_LEG | free_leg | {"l_ankle": (14, 178), "l_toe": (18, 193)}
    return Scene(ONE_LEG, end, FRONT_TO_BACK, "l_leg", ((-88, 0), (-92, 12), (-88, 26)), ("l_hip", "r_hip"))
