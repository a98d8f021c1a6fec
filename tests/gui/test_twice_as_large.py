"""At 200 % text, in German, whose words are long, every page fits a screen of 1280x800: nothing is cut or moved sideways."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from catalogues import compile_all
from gui_sessions import clam, filmed_session, set_folder
from gui_stage import Stage
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QComboBox, QDialog, QLabel, QLineEdit, QWidget
from run_sessions import run_folder, run_session, stances
from shown_pages import compared, reviewed, shown, sides_of_run

from formcheck.gui.pages import PAGES, PLANS, REVIEW
from formcheck.library.plans import Item, Plan
from formcheck.library.store.sync import open_library
from formcheck.system.language import use_language

ROOT = Path(__file__).parents[2]
SCREEN = (1280, 770)
"""Beside the window's title."""
ITEMS = (
    Item(uuid4().hex, "clam", "standard", None, sets=3, reps=12, rest_s=60, up_s=2, hold_s=1, down_s=2, band="green"),
    Item(uuid4().hex, "single-leg-squat", "standard", None, sets=2, reps=8),
)


@pytest.fixture
def large(settings_in_german: None, stage: Stage) -> Stage:  # noqa: ARG001
    stage.settings.take(replace(stage.settings.value, text_size=200))
    stage.window.resize(*SCREEN)
    return stage


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("languages")
    compile_all(ROOT / "formcheck" / "languages", place)
    return place


@pytest.fixture
def settings_in_german(catalogue: Path) -> Iterator[None]:
    """Before the window is made."""
    use_language("de", catalogue)
    yield
    use_language("en")


def cut(view: QWidget) -> Iterator[str]:
    for area in view.findChildren(QAbstractScrollArea):
        if area.isVisible() and area.horizontalScrollBar().isVisible() and area.horizontalScrollBar().maximum() > 0:
            yield f"{area.accessibleName() or area} is moved sideways"
    for label in (w for w in view.findChildren(QLabel) if w.isVisible() and w.text()):
        wrapped = label.wordWrap() and label.height() < label.heightForWidth(label.width()) - 1
        if wrapped or (not label.wordWrap() and label.width() < label.sizeHint().width() - 1):
            yield f"{label.text()!r} is cut: {label.size()}"
    for widget, words in one_line(view):
        needed = widget.fontMetrics().horizontalAdvance(words.replace("&", ""))
        if widget.isVisible() and widget.width() < needed:
            yield f"{words!r} needs {needed} px, has {widget.width()}"


def one_line(view: QWidget) -> Iterator[tuple[QWidget, str]]:
    """What shows its words in one line, with as many letters as it needs for its arrow."""
    yield from ((button, button.text()) for button in view.findChildren(QAbstractButton))
    yield from ((box, box.currentText() + "  ") for box in view.findChildren(QComboBox))
    yield from ((line, line.text() or line.placeholderText()) for line in view.findChildren(QLineEdit))


def found(stage: Stage, view: QWidget, name: str) -> list[str]:
    screen = view.screen().availableSize()
    if isinstance(view, QDialog) and view.width() > 0.9 * screen.width():  # Qt's screen without a display is 800 px wide
        view.resize(QSize(*SCREEN) * 0.92)
    QApplication.processEvents()
    least = (view if isinstance(view, QDialog) else stage.window).minimumSizeHint()
    wide = [f"{name}: {least.width()} px wide"] if least.width() > SCREEN[0] else []
    return wide + [f"{name}: {words}" for words in cut(view)]


def test_every_page_and_dialog(large: Stage) -> None:
    sessions = large.settings.value.sessions()
    with open_library(sessions=sessions) as library:
        library.put_plan(Plan(uuid4().hex, "Wochen 1 bis 4", ITEMS))
    set_folder(sessions, clam())
    large.library.refresh()
    large.wait(lambda: bool(large.library.content.plans))
    wrong = []
    for page in PAGES:
        view = shown(large, page.name)
        wrong += found(large, view, page.name)
        if page.name == PLANS:
            assert large.presenter(PLANS).view.table.rowCount() == len(ITEMS)
        if isinstance(view, QDialog):
            view.reject()
    assert wrong == []


def test_reviews_runs_and_comparisons(large: Stage, tmp_path: Path) -> None:
    session = filmed_session(tmp_path / "2026-11-28_00-34-49_clam")
    run = run_folder(tmp_path / "2026-11-28_00-35-00_running", run_session(stances(24)))
    wrong = found(large, reviewed(large, session), "review")
    large.presenter(REVIEW).page.go_to_rep(2)
    large.presenter(REVIEW).page.correct_button.click()
    wrong += found(large, large.window, "review, put right")
    wrong += found(large, reviewed(large, run), "review of a run")
    for left, right in ((session, session), (run, run)):
        wrong += found(large, compared(large, left, right), f"comparison of {left.name}")
    dialog = sides_of_run(large, run)
    for tab in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(tab)
        wrong += found(large, dialog, dialog.tabs.tabText(tab))
    dialog.reject()
    assert wrong == []
