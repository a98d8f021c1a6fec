"""Words that are painted as large as their place allows."""

import pytest
from gui_fakes import PATIENCE_MS
from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from formcheck.gui.language import speak
from formcheck.gui.widgets.big_text import BigText, fitting


@pytest.mark.usefixtures("qapp")
def test_chinese_words_are_broken_and_so_become_large() -> None:
    before = QLocale()
    speak(QApplication.instance(), "zh_CN")  # type: ignore[arg-type]
    try:
        long, short = (
            fitting(words, "DejaVu Sans", 560, 500, 200) for words in ("骨盆向后翻了请保持两侧髋部上下对齐", "骨盆向后翻了")
        )
    finally:
        speak(QApplication.instance(), "en")  # type: ignore[arg-type]
        QLocale.setDefault(before)
    assert long > 560 / 17 * 1.5  # on one line its 17 signs would be 33 px
    assert short > long


@pytest.mark.usefixtures("qapp")
def test_a_chinese_word_on_one_line_is_not_cut_off() -> None:
    """The phase of the pace stands on one line: sized for two, its ends were outside."""
    one, two = (fitting("向上", "DejaVu Sans", 140, 400, 200, lines=lines) for lines in (False, True))
    font = QFont("DejaVu Sans")
    font.setWeight(QFont.Weight.DemiBold)
    font.setPixelSize(one)
    assert 100 < QFontMetrics(font).horizontalAdvance("向上") <= 140
    assert two > one


class Watched(BigText):
    """Counts how often it is painted."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        self.painted += 1
        super().paintEvent(event)


def test_words_that_are_shown_already_are_not_painted_again(qtbot: QtBot) -> None:
    """A set says them with each of its pictures."""
    shown = Watched("Cue")
    qtbot.addWidget(shown)
    shown.show()
    shown.set_text("Keep the top hip stacked", "black", "orange", "!")
    qtbot.waitUntil(lambda: shown.painted > 0, timeout=PATIENCE_MS)
    QApplication.processEvents()
    before = shown.painted
    for _ in range(5):
        shown.set_text("Keep the top hip stacked", "black", "orange", "!")
        shown.set_turn(0)
        QApplication.processEvents()
    assert shown.painted == before
    shown.set_text("Keep the top hip stacked", "black", "white", "!")
    qtbot.waitUntil(lambda: shown.painted > before, timeout=PATIENCE_MS)
