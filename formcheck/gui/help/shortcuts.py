"""Keyboard shortcuts: every key that the menus name, and those of a set."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout

from formcheck.gui.widgets.tables import fill, table
from formcheck.system.language import to_translate, tr

Shortcut = tuple[str, str, str]
"""Menu, what it does, keys."""
DURING_A_SET: tuple[tuple[str, str], ...] = (
    (to_translate("Begin at once, pause, go on"), to_translate("Any key, or a foot pedal")),
    (to_translate("End the set"), "Esc"),
)


class ShortcutsDialog(QDialog):
    def __init__(self, shortcuts: Sequence[Shortcut]) -> None:
        super().__init__()
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.setMinimumSize(560, 480)
        rows = [*shortcuts, *((tr("During a set"), tr(what), tr(keys)) for what, keys in DURING_A_SET)]
        self.table = table([tr("Menu"), tr("What it does"), tr("Keys")], tr("Keyboard shortcuts"))
        fill(self.table, rows)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
