"""Writes or changes a plan: the exercises at the left, the chosen one's figures at the right."""

from dataclasses import replace
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Fault
from formcheck.gui.plans.plan_words import item_title
from formcheck.gui.widgets.card import label
from formcheck.library.plans import MAX_ITEMS, Item, Plan
from formcheck.results import Limits, Side
from formcheck.system.language import tr


class PlanEditor(QDialog):
    """plan() gives it, once accepted."""

    def __init__(self, plan: Plan | None, client: str | None, parent: QWidget | None) -> None:
        """client: whose a new plan is."""
        super().__init__(parent)
        self.setWindowTitle(tr("Plan"))
        self.resize(860, 600)
        self._plan = plan or Plan(uuid4().hex, "", (_new_item(),), client)
        self.title = QLineEdit(self._plan.title)
        self.title.setPlaceholderText(tr("such as: Weeks 1 to 4"))
        self.words = QLineEdit(self._plan.words)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Exercises of the plan"))
        self.list.setMaximumWidth(320)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.add_button, self.remove_button = QPushButton(tr("&Add an exercise")), QPushButton(tr("Re&move"))
        self.exercise = _box(*((e.id, tr(e.title)) for e in EXERCISES.values()))
        self.variant = QComboBox()
        self.side = _box((None, tr("both, or none")), (Side.LEFT, tr("left")), (Side.RIGHT, tr("right")))
        self.sets, self.reps = _count(20), _count(200)
        self.rest, self.hold = _seconds(3600, tr("none")), _seconds(600, tr("none"))
        self.up, self.down = _seconds(60, tr("as it comes")), _seconds(60, tr("as it comes"))
        self.band, self.advice = QLineEdit(), QLineEdit()
        self.per_week = _count(7)
        self.caution, self.fault = _degrees(), _degrees()
        self._items = list(self._plan.items)
        self._filling = False
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._connect()
        self._show_items(0)
        self._show_state()

    def plan(self) -> Plan:
        return replace(self._plan, title=self.title.text().strip(), words=self.words.text().strip(), items=tuple(self._items))

    def _connect(self) -> None:
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.title.textChanged.connect(self._show_state)
        self.list.currentRowChanged.connect(self._show_item)
        self.add_button.clicked.connect(self._add)
        self.remove_button.clicked.connect(self._remove)
        self.exercise.currentIndexChanged.connect(self._fill_variants)
        for box in (self.variant, self.side):
            box.currentIndexChanged.connect(self._take)
        for spin in (self.sets, self.reps, self.per_week, self.rest, self.hold, self.up, self.down, self.caution, self.fault):
            spin.valueChanged.connect(self._take)
        for line in (self.band, self.advice):
            line.textChanged.connect(self._take)

    def _add(self) -> None:
        self._items.append(_new_item())
        self._show_items(len(self._items) - 1)

    def _remove(self) -> None:
        row = self.list.currentRow()
        del self._items[row]
        self._show_items(max(0, row - 1))

    def _show_items(self, row: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for item in self._items:
            self.list.addItem(_line(item))
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self.add_button.setEnabled(len(self._items) < MAX_ITEMS)
        self.remove_button.setEnabled(len(self._items) > 1)
        self._show_item(row)

    def _show_item(self, row: int) -> None:
        item = self._items[row]
        self._filling = True
        self.exercise.setCurrentIndex(self.exercise.findData(item.exercise))
        self._fill_variants()
        self.variant.setCurrentIndex(self.variant.findData(item.variant))
        self.side.setCurrentIndex(self.side.findData(item.side))
        for spin, count in ((self.sets, item.sets), (self.reps, item.reps), (self.per_week, item.per_week)):
            spin.setValue(count)
        for seconds, value in (
            (self.rest, item.rest_s),
            (self.hold, item.hold_s),
            (self.up, item.up_s or 0.0),
            (self.down, item.down_s or 0.0),
        ):
            seconds.setValue(value)
        guard = _guard(item.exercise)
        limits = item.limits.get(guard.name) if guard else None
        self.caution.setValue(limits.caution if limits else 0.0)
        self.fault.setValue(limits.fault if limits else 0.0)
        self.band.setText(item.band)
        self.advice.setText(item.words)
        self._filling = False

    def _fill_variants(self) -> None:
        exercise = EXERCISES[self.exercise.currentData()]
        self.variant.blockSignals(True)
        self.variant.clear()
        for variant in exercise.variants:
            self.variant.addItem(tr(variant.title), variant.name)
        self.variant.blockSignals(False)
        self.side.setEnabled(exercise.find_side is not None)
        self._take()

    def _take(self) -> None:
        """The chosen item as it stands in the form."""
        row = self.list.currentRow()
        if self._filling or row < 0:
            return
        item = self._items[row]
        exercise = EXERCISES[self.exercise.currentData()]
        self._items[row] = replace(
            item,
            exercise=exercise.id,
            variant=self.variant.currentData() or exercise.variants[0].name,
            side=self.side.currentData() if exercise.find_side is not None else None,
            sets=self.sets.value(),
            reps=self.reps.value(),
            rest_s=self.rest.value(),
            up_s=self.up.value() or None,
            down_s=self.down.value() or None,
            hold_s=self.hold.value(),
            band=self.band.text().strip(),
            per_week=self.per_week.value(),
            limits=self._limits(item),
            words=self.advice.text().strip(),
        )
        self.list.item(row).setText(_line(self._items[row]))

    def _limits(self, item: Item) -> dict[str, Limits]:
        """Of what should stay still; others that came with the plan stay while the exercise does."""
        exercise = EXERCISES[self.exercise.currentData()]
        known = {f.name for f in exercise.faults}
        kept = {name: limits for name, limits in item.limits.items() if name in known and item.exercise == exercise.id}
        guard = _guard(exercise.id)
        if guard is None:
            return kept
        kept.pop(guard.name, None)
        if not self.caution.value():
            return kept
        return {guard.name: Limits(self.caution.value(), max(self.caution.value(), self.fault.value()), guard.limits.unit)} | kept

    def _show_state(self) -> None:
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(bool(self.title.text().strip()))

    def _lay_out(self) -> None:
        head = QFormLayout()
        head.addRow(tr("&Title"), self.title)
        head.addRow(tr("What it is &for"), self.words)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(self.add_button)
        left.addWidget(self.remove_button)
        form = QFormLayout()
        for words, widget in (
            (tr("&Exercise"), self.exercise),
            (tr("&Variant"), self.variant),
            (tr("S&ide"), self.side),
            (tr("&Sets"), self.sets),
            (tr("&Repetitions"), self.reps),
            (tr("Rest &between sets"), self.rest),
            (tr("&Out"), self.up),
            (tr("&Hold"), self.hold),
            (tr("Bac&k"), self.down),
            (tr("Ban&d"), self.band),
            (tr("Days a &week"), self.per_week),
            (tr("&Caution from"), self.caution),
            (tr("Fa&ult from"), self.fault),
            (tr("Ad&vice"), self.advice),
        ):
            form.addRow(words, widget)
        middle = QHBoxLayout()
        middle.addLayout(left, 2)
        middle.addLayout(form, 3)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addLayout(middle, 1)
        layout.addWidget(
            label(tr("The limits are for what should stay still; without them the program's own hold."), "secondary")
        )
        layout.addWidget(self._buttons)
        for button in (self.add_button, self.remove_button):
            button.setAutoDefault(False)


def _guard(exercise: str) -> Fault | None:
    """The fault of what should stay still."""
    found = EXERCISES[exercise]
    return next((f for f in found.faults if f.quantity == found.guarded), None)


def _new_item() -> Item:
    first = next(iter(EXERCISES.values()))
    return Item(uuid4().hex, first.id, first.variants[0].name, None, sets=3, reps=10)


def _line(item: Item) -> str:
    return tr("{exercise}, {sets} × {reps}", exercise=item_title(item), sets=item.sets, reps=item.reps)


def _box(*items: tuple[object, str]) -> QComboBox:
    box = QComboBox()
    for data, words in items:
        box.addItem(words, data)
    return box


def _count(most: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(1, most)
    return box


def _seconds(most: float, nothing: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0, most)
    box.setDecimals(1)
    box.setSuffix(" s")
    box.setSpecialValueText(nothing)
    return box


def _degrees() -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0, 90)
    box.setDecimals(1)
    box.setSpecialValueText(tr("the program's own"))
    return box
