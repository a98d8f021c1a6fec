"""How the body is held during an exercise, and what a person is told who is not there yet."""

from dataclasses import dataclass
from enum import Enum

LYING_BEYOND_DEG = 50.0
UPRIGHT_BELOW_DEG = 45.0
"""Inclination of the trunk in the picture, 0 upright to 90 lying: between the two it is neither."""


@dataclass(frozen=True, slots=True)
class PostureWords:
    """What the person is told about the posture."""

    set_up: str
    """The set-up check: how to take it up."""
    return_to: str
    """In the middle of a set, when it was left: the large words."""
    go_on: str
    """While the set is paused."""
    keep: str
    """During the countdown."""


class Posture(Enum):
    LYING = PostureWords(
        set_up="Lie down on your side, facing the camera",
        return_to="Lie down on your side",
        go_on="Lie down again to go on.",
        keep="Lie still.",
    )
    HANGING = PostureWords(
        set_up="Lie down on your side at the table's edge, facing the camera, and let the lower leg hang over it",
        return_to="Lie down on your side, the lower leg over the table's edge",
        go_on="Lie down again to go on.",
        keep="Lie still and let the leg hang.",
    )
    """Lying on one side with the lower leg off a table."""
    STANDING = PostureWords(
        set_up="Stand up, facing the camera",
        return_to="Stand up, facing the camera",
        go_on="Stand in place to go on.",
        keep="Stand still.",
    )
    RUNNING = PostureWords(
        set_up="Stand on the treadmill with the whole body in the picture",
        return_to="Run with the whole body in the picture",
        go_on="Run again to go on.",
        keep="Start to run.",
    )
    WALKING = PostureWords(
        set_up="Stand on the treadmill with the whole body in the picture",
        return_to="Walk with the whole body in the picture",
        go_on="Walk again to go on.",
        keep="Start to walk.",
    )

    @property
    def words(self) -> PostureWords:
        return self.value

    @property
    def lies(self) -> bool:
        """Whether the trunk is horizontal; decides as well who is followed when several people are in the picture."""
        return self in (Posture.LYING, Posture.HANGING)

    def is_taken(self, inclination_deg: float) -> bool:
        """Whether a trunk with this inclination (kinematics.trunk_inclination) is in the posture."""
        return inclination_deg > LYING_BEYOND_DEG if self.lies else inclination_deg < UPRIGHT_BELOW_DEG
