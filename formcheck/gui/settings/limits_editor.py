"""How strictly each exercise is judged: strict, standard, lenient, or the user's own limits."""

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFormLayout, QGridLayout, QLabel, QVBoxLayout, QWidget

from formcheck.analysis.limits import limits_for
from formcheck.exercises.contract import Exercise
from formcheck.gui.widgets.card import label
from formcheck.system.language import tr
from formcheck.system.settings import Settings

_UNITS = {"deg": "°", "s": " s", "ratio": ""}


class LimitsEditor(QWidget):
    """Edits all exercises; what was changed is in `strictness` and `custom`."""

    def __init__(self, exercises: Mapping[str, Exercise], settings: Settings) -> None:
        super().__init__()
        self._exercises = exercises
        self.strictness: dict[str, str] = {}
        self.custom: dict[str, dict[str, tuple[float, float]]] = {}
        self._boxes: dict[str, tuple[QDoubleSpinBox, QDoubleSpinBox]] = {}
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
            boxes = (_box(held.caution, held.unit), _box(held.fault, held.unit))
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

    def _edited(self) -> None:
        self.custom[self._exercise.id] = {name: (a.value(), b.value()) for name, (a, b) in self._boxes.items()}


def _box(value: float, unit: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0, 1000)
    box.setDecimals(0 if unit == "deg" and value == round(value) else 2)
    box.setSingleStep(1.0 if unit == "deg" else 0.05)
    box.setSuffix(_UNITS.get(unit, f" {unit}"))
    box.setValue(value)
    return box
