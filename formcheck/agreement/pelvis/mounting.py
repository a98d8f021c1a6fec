"""How the phone sits on the pelvis: the pelvis' left, back and head axes on the phone's.

One axis is up as the set begins: the head's for those who stand, the top side's for those who lie. The second comes from a
pose held still before the set, which needs nothing of the film; without one, from the movement's own axes, whose names and
signs are then taken from the film.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from formcheck.agreement.pelvis import turns
from formcheck.agreement.pelvis.postures import Pose
from formcheck.frames import Floats
from formcheck.system.errors import UserError
from formcheck.system.kept_words import kept
from formcheck.system.language import to_translate, tr

LEAST_TILT_DEG = 3.0
"""The largest tilt of the set must reach this before its axis can be told from noise."""
LEAST_OF_OTHER = 0.5
"""An angle that stays below this share of the other one is drowned by what ten degrees of a wrong axis let through."""
BY_MOVEMENT = to_translate("the movement's own axes")
LYING = ("pelvic_roll", "pelvic_hike")
STANDING = ("pelvic_obliquity_right_up",)
NO_STANDING_POSE = to_translate(
    "no standing pose was found before the set: roll and hike were told apart by the two axes about which the pelvis "
    "moved, and named after the film; a tilt about the line between the hips may be mixed in"
)
NO_BENT_POSE = to_translate(
    "no bent pose was found before the set: the pelvis was taken to tilt sideways only, and the sign comes from the film; "
    "a tilt forward would be read as one to the side"
)


@dataclass(frozen=True, slots=True, eq=False)
class Mounting:
    axes: Floats
    """(3, 3) columns: the pelvis' left, back and head, on the phone's axes."""
    found_by: str
    """The pose, or BY_MOVEMENT."""
    tells: tuple[str, ...]
    """Angles that can be told apart."""
    notes: tuple[str, ...] = ()


def lying_mounting(
    rest: Floats, top: int, poses: Mapping[Pose, Floats], tilts: Floats, film_axes: Mapping[str, Floats]
) -> Mounting:
    """rest (3,): up on the phone as repetitions begin; top: +1 the left side is up; tilts (k, 3): the way up moved within each
    repetition; film_axes: measure -> (3,) along which up moves on the phone as the film's value grows.

    UserError where nothing tells the axes.
    """
    left = top * rest
    if Pose.UPRIGHT in poses:
        head = _across(poses[Pose.UPRIGHT], rest)
        return Mounting(np.stack([left, np.cross(head, left), head], axis=1), to_translate("the still standing pose"), LYING)
    away = _plane(rest)
    flat = _lively(tilts @ away.T)
    angle = _varimax(flat)
    quarter = np.arange(4) * np.pi / 2
    forms = [_head_from_roll(np.cos(angle + q) * away[0] + np.sin(angle + q) * away[1], left) for q in quarter]
    none = np.zeros(3)
    rolling, hiking = film_axes.get("pelvic_roll", none), film_axes.get("pelvic_hike", none)
    fits = [-float(rolling @ np.cross(head, left) + hiking @ head) for head in forms]
    head = forms[int(np.argmax(fits))]
    back = np.cross(head, left)
    most = np.abs(flat @ away @ np.stack([back, head], axis=1)).max(axis=0)
    tells = tuple(name for name, own, other in zip(LYING, most, most[::-1], strict=True) if own > LEAST_OF_OTHER * other)
    notes = [NO_STANDING_POSE]
    notes += [
        kept("{measure} cannot be told from what the other leaks into it, and is left out", measure=name)
        for name in LYING
        if name not in tells
    ]
    return Mounting(np.stack([left, back, head], axis=1), BY_MOVEMENT, tells, tuple(notes))


def standing_mounting(rest: Floats, poses: Mapping[Pose, Floats], tilts: Floats, film_axes: Mapping[str, Floats]) -> Mounting:
    """As lying_mounting(). UserError also where the pelvis tilted about two axes and no pose says which is which."""
    if Pose.BENT in poses:
        back = _across(poses[Pose.BENT], rest)
        return Mounting(np.stack([np.cross(back, rest), back, rest], axis=1), to_translate("the bent pose"), STANDING)
    away = _plane(rest)
    flat = _lively(tilts @ away.T)
    sizes, vectors = np.linalg.eigh(flat.T @ flat)
    if sizes[0] > LEAST_OF_OTHER**2 * sizes[1]:
        raise UserError(
            tr(
                "the pelvis tilted forward as well as to the side, and the two cannot be told apart; "
                "bend forward from the hips for 3 seconds before the set (docs/validation-protocol.md)"
            )
        )
    left = vectors[:, -1] @ away
    left = left if film_axes.get(STANDING[0], -left) @ left < 0 else -left  # the way up moves to the side that rises
    return Mounting(np.stack([left, np.cross(rest, left), rest], axis=1), BY_MOVEMENT, STANDING, (NO_BENT_POSE,))


def _head_from_roll(roll_way: Floats, left: Floats) -> Floats:
    """The head axis if the way up moves along `roll_way` (toward the front) as the top side rolls backward."""
    head: Floats = np.cross(left, -roll_way)
    return head


def _across(pose: Floats, rest: Floats) -> Floats:
    return turns.unit(pose - (pose @ rest) * rest)


def _plane(rest: Floats) -> Floats:
    """(2, 3) two directions level in the set, right-handed about up."""
    first = _across(np.eye(3)[int(np.argmin(np.abs(rest)))], rest)
    return np.stack([first, np.cross(rest, first)])


def _lively(flat: Floats) -> Floats:
    flat = flat[np.isfinite(flat).all(axis=1)]
    if np.degrees(np.linalg.norm(flat, axis=1).max(initial=0.0)) < LEAST_TILT_DEG:
        raise UserError(
            tr(
                "the pelvis tilted by less than {least_tilt_deg:g} degrees, so the phone's place "
                "cannot be read off the movement; hold the calibration pose before the set "
                "(docs/validation-protocol.md)",
                least_tilt_deg=LEAST_TILT_DEG,
            )
        )
    return flat


def _varimax(flat: Floats) -> float:
    """Angle of the axes along which the tilts lie most, when each is mostly about one of two (varimax, Kaiser 1958)."""
    u, v = flat[:, 0] ** 2 - flat[:, 1] ** 2, 2 * flat[:, 0] * flat[:, 1]
    return float(np.arctan2(2 * (u * v).sum(), (u**2 - v**2).sum()) / 4)
