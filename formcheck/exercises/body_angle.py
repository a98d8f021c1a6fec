"""Angles of the whole body that have one sign for everybody, and how an exercise's quantities follow from them.

Their names are those of angles.csv. A sensor or motion capture measures such angles, and is held against a quantity by them.
"""

from dataclasses import dataclass

from formcheck.results import Side


@dataclass(frozen=True, slots=True)
class Part:
    """A quantity's change is `sign` times the change of the angle."""

    angle: str
    sign: int


@dataclass(frozen=True, slots=True)
class BodyAngle:
    """Which angle a quantity is the change of, by the repetition's side."""

    left: Part
    right: Part

    def of(self, side: Side | None) -> Part | None:
        """None where the side matters and is not known."""
        if side is None:
            return self.left if self.left == self.right else None
        return self.left if side is Side.LEFT else self.right


def same(angle: str) -> BodyAngle:
    """The same for both sides."""
    return BodyAngle(Part(angle, 1), Part(angle, 1))


def toward_left(angle: str, *, of_left: int) -> BodyAngle:
    """An angle with one direction in space, whose sign turns with the side; of_left: the sign for a left side."""
    return BodyAngle(Part(angle, of_left), Part(angle, -of_left))


def of_own_side(angle: str) -> BodyAngle:
    """The angle of the repetition's own limb: angle_left or angle_right."""
    return BodyAngle(Part(f"{angle}_left", 1), Part(f"{angle}_right", 1))
