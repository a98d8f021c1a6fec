"""The running roll of somebody who lies, from drawn motion of the trunk's surface whose true roll is known."""

from collections.abc import Iterator

import numpy as np

from formcheck.frames import CameraMotion, Floats, SurfaceFrame
from formcheck.measurement.lying.pelvis import BANDS, COLUMNS, EDGE
from formcheck.measurement.lying.surface_fit import CHEST, OPENING, ROLL, TRUNK, PelvisFit, RunningPelvis
from formcheck.results import Side

FPS, REP_S = 15.0, 4.0


def surface(rolls: Floats, seed: int, lost: float = 0.0) -> Iterator[SurfaceFrame]:
    """A clam each REP_S. Cloth slips for a while wherever it likes; `lost`: share of the cells that are not seen in a frame."""
    rng = np.random.default_rng(seed)
    moves = TRUNK.templates(BANDS, COLUMNS, EDGE)
    slip = np.zeros((BANDS, COLUMNS, 2))
    for i, roll in enumerate(rolls):
        slip = 0.9 * slip + rng.standard_t(3, slip.shape) * 0.002
        opening = 30 * np.sin(np.pi * i / FPS / REP_S) ** 2
        shift = roll * (moves[..., ROLL] + 0.5 * moves[..., CHEST]) + opening * moves[..., OPENING] + slip
        shift[rng.random(shift.shape[:2]) < lost] = np.nan
        seen = np.ones(shift.shape[:2], np.int64)
        yield SurfaceFrame(i / FPS, shift, seen, np.zeros((10, 4)), CameraMotion(np.eye(2, 3)))


def running(rolls: Floats, seed: int, lost: float = 0.0) -> Floats:
    pelvis = RunningPelvis(PelvisFit(BANDS, COLUMNS, EDGE, clam=True))
    motions = [pelvis.update(frame, Side.LEFT) for frame in surface(rolls, seed, lost)]
    return np.array([m.roll[0] for m in motions if m is not None])


def clams(roll_deg: float, count: int = 8) -> Floats:
    return np.asarray(roll_deg * np.sin(np.pi * np.arange(int(count * REP_S * FPS)) / FPS / REP_S) ** 2)


def test_a_still_pelvis_stays_still_while_cloth_slips_and_cells_come_and_go() -> None:
    for seed in range(3):
        assert np.abs(running(clams(0.0), seed, lost=0.1)).max() < 9.0


def test_each_roll_is_read_while_it_happens_and_gone_afterwards() -> None:
    seen = running(clams(20.0), 1)
    per_rep = seen.reshape(8, -1)
    rises = per_rep.max(axis=1) - per_rep[:, 0]
    assert np.abs(rises - 20.0).max() < 6.0
    assert abs(seen[-1] - seen[0]) < 3.0


def test_nothing_seen_is_nothing_told() -> None:
    assert RunningPelvis(PelvisFit(BANDS, COLUMNS, EDGE, clam=True)).update(None, Side.LEFT) is None
