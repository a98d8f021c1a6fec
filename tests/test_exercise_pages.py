"""docs/exercises/ says and shows what the table of exercises holds."""

import importlib.util
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
import pytest

from formcheck.exercises import EXERCISES

ROOT = Path(__file__).parent.parent
AGAIN = "run scripts/draw_exercises.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("draw_exercises", ROOT / "scripts" / "draw_exercises.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_are_up_to_date(script: ModuleType) -> None:
    for name, text in script.pages().items():
        assert (script.DOCS / name).read_text(encoding="utf-8") == text, f"{name}: {AGAIN}"


@pytest.mark.parametrize("exercise", EXERCISES)
def test_drawings_are_up_to_date_and_small(script: ModuleType, exercise: str) -> None:
    for name, image in script.drawings(EXERCISES[exercise]):
        file = script.DOCS / name
        assert file.stat().st_size < 60_000
        kept = cv2.imread(str(file))
        assert kept.shape == image.shape, f"{name}: {AGAIN}"
        # letters differ a little from one version of OpenCV to the next
        assert np.abs(kept.astype(int) - image).mean() < 1.5, f"{name}: {AGAIN}"


def test_every_page_names_its_limits(script: ModuleType) -> None:
    for exercise in EXERCISES.values():
        text = script.page(exercise)
        assert all(f.source in text and f.cue in text for f in exercise.faults)
        assert all(v.title in text for v in exercise.variants)
        assert "not medical advice" in text
