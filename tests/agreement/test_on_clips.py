"""Two rendered clips, a simulated phone, and what `formcheck agreement` then says, against the clips' truth.

data/ holds what `formcheck analyze` wrote of the two. scripts/validate_agreement.py does the same with twelve, films included.
"""

import shutil
from pathlib import Path

import numpy as np
import pytest
from make_sensor_exports import export
from validate_agreement import agreement_error, clock_error_s, compare, read_case, reference_errors

CLIPS = Path(__file__).parents[3] / "shared" / "clips"
DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(("name", "app", "seed"), [("clam_05", "sensor-logger-iphone", 2), ("pivot_01", "phyphox-semicolon", 10)])
def test_the_clock_and_the_truth_are_found(name: str, app: str, seed: int, tmp_path: Path) -> None:
    clip = CLIPS / f"{name}.mp4"
    if not clip.exists():
        pytest.skip("needs the rendered clips beside the checkout: ../shared/clips")
    session = Path(shutil.copytree(DATA / name, tmp_path / name))
    case = read_case(clip, session, seed)
    sensor = export(case.samples, app, tmp_path)
    by_taps, by_movement = (compare(case, session, sensor, taps=taps) for taps in (True, False))
    assert abs(clock_error_s(case, by_taps)) < 0.03
    assert abs(clock_error_s(case, by_movement)) < 0.06
    assert len(reference_errors(case, by_taps)) == 12
    assert np.abs(reference_errors(case, by_taps)).max() < 0.8
    assert agreement_error(case, by_taps) < 0.5
