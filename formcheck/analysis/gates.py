"""What a frame and a repetition may claim: the one place that decides it, for a film and for a live set alike.

A gate is a question that must be answered with yes before anything is measured: is the whole body in the picture, does the
camera stand where it must? `Gates` asks all of them of every frame; `verdict` says of a finished repetition, from its frames,
whether it counts and what keeps it from being judged. A repetition that fails is listed as not assessable: neither clean nor
a fault. What only one measure needs (enough texture, a torso large enough in px) its estimator decides.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from formcheck.analysis.notices import capital
from formcheck.exercises.contract import Exercise
from formcheck.exercises.posture import Posture
from formcheck.frames import Floats, Observation, PictureFrame, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.signals import kinematics
from formcheck.signals.camera_angle import STANDING_LIMIT_DEG, standing_azimuth
from formcheck.signals.smoothing import Exponential
from formcheck.system.kept_words import kept
from formcheck.system.language import to_translate

DARK, BRIGHT, FLAT = 45.0, 225.0, 12.0
"""Mean brightness (0-255), and its standard deviation: what a person is asked to mend before a set."""
PALE = 20.0
"""A bright picture with more contrast than this is a white room, not too much light."""
UNREADABLE_DARK, UNREADABLE_FLAT = 20.0, 6.0
"""Below these nothing can be judged. Dim rendered sets with a brightness of 52 could be."""
ANGLE_S = 4.0
"""Time constant of where the camera stands: longer than a turn of the body."""
CAMERA_MOVED, MOVED_S = 0.3, 1.0
"""Torso lengths by which the background may shift within this time: smaller motions are taken out."""
UNKNOWN_S = 0.5
"""A background that cannot be followed for longer is a camera that moves."""
JUMP, JUMP_S = 0.5, 0.2
"""Torso lengths that the middle of the trunk may go from one frame to the next, if that is not longer ago than this: whoever goes
farther is somebody else."""
GROWTH = 1.4
"""Factor by which the trunk's length may change in that time."""
SHAKEN_S = 0.5
"""A skeleton whose size jumped is not trusted for this long."""
LASTING_S = 1.0
"""A gate that fails for longer than this is worth telling the person."""
UNCUT_S = 10.0
"""Where a film is cut more often than this on average, the notice names the cuts as the reason."""
CUT_OFTEN = to_translate("the film is cut again and again (cuts: {n}): use one that shows the set without a cut")
LEAST_SHARE = 0.4
"""A gate that fails in this share of a repetition's frames keeps it from being judged."""


class Gate(StrEnum):
    """What must hold; in the order in which a person can mend it."""

    LIGHT = "light"
    WHOLE_BODY = "whole_body"
    ANGLE = "angle"
    CAMERA = "camera"
    CUT = "cut"
    PERSON = "person"
    SKELETON = "skeleton"


ONCE_IS_ENOUGH = frozenset({Gate.CUT, Gate.CAMERA, Gate.PERSON})
"""Gates that fail a repetition when they fail in one of its frames."""
NO_REPETITION = frozenset({Gate.SKELETON})
"""Gates that leave nothing to count when they fail."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a finished repetition may claim."""

    counts: bool
    why_not: str = ""
    """Why nothing in it can be assessed, and what to do about it; empty where it can."""


class Gates:
    """Observations of one set in order -> the gates that each of them fails."""

    def __init__(self, exercise: Exercise, variant: str | None = None) -> None:
        self._camera = exercise.camera
        self._seen, self._failed = 0, Counter[Gate]()
        self._outside = Counter[str]()
        """What whole_body() said, and how often."""
        self._first_s, self._last_s = math.inf, -math.inf
        self._since: dict[Gate, tuple[float, Observation]] = {}
        """Gates that fail now, and since when."""
        self._asked: tuple[tuple[Gate, Callable[[Observation], bool]], ...] = (
            (Gate.LIGHT, lambda o: o.picture is not None and _unreadable(o.picture)),
            (Gate.WHOLE_BODY, lambda o: bool(whole_body(o.pose))),
            (Gate.ANGLE, _Angle(exercise.posture_of(variant)).fails),
            (Gate.CAMERA, _CameraMoved().fails),
            (Gate.CUT, lambda o: o.picture is not None and o.picture.cut),
            (Gate.PERSON, _Person().fails),
            (Gate.SKELETON, _Skeleton().fails),
        )

    def update(self, observation: Observation) -> frozenset[Gate]:
        failing = frozenset([gate for gate, fails in self._asked if fails(observation)])
        self._seen += 1
        self._failed.update(failing)
        self._first_s, self._last_s = min(self._first_s, observation.timestamp_s), observation.timestamp_s
        if Gate.WHOLE_BODY in failing:
            self._outside[whole_body(observation.pose)] += 1
        self._since = {gate: self._since.get(gate, (observation.timestamp_s, observation)) for gate in failing}
        return failing

    def obstacle(self, now_s: float) -> str | None:
        """What has been in the way for a while, and what to do about it; None where nothing is."""
        lasting = [gate for gate in Gate if gate in self._since and now_s - self._since[gate][0] > LASTING_S]
        if not lasting:
            return None
        words = self.words(lasting[0], [self._since[lasting[0]][1]])
        return capital(words)

    def usual_obstacle(self) -> str | None:
        """What was in the way for most of the time, or all the time again, and what to do about it; None where nothing was."""
        often = [gate for gate in Gate if self._failed[gate] > 0.5 * self._seen]
        if often and often[0] is Gate.WHOLE_BODY:
            ((words, _),) = self._outside.most_common(1)
            return words[0].lower() + words[1:]
        if not often and self._last_s - self._first_s < UNCUT_S * self._failed[Gate.CUT]:
            return kept(CUT_OFTEN, n=self._failed[Gate.CUT])
        return self.words(often[0], ()) if often else None

    def words(self, gate: Gate, observations: Sequence[Observation]) -> str:
        """Why a repetition cannot be judged, and what to do."""
        if gate is Gate.WHOLE_BODY:
            words = next((w for o in observations if (w := whole_body(o.pose))), "head or feet were out of the picture")
            return words[0].lower() + words[1:]
        return kept(_WORDS[gate], place=self._camera.advice)

    def verdict(self, failing: Sequence[Set[Gate]], observations: Sequence[Observation]) -> Verdict:
        """failing: what update() said of each of the repetition's observations."""
        for gate in Gate:
            share = sum(gate in some for some in failing) / max(len(failing), 1)
            if share >= LEAST_SHARE or (share > 0 and gate in ONCE_IS_ENOUGH):
                return Verdict(gate not in NO_REPETITION, self.words(gate, observations))
        return Verdict(True)


_WORDS: Mapping[Gate, str] = {
    Gate.LIGHT: "the picture is too dark to see anything in: switch on a light in front of you",
    Gate.ANGLE: "the camera looks from the side: {place}",
    Gate.CAMERA: "the camera moved: let it stand on something firm",
    Gate.CUT: "the film is cut here: use one that shows the set without a cut",
    Gate.PERSON: "somebody else was followed for a moment: let one person alone be in the picture",
    Gate.SKELETON: "the body was not found reliably",
}


def light(brightness: float, contrast: float) -> str:
    """What is to be mended in a picture with this mean and standard deviation of its brightness (0-255); empty: nothing."""
    if brightness < DARK:
        return "It is too dark: switch on a light in front of you"
    if brightness > BRIGHT and contrast < PALE:
        return "It is too bright: turn the camera away from the lamp or window"
    return "The picture is blank: uncover the lens" if contrast < FLAT else ""


def _unreadable(picture: PictureFrame) -> bool:
    return picture.brightness < UNREADABLE_DARK or picture.contrast < UNREADABLE_FLAT


def whole_body(pose: PoseFrame) -> str:
    """Which end of the body is outside the picture, and what to do; empty where it is whole."""
    size = np.array(pose.image_size)

    def outside(names: Sequence[L]) -> bool:
        xy = pose.image_xy[list(names)]
        return bool(((xy < 0) | (xy > size)).any())  # what is not seen is not outside

    head, feet = outside((L.NOSE,)), outside((L.LEFT_ANKLE, L.RIGHT_ANKLE))
    if head and feet:
        return "Your head and feet are outside the picture: move the camera back"
    if head:
        return "Your head is outside the picture: turn the camera toward it, or move it back"
    return "Your feet are outside the picture: turn the camera toward them, or move it back" if feet else ""


class _Angle:
    """Whether the camera stands too far aside. For lying exercises the estimator knows it better, and this never fails."""

    def __init__(self, posture: Posture) -> None:
        self._asked = posture is Posture.STANDING
        self._azimuth = Exponential(ANGLE_S)

    def fails(self, observation: Observation) -> bool:
        if not self._asked:
            return False
        torso = kinematics.torso_length(observation.pose.image_xy)
        now = standing_azimuth(observation.pose, torso) if torso > 0 else math.nan
        azimuth = self._azimuth.update(observation.timestamp_s, np.array(now))
        return azimuth is not None and abs(float(azimuth)) > STANDING_LIMIT_DEG


class _CameraMoved:
    """Whether the camera moves by more than can be taken out of the measures, or by an unknown amount."""

    def __init__(self) -> None:
        self._held: list[tuple[float, Floats]] = []
        self._known_s = -math.inf

    def fails(self, observation: Observation) -> bool:
        surface, torso, now_s = observation.surface, kinematics.torso_length(observation.pose.image_xy), observation.timestamp_s
        if surface is None or not torso > 0:
            return False
        if surface.camera.known or math.isinf(self._known_s):
            self._known_s = now_s
        here = surface.camera.undone(np.array(observation.pose.image_size) / 2)
        self._held = [h for h in self._held if now_s - h[0] < MOVED_S]
        self._held.append((now_s, here))
        shift = np.ptp(np.array([place for _, place in self._held]), axis=0)
        return float(np.linalg.norm(shift)) > CAMERA_MOVED * torso or now_s - self._known_s > UNKNOWN_S


class _Person:
    """Whether the followed body is suddenly somewhere else."""

    def __init__(self) -> None:
        self._before: tuple[float, Floats] | None = None

    def fails(self, observation: Observation) -> bool:
        xy, now_s = observation.pose.image_xy, observation.timestamp_s
        torso, middle = kinematics.torso_length(xy), (kinematics.mid_hip(xy) + kinematics.mid_shoulder(xy)) / 2
        if not torso > 0:
            return False  # not seen is not wrong
        before, self._before = self._before, (now_s, middle)
        if before is None or now_s - before[0] > JUMP_S:
            return False
        return float(np.linalg.norm(middle - before[1])) > JUMP * torso


class _Skeleton:
    """Whether the trunk's length jumps, as no body's does."""

    def __init__(self) -> None:
        self._before: tuple[float, float] | None = None
        self._shaken_s = -math.inf

    def fails(self, observation: Observation) -> bool:
        torso, now_s = kinematics.torso_length(observation.pose.image_xy), observation.timestamp_s
        if not torso > 0:
            return False
        before, self._before = self._before, (now_s, torso)
        if before is not None and now_s - before[0] <= JUMP_S and not 1 / GROWTH < torso / before[1] < GROWTH:
            self._shaken_s = now_s
        return now_s - self._shaken_s <= SHAKEN_S
