"""Words that OpenCV's font does not hold: other languages' letters and East Asian signs."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from overlay_cases import snapshot

from formcheck.analysis.snapshot import AnalysisState
from formcheck.exercises.contract import Exercise
from formcheck.overlay.overlay import Overlay
from formcheck.overlay.text import panel
from formcheck.system.language import use_language

WHITE, DARK = (255, 255, 255), (32, 32, 32)
CUE = "骨盆向后翻了：请保持两侧髋部上下对齐。"


def painted(text: str, widest_px: int = 2000) -> np.ndarray:
    return panel(text, 20, widest_px, WHITE, DARK)


@pytest.mark.parametrize(("one", "other"), [("für", "fñr"), ("骨盆", "骨盘"), ("14 ± 3° à gauche", "14 ± 3° á gauche")])
def test_each_sign_has_its_own_shape(one: str, other: str) -> None:
    a, b = painted(one), painted(other)
    assert a.max() == 255
    assert a.shape != b.shape or (a != b).any()


def test_a_sign_without_spaces_is_broken_and_stays_whole() -> None:
    one_line, several = painted(CUE), painted(CUE, 200)
    assert several.shape[1] <= 200
    assert several.shape[0] > 3 * 20 * 1.8
    ink_of_one, ink = ((picture[..., 0].astype(int) - 32).sum() for picture in (one_line, several))
    assert ink == pytest.approx(ink_of_one, rel=0.02)  # no sign was lost


def test_letters_stay_inside_the_panel() -> None:
    picture = painted("Ägjp 髋部（gj）")
    edges = np.concatenate([picture[:2].ravel(), picture[-2:].ravel(), picture[:, :2].ravel(), picture[:, -2:].ravel()])
    assert (edges == 32).all()


@pytest.fixture
def _chinese(tmp_path: Path) -> Iterator[None]:
    made = Catalog(locale="zh_CN")
    made.add("Nobody in the picture", "画面中没有人")
    file = tmp_path / "zh_CN" / "LC_MESSAGES" / "formcheck.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as target:
        write_mo(target, made)
    use_language("zh_CN", tmp_path)
    yield
    use_language("en")


@pytest.mark.usefixtures("_chinese")
def test_the_film_speaks_the_users_language(exercise: Exercise) -> None:
    image = np.full((480, 640, 3), 120, np.uint8)
    in_chinese = Overlay().annotate(image, None, snapshot(AnalysisState.NOBODY), exercise)
    use_language("en")
    in_english = Overlay().annotate(image, None, snapshot(AnalysisState.NOBODY), exercise)
    assert (in_chinese != in_english).any()
