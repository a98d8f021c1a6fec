"""Writes or changes a plan: the exercises at the left, the chosen one's form at the right."""

from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
)

from formcheck.exercises import EXERCISES
from formcheck.gui.plans.item_form import ItemForm
from formcheck.gui.plans.plan_words import item_title
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.scrolled import Scrolled
from formcheck.gui.widgets.words import sentence
from formcheck.library.plans import MAX_ITEMS, Item, Plan, plan_problem
from formcheck.system.language import tr


class PlanEditor(QDialog):
    """plan() gives it, once accepted."""

    def __init__(self, plan: Plan | None, client: str | None) -> None:
        """client: whose a new plan is."""
        super().__init__()
        self.setWindowTitle(tr("Plan"))
        self.resize(860, 560)
        self._plan = plan or Plan(uuid4().hex, "", (_new_item(),), client)
        self._items = list(self._plan.items)
        self.title = QLineEdit(self._plan.title)
        self.title.setPlaceholderText(tr("such as: Weeks 1 to 4"))
        self.words = QLineEdit(self._plan.words)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Exercises of the plan"))
        self.list.setMaximumWidth(320)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add_button, self.remove_button = QPushButton(tr("&Add an exercise")), QPushButton(tr("Re&move"))
        self.form = ItemForm(self._items[0])
        self.problem = label("", "heading")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.title.textChanged.connect(self._show_state)
        self.list.currentRowChanged.connect(lambda row: self.form.show_item(self._items[row]))
        self.add_button.clicked.connect(self._add)
        self.remove_button.clicked.connect(self._remove)
        self.form.changed.connect(self._take)
        self._show_items(0)
        self._show_state()

    def plan(self) -> Plan:
        return replace(self._plan, title=self.title.text().strip(), words=self.words.text().strip(), items=tuple(self._items))

    def _add(self) -> None:
        self._items.append(_new_item())
        self._show_items(len(self._items) - 1)

    def _remove(self) -> None:
        row = self.list.currentRow()
        del self._items[row]
        self._show_items(max(0, row - 1))

    def _take(self, item: Item) -> None:
        row = self.list.currentRow()
        self._items[row] = item
        self.list.item(row).setText(_line(item))
        self._show_state()

    def _show_items(self, row: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for item in self._items:
            self.list.addItem(_line(item))
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self.add_button.setEnabled(len(self._items) < MAX_ITEMS)
        self.remove_button.setEnabled(len(self._items) > 1)
        self.form.show_item(self._items[row])

    def _show_state(self) -> None:
        problem = plan_problem(self.plan())
        self.problem.setText(sentence(problem))
        self.problem.setVisible(bool(problem))
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(bool(self.title.text().strip()) and not problem)

    def _lay_out(self) -> None:
        head = QFormLayout()
        head.addRow(tr("&Title"), self.title)
        head.addRow(tr("What it is &for"), self.words)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(self.add_button)
        left.addWidget(self.remove_button)
        middle = QHBoxLayout()
        middle.addLayout(left)
        middle.addWidget(Scrolled(self.form), 1)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addLayout(middle, 1)
        layout.addWidget(
            label(tr("The limits are for what should stay still; without them the program's own hold."), "secondary")
        )
        layout.addWidget(self.problem)
        layout.addWidget(self._buttons)
        for button in (self.add_button, self.remove_button):
            button.setAutoDefault(False)


def _new_item() -> Item:
    first = next(iter(EXERCISES.values()))
    return Item(uuid4().hex, first.id, first.variants[0].name, None, sets=3, reps=10)


def _line(item: Item) -> str:
    return tr("{exercise}, {sets} × {reps}", exercise=item_title(item), sets=item.sets, reps=item.reps)
