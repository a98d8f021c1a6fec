"""Where the joints of the drawn figures are: one scene per exercise, a table and nothing else.

Places are hundredths of a torso length, x to the right, y down, from the middle of the hips at the start; drawn after rendered
people as a camera in front of them sees them. l_ and r_ are the figure's own left and right.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Posture: TypeAlias = dict[str, Point]


@dataclass(frozen=True, slots=True)
class Scene:
    """One exercise's start and end."""

    start: Posture
    end: Posture
    order: tuple[str, ...]
    """Parts of the body from back to front."""
    working: str
    """The part that is painted in the accent colour."""
    arrow: tuple[Point, Point, Point]
    """From, by way of, to: the movement."""
    steady: tuple[str, str]
    """The line between these joints keeps its direction; drawn through both."""
    band: tuple[str, ...] = ()
    """Joints that the band goes through."""
    turn_deg: tuple[float, float] | None = None
    """Where the body faces at start and end, seen from above: 0 to the camera, + to the picture's right."""
    lying: bool = False


_FRONT_TO_BACK = ("r_leg", "l_leg", "trunk", "head", "r_arm", "l_arm")
_STANDING: Posture = {
    "head": (0, -148), "l_shoulder": (38, -100), "r_shoulder": (-38, -100), "l_elbow": (64, -52), "r_elbow": (-64, -52),
    "l_hand": (18, -42), "r_hand": (-18, -42), "l_hip": (23, 0), "r_hip": (-23, 0), "l_knee": (28, 92), "r_knee": (-28, 92),
    "l_ankle": (30, 178), "r_ankle": (-30, 178), "l_toe": (38, 192), "r_toe": (-38, 192),
}  # fmt: skip
_BAND_STANCE: Posture = _STANDING | {
    "l_knee": (40, 90), "r_knee": (-40, 90), "l_ankle": (42, 172), "r_ankle": (-42, 172), "l_toe": (50, 186), "r_toe": (-50, 186),
}  # fmt: skip
_CLAM: Posture = {
    "head": (-146, 10), "l_shoulder": (-100, -33), "r_shoulder": (-98, 39), "l_elbow": (-84, 18), "r_elbow": (-112, 70),
    "l_hand": (-104, 62), "r_hand": (-162, 52), "l_hip": (0, -24), "r_hip": (0, 26), "l_knee": (70, 24), "r_knee": (76, 54),
    "l_ankle": (136, 24), "r_ankle": (134, 48), "l_toe": (160, 26), "r_toe": (160, 54),
}  # fmt: skip
_SIDELYING: Posture = {
    "head": (146, 14), "l_shoulder": (98, 42), "r_shoulder": (100, -30), "l_elbow": (112, 74), "r_elbow": (62, -54),
    "l_hand": (160, 56), "r_hand": (12, -36), "l_hip": (0, 24), "r_hip": (0, -26), "l_knee": (-20, 72), "r_knee": (-74, 4),
    "l_ankle": (-108, 70), "r_ankle": (-150, 14), "l_toe": (-118, 84), "r_toe": (-172, 20),
}  # fmt: skip
_ROTATION: Posture = _STANDING | {
    "head": (-5, -148), "l_shoulder": (24, -102), "r_shoulder": (-30, -98), "l_elbow": (-8, -84), "r_elbow": (-58, -72),
    "l_hand": (-62, -88), "r_hand": (-66, -82), "l_hip": (19, 0), "r_hip": (-19, 0), "anchor": (-172, -84),
    "l_knee": (22, 92), "r_knee": (-34, 90),
}  # fmt: skip
_ONE_LEG: Posture = _STANDING | {
    "l_hand": (52, -18), "r_hand": (-52, -18), "l_elbow": (68, -54), "r_elbow": (-68, -54),
    "l_knee": (24, 92), "l_ankle": (22, 178), "l_toe": (27, 193),
    "r_knee": (-28, 88), "r_ankle": (-36, 128), "r_toe": (-42, 146),
}  # fmt: skip
_PIVOT: Posture = _ONE_LEG | {
    "head": (5, -148), "l_shoulder": (34, -98), "r_shoulder": (-30, -102), "l_elbow": (60, -56), "r_elbow": (-44, -60),
    "l_hand": (26, -84), "r_hand": (16, -80), "l_hip": (20, 0), "r_hip": (-20, 0), "r_knee": (-14, 88), "r_ankle": (-40, 128),
    "r_toe": (-50, 144),
}  # fmt: skip


def _moved(posture: Posture, names: str, by: Point) -> Posture:
    """The posture with the named joints moved."""
    return {n: (x + by[0], y + by[1]) if n in names.split() else (x, y) for n, (x, y) in posture.items()}


_UPPER = "head l_shoulder r_shoulder l_elbow r_elbow l_hand r_hand l_hip r_hip"

SCENES: Mapping[str, Scene] = {
    "clam": Scene(
        _CLAM, _CLAM | {"l_knee": (84, -42)}, ("r_arm", "r_leg", "trunk", "head", "l_leg", "l_arm"), "l_leg",
        ((92, 4), (104, -24), (98, -64)), ("l_hip", "r_hip"), lying=True,
    ),
    "sidelying-er": Scene(
        _SIDELYING, _SIDELYING | {"l_ankle": (-96, 2), "l_toe": (-114, -2)},
        ("l_arm", "r_leg", "trunk", "head", "l_leg", "r_arm"), "l_leg",
        ((-142, 66), (-150, 34), (-132, 0)), ("l_hip", "r_hip"), lying=True,
    ),
    "banded-rotation": Scene(
        _ROTATION,
        _ROTATION | {
            "head": (4, -148), "l_shoulder": (34, -99), "r_shoulder": (-36, -101), "l_elbow": (52, -66), "r_elbow": (-4, -76),
            "l_hand": (36, -88), "r_hand": (30, -82), "l_hip": (22, 0), "r_hip": (-22, 0),
            "l_knee": (26, 91), "r_knee": (-28, 92),
        },
        _FRONT_TO_BACK, "trunk", ((-52, -26), (0, 14), (52, -26)), ("l_hip", "r_hip"), ("anchor", "r_hand"), (-45, 30),
    ),
    "single-leg-squat": Scene(
        _ONE_LEG,
        _moved(_ONE_LEG, _UPPER, (2, 48))
        | {"l_knee": (36, 116), "r_knee": (-26, 120), "r_ankle": (-40, 152), "r_toe": (-48, 168)},
        _FRONT_TO_BACK, "l_leg", ((86, 10), (88, 36), (86, 62)), ("l_hip", "r_hip"),
    ),
    "lateral-band-walk": Scene(
        _BAND_STANCE,
        _moved(_BAND_STANCE, _UPPER, (22, 6))
        | {"l_knee": (84, 92), "r_knee": (-30, 92), "l_ankle": (106, 172), "l_toe": (116, 186)},
        _FRONT_TO_BACK, "l_leg", ((66, 150), (96, 128), (126, 150)), ("l_hip", "r_hip"), ("r_knee", "l_knee"),
    ),
    "monster-walk": Scene(
        _BAND_STANCE,
        _moved(_BAND_STANCE, _UPPER, (4, 6))
        | {"l_knee": (48, 104), "l_ankle": (52, 198), "l_toe": (60, 216), "r_knee": (-38, 92)},
        _FRONT_TO_BACK, "l_leg", ((84, 150), (92, 178), (94, 212)), ("l_hip", "r_hip"), ("r_knee", "l_knee"),
    ),
    "pivot": Scene(
        _PIVOT,
        _PIVOT | {
            "head": (-6, -148), "l_shoulder": (30, -102), "r_shoulder": (-36, -98), "l_elbow": (38, -60), "r_elbow": (-62, -56),
            "l_hand": (-18, -84), "r_hand": (-28, -80), "r_knee": (-44, 86), "r_ankle": (-24, 126), "r_toe": (-22, 142),
        },
        _FRONT_TO_BACK, "l_leg", ((48, -26), (0, 14), (-52, -26)), ("l_hip", "r_hip"), turn_deg=(30, -40),
    ),
}  # fmt: skip
