"""How alike film and reference move at each shift of the clocks, however a phone is mounted."""

import numpy as np

from formcheck.agreement.timing.motion import RATE, FilmMotion, ReferenceMotion
from formcheck.frames import Floats

LEAST_SHARE = 0.7
"""Of the film's movement that must fall into the recording."""


def correlations(film: FilmMotion, reference: ReferenceMotion) -> tuple[Floats, Floats]:
    """(m,) offsets (reference time less film time, seconds) and the correlation, 0-1, at each.

    Tilts are seen on unknown axes: the correlation is the largest that any mounting reaches, which is the sum of the singular
    values of the cross-covariance (orthogonal Procrustes problem, Schönemann 1966). Angles known by name need none.
    """
    n, m = len(film.times_s), len(reference.times_s)
    steps = np.arange(1 - n, m)
    offsets = reference.times_s[0] + steps / RATE - film.times_s[0]
    alike, used = np.zeros(len(steps)), np.zeros(m)
    for name, speed in zip(film.names, film.speeds.T, strict=True):
        if name in reference.speeds:
            alike += _cross(speed[:, None], reference.speeds[name][:, None])[:, 0, 0]
            used += reference.speeds[name] ** 2
    tilts = [film.names.index(name) for name in reference.tilts if name in film.names]
    if tilts:
        covariance = _cross(film.speeds[:, tilts], reference.tilt)
        alike += np.linalg.svd(covariance, compute_uv=False).sum(axis=1)
        used += np.sum(reference.tilt**2, axis=1)
    own = np.sum(film.speeds**2, axis=1)
    theirs = _cross(film.counts.astype(float)[:, None], used[:, None])[:, 0, 0]
    held = _cross(own[:, None], reference.known.astype(float)[:, None])[:, 0, 0]
    size = np.sqrt(np.maximum(own.sum() * theirs, 1e-9))
    return offsets, np.where(held > LEAST_SHARE * own.sum(), alike / size, 0.0)


def mounting_at(film: FilmMotion, reference: ReferenceMotion, shift: int) -> dict[str, Floats]:
    """Tilt -> (3,) the axis on the phone along which the vertical moves as the tilt grows, as it fits this shift best."""
    names = [name for name in reference.tilts if name in film.names]
    if not names:
        return {}
    theirs = taken(reference.tilt, slice(0, len(film.times_s)), shift)
    u, _, v = np.linalg.svd(film.speeds[:, [film.names.index(n) for n in names]].T @ theirs, full_matrices=False)
    return dict(zip(names, u @ v, strict=True))


def taken(values: Floats, part: slice, shift: int) -> Floats:
    """Rows of `part` moved by `shift`, nothing where the recording had not begun or was over."""
    rows = np.arange(part.start, part.stop) + shift
    inside = (rows >= 0) & (rows < len(values))
    return np.where(inside[:, None], values[np.clip(rows, 0, len(values) - 1)], 0.0)


def _cross(film: Floats, reference: Floats) -> Floats:
    """(shifts, k, j) sums of film (n, k) times reference (m, j), the reference taken 1 - n to m - 1 steps later."""
    n, m = len(film), len(reference)
    length = 1 << (n + m - 1).bit_length()
    a = np.fft.rfft(film[::-1], length, axis=0)
    b = np.fft.rfft(reference, length, axis=0)
    made: Floats = np.fft.irfft(a[:, :, None] * b[:, None, :], length, axis=0)[: n + m - 1]
    return made
