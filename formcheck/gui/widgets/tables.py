"""Tables of words, made the same way everywhere."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem


def table(head: Sequence[str], name: str) -> QTableWidget:
    """Rows can be chosen, cells not edited; the columns share the width by their words."""
    made = QTableWidget(0, len(head))
    made.setHorizontalHeaderLabels(list(head))
    made.setAccessibleName(name)
    made.verticalHeader().setVisible(False)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    made.setTabKeyNavigation(False)
    made.setShowGrid(False)
    made.setAlternatingRowColors(True)
    header = made.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    return made


def fill(into: QTableWidget, rows: Sequence[Sequence[str]]) -> None:
    """Replace the rows; what was chosen is no longer."""
    into.clearSelection()
    into.setRowCount(len(rows))
    for i, row in enumerate(rows):
        for j, words in enumerate(row):
            into.setItem(i, j, QTableWidgetItem(words))


def chosen_rows(of: QTableWidget) -> list[int]:
    return sorted(index.row() for index in of.selectionModel().selectedRows())
