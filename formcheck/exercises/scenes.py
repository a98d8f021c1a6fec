"""What the drawings of an exercise show: where the joints are at its start and its end, and the postures that several share.

Places are hundredths of a torso length, x to the right, y down, from the middle of the hips at the start; drawn after rendered
people as a camera in front of them sees them. l_ and r_ are the figure's own left and right. overlay/figures.py draws them.
"""

from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Joints: TypeAlias = dict[str, Point]


@dataclass(frozen=True, slots=True)
class Scene:
    """One exercise's start and end."""

    start: Joints
    end: Joints
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


FRONT_TO_BACK = ("r_leg", "l_leg", "trunk", "head", "r_arm", "l_arm")
STANDING: Joints = {
    "head": (0, -148), "l_shoulder": (38, -100), "r_shoulder": (-38, -100), "l_elbow": (64, -52), "r_elbow": (-64, -52),
    "l_hand": (18, -42), "r_hand": (-18, -42), "l_hip": (23, 0), "r_hip": (-23, 0), "l_knee": (28, 92), "r_knee": (-28, 92),
    "l_ankle": (30, 178), "r_ankle": (-30, 178), "l_toe": (38, 192), "r_toe": (-38, 192),
}  # fmt: skip
BAND_STANCE: Joints = STANDING | {
    "l_knee": (40, 90), "r_knee": (-40, 90), "l_ankle": (42, 172), "r_ankle": (-42, 172), "l_toe": (50, 186), "r_toe": (-50, 186),
}  # fmt: skip
ONE_LEG: Joints = STANDING | {
    "l_hand": (52, -18), "r_hand": (-52, -18), "l_elbow": (68, -54), "r_elbow": (-68, -54),
    "l_knee": (24, 92), "l_ankle": (22, 178), "l_toe": (27, 193),
    "r_knee": (-28, 88), "r_ankle": (-36, 128), "r_toe": (-42, 146),
}  # fmt: skip


def moved(joints: Joints, names: str, by: Point) -> Joints:
    """The same with the named joints moved."""
    return {n: (x + by[0], y + by[1]) if n in names.split() else (x, y) for n, (x, y) in joints.items()}


UPPER = "head l_shoulder r_shoulder l_elbow r_elbow l_hand r_hand l_hip r_hip"
