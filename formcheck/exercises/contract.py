"""What an exercise is: words for people, limits for findings, and what turns observations into measurements.

A module in this folder that holds `EXERCISE` is an exercise; checks.py says what an EXERCISE must keep to, and refuses one
that does not. An exercise knows nothing of cameras, windows or files, and does not count repetitions: its segmenter does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum

from formcheck.counting.repetitions import RepetitionDetector
from formcheck.counting.segmenter import Segmenter
from formcheck.exercises.body_angle import BodyAngle
from formcheck.exercises.posture import Posture
from formcheck.exercises.scenes import Scene
from formcheck.frames import Observation, PoseFrame
from formcheck.measurement.repetition import Estimator, RepWindow
from formcheck.results import Limits, Measurement, Rep, Side, View
from formcheck.signals.gestures import hand_raised
from formcheck.signals.traits import Traits
from formcheck.system.language import to_translate
from formcheck.tempo import Tempo

PACE = "pace_s"
"""The quantity that the analysis measures itself where an exercise names it: the shorter of rise and return, seconds."""


UP, DOWN, OUT, BACK = to_translate("Up"), to_translate("Down"), to_translate("Turn"), to_translate("Back")


class Region(Enum):
    """A part of the body that a finding is about."""

    PELVIS = "pelvis"
    TRUNK = "trunk"
    ARMS = "arms"
    LEGS = "legs"
    FEET = "feet"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One measured quantity of an exercise, as it stands in the session file."""

    name: str
    title: str
    unit: str = "deg"
    sign: str = ""
    """What a positive value means."""
    absolute: bool = False
    """A value in its own right (a ratio to the set's start), not a change since the repetition's start."""
    detectable: float | None = None
    """Smallest detectable difference in `unit`, where it has been measured (scripts/validate.py --retest) or published."""
    most: float | None = None
    """The largest size that is believed, in `unit`. No body moves farther, so a larger value was misread. Chosen well above what
    the exercise's texts and the range of the joint allow."""
    angle: BodyAngle | None = None
    """The angle of angles.csv whose change this quantity is. Sensors and motion capture are compared with it. None: there is
    none."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A compensation: which quantity betrays it, from which value on, and what to tell the person."""

    name: str
    title: str
    quantity: str
    limits: Limits
    source: str
    """Where the limits come from."""
    cue: str
    """One sentence for the person, said while they move."""
    direction: int = 1
    """+1: too much is the fault, -1: too little (or negative) is, 0: either way."""
    priority: int = 5
    """1 is said first. Pace never masks the pelvis."""
    live_margin: float = 0.0
    """In the quantity's unit. A cue during the movement needs a value this far beyond the limit: a movement that still goes on is
    measured less exactly than a finished one."""
    live_after_s: float = 0.0
    """A cue during the movement needs the limit to be passed for this long: one or two frames beyond it are no fault."""
    region: Region | None = None
    """The part of the body that is painted while the fault lasts."""
    leads_to: tuple["VariantRef", ...] = ()
    """The exercises that train against it; for faults of a run or a walk."""

    def excess(self, value: float) -> float:
        """`value` on the axis on which the limits rise."""
        return abs(value) if self.direction == 0 else value * self.direction

    def passes(self, value: float, limit: float) -> bool:
        """Whether `value` lies beyond `limit` in the fault's direction."""
        if self.direction == -1:
            return value < limit
        return self.excess(value) > limit


@dataclass(frozen=True, slots=True)
class CameraPlace:
    """Where the camera belongs, for the set-up guide and the drawings."""

    azimuth_deg: tuple[float, float]
    """Sideways from straight in front. signals/camera_angle.py says from which reading on nothing is assessed."""
    height_m: tuple[float, float]
    distance_m: tuple[float, float]
    words: str
    behind: bool = False
    """Drawn behind the person."""

    @property
    def advice(self) -> str:
        """The words as the end of a sentence: a small letter first, no full stop."""
        return f"{self.words[0].lower()}{self.words[1:].rstrip('.')}"


class SetupCheck(StrEnum):
    """What is checked before a set, in the order in which a person can mend it."""

    LIGHT = "light"
    PERSON = "person"
    POSITION = "position"
    IN_FRAME = "in_frame"
    DISTANCE = "distance"
    ANGLE = "angle"
    SIDE = "side"
    STILL = "still"


@dataclass(frozen=True, slots=True)
class PoseRate:
    """Poses a second."""

    usual_hz: float = 10.0
    """While nothing moves fast: landmarks between two poses are filled in, and the findings stay the same."""
    least_hz: float = 10.0
    """With fewer the findings no longer agree with those at the full rate."""
    live_hz: float = 10.0
    """The same in a live set, where landmarks between two poses follow the picture's motion. A standing turn needs a pose in
    every frame: the skin moves past the joints, so joints that followed the skin would spoil the measurement of the turn."""
    most_hz: float = 30.0
    """For a film, while something moves fast. More poses do not improve the measures."""
    most_live_hz: float = 30.0
    """The same in a live set."""
    measured_hz: float = 22.0
    """About how many frames are measured of a film or camera with more than 30 a second; of up to 30 all are. Most clips with a
    known truth have 20 or fewer."""


@dataclass(frozen=True, slots=True)
class Guide:
    """What the person reads before the first repetition, in our own words."""

    purpose: str
    feel: str
    start: str
    movement: str
    avoid: tuple[str, ...]
    stop: str


@dataclass(frozen=True, slots=True, order=True)
class VariantRef:
    """Names one variant of one exercise."""

    exercise: str
    variant: str


@dataclass(frozen=True, slots=True)
class Variant:
    name: str
    title: str
    words: str
    expected_deg: tuple[float, float] | None = None
    """The range of the main movement to expect."""
    next: tuple[VariantRef, ...] = ()
    """What may come after it, once it is mastered."""
    posture: Posture | None = None
    """Where it differs from the exercise's."""


@dataclass(frozen=True, slots=True)
class SetContext:
    """What is known of a set when its measuring begins."""

    side: Side | None
    variant: str
    view: View = View.FRONT
    given_view: View | None = None
    """The view that was chosen; None: nobody chose, and it may be told from the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    id: str
    order: int = 100
    """Its place in lists: a smaller number comes first, equal ones by id."""
    title: str
    guide: Guide
    posture: Posture
    camera: CameraPlace
    scene: Scene | None = None
    """What its drawings show; None: it has none."""
    quantities: tuple[Quantity, ...]
    movement: str
    """The quantity whose rise and return is a repetition."""
    tempo: Tempo | None = None
    """How long each phase is to last where no plan says it; None: it has no such phases."""
    ways: tuple[str, str] = (UP, DOWN)
    """What the person is told for the way out and the way back."""
    works_above: bool = True
    """For exercises lying down: whether the upper side is the one that works."""
    guarded: str
    """The quantity shown on the gauge: the one that should stay still."""
    guarded_after_s: float = 0.0
    """How long it takes at a set's beginning until it can be measured."""
    faults: tuple[Fault, ...]
    estimator: Callable[[SetContext], Estimator]
    """A fresh one for each set."""
    find_side: Callable[[Sequence[Observation]], Side | None] | None
    """Finds the working side from the observations so far, oldest first; returns None while it is not known. None instead of a
    function: the exercise has no working side."""
    keeps_side: bool = False
    """Whether the side shows at any time, as when lying or standing on one leg: then a change within a set is noticed."""
    turns_to_side: bool = False
    """Whether the side is the one that the person turns to over planted feet. It may change when the person takes up another
    place. Over a whole set it also shows that the wrong side was chosen."""
    segmenter: Callable[[str], Segmenter] = RepetitionDetector
    """Makes the segmenter of one set, given `movement`. It holds the least extent and the shortest duration of a repetition."""
    uneven: bool = False
    """Whether good repetitions differ much in extent. If not, one that is far smaller than the others is not counted."""
    belongs: Callable[[RepWindow], bool] | None = None
    """Whether a movement that the segmenter found is this exercise at all. None: every one is."""
    seen_in: Callable[[Traits], bool] | None = None
    """Whether a set with these traits is surely this exercise and no other, so that a wrong choice is noticed. None: nobody can
    say, and the program does not suggest it."""
    variants: tuple[Variant, ...] = (Variant("standard", "Standard", ""),)
    find_variant: Callable[[Sequence[Observation]], str | None] | None = None
    """The variant from what was seen of the first repetition, for exercises whose variants can be told from the picture."""
    views: tuple[View, ...] = (View.FRONT,)
    """From where it may be filmed; the first is the default."""
    checks: tuple[SetupCheck, ...] = tuple(SetupCheck)
    """What is checked before a set."""
    hand_signal: Callable[[PoseFrame], bool] | None = hand_raised
    """Whether the hands give the signal that starts, pauses and ends a set; None: this exercise has no such signal."""
    pose_rate: PoseRate = PoseRate()
    cue_every: int = 1
    """1: a live cue is given while a limit is passed. More: at most one cue in so many repetitions, for a fault that half of them
    have."""
    sees_waist: bool = False
    """Whether the picture about the waist is followed (motion/waist.py)."""
    sees_level: bool = False
    """Whether the camera's tilt is told from the room's edges (motion/level.py)."""
    sees_legs: bool = False
    """Whether the outer edges of the legs are looked at (motion/leg_edge.py)."""
    compares_sides: bool = False
    """Whether left and right alternate within a set and their means are compared (Session.sides)."""
    summary: Callable[[Sequence[Rep]], Mapping[str, Measurement]] | None = None
    """Figures of the whole set from its repetitions, named in `summary_quantities`."""
    summary_quantities: tuple[Quantity, ...] = ()

    @property
    def may_change_sides(self) -> bool:
        """Whether a set without a chosen side may hold repetitions of both."""
        return self.keeps_side or self.turns_to_side

    def quantity(self, name: str) -> Quantity:
        return next(q for q in self.quantities if q.name == name)

    def fault(self, name: str) -> Fault:
        return next(f for f in self.faults if f.name == name)

    def variant(self, name: str) -> Variant:
        return next(v for v in self.variants if v.name == name)

    def posture_of(self, variant: str | None) -> Posture:
        """The posture of a variant; None: not told yet."""
        return (self.variant(variant).posture if variant is not None else None) or self.posture
