"""A whole set without a mouse: chosen, started, stopped, saved and looked at, by keys that go to whatever has the
focus."""

from gui_stage import Stage
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from formcheck.gui.pages import LIVE, REVIEW, SUMMARY
from formcheck.session.file import read_session


def focused() -> QWidget:
    QApplication.processEvents()
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus: no key would do anything"
    return widget


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, modifier)
    QApplication.processEvents()


def tab_to(wanted: QWidget) -> None:
    """By the Tab key alone."""
    for _ in range(80):
        if QApplication.focusWidget() is wanted:
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"the Tab key never reaches {wanted.accessibleName() or wanted}")


def test_a_set_by_keys_alone(stage: Stage) -> None:
    stage.window.activateWindow()
    stage.wait(lambda: QApplication.activeWindow() is stage.window)
    bar = stage.sets.bar
    tab_to(bar.exercise_box)
    before = stage.sets.exercise.id
    press(Qt.Key.Key_Down)
    assert stage.sets.exercise.id != before
    press(Qt.Key.Key_Up)
    assert stage.sets.exercise.id == before
    tab_to(bar.start_button)
    press(Qt.Key.Key_Space)
    stage.wait(lambda: stage.current == LIVE and stage.sets.running)
    press(Qt.Key.Key_Space)  # any key begins at once
    live = stage.presenter(LIVE)
    stage.wait(lambda: live.newest is not None and live.newest.update.elapsed_s > 0.5)
    tab_to(bar.stop_button)
    press(Qt.Key.Key_Space)
    stage.wait(lambda: stage.current == SUMMARY)
    page = stage.presenter(SUMMARY).page
    tab_to(page.review_button)
    press(Qt.Key.Key_Space)
    stage.wait(lambda: stage.current == REVIEW)
    folder = stage.folder
    assert folder is not None
    assert read_session(folder).exercise == before
