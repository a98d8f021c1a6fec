"""The set-up's checks as a row of ticks: how far it has come."""

from PySide6.QtWidgets import QLabel, QWidget

from formcheck.analysis.setup import Check, Step
from formcheck.gui.widgets.flow_layout import FlowLayout
from formcheck.system.language import tr

_NAMES = {
    Step.LIGHT: "Light",
    Step.PERSON: "Person",
    Step.POSITION: "Position",
    Step.IN_FRAME: "Head and feet",
    Step.DISTANCE: "Distance",
    Step.ANGLE: "Camera angle",
    Step.SIDE: "Side",
    Step.STILL: "Still",
}


class SetupList(QWidget):
    """Every step with a tick, an arrow for the one in hand, a dot for those to come."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Set-up checks"))
        self._labels = {step: QLabel() for step in Step}
        layout = FlowLayout(self)
        for label in self._labels.values():
            layout.addWidget(label)
        self.show_checks(())

    def show_checks(self, checks: tuple[Check, ...]) -> None:
        outcomes = {check.step: check.ok for check in checks}
        for step, label in self._labels.items():
            mark = {True: "✓", False: "▶", None: "·"}[outcomes.get(step)]
            label.setText(tr("{mark} {step}", mark=mark, step=tr(_NAMES[step])))
            name = "heading" if outcomes.get(step) is False else ""
            if label.objectName() != name:
                label.setObjectName(name)
                label.style().unpolish(label)
                label.style().polish(label)
        done = sum(outcomes.values())
        self.setAccessibleDescription(tr("{done} of {all} checks passed", done=done, all=len(Step)))
