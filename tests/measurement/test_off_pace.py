"""How early or late the phases of a repetition were: made movements of known lengths, even ones and ones that gather speed."""

import math

import numpy as np
import pytest

from formcheck.measurement.off_pace import off_pace
from formcheck.measurement.repetition import RepWindow
from formcheck.results import Side
from formcheck.tempo import Tempo

FPS = 30


def window(up_s: float, hold_s: float, down_s: float, *, even: bool) -> RepWindow:
    """Starts and ends where the movement passes 5 % of its extent, as segmenters cut it."""
    times = np.arange(-1.0, up_s + hold_s + down_s + 1.0, 1 / FPS)
    share = np.interp(times, [0, up_s, up_s + hold_s, up_s + hold_s + down_s], [0, 1, 1, 0])
    values = 35 * (share if even else (1 - np.cos(math.pi * share)) / 2)
    beyond = np.flatnonzero(values >= 0.05 * 35)
    start, end = int(beyond[0]), int(beyond[-1])
    return RepWindow(times, {"opening": values}, [], start, int(np.argmax(values)), end, Side.LEFT)


@pytest.mark.parametrize("even", [True, False])
@pytest.mark.parametrize(("up_s", "hold_s", "down_s"), [(2.0, 0.0, 2.0), (1.2, 0.0, 3.0), (2.0, 2.0, 2.0), (1.5, 1.0, 2.5)])
def test_made_movements_are_read_within_what_is_said(up_s: float, hold_s: float, down_s: float, even: bool) -> None:
    tempo = Tempo(2.0, 2.0, 1.0 if hold_s else 0.0)
    found = off_pace(window(up_s, hold_s, down_s, even=even), "opening", tempo)
    assert found is not None
    assert found.up_s == pytest.approx(up_s - 2.0, abs=found.uncertainty_s)
    assert found.down_s == pytest.approx(down_s - 2.0, abs=found.uncertainty_s)
    assert found.hold_s == pytest.approx(hold_s - tempo.hold_s, abs=2 * found.uncertainty_s)
    assert found.uncertainty_s < 0.5


def test_what_was_not_seen_is_not_said() -> None:
    made = window(2.0, 0.0, 2.0, even=False)
    made.series["opening"][made.start + 20 : made.end - 20] = np.nan
    assert off_pace(made, "opening", Tempo(2.0, 2.0)) is None
    assert off_pace(made, "another", Tempo(2.0, 2.0)) is None
