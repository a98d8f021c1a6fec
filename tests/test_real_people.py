"""The table that holds angles against motion capture says what the angles know."""

import math
import shutil
from pathlib import Path

import numpy as np
import pytest
from films import first_seconds
from real_people import agreement, real_table

SHARED = Path(__file__).parents[2] / "shared" / "real_truth"
TIMES_S = np.linspace(0.0, 10.0, 301)
TURN = 5.0 * np.sin(TIMES_S)


def test_a_constant_offset_is_no_error_of_a_turn_but_one_of_a_lean() -> None:
    shifted = TURN + 30.0
    assert agreement("pelvis_rotation_left", TIMES_S, shifted, TIMES_S, TURN).error == pytest.approx(0.0, abs=1e-9)
    assert agreement("trunk_lean_left", TIMES_S, shifted, TIMES_S, TURN).error == pytest.approx(30.0)


def test_drift_and_stillness_are_told() -> None:
    drifting = agreement("pelvic_obliquity_right_up", TIMES_S, TURN + 0.4 * TIMES_S, TIMES_S, TURN)
    assert drifting.drift == pytest.approx(4.0)
    nothing = agreement("pelvic_obliquity_right_up", TIMES_S, np.zeros_like(TURN), TIMES_S, TURN)
    assert nothing.error == pytest.approx(nothing.still, rel=0.05)
    assert math.isnan(nothing.correlation)


def test_silence_is_no_error() -> None:
    values = np.where(TIMES_S < 2.5, TURN, np.nan)
    quarter = agreement("fppa_left", TIMES_S, values, TIMES_S, TURN)
    assert quarter.share == pytest.approx(0.25, abs=0.01)
    assert quarter.error == 0.0
    assert math.isnan(agreement("fppa_left", TIMES_S, np.full_like(TURN, np.nan), TIMES_S, TURN).error)


@pytest.mark.skipif(not SHARED.exists(), reason="needs real people with capture beside the checkout: ../shared/real_truth")
def test_the_lean_of_somebody_who_squats_before_two_phones(tmp_path: Path) -> None:
    """Facing the camera within 12 degrees: the capture and the film agree to 2 degrees in lean, 4 in FPPA."""
    first_seconds(SHARED / "ww_squat_cam0.mov", 5.5, tmp_path / "squat.mp4")
    shutil.copy(SHARED / "ww_squat_cam0.json.gz", tmp_path / "squat.json.gz")
    lines = real_table(tmp_path).splitlines()
    cells = {line.split("|")[2].strip(): line.split("|") for line in lines[2:]}
    assert float(cells["trunk_lean_left"][5]) <= 2.0
    assert max(float(cells[f"fppa_{side}"][5]) for side in ("left", "right")) <= 4.0
