"""The window for those who use the keyboard, a screen reader or large text, measured from what is really there."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from gui_sessions import filmed_session
from gui_stage import Stage
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QScrollArea, QWidget
from run_sessions import run_folder, run_session, stances
from shown_pages import compared, pixels, reviewed, shown, sides_of_run, too_faint

from formcheck.gui.pages import (
    ABOUT,
    AGREEMENT,
    CHECK,
    CLIENTS,
    GUIDE,
    LIVE,
    PLANS,
    PRIVACY,
    PROBLEM,
    PROGRESS,
    RATING,
    REVIEW,
    SESSIONS,
    SETTINGS,
    WELCOME,
)

PAGES = (GUIDE, WELCOME, SESSIONS, PROGRESS, LIVE)
DIALOGS = (SETTINGS, CLIENTS, PLANS, PRIVACY, ABOUT)
FOCUSED_PX = 8
"""Pixels that change at least where the focus comes."""


@pytest.fixture(params=["light", "dark"])
def dressed(stage: Stage, request: pytest.FixtureRequest) -> Stage:
    stage.settings.take(replace(stage.settings.value, theme=request.param))
    return stage


def reached_by_tab(view: QWidget) -> list[QWidget]:
    return [
        w
        for w in view.findChildren(QWidget)
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None
    ]


def seen(stage: Stage, look: Callable[[str, QWidget], Iterator[str]]) -> list[str]:
    """What `look` finds wrong on the pages and dialogs."""
    found = []
    for page in PAGES + DIALOGS:
        view = shown(stage, page)
        found += [f"{page}: {words}" for words in look(page, view)]
        if isinstance(view, QDialog):
            view.reject()
    return found


def nameless_or_unfocused(_: str, view: QWidget) -> Iterator[str]:
    view.activateWindow()
    for widget in reached_by_tab(view):
        told = QAccessible.queryAccessibleInterface(widget)
        name = told.text(QAccessible.Text.Name)
        if not name:
            yield f"{widget} has no name"
        if told.role() in (QAccessible.Role.NoRole, QAccessible.Role.Client) and not isinstance(widget, QScrollArea):
            yield f"{name} has no role"
        before, changed = focus_changes(widget)
        if before and changed < FOCUSED_PX:
            yield f"the focus cannot be seen on {name!r} ({type(widget).__name__})"


def focus_changes(widget: QWidget) -> tuple[bool, int]:
    """Whether it takes the focus where it stands, without the page scrolling, and how many pixels change then."""

    def place() -> QRect:
        return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size()).adjusted(-3, -3, 3, 3)

    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
    where = place()
    before = pixels(widget, where)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    if not widget.hasFocus() or place() != where:
        return False, 0
    return True, int(np.any(pixels(widget, where) != before, axis=-1).sum())


def cut_off(_: str, view: QWidget) -> Iterator[str]:
    for label in view.findChildren(QLabel):
        if label.isVisible() and label.text() and label.wordWrap():
            needed = label.heightForWidth(label.width())
            if label.height() < needed - 1:
                yield f"{label.text()!r} needs {needed} px, has {label.height()}"
    for button in view.findChildren(QPushButton):
        words = button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))
        if button.isVisible() and button.width() < words:
            yield f"{button.text()!r} needs {words} px, has {button.width()}"


def test_what_the_keyboard_reaches_has_a_name_a_role_and_a_visible_focus(dressed: Stage) -> None:
    assert seen(dressed, nameless_or_unfocused) == []


def test_text_stands_out_from_its_ground(dressed: Stage) -> None:
    assert seen(dressed, lambda _, view: too_faint(view)) == []


def test_text_of_reviews_runs_and_comparisons_stands_out(dressed: Stage, tmp_path: Path) -> None:
    """Also the pages that hold a session against a recording, and a film against people's verdicts."""
    run = run_folder(tmp_path / "run", run_session(stances(24)))
    session = filmed_session(tmp_path / "set")
    wrong = [*too_faint(reviewed(dressed, session))]
    dressed.presenter(REVIEW).page.correct_button.click()
    wrong += too_faint(reviewed(dressed, run))
    for left, right in ((session, session), (run, run)):
        wrong += too_faint(compared(dressed, left, right))
    for page in (AGREEMENT, RATING):
        wrong += too_faint(shown(dressed, page))
    dialog = sides_of_run(dressed, run)
    for tab in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(tab)
        QApplication.processEvents()
        wrong += too_faint(dialog)
    dialog.reject()
    assert wrong == []


def test_text_twice_as_large_is_not_cut_off(stage: Stage) -> None:
    stage.settings.take(replace(stage.settings.value, text_size=200))
    assert seen(stage, cut_off) == []


def test_every_help_dialog_can_be_left_by_escape(stage: Stage) -> None:
    for page in (CHECK, PROBLEM, ABOUT):
        view = shown(stage, page)
        stage.qtbot.keyClick(view, Qt.Key.Key_Escape)
        assert not view.isVisible()
