"""Keyboard shortcuts: every key that the menus name, and those of a set."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from formcheck.system.language import to_translate, tr

Shortcut = tuple[str, str, str]
"""Menu, what it does, keys."""
DURING_A_SET: tuple[tuple[str, str], ...] = (
    (to_translate("Begin at once, pause, go on"), to_translate("Any key, or a foot pedal")),
    (to_translate("End the set"), "Esc"),
)


class ShortcutsDialog(QDialog):
    def __init__(self, shortcuts: Sequence[Shortcut], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.setMinimumSize(560, 480)
        rows = [*shortcuts, *((tr("During a set"), tr(what), tr(keys)) for what, keys in DURING_A_SET)]
        self.table = QTableWidget(len(rows), 3)
        self.table.setHorizontalHeaderLabels([tr("Menu"), tr("What it does"), tr("Keys")])
        self.table.setAccessibleName(tr("Keyboard shortcuts"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        for row, words in enumerate(rows):
            for column, text in enumerate(words):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.table.setItem(row, column, item)
        self.table.resizeColumnsToContents()
        self.table.horizontalHeader().setStretchLastSection(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
