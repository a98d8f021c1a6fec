"""Tables of words, made the same way everywhere."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

BESIDE, ABOVE, ABOVE_CELL = 26, 12, 8
"""px that the theme leaves beside the words of a cell, and above and below those of the head and of a cell."""
WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
LOWEST = 10_000
"""px that no cell is high."""


class WordTable(QTableWidget):
    """Each column is as wide as its words, and the first takes what is left. Where there is too little room words are broken into
    lines: no column is narrower than its longest word. Call share() when the words have changed."""

    def __init__(self, head: Sequence[str], name: str) -> None:
        super().__init__(0, len(head))
        self._whole = self._least = [0] * len(head)
        """px: each column's words in one line, and its longest word."""
        self._broken = True
        self._head = list(head)
        self.setHorizontalHeaderLabels(self._head)
        self.setAccessibleName(name)
        self.verticalHeader().setVisible(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        for corner in self.findChildren(QAbstractButton):  # Qt's own
            corner.setAccessibleName(name)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(WRAPPED)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(1)

    def share(self) -> None:
        columns = [list(self._words(column)) for column in range(self.columnCount())]
        self._whole = [BESIDE + max(m.horizontalAdvance(line) for m, text in of for line in text.splitlines()) for of in columns]
        self._least = [BESIDE + max(m.horizontalAdvance(word) for m, text in of for word in text.split()) for of in columns]
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.share()

    def _words(self, column: int) -> Iterator[tuple[QFontMetrics, str]]:
        """Of the head and the cells, each with what measures it."""
        plain, bold = QFontMetrics(self.font()), QFontMetrics(_bold(self.font()))
        yield bold, self._head[column] or "-"
        for row in range(self.rowCount()):
            yield from self._cell(row, column, plain, bold)

    def _cell(self, row: int, column: int, plain: QFontMetrics, bold: QFontMetrics) -> Iterator[tuple[QFontMetrics, str]]:
        """The same of one cell, nothing of an empty one."""
        cell = self.item(row, column)
        if cell is not None and cell.text():
            yield bold if cell.font().bold() else plain, cell.text()

    def _place(self) -> None:
        room = self.viewport().width()
        spare = room - sum(self._whole)
        widths = [self._whole[0] + spare, *self._whole[1:]]
        if spare < 0:
            give, wanted = max(0, room - sum(self._least)), sum(self._whole) - sum(self._least)
            widths = [a + (b - a) * give // max(1, wanted) for a, b in zip(self._least, self._whole, strict=True)]
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        bold = QFontMetrics(_bold(self.font()))
        heights = (_height(bold, words, width) for words, width in zip(self._head, widths, strict=True))
        self.horizontalHeader().setFixedHeight(ABOVE + max(heights))
        if spare < 0 or self._broken:  # thousands of rows of one line need not be measured each
            self._heighten(widths)
        self._broken = spare < 0

    def _heighten(self, widths: Sequence[int]) -> None:
        """Rows as high as their words. Qt leaves out the theme's padding, and so breaks fewer lines than it then paints."""
        self.resizeRowsToContents()
        plain, bold = QFontMetrics(self.font()), QFontMetrics(_bold(self.font()))
        for row in range(self.rowCount()):
            cells = ((*of, width) for j, width in enumerate(widths) for of in self._cell(row, j, plain, bold))
            high = max((_height(metrics, words, width) for metrics, words, width in cells), default=0)
            self.setRowHeight(row, max(self.rowHeight(row), ABOVE_CELL + high))


def table(head: Sequence[str], name: str) -> WordTable:
    """Rows can be chosen, cells not edited; the columns share the width by their words."""
    return WordTable(head, name)


def fill(into: WordTable, rows: Sequence[Sequence[str]]) -> None:
    """Replace the rows; what was chosen is no longer."""
    into.clearSelection()
    into.setRowCount(len(rows))
    for i, row in enumerate(rows):
        for j, words in enumerate(row):
            into.setItem(i, j, QTableWidgetItem(words))
    into.share()


def chosen_rows(of: QTableWidget) -> list[int]:
    return sorted(index.row() for index in of.selectionModel().selectedRows())


def _height(metrics: QFontMetrics, words: str, width: int) -> int:
    """px that words take in a column so wide, broken into lines."""
    return metrics.boundingRect(QRect(0, 0, width - BESIDE + 2, LOWEST), WRAPPED, words).height()


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    return made
