"""One clock from two: reference time = offset + (1 + drift) x film time, from the movement that both saw."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.agreement.timing.correlation import correlations, mounting_at, taken
from formcheck.agreement.timing.motion import MARGIN_S, RATE, FilmMotion, ReferenceMotion
from formcheck.frames import Floats
from formcheck.system.errors import UserError
from formcheck.system.language import to_translate, tr

LEAST_CORRELATION = 0.65
BY_TAPS = to_translate("tap the phone three times in view of the camera, and name the taps: --taps")
MOST_SPREAD_S = 0.1
"""Between the repetitions' own offsets (standard deviation, weighted by their movement): another set has another rhythm."""
LEAST_REPETITIONS = 3
"""With these three limits 2 of 855 rendered recordings of other sets of the same exercise are taken for the set's own."""
LIKELY_DRIFT_PPM = 50.0
"""Standard deviation of clock crystals; a drift beyond it is believed as far as the set is long enough to show it."""
SEARCH_S = 0.5
MOVED_SHARE = 0.02
"""Of the liveliest repetition's movement, below which a repetition says nothing of the time."""
SILENT_SHARE = 0.02
"""Of the film's movement: a sensor that moves by less was not on the body."""
MEASURED_SHARE = 0.9
"""Of a repetition's frames: one that was measured in part only looks early or late."""
NORMAL_90 = 1.645


class NoCommonMovement(UserError):
    """Film and reference cannot be laid over each other; the message has the figure and what to do."""


@dataclass(frozen=True, slots=True)
class Clock:
    offset_s: float
    """Reference time at the film's first frame."""
    drift_ppm: float
    """By how much the reference's clock runs faster than the film's."""
    correlation: float | None
    """0-1, of the movement; None where only taps were used."""
    uncertainty_s: float
    """Half-width of a 90 % interval of the offset, from the scatter between repetitions or taps; by movement also from how
    far the film's own delay may be off."""
    drift_uncertainty_ppm: float
    by: str
    """movement, or taps"""

    def reference_s(self, film_s: Floats) -> Floats:
        at: Floats = self.offset_s + (1.0 + self.drift_ppm * 1e-6) * film_s
        return at

    def film_s(self, reference_s: Floats) -> Floats:
        at: Floats = (reference_s - self.offset_s) / (1.0 + self.drift_ppm * 1e-6)
        return at


def clock_by_movement(
    film: FilmMotion,
    reference: ReferenceMotion,
    spans_s: Sequence[tuple[float, float]],
    *,
    least: float = LEAST_CORRELATION,
    otherwise: str = BY_TAPS,
) -> Clock:
    """spans_s: start and end of each repetition on the film; otherwise: how the time can be had where the movement does not tell.

    NoCommonMovement where the two do not belong together."""
    if not len(spans_s) or not film.speeds.any():
        raise NoCommonMovement(tr("nothing was measured on the film that the reference could be held against"))
    offsets, alike = correlations(film, reference)
    best = int(np.argmax(alike))
    if alike[best] < least:
        raise NoCommonMovement(
            tr(
                "film and sensor move too differently to be laid over each other: correlation "
                "{what:.2f}, at least {least} is needed; is it this set's recording? Otherwise "
                "{otherwise}",
                what=alike[best],
                least=least,
                otherwise=otherwise,
            )
        )
    lags = _lags(film, reference, round((offsets[best] + film.times_s[0] - reference.times_s[0]) * RATE), spans_s)
    if len(lags) < LEAST_REPETITIONS:
        raise NoCommonMovement(
            tr(
                "the pelvis moved in {n} repetitions only, where {least_repetitions} are needed to find the time; {otherwise}",
                n=len(lags),
                least_repetitions=LEAST_REPETITIONS,
                otherwise=otherwise,
            )
        )
    at, lag, energy, fit = lags.T
    rhythm = _spread(lag, energy)
    if rhythm > MOST_SPREAD_S:
        raise NoCommonMovement(
            tr(
                "film and sensor keep another rhythm: the repetitions' times disagree by {rhythm:.2f} "
                "s (at most {most_spread_s}), at a correlation of {what:.2f}; is it this set's "
                "recording? Otherwise {otherwise}",
                rhythm=rhythm,
                most_spread_s=MOST_SPREAD_S,
                what=alike[best],
                otherwise=otherwise,
            )
        )
    weight = np.sqrt(energy) * fit**4
    weight = weight / weight.sum()
    mean, spread = float(weight @ lag), max(_spread(lag, weight), 0.01)
    others = max(1.0 / float((weight**2).sum()) - 1.0, 1.0)
    drift, drift_error = _drift(at, lag, weight, spread)
    return Clock(
        float(offsets[best]) + mean - drift * float(weight @ at),
        drift * 1e6,
        float(alike[best]),
        NORMAL_90 * math.hypot(spread / math.sqrt(others), film.delay_sd_s),
        NORMAL_90 * drift_error * 1e6,
        "movement",
    )


def _spread(lag: Floats, weight: Floats) -> float:
    """Weighted standard deviation."""
    share = weight / weight.sum()
    return float(np.sqrt(share @ (lag - share @ lag) ** 2))


def _drift(at: Floats, lag: Floats, weight: Floats, spread: float) -> tuple[float, float]:
    """Slope of lag over time and its standard error, drawn toward none as the prior says (ridge regression)."""
    off = at - weight @ at
    leverage = float(len(at) * (weight @ off**2))
    precision = leverage / spread**2 + (LIKELY_DRIFT_PPM * 1e-6) ** -2
    slope = float(len(at) * (weight @ (off * lag))) / spread**2 / precision
    return slope, float(precision**-0.5)


def _lags(film: FilmMotion, reference: ReferenceMotion, shift: int, spans_s: Sequence[tuple[float, float]]) -> Floats:
    """(k, 4) of each repetition that moved: its middle on the film, its own lag beyond `shift`, how much it moved, and how
    well it then fits, 0-1."""
    theirs = _as_named(film, reference, shift)
    reach = round(SEARCH_S * RATE)
    rows = []
    for start, end in spans_s:
        part = slice(*np.clip(np.searchsorted(film.times_s, [start - MARGIN_S, end + MARGIN_S]), 0, len(film.times_s)))
        own = film.speeds[part]
        if film.counts[part].mean() < MEASURED_SHARE:
            continue
        energy, there = float((own**2).sum()), float((taken(theirs, part, shift) ** 2).sum())
        scores = np.array([_alike(own, taken(theirs, part, shift + k)) for k in range(-reach, reach + 1)])
        best = int(np.argmax(scores))
        lag = (best - reach + _vertex(scores[max(0, best - 1) : best + 2])) / RATE
        rows.append((start / 2 + end / 2, lag, energy, max(0.0, float(scores[best])), there < SILENT_SHARE * energy))
    while rows and rows[-1][-1]:
        rows.pop()  # the phone fell off, or the recording ended
    lags = np.array([row[:-1] for row in rows]).reshape(-1, 4)
    kept: Floats = lags[lags[:, 2] > MOVED_SHARE * lags[:, 2].max(initial=0.0)]
    return kept


def _as_named(film: FilmMotion, reference: ReferenceMotion, shift: int) -> Floats:
    """(m, k) the reference's speeds of the film's angles, tilts by the mounting that fits the shift best."""
    axes = mounting_at(film, reference, shift)
    known = {**reference.speeds, **{name: reference.tilt @ axis for name, axis in axes.items()}}
    nothing = np.zeros(len(reference.times_s))
    return np.stack([known.get(name, nothing) for name in film.names], axis=1)


def _alike(own: Floats, theirs: Floats) -> float:
    size = float(np.sqrt((own**2).sum() * (theirs**2).sum()))
    return float((own * theirs).sum()) / size if size > 1e-9 else 0.0


def _vertex(three: Floats) -> float:
    """Where the parabola through three neighbours peaks, -0.5 to 0.5 steps from the middle one; 0 at an edge."""
    if len(three) < 3 or three[0] - 2 * three[1] + three[2] >= 0:
        return 0.0
    return float(np.clip(0.5 * (three[0] - three[2]) / (three[0] - 2 * three[1] + three[2]), -0.5, 0.5))
