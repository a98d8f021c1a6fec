"""Pain before and after a set, and effort, each from 0 to 10."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from formcheck.gui.widgets.card import label
from formcheck.session.notes import Notes
from formcheck.system.language import tr

PAIN_ROSE_BY = 2


class PainQuestions(QWidget):
    answered = Signal(object)
    """Notes"""

    def __init__(self) -> None:
        super().__init__()
        self.before = _scale(tr("Pain before"))
        self.after = _scale(tr("Pain now"))
        self.effort = _scale(tr("Effort"))
        self.advice = label("", "heading")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for words, slider in (
            (tr("Pain before, 0-10"), self.before),
            (tr("Pain now, 0-10"), self.after),
            (tr("Effort, 0-10"), self.effort),
        ):
            layout.addLayout(_row(words, slider))
            slider.valueChanged.connect(self._answer)
        layout.addWidget(self.advice)

    def clear(self) -> None:
        """Nothing is answered yet."""
        for slider in (self.before, self.after, self.effort):
            slider.blockSignals(True)
            slider.setValue(0)
            slider.blockSignals(False)
        self.advice.setText("")

    def _answer(self) -> None:
        before, after = self.before.value(), self.after.value()
        self.advice.setText(advice_on_pain(before, after))
        self.answered.emit(Notes(pain_before=before, pain_after=after, effort=self.effort.value()))


def advice_on_pain(before: int | None, after: int | None) -> str:
    """What to say when pain rose."""
    if before is None or after is None or after - before < PAIN_ROSE_BY:
        return ""
    return tr("Your pain rose by {points}. Stop for today; if it stays, ask a health professional.", points=after - before)


def _scale(name: str) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, 10)
    slider.setPageStep(1)
    slider.setTickPosition(QSlider.TickPosition.TicksBelow)
    slider.setTickInterval(1)
    slider.setAccessibleName(name)
    return slider


def _row(words: str, slider: QSlider) -> QHBoxLayout:
    row = QHBoxLayout()
    name = label(words, wrap=False)
    name.setBuddy(slider)
    name.setMinimumWidth(170)
    shown = QLabel("0")
    shown.setMinimumWidth(28)
    slider.valueChanged.connect(lambda value: shown.setText(str(value)))
    row.addWidget(name)
    row.addWidget(slider, 1)
    row.addWidget(shown)
    return row
