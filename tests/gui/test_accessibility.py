"""The window for those who use the keyboard, a screen reader or large text, measured from what is really there."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from gui_stage import Stage
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QPushButton, QScrollArea, QWidget

from formcheck.frames import Image
from formcheck.gui.pages import ABOUT, CHECK, CLIENTS, GUIDE, LIVE, PLANS, PRIVACY, PROBLEM, PROGRESS, SESSIONS, SETTINGS, WELCOME
from formcheck.gui.widgets.theme import contrast

PAGES = (GUIDE, WELCOME, SESSIONS, PROGRESS, LIVE)
DIALOGS = (SETTINGS, CLIENTS, PLANS, PRIVACY, ABOUT)
READABLE = 4.5
"""Contrast of text and ground, WCAG 2.2 1.4.3, level AA."""
FOCUSED_PX = 8
"""Pixels that change at least where the focus comes."""


@pytest.fixture(params=["light", "dark"])
def dressed(stage: Stage, request: pytest.FixtureRequest) -> Stage:
    stage.settings.take(replace(stage.settings.value, theme=request.param))
    return stage


def shown(stage: Stage, page: str) -> QWidget:
    """What a page or dialog looks like is only known once it is on the screen."""
    stage.navigator.show(page)
    view = stage.presenter(page).view
    stage.qtbot.waitExposed(view.window())
    QApplication.processEvents()
    return view if isinstance(view, QDialog) else stage.window


def pixels(widget: QWidget, around: QRect | None = None) -> Image:
    """(H, W, 3) RGB of the widget, or of a part of its window."""
    grabbed = widget.grab() if around is None else widget.window().grab(around)
    image = grabbed.toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


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


def too_faint(_: str, view: QWidget) -> Iterator[str]:
    for widget in [*view.findChildren(QLabel), *view.findChildren(QAbstractButton)]:
        if widget.isVisible() and widget.isEnabled() and widget.text().strip() and widget.width() > 8 < widget.height():
            measured = text_contrast(pixels(widget))
            if measured < READABLE:
                yield f"{widget.text()!r} has a contrast of {measured:.1f}"


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
    assert seen(dressed, too_faint) == []


def test_text_twice_as_large_is_not_cut_off(stage: Stage) -> None:
    stage.settings.take(replace(stage.settings.value, text_size=200))
    assert seen(stage, cut_off) == []


def text_contrast(image: Image) -> float:
    """Of the most frequent colour, the ground, and the colour most unlike it: thin letters are blended, so it reads low."""
    red, green, blue = (image[2:-2, 2:-2, i].astype(np.uint32).ravel() for i in range(3))
    found, counts = np.unique(red << 16 | green << 8 | blue, return_counts=True)
    names = [f"#{found[i]:06x}" for i in np.argsort(-counts)[:40]]
    return max(contrast(names[0], name) for name in names)


def test_every_help_dialog_can_be_left_by_escape(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formcheck.gui.help.computer_check.checks", list)
    monkeypatch.setattr("formcheck.gui.help.problem_report.checks", list)
    for page in (CHECK, PROBLEM, ABOUT):
        view = shown(stage, page)
        stage.qtbot.keyClick(view, Qt.Key.Key_Escape)
        assert not view.isVisible()
