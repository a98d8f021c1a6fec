"""The lying exercises on rendered people with exact truth, from the video file on."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from film_cases import set_of_film

from formcheck.exercises import EXERCISES

CLIPS = Path(__file__).parents[3] / "shared" / "clips"
TRUTH = {"pelvic_roll": "pelvis_roll", "pelvic_hike": "pelvis_hike"}
LIMITS = {"pelvic_roll": (6.0, 13.0), "pelvic_hike": (4.0, 12.0)}


@pytest.mark.parametrize(("name", "exercise"), [("clam_07", "clam"), ("sidelying_er_03", "sidelying-er")])
def test_what_is_found_is_what_was_done(name: str, exercise: str) -> None:
    video = CLIPS / f"{name}.mp4"
    if not video.exists():
        pytest.skip("needs the rendered clips beside the checkout: ../shared/clips")
    truth = json.loads(gzip.decompress(video.with_suffix(".json.gz").read_bytes()))
    one_set = set_of_film(video, EXERCISES[exercise])
    reps = one_set.reps
    assert len(reps) == len(truth["reps_s"])
    errors = []
    for rep, (start_s, end_s) in zip(reps, truth["reps_s"], strict=True):
        frames = [f for f in truth["frames"] if start_s <= f["t"] <= end_s]
        for quantity, key in TRUTH.items():
            change = max((f[key] - frames[0][key] for f in frames), key=abs)
            measurement = rep.measurements[quantity]
            assert measurement.value is not None
            errors.append(abs(measurement.value - change))
            flagged = any(finding.fault == quantity for finding in rep.findings)
            low, high = LIMITS[quantity]
            assert not (abs(change) <= low and flagged), (rep.number, quantity)
            assert not (abs(change) >= high and not flagged), (rep.number, quantity)
    assert sum(errors) / len(errors) < 3.0
    times_s = np.array([f["t"] for f in truth["frames"]])
    courses = one_set.courses()
    assert len(courses) == len(reps)
    for quantity, key in TRUTH.items():
        true = [np.interp(course.times_s, times_s, [f[key] for f in truth["frames"]]) for course in courses]
        said, known = (np.concatenate(some) for some in ([course.values[quantity] for course in courses], true))
        assert np.abs(said - known).mean() < 0.6 * np.abs(known - np.median(known)).mean(), quantity
