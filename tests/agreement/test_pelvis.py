"""The pelvis' angles from a phone that sits anyhow, with its poses and without."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from agreement_cases import TrueSet, fallen, recorded, true_set, write_set
from simulated_phone import Phone

from formcheck.agreement.film import read_film
from formcheck.agreement.pairs import frame_pairs, repetition_pairs
from formcheck.agreement.pelvis.mounting import BY_MOVEMENT
from formcheck.agreement.pelvis.postures import Held, Pose
from formcheck.agreement.phone import phone_reference
from formcheck.results import Side
from formcheck.system.errors import UserError

LYING = {"pelvic_roll": [14, 2, 11, -3, 1, 8], "pelvic_hike": [1, 12, 0, 2, 10, 1]}
ROLLING = {"pelvic_roll": [14, 6, 11, 3, 9, 8], "pelvic_hike": [1, 1, 0, 0.5, 1, 1]}
PIVOT = {"pelvis_rotation": [30, 36, 25, 33, 40, 28], "pelvic_drop": [3, 14, 2, 17, 8, 12]}
SETS = [
    true_set("clam", Side.LEFT, **LYING),
    true_set("clam", Side.RIGHT, **LYING),
    true_set("sidelying-er", Side.LEFT, **LYING),
    true_set("banded-rotation", Side.RIGHT, pelvis_rotation=[30, 36, 25, 33, 40, 28]),
    true_set("single-leg-squat", Side.RIGHT, pelvic_drop=[3, 14, 6, 17, 8, 12]),
    true_set("pivot", Side.LEFT, **PIVOT),
    true_set("pivot", Side.RIGHT, **PIVOT),
]
WITH_POSES = ("stand", "bow", "start")


@pytest.mark.parametrize("truth", SETS, ids=lambda s: f"{s.exercise}-{s.side}")
@pytest.mark.parametrize(("seed", "rate"), [(1, 50.0), (2, 100.0), (3, 200.0)])
def test_every_repetition_is_as_it_was(truth: TrueSet, seed: int, rate: float, tmp_path: Path) -> None:
    check(truth, Phone(seed=seed, rate=rate, poses=poses_of(truth), drift_ppm=100.0), tmp_path)


def poses_of(truth: TrueSet) -> tuple[str, ...]:
    return ("stand", "start") if truth.exercise in ("clam", "sidelying-er") else WITH_POSES


def check(truth: TrueSet, phone: Phone, folder: Path, within: float = 0.5) -> None:
    write_set(folder, truth)
    film = read_film(folder)
    made = phone_reference(film, recorded(truth, phone)[0])
    assert made.clock.offset_s == pytest.approx(phone.offset_s, abs=0.03)
    pairs = repetition_pairs(film, made)
    assert len(pairs) == len(truth.spans_s) * len(truth.measures)
    for pair in pairs:
        assert pair.reference == pytest.approx(truth.value(pair.measure, pair.rep - 1), abs=within)


def test_frames_agree_too(tmp_path: Path) -> None:
    truth = SETS[0]
    write_set(tmp_path, truth)
    film = read_film(tmp_path)
    film = replace(film, series=truth.measures)
    frames = frame_pairs(film, phone_reference(read_film(tmp_path), recorded(truth, Phone())[0]))
    assert {f.measure for f in frames} == {"pelvic_roll", "pelvic_hike"}
    assert np.abs([f.program - f.reference for f in frames]).max() < 0.7


@pytest.mark.parametrize("truth", [SETS[0], SETS[2]], ids=lambda s: s.exercise)
def test_without_a_standing_pose_the_two_axes_are_found(truth: TrueSet, tmp_path: Path) -> None:
    write_set(tmp_path, truth)
    film = read_film(tmp_path)
    made = phone_reference(film, recorded(truth, Phone(poses=("start",)))[0])
    assert made.mounting_by == BY_MOVEMENT
    assert "standing pose" in made.notes[0]
    for pair in repetition_pairs(film, made):
        assert pair.reference == pytest.approx(truth.value(pair.measure, pair.rep - 1), abs=1.0)


def test_what_one_axis_cannot_tell_is_left_out(tmp_path: Path) -> None:
    truth = true_set("clam", Side.LEFT, **ROLLING)
    write_set(tmp_path, truth)
    film = read_film(tmp_path)
    made = phone_reference(film, recorded(truth, Phone(poses=("start",)))[0])
    assert {p.measure for p in repetition_pairs(film, made)} == {"pelvic_roll"}
    assert any("pelvic_hike cannot be told" in note for note in made.notes)


def test_a_pose_may_be_named(tmp_path: Path) -> None:
    truth = SETS[0]
    phone = Phone(poses=("bow", "start"), offset_s=14.0)  # bent: 40 degrees off standing, which nothing would take for it
    write_set(tmp_path, truth)
    film = read_film(tmp_path)
    recording, _ = recorded(truth, replace(phone, poses=("stand", "start")))
    named = phone_reference(film, recording, poses=[Held(Pose.UPRIGHT, 1.5, 4.5)])
    found = phone_reference(film, recording)
    np.testing.assert_allclose(named.angles["pelvic_hike"], found.angles["pelvic_hike"], atol=0.3, equal_nan=True)
    with pytest.raises(UserError, match="nothing was recorded"):
        phone_reference(film, recording, poses=[Held(Pose.UPRIGHT, 500.0, 504.0)])


def test_a_phone_that_fell_off_is_cut(tmp_path: Path) -> None:
    truth = SETS[0]
    recording, samples = recorded(truth, Phone())
    write_set(tmp_path, truth)
    film = read_film(tmp_path)
    fell_at = Phone().offset_s + truth.spans_s[4][0] - 0.3
    made = phone_reference(film, fallen(recording, fell_at))
    assert {p.rep for p in repetition_pairs(film, made)} == {1, 2, 3, 4}
    assert any("left its place by" in note for note in made.notes)
    assert samples.times_s[0] < fell_at


def test_a_phone_that_fell_off_at_once_is_refused(tmp_path: Path) -> None:
    truth = SETS[0]
    write_set(tmp_path, truth)
    fell = fallen(recorded(truth, Phone())[0], Phone().offset_s + truth.spans_s[1][0])
    with pytest.raises(UserError, match=r"too differently|another rhythm|tie it tighter|repetitions only"):
        phone_reference(read_film(tmp_path), fell)
