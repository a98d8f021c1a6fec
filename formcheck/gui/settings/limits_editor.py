"""How strictly each exercise is judged: strict, standard, lenient, or the user's own limits."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QGridLayout, QLabel, QVBoxLayout, QWidget

from formcheck.analysis.limits import limit_range, limits_for, limits_problem
from formcheck.exercises.contract import Exercise, Fault
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.numbers import DecimalBox
from formcheck.gui.widgets.words import sentence
from formcheck.results import Limits
from formcheck.system.language import tr
from formcheck.system.settings import Settings

_UNITS = {"deg": "°", "s": " s", "ratio": ""}


class LimitsEditor(QWidget):
    """Edits all exercises; what was changed is in `strictness` and `custom`."""

    sound = Signal(bool)
    """Whether something can be judged by the limits as they stand."""

    def __init__(self, exercises: Mapping[str, Exercise], settings: Settings) -> None:
        super().__init__()
        self._exercises = exercises
        self.strictness: dict[str, str] = {}
        self.custom: dict[str, dict[str, tuple[float, float]]] = {}
        self._boxes: dict[str, tuple[DecimalBox, DecimalBox]] = {}
        self.exercise_box = QComboBox()
        for exercise in exercises.values():
            self.exercise_box.addItem(tr(exercise.title), exercise.id)
        self.exercise_box.setAccessibleName(tr("Exercise"))
        self.strictness_box = QComboBox()
        self.strictness_box.setAccessibleName(tr("How strictly"))
        for code, words in (
            ("strict", tr("Strict")),
            ("standard", tr("Standard")),
            ("lenient", tr("Lenient")),
            ("custom", tr("Custom")),
        ):
            self.strictness_box.addItem(words, code)
        form = QFormLayout()
        form.addRow(tr("&Exercise"), self.exercise_box)
        form.addRow(tr("&How strictly"), self.strictness_box)
        self._table = QWidget()
        self._layout = layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self._table)
        self._problem = label("", "heading")
        layout.addWidget(self._problem)
        layout.addStretch()
        layout.addWidget(label(tr("Where each limit comes from is shown when the pointer rests on it."), "secondary"))
        self.exercise_box.currentIndexChanged.connect(self._show_exercise)
        self.strictness_box.currentIndexChanged.connect(self._chosen)
        self.show_settings(settings)

    def show_settings(self, settings: Settings) -> None:
        """Fill it with these."""
        self.strictness = dict(settings.strictness)
        self.custom = {exercise: dict(faults) for exercise, faults in settings.custom_limits.items()}
        self.exercise_box.setCurrentIndex(max(0, self.exercise_box.findData(settings.exercise)))
        self._show_exercise()

    @property
    def _exercise(self) -> Exercise:
        return self._exercises[self.exercise_box.currentData()]

    def _show_exercise(self) -> None:
        code = self.strictness.get(self._exercise.id, "standard")
        self.strictness_box.blockSignals(True)
        self.strictness_box.setCurrentIndex(self.strictness_box.findData(code))
        self.strictness_box.blockSignals(False)
        self._fill()

    def _chosen(self) -> None:
        self.strictness[self._exercise.id] = self.strictness_box.currentData()
        self._fill()

    def _fill(self) -> None:
        """A table of the limits that now hold; only custom ones can be changed."""
        exercise = self._exercise
        code = self.strictness.get(exercise.id, "standard")
        limits = limits_for(exercise, code, self.custom.get(exercise.id))
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 8, 0, 0)
        for column, words in enumerate((tr("Compensation"), tr("Caution"), tr("Fault"))):
            head = QLabel(words)
            head.setObjectName("heading")
            grid.addWidget(head, 0, column)
        self._boxes = {}
        for row, fault in enumerate(exercise.faults, 1):
            held = limits[fault.name]
            boxes = (_box(fault, held.caution), _box(fault, held.fault))
            names = (tr("{fault}, caution", fault=tr(fault.title)), tr("{fault}, fault", fault=tr(fault.title)))
            for column, (box, name) in enumerate(zip(boxes, names, strict=True), 1):
                box.setAccessibleName(name)
                box.setToolTip(fault.source)
                box.setEnabled(code == "custom")
                box.valueChanged.connect(self._edited)
                grid.addWidget(box, row, column)
            grid.addWidget(QLabel(tr(fault.title)), row, 0)
            self._boxes[fault.name] = boxes
        self._layout.replaceWidget(self._table, fresh)
        self._table.deleteLater()
        self._table = fresh
        self._show_problem()

    def _edited(self) -> None:
        self.custom[self._exercise.id] = {name: (a.value(), b.value()) for name, (a, b) in self._boxes.items()}
        self._show_problem()

    def _show_problem(self) -> None:
        """Of the exercise that is shown: another one can be chosen only when there is none."""
        exercise = self._exercise
        own = self.custom.get(exercise.id, {}) if self.strictness.get(exercise.id) == "custom" else {}
        pairs = ((fault, Limits(*own[fault.name], fault.limits.unit)) for fault in exercise.faults if fault.name in own)
        problem = next(filter(None, (limits_problem(fault, limits) for fault, limits in pairs)), "")
        self._problem.setText(sentence(problem))
        self._problem.setVisible(bool(problem))
        self.exercise_box.setEnabled(not problem)
        self.sound.emit(not problem)


def _box(fault: Fault, value: float) -> DecimalBox:
    unit = fault.limits.unit
    box = DecimalBox(*limit_range(fault), decimals=1 if unit == "deg" else 2)
    box.setSingleStep(1.0 if unit == "deg" else 0.05)
    box.setSuffix(_UNITS.get(unit, f" {unit}"))
    box.setValue(value)
    return box
