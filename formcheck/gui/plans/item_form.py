"""One exercise of a plan as a form: which one, how often, how quickly, within which limits."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from formcheck.analysis.limits import limit_range
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Exercise, Fault
from formcheck.gui.widgets.numbers import CountBox, DecimalBox
from formcheck.library.plans import Item
from formcheck.results import Limits, Side
from formcheck.system.language import tr


class ItemForm(QWidget):
    """show_item() fills it; `changed` gives the item as it stands whenever something is changed by hand."""

    changed = Signal(object)
    """Item"""

    def __init__(self, item: Item) -> None:
        super().__init__()
        self._item = item
        self._filling = False
        self.exercise = _choice(*((e.id, tr(e.title)) for e in EXERCISES.values()))
        self.variant = QComboBox()
        self.side = _choice((None, tr("both, or none")), (Side.LEFT, tr("left")), (Side.RIGHT, tr("right")))
        self.sets, self.reps, self.per_week = CountBox(1, 20), CountBox(1, 200), CountBox(1, 7)
        self.rest, self.hold = _seconds(3600, tr("none")), _seconds(600, tr("none"))
        self.up, self.down = _seconds(60, tr("as it comes")), _seconds(60, tr("as it comes"))
        self.band, self.advice = QLineEdit(), QLineEdit()
        self.caution, self.fault = _degrees(), _degrees()
        self._lay_out()
        self._connect()
        self.show_item(item)

    def show_item(self, item: Item) -> None:
        self._item = item
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
        guard = _guard(EXERCISES[item.exercise])
        limits = item.limits.get(guard.name) if guard else None
        for box in (self.caution, self.fault):
            box.setMaximum(limit_range(guard)[1] if guard else 0.0)
        self.caution.setValue(limits.caution if limits else 0.0)
        self.fault.setValue(limits.fault if limits else 0.0)
        self.band.setText(item.band)
        self.advice.setText(item.words)
        self._filling = False

    @property
    def _exercise(self) -> Exercise:
        return EXERCISES[self.exercise.currentData()]

    def _fill_variants(self) -> None:
        self.variant.blockSignals(True)
        self.variant.clear()
        for variant in self._exercise.variants:
            self.variant.addItem(tr(variant.title), variant.name)
        self.variant.blockSignals(False)
        self.side.setEnabled(self._exercise.find_side is not None)
        self._take()

    def _take(self) -> None:
        """The item as it stands in the form."""
        if self._filling:
            return
        exercise = self._exercise
        self._item = replace(
            self._item,
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
            limits=self._limits(),
            words=self.advice.text().strip(),
        )
        self.changed.emit(self._item)

    def _limits(self) -> dict[str, Limits]:
        """Of what should stay still; others that came with the plan stay while the exercise does."""
        exercise, item = self._exercise, self._item
        known = {f.name for f in exercise.faults}
        limits = {name: held for name, held in item.limits.items() if name in known and item.exercise == exercise.id}
        guard = _guard(exercise)
        if guard is None:
            return limits
        limits.pop(guard.name, None)
        caution = self.caution.value()
        if not caution:
            return limits
        own = max(caution, guard.limits.fault)
        return {guard.name: Limits(caution, self.fault.value() or own, guard.limits.unit)} | limits

    def _connect(self) -> None:
        self.exercise.currentIndexChanged.connect(self._fill_variants)
        for box in (self.variant, self.side):
            box.currentIndexChanged.connect(self._take)
        for spin in (self.sets, self.reps, self.per_week, self.rest, self.hold, self.up, self.down, self.caution, self.fault):
            spin.valueChanged.connect(self._take)
        for line in (self.band, self.advice):
            line.textChanged.connect(self._take)

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
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
            widget.setAccessibleName(words.replace("&", ""))
            form.addRow(words, widget)


def _guard(exercise: Exercise) -> Fault | None:
    """The fault of what should stay still."""
    return next((f for f in exercise.faults if f.quantity == exercise.guarded), None)


def _choice(*items: tuple[object, str]) -> QComboBox:
    box = QComboBox()
    for data, words in items:
        box.addItem(words, data)
    return box


def _seconds(most: float, nothing: str) -> DecimalBox:
    box = DecimalBox(0, most)
    box.setSuffix(tr(" s"))
    box.setSpecialValueText(nothing)
    return box


def _degrees() -> DecimalBox:
    box = DecimalBox(0, 90)
    box.setSpecialValueText(tr("the program's own"))
    return box
