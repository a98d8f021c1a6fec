"""Words in a table are broken into lines where there is too little room, and never cut off."""

from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from formcheck.gui.widgets.tables import WordTable, fill, table
from formcheck.gui.widgets.theme import apply_theme

WORDS = ["Muschel, linke Seite", "0 von 16 Tagen in 4 Wochen", "2 s hin, 1 s halten, 2 s zurück"]


def room_for(words: WordTable, column: int) -> int:
    """px in which the style paints the words of the first row."""
    option = QStyleOptionViewItem()
    words.initViewItemOption(option)
    index = words.model().index(0, column)
    words.itemDelegateForIndex(index).initStyleOption(option, index)
    option.rect = words.visualRect(index)
    return words.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, words).width()


def test_a_row_is_as_high_as_its_words_at_every_width(qtbot: QtBot) -> None:
    apply_theme(QApplication.instance(), "light", 100)
    words = table(["Übung", "Erledigt", "Tempo"], "Plan")
    qtbot.addWidget(words)
    fill(words, [WORDS])
    words.show()
    line, broken = words.fontMetrics().lineSpacing(), 0
    for width in range(900, 300, -7):
        words.resize(width, 300)
        for column, text in enumerate(WORDS):
            lacking = words.fontMetrics().horizontalAdvance(text) > room_for(words, column)
            broken += lacking
            assert not lacking or words.rowHeight(0) >= 2 * line, (width, text)
    assert broken > 20  # it was narrow enough to tell something
