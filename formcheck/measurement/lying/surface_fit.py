"""The lying pelvis' roll and hike from how the trunk's surface moved in the picture.

A rotating trunk: at each height its cross-section is an ellipse. A surface point at depth r before the axis moves r·roll
across the trunk in the picture. Low on the trunk the surface goes with the pelvis, high up with the chest, which may follow
the pelvis or not; in between the two mix. A hike turns the pelvis within the picture: near the hip line the surface turns with
it, all above sinks toward the floor. The working leg drags at the lowest bands. These five motions are fitted to all cells by
least squares with priors; cells that no motion explains (an arm, the thigh, a fold of the shirt) lose their weight.

The numbers are fitted by scripts/fit_pelvis.py on rendered people (fitted/lying_trunk.json); lengths are torso lengths, from the
middle of the hips to that of the shoulders.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from formcheck.frames import Floats, SurfaceFrame
from formcheck.results import Side
from formcheck.system import fitted_file

MOTIONS = 5
ROLL, CHEST, HIKE, OPENING, LIFT = range(MOTIONS)


@dataclass(frozen=True, slots=True)
class Section:
    """How deep a cross-section of the trunk stands before the axis of roll, seen from the usual camera height."""

    front: float
    """Depth of the ellipse's middle before the axis."""
    bulge: float
    """How much deeper the surface is in the middle than at the outline."""
    half_height: float
    """From the middle to the outline."""
    tilt: float
    """How much deeper toward the top side: the camera looks down on it."""

    def depth(self, height: Floats) -> Floats:
        """(...) heights over the middle -> (...) depth."""
        inside = np.clip(1.0 - (height / self.half_height) ** 2, 0.02, None)
        return self.front + self.bulge * np.sqrt(inside) + self.tilt * height


BELLY_HALF_HEIGHT = 0.25
DRAGGED_DOWN = -0.4
"""How far an opening thigh draws the cloth toward the feet, of how far it draws it upward (chosen by hand on
rendered clams, not fitted)."""


@dataclass(frozen=True, slots=True)
class TrunkModel:
    """What each motion does to the surface."""

    pelvis: Section
    chest: Section
    change_at: float
    """Share of the way from the hips to the shoulders at which pelvis and chest take equal part in the roll."""
    change_over: float
    hinge_at: float
    """The same for a hike: below, the surface turns with the pelvis; above, it is carried along."""
    hinge_over: float
    pivot: tuple[float, float]
    """The point a hike turns about: along the trunk from the hip line, over the middle."""
    sink: float
    """How far toward the feet a hike draws the chest, per radian."""
    belly: float
    """How much further the front sinks in a hike than the outline, per radian; less, the further the hips are bent."""
    turned_to: float
    """Share of the way to the shoulders up to which a hike turns the surface along the trunk as well."""
    half_widths: tuple[float, float]
    """Of the trunk's quadrilateral, at the hips and at the shoulders."""
    opening: tuple[float, float, float]
    """What one degree of a clam's opening does: size at the hip line, its decay along the trunk, lean toward the top side."""
    lift: tuple[float, float, float]
    """The same for the lower knee's lift, leaning toward the floor."""

    def templates(self, bands: int, columns: int, edge: float) -> Floats:
        """(bands, columns, 2, motions) torso lengths per degree: [..., 0] toward the head, [..., 1] toward the top side;
        columns from the lower to the top side, reaching `edge` half widths from the middle."""
        s = ((np.arange(bands) + 0.5) / bands)[:, None]
        c = (((np.arange(columns) + 0.5) * 2 / columns - 1) * edge)[None, :]
        height = c * (self.half_widths[0] + (self.half_widths[1] - self.half_widths[0]) * s)
        chest = _rise((s - self.change_at) / self.change_over)
        carried = _rise((s - self.turned_to) / self.hinge_over)
        lever = s - self.hinge_over * np.log1p(np.exp((s - self.hinge_at) / self.hinge_over))
        out = np.zeros((bands, columns, 2, MOTIONS))
        out[..., 1, ROLL] = (1 - chest) * self.pelvis.depth(height)
        out[..., 1, CHEST] = chest * self.chest.depth(height)
        out[..., 1, HIKE] = (
            self.pivot[0] - lever - self.belly * np.sqrt(np.clip(1.0 - (height / BELLY_HALF_HEIGHT) ** 2, 0.02, None))
        )
        out[..., 0, HIKE] = (1 - carried) * (height - self.pivot[1]) - carried * self.sink
        out = np.radians(out)
        size, decay, lean = self.opening
        out[..., 1, OPENING] = size * np.exp(-s / decay) * _rise(lean + 2 * c)
        out[..., 0, OPENING] = DRAGGED_DOWN * out[..., 1, OPENING]
        size, decay, lean = self.lift
        out[..., 1, LIFT] = size * np.exp(-s / decay) * _rise(lean - 2 * c)
        return out


def _rise(x: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-x))


@dataclass(frozen=True, slots=True)
class Noise:
    """Standard deviation of what the fit leaves over a repetition, torso lengths, by tenths of the trunk from the hip line up."""

    across: tuple[float, ...]
    along: tuple[float, ...]


TRUNK = fitted_file.values("lying_trunk", "model", TrunkModel)
NOISE = fitted_file.values("lying_trunk", "noise", Noise)
SHARED_NOISE = 0.5
"""Share of that variance that neighbouring cells have in common, fading over NEIGHBOURS torso lengths."""
NEIGHBOURS = 0.15
ROLL_PRIOR_DEG, HIKE_PRIOR_DEG, OPENING_PRIOR_DEG, LIFT_PRIOR_DEG = 15.0, 7.0, 35.0, 8.0
STILL_DEG = 0.03
"""Of the leg's motion that the exercise does not have: next to none, and not zero, so that the prior can be inverted."""
CHEST_SHARE, CHEST_SPREAD = 0.5, 0.25
"""How much of the pelvis' roll the chest takes, and its standard deviation between people."""
OUTLIER = 4.0
"""Degrees of freedom of Student's t: how soon a cell that does not fit loses its weight."""
MOST_STRAYED = 5.0
"""Standard deviations beyond which a cell adds no more to the misfit."""
REWEIGHTED = 4
ANCHOR_S = 5.0
"""How long the running fit counts from one anchor."""
STILL_KNOWN = 0.7
"""A new anchor is taken where fewer of the cells that are seen were seen at the last one."""


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """(..., ) degrees since the start, and their standard deviations."""

    roll: Floats
    """+ top side backward, away from the way the body faces."""
    hike: Floats
    """+ top side toward the head."""
    roll_sd: Floats
    hike_sd: Floats
    misfit: Floats
    """Root mean square of what is left over, in standard deviations: large where something other than a trunk is seen."""


class PelvisFit:
    """Cells' motion -> the pelvis' motion. `clam`: the top leg opens; else the lower knee may lift."""

    def __init__(
        self, bands: int, columns: int, edge: float, *, clam: bool, model: TrunkModel = TRUNK, noise: Floats | None = None
    ) -> None:
        """noise: (bands, 2) standard deviations along and across, in place of those that are known."""
        self._templates = model.templates(bands, columns, edge).reshape(-1, MOTIONS)
        noise = np.stack([NOISE.along, NOISE.across], axis=1) if noise is None else noise
        sd = np.repeat(noise[:, None], columns, axis=1).reshape(-1)
        self._variance = sd**2
        self._precision = np.linalg.inv(np.outer(sd, sd) * _likeness(bands, columns, edge, model))
        roll = ROLL_PRIOR_DEG**2
        prior = np.diag([roll, (CHEST_SHARE**2 + CHEST_SPREAD**2) * roll, HIKE_PRIOR_DEG**2, STILL_DEG**2, STILL_DEG**2])
        prior[ROLL, CHEST] = prior[CHEST, ROLL] = CHEST_SHARE * roll
        moving, size = (OPENING, OPENING_PRIOR_DEG) if clam else (LIFT, LIFT_PRIOR_DEG)
        prior[moving, moving] = size**2
        self._prior = np.linalg.inv(prior)

    def solve(self, moved: Floats, weights: Floats) -> tuple[Floats, Floats]:
        """(n, cells) what moved, (n, cells) weights 0-1 -> (n, motions) degrees, (n, motions, motions) covariance."""
        root = np.sqrt(weights)
        model = self._templates * root[..., None]
        weighed = np.swapaxes(model, -1, -2) @ self._precision
        covariance: Floats = np.linalg.inv(weighed @ model + self._prior).astype(np.float64)
        return (covariance @ (weighed @ (root * moved)[..., None]))[..., 0], covariance

    def left(self, moved: Floats, motion: Floats) -> Floats:
        """(n, cells) what `motion` (n, motions) does not explain."""
        return moved - motion @ self._templates.T

    def weigh(self, left: Floats, seen: Floats) -> Floats:
        """(n, cells) the weights of cells with this much unexplained."""
        return seen * (OUTLIER + 1) / (OUTLIER + left**2 / self._variance)

    def whole(self, moved: Floats) -> Motion:
        """(n, cells) how far each cell has moved since a start, NaN where not seen -> the motion since that start."""
        seen = np.isfinite(moved).astype(np.float64)
        moved = np.nan_to_num(moved)
        weights = seen
        for _ in range(REWEIGHTED):
            motion, covariance = self.solve(moved, weights)
            left = self.left(moved, motion)
            weights = self.weigh(left, seen)
        strayed = np.minimum(left**2 / self._variance, MOST_STRAYED**2) * seen
        misfit = np.sqrt(strayed.sum(axis=-1) / np.maximum(seen.sum(axis=-1), 1.0))
        sd = np.sqrt(covariance[..., [ROLL, HIKE], [ROLL, HIKE]])
        return Motion(motion[..., ROLL], motion[..., HIKE], sd[..., 0], sd[..., 1], misfit)


class RunningPelvis:
    """The pelvis' motion so far, frame by frame: how far the cells moved since an anchor, and what had been moved until then.

    Each anchor adds an error once; sums of single steps drifted by tens of degrees within one clam."""

    def __init__(self, fit: PelvisFit) -> None:
        self._fit = fit
        self._anchor: Floats | None = None
        self._anchor_s = -math.inf
        self._until = np.zeros(2)
        """Roll and hike at the anchor, degrees."""
        self.seen = 0.0
        """Share of the trunk's cells of which it is known how far they moved."""

    def update(self, surface: SurfaceFrame | None, top: Side) -> Motion | None:
        """Of one frame; None where nothing is seen."""
        if surface is None:
            return None
        here = cells(surface.shift, top)
        known = np.isfinite(here)
        if self._anchor is None:
            self._anchor, self._anchor_s = here, surface.timestamp_s
        moved = here - self._anchor
        both = np.isfinite(moved)
        self.seen = float(both.mean())
        motion = self._fit.whole(moved[None])
        so_far = self._until + np.array([motion.roll[0], motion.hike[0]])
        if surface.timestamp_s - self._anchor_s > ANCHOR_S or both.sum() < STILL_KNOWN * known.sum():
            self._anchor, self._anchor_s, self._until = here, surface.timestamp_s, so_far
        return replace(motion, roll=so_far[:1], hike=so_far[1:])


def cells(shift: Floats, top: Side) -> Floats:
    """(..., bands, columns, 2) as tracked -> (..., cells), columns from the lower to the top side, + toward the top side."""
    turned = shift if top is Side.LEFT else shift[..., ::-1, :] * np.array([1.0, -1.0])
    return turned.reshape(*shift.shape[:-3], -1)


def _likeness(bands: int, columns: int, edge: float, model: TrunkModel) -> Floats:
    """(cells, cells) correlation of what the fit leaves: neighbours err alike, the two directions apart."""
    s = (np.arange(bands) + 0.5) / bands
    height = ((np.arange(columns) + 0.5) * 2 / columns - 1) * edge * model.half_widths[0]
    place = np.stack(np.meshgrid(s, height, [0.0, 10.0], indexing="ij"), axis=-1).reshape(-1, 3)
    apart = np.linalg.norm(place[:, None] - place[None], axis=2)
    return SHARED_NOISE * np.exp(-apart / NEIGHBOURS) + (1 - SHARED_NOISE) * np.eye(len(place))  # type: ignore[no-any-return]
