"""On a small laptop with large text everything can be reached, and a set's count and cue never leave the screen."""

import pytest
from gui_fakes import PATIENCE_MS
from gui_stage import Stage
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from formcheck.gui.pages import PAGES
from formcheck.gui.progress.trend_plot import TrendPlot

TITLE = 30
"""Points that the system's own title bar takes."""
SCREEN = (1092, 614 - TITLE)
"""What is left of 1366x768 at 125 %; of 1920x1080 at 150 % more is left, both ways."""


def in_view(widget: QWidget, window: QWidget) -> bool:
    """Whether all of it lies in the window, and in everything that it lies in."""
    place: QWidget = widget
    while place is not window:
        parent = place.parentWidget()
        if not parent.rect().contains(QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())):
            return False
        place = parent
    return widget.isVisible()


def test_every_page_and_dialog_fits(stage: Stage) -> None:
    stage.settings.change(clinic=True)
    for page in PAGES:
        stage.navigator.show(page.name)
        view = stage.presenter(page.name).view
        least = (view if isinstance(view, QDialog) else stage.window).minimumSizeHint()
        assert least.width() <= SCREEN[0], page.name
        assert least.height() <= SCREEN[1], page.name
        if isinstance(view, QDialog):
            assert view.height() <= SCREEN[1] + TITLE, page.name
            view.reject()


@pytest.mark.parametrize("checks", [False, True])
def test_count_and_cue_stay_in_view(stage: Stage, checks: bool) -> None:
    stage.window.resize(*SCREEN)
    stage.start(checks=checks)
    panel = stage.live.panel
    stage.wait(lambda: panel.isVisible() and bool(panel.cue.text))
    assert stage.window.size().toTuple() == SCREEN
    for widget in (panel.count, panel.cue, stage.live.picture):
        assert in_view(widget, stage.window), widget.accessibleName()
        assert widget.height() >= 90
    stage.sets.stop()
    stage.wait(lambda: stage.current != "live")


@pytest.mark.parametrize("page", ["summary", "review", "compare"])
def test_what_is_larger_is_moved_about(stage: Stage, page: str) -> None:
    view = stage.presenter(page).view
    area = stage.navigator.stack.widget(stage.navigator.stack.count() - 1)
    assert isinstance(area, QScrollArea)
    area.resize(900, 300)
    area.show()
    assert view.height() >= view.minimumSizeHint().height() > 300
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    bottom = view.mapTo(area, QPoint(0, view.height() - 1)).y()
    assert bottom <= area.height()


def test_words_under_plots_do_not_lie_on_them(qtbot: QtBot) -> None:
    plot = TrendPlot()
    qtbot.addWidget(plot)
    plot.show_lines("Pelvic roll", "°", [], "Left: less by 7.6°, beyond measurement error; right: no change. " * 3)
    plot.resize(300, 100)
    plot.show()
    qtbot.waitUntil(lambda: plot.height() > 200, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: plot.words.geometry().top() >= plot.plot.geometry().bottom(), timeout=PATIENCE_MS)
