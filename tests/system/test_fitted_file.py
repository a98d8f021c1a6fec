"""The files of fitted numbers say where their numbers come from, and what does not fit is refused."""

import hashlib
import json
from pathlib import Path
from typing import Any

import fit_record
import pytest

from formcheck.system import fitted_file
from formcheck.system.errors import UserError

FILES = sorted(path.stem for path in fitted_file.FOLDER.glob("*.json"))


def test_each_script_that_fits_has_its_file() -> None:
    scripts = Path(__file__).parents[2] / "scripts"
    commands = " ".join(fitted_file.read(name).command for name in FILES)
    assert all(f"scripts/{path.name}" in commands for path in scripts.glob("fit_*.py") if path.name != "fit_record.py")


@pytest.mark.parametrize("name", FILES)
def test_every_number_has_a_unit_and_a_source(name: str) -> None:
    fit = fitted_file.read(name)
    assert {part: values.keys() for part, values in fit.values.items()} == {part: u.keys() for part, u in fit.units.items()}
    assert fit.clips or "not kept" in fit.note


@pytest.mark.parametrize("name", FILES)
def test_clips_that_are_here_are_those_it_was_fitted_to(name: str) -> None:
    shared = Path(__file__).parents[2].parent / "shared"
    named = fitted_file.read(name).clips
    here = [path for folder in ("clips", "clips2") for path in (shared / folder).glob("*.mp4") if path.stem in named]
    if not here:
        pytest.skip("the clips of this fit are not here")
    assert {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in here}.items() <= named.items()


def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **fields: Any) -> None:
    content = json.loads(fitted_file.path_of("lying_legs").read_text()) | fields
    (tmp_path / "damaged.json").write_text(json.dumps(content))
    monkeypatch.setattr(fitted_file, "FOLDER", tmp_path)
    fitted_file.read.cache_clear()


def test_what_does_not_fit_the_schema_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged(tmp_path, monkeypatch, clips={"clam_00": "not a hash"})
    with pytest.raises(UserError, match=r"clips.*Install the program again"):
        fitted_file.read("damaged")


def test_a_part_that_is_missing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged(tmp_path, monkeypatch, values={})
    with pytest.raises(UserError, match="Install the program again"):
        fitted_file.values("damaged", "camera", dict)


def test_a_refit_says_what_changes() -> None:
    old = {"model": {"pelvis": {"front": 0.1, "tilt": 2}, "sink": 0.5}}
    new = {"model": {"pelvis": {"front": 0.2, "tilt": 2}, "sink": 0.5}}
    assert fitted_file.changes(old, new) == ["model.pelvis.front: 0.1 -> 0.2"]


def test_no_body_is_measured_with_numbers_fitted_to_it() -> None:
    items = [f"{body}{take}" for body in "abcdefg" for take in "12"]
    folds = fit_record.folds(items, lambda item: item[0])
    assert sorted(item for _, left in folds for item in left) == items
    assert all({i[0] for i in rest}.isdisjoint({i[0] for i in left}) for rest, left in folds)
