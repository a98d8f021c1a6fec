"""Words that are painted as large as their place allows."""

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from formcheck.gui.language import speak
from formcheck.gui.widgets.big_text import fitting


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
