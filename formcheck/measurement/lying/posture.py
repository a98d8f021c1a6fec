"""A lying person: which side is up, left and right swaps undone, from where it is seen, turns read off heights."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from formcheck.frames import Floats, Observation
from formcheck.frames import Landmark as L
from formcheck.measurement.repetition import RepWindow
from formcheck.results import Side
from formcheck.signals import kinematics
from formcheck.signals.body import LEG, TorsoScale, exchanged, left_above
from formcheck.signals.camera_angle import LYING_LIMIT_DEG, lying_view
from formcheck.signals.smoothing import newest_weight
from formcheck.system.kept_words import kept
from formcheck.system.language import to_translate

PLACE_CAMERA = to_translate("put the camera in front of you, level with the hips, with head and feet in the picture")
CALM_S = 2.0
"""Time constant of what changes only when the person lies down anew."""
LONGEST_STEP_S = 0.5
"""One frame after a gap counts for no more time than this, so that it does not outweigh all frames before."""
CAMERA_S = 8.0
"""Time constant of the camera's place: about two repetitions, because the moving legs disturb its estimate."""
LEAST_STACK = 0.6
"""How far the upper hip and shoulder together stand over the lower ones, torso lengths: 0.85 and more in people who lie on their
side, rendered and real, 0.4 and less in a lying twist, on the back, on all fours."""
MOST_SHOULDERS, MOST_HIPS = 1.1, 0.62
"""Torso lengths: wider is no body seen from the front. People who lie on their side show at most 0.84 and 0.57, a skeleton put on
head and arms of somebody filmed from the head end 1.9 and 0.95."""
STRAIGHT_KNEE_DEG = 36.0
"""Flexion in the world landmarks below which a knee counts as straight: 50 and more in clams, at most 30 in leg raises."""
STRAIGHTENS_DEG_S, SURELY_BENT_DEG = 4.0, 60.0
"""The largest recent flexion of a knee is remembered, up to SURELY_BENT_DEG, and fades by STRAIGHTENS_DEG_S a second. From some
camera places a clam's knee looks straight at rest and bent as it opens."""
JUMP, JUMP_SPEED, MIXED_UP = 0.12, 1.6, 0.33
"""Torso lengths, torso lengths per second, torso lengths. A foot's landmark that moves farther than JUMP + JUMP_SPEED x (time
since it was last trusted) has jumped to the other foot. So has one that moves by MIXED_UP or more, whatever the time: the network
confuses legs that cross."""
JUMP_HELD_S = 1.0
"""A landmark that stays away for longer is believed."""
STEEP = 0.85
"""Share of a segment's length. Above it the arcsine that turns height into angle is continued by its tangent."""


class Lying:
    """Which side is up, frame by frame, and the landmarks with left/right swaps undone."""

    def __init__(self) -> None:
        self._lead: float | None = None
        self._last_s = -math.inf
        self._torso = TorsoScale(CALM_S)
        self._seen_s = 0.0
        self.toward_feet = 0.0
        """Degrees by which the camera stands off front toward the feet, as far as was seen."""
        self._facing = 1.0
        self._widths = np.zeros(2)
        """Of shoulders and hips, torso lengths, calm."""
        self._knees = np.full(2, 90.0)
        """Flexion of the top knee and of the lower one, degrees, calm."""
        self._bent = np.full(2, np.nan)
        """The largest recent flexion of the same, degrees; NaN before it was seen."""
        self.top = Side.LEFT
        """The side that is up, as far as was seen."""

    def update(self, observation: Observation) -> tuple[Side, Floats] | None:
        """The side that is up and (33, 2) px; None while nobody is seen."""
        xy = observation.still_xy
        lead = left_above(xy)
        if not math.isfinite(lead):
            return None
        passed_s = 0.0 if self._lead is None else min(observation.timestamp_s - self._last_s, LONGEST_STEP_S)
        share = 1.0 if self._lead is None else newest_weight(passed_s, CALM_S)
        self._last_s = observation.timestamp_s
        self._lead = lead if self._lead is None else self._lead + share * (lead - self._lead)
        self._torso.update(observation.pose)
        view = lying_view(xy, observation.pose.world_xyz)
        if view is not None:
            self._seen_s += passed_s
            slow = max(newest_weight(passed_s, CAMERA_S), share if self._seen_s < CALM_S else 0.0)
            self.toward_feet += slow * (view.toward_feet - self.toward_feet)
            self._facing += share * ((1.0 if view.facing else -1.0) - self._facing)
        self.top = Side.LEFT if self._lead >= 0 else Side.RIGHT
        self._look_at_the_body(xy, observation.pose.world_xyz, share, passed_s)
        return self.top, with_side_up(xy, self.top)

    @property
    def torso_px(self) -> float:
        """Torso length, calm; NaN before it was seen."""
        return self._torso.px

    def _look_at_the_body(self, xy: Floats, world: Floats, share: float, passed_s: float) -> None:
        widths = np.linalg.norm(xy[[L.LEFT_SHOULDER, L.LEFT_HIP]] - xy[[L.RIGHT_SHOULDER, L.RIGHT_HIP]], axis=1)
        self._widths = self._widths + share * (widths / kinematics.torso_length(xy) - self._widths)
        world = world if has_side_up(xy, self.top) else exchanged(world)
        knees = np.array([kinematics.flexion(world, *LEG[side]) for side in (self.top, self.top.other)])
        if np.isfinite(knees).all():
            self._knees = self._knees + share * (knees - self._knees)
            self._bent = np.minimum(np.fmax(self._knees, self._bent - STRAIGHTENS_DEG_S * passed_s), SURELY_BENT_DEG)

    def knee_is_straight(self, side: Side, limit_deg: float = STRAIGHT_KNEE_DEG) -> bool:
        """Whether that knee has been straight for a while, as in other exercises. limit_deg: flexion below which it is."""
        return bool(self._bent[0 if side is self.top else 1] < limit_deg)

    @property
    def not_on_the_side(self) -> str | None:
        """Why the person does not seem to lie on the side, so that nothing is counted; None where they do."""
        if (self._widths > (MOST_SHOULDERS, MOST_HIPS)).any():
            return kept("the body is not found reliably from this camera's place: {place}", place=PLACE_CAMERA)
        if self._lead is not None and abs(self._lead) < LEAST_STACK:
            return kept("you do not lie on your side: lie with one hip and one shoulder above the other")
        return None

    @property
    def obstacle(self) -> str | None:
        """Why nothing can be judged from this camera's place, None where it can."""
        if self.not_on_the_side is not None:
            return self.not_on_the_side
        if self._facing < 0:
            return kept("your back is to the camera: lie so that your front faces it")
        if abs(self.toward_feet) > LYING_LIMIT_DEG:
            return kept("the camera stands too far to one side: {place}", place=PLACE_CAMERA)
        return None


def bends_top_knee(rep: RepWindow) -> bool:
    """Whether the top knee is bent, as a clam's is: all along, or where the movement is widest.

    Either the median flexion in the world landmarks, or the 90th percentile of the mean of world landmarks and picture must
    exceed the limit. A low camera misreads the depth of a knee at rest, but a straight leg looks straight from everywhere.
    """
    bent = []
    for observation in rep.observations[rep.start : rep.end + 1]:
        xy = observation.still_xy
        top = rep.side or (Side.LEFT if left_above(xy) > 0 else Side.RIGHT)
        order: Callable[[Floats], Floats] = exchanged if not has_side_up(xy, top) else np.asarray
        bent.append([kinematics.flexion(order(at), *LEG[top]) for at in (observation.pose.world_xyz, xy)])
    seen = np.array(bent)[np.isfinite(bent).all(axis=1)]
    if not len(seen):
        return True  # what is not seen is no other movement
    all_along, at_widest = np.median(seen[:, 0]), np.percentile(seen.mean(axis=1), 90)
    return bool(max(all_along, at_widest) > STRAIGHT_KNEE_DEG)


class FollowedFoot:
    """One foot of a lying person, held where it was while it seems to jump to the other one."""

    def __init__(self) -> None:
        self._last: Floats | None = None
        self._last_s = -math.inf

    def jumped(self, xy: Floats, side: Side, timestamp_s: float) -> bool:
        """Whether the foot of `side` in (33, 2) px is not to be trusted."""
        at = (xy[LEG[side][2]] - kinematics.mid_hip(xy)) / kinematics.torso_length(xy)
        if not np.isfinite(at).all():
            return False
        away_s = timestamp_s - self._last_s
        far = min(JUMP + JUMP_SPEED * away_s, MIXED_UP)
        if self._last is not None and away_s <= JUMP_HELD_S and np.linalg.norm(at - self._last) > far:
            return True
        self._last, self._last_s = at, timestamp_s
        return False


def with_side_up(xy: Floats, top: Side) -> Floats:
    """(33, 2) px with left and right exchanged where the network swapped them: `top` is up."""
    return xy if has_side_up(xy, top) else exchanged(xy)


def has_side_up(xy: Floats, top: Side) -> bool:
    """Whether the landmarks (33, 2) px have the right side up."""
    return not left_above(xy) * top.sign < 0


def find_top_side(observations: Sequence[Observation]) -> Side | None:
    """The side that is up, once the person has lain for a second; None before."""
    lying = [o for o in observations if o.pose.detected and kinematics.trunk_inclination(o.pose.image_xy) > 50.0]
    lying = [o for o in lying if o.timestamp_s >= lying[-1].timestamp_s - 3.0]
    if len(lying) < 3 or lying[-1].timestamp_s - lying[0].timestamp_s < 0.8:
        return None
    lead = float(np.median([left_above(o.pose.image_xy) for o in lying]))
    return (Side.LEFT if lead > 0 else Side.RIGHT) if abs(lead) > 0.1 else None


def turn(share: float) -> float:
    """Angle of a body segment over the horizontal, degrees. share: height of its end over its axis, divided by its length. An
    estimate may exceed 1; the angle then rises on, since a movement that is cut off there would look like rest."""
    inside = min(max(share, -STEEP), STEEP)
    return math.degrees(math.asin(inside) + (share - inside) / math.sqrt(1 - STEEP**2))
