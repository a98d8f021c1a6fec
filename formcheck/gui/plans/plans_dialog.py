"""Home exercise programmes: import, export, how far each was followed."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from formcheck.gui.clients.client_bar import client_title
from formcheck.gui.plans.plan_words import adherence_words, item_title, tempo_words
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.flow_layout import FlowLayout
from formcheck.gui.widgets.tables import fill, table
from formcheck.library.plans import Plan
from formcheck.library.services import LibraryContent
from formcheck.system.language import tr

LINES_WIDE, LINES_HIGH = 62, 28
"""Lines of text that the dialog is wide and high, where the screen has room for it."""


class PlansDialog(QDialog):
    """Emits what is to be done; show_content() shows what came of it."""

    receive = Signal()
    write = Signal()
    """A new plan is to be written."""
    change = Signal(object)
    """Plan"""
    export = Signal(object)
    """Plan"""
    delete = Signal(object)
    """Plan"""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(tr("Plans"))
        line = self.fontMetrics().height()
        self.resize(QSize(LINES_WIDE * line, LINES_HIGH * line).boundedTo(self.screen().availableSize() * 0.92))
        self._content = LibraryContent()
        self.whose = label("", "title")
        self.plan_box = QComboBox()
        self.plan_box.setAccessibleName(tr("Plan"))
        self.words = label("")
        self.table = table(
            [tr("Exercise"), tr("Sets"), tr("Tempo"), tr("Band"), tr("Rest"), tr("Days a week"), tr("Done in full")],
            tr("Exercises of the plan"),
        )
        self.table.setSelectionMode(self.table.SelectionMode.NoSelection)
        self.new_button = QPushButton(tr("&New…"))
        self.change_button = QPushButton(tr("C&hange…"))
        self.import_button = QPushButton(tr("&Import…"))
        self.export_button = QPushButton(tr("&Export…"))
        self.delete_button = QPushButton(tr("&Delete…"))
        self._lay_out()
        self.plan_box.currentIndexChanged.connect(self._show)
        self.new_button.clicked.connect(self.write)
        self.import_button.clicked.connect(self.receive)
        for button, signal in (
            (self.change_button, self.change),
            (self.export_button, self.export),
            (self.delete_button, self.delete),
        ):
            button.clicked.connect(lambda _=False, signal=signal: signal.emit(self.plan))

    @property
    def plan(self) -> Plan | None:
        return next((p for p in self._content.plans if p.uid == self.plan_box.currentData()), None)

    def show_content(self, content: LibraryContent) -> None:
        """The plan that was chosen stays chosen; one that is new is."""
        known, now = {p.uid for p in self._content.plans}, self.plan_box.currentData()
        fresh = next((p.uid for p in content.plans if known and p.uid not in known), now)
        self._content = content
        self.whose.setText(tr("Plans of {client}", client=client_title(content.client)) if content.client else tr("Your plans"))
        self.plan_box.blockSignals(True)
        self.plan_box.clear()
        for plan in content.plans:
            self.plan_box.addItem(plan.title, plan.uid)
        self.plan_box.setCurrentIndex(max(0, self.plan_box.findData(fresh)))
        self.plan_box.blockSignals(False)
        self._show()

    def _show(self) -> None:
        plan = self.plan
        for button in (self.change_button, self.export_button, self.delete_button):
            button.setEnabled(plan is not None)
        self.plan_box.setVisible(plan is not None)
        self.words.setText(plan.words if plan else tr("No plan yet: write one, or import the file that was sent."))
        followed = {p.uid: done for p, done in self._content.done}
        rows = [
            (
                item_title(done.item),
                tr("{sets} × {reps}", sets=done.item.sets, reps=done.item.reps),
                tempo_words(done.item),
                done.item.band,
                tr("{seconds:g} s", seconds=done.item.rest_s),
                str(done.item.per_week),
                adherence_words(done),
            )
            for done in (followed[plan.uid] if plan else ())
        ]
        fill(self.table, rows)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.whose, 1)
        head.addWidget(self.plan_box)
        row = QWidget()
        buttons = FlowLayout(row)
        for button in (self.new_button, self.change_button, self.import_button, self.export_button, self.delete_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        layout.addWidget(row)
        layout.addWidget(close)
