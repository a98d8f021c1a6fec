"""The set-up's checks as a row of ticks: how far it has come."""

from collections.abc import Iterable

from PySide6.QtWidgets import QLabel, QWidget

from formcheck.analysis.setup import CheckResult
from formcheck.exercises.contract import SetupCheck
from formcheck.gui.widgets.flow_layout import FlowLayout
from formcheck.system.language import to_translate, tr

_NAMES = {
    SetupCheck.LIGHT: to_translate("Lighting"),
    SetupCheck.PERSON: to_translate("Person"),
    SetupCheck.POSITION: to_translate("Position"),
    SetupCheck.IN_FRAME: to_translate("Head and feet"),
    SetupCheck.DISTANCE: to_translate("Distance"),
    SetupCheck.ANGLE: to_translate("Camera angle"),
    SetupCheck.SIDE: to_translate("Side"),
    SetupCheck.STILL: to_translate("Still"),
}


class SetupList(QWidget):
    """Every check with a tick, an arrow for the one in hand, a dot for those to come."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Set-up checks"))
        self._labels = {check: QLabel() for check in SetupCheck}
        self._outcomes: dict[SetupCheck, bool] | None = None
        layout = FlowLayout(self)
        for label in self._labels.values():
            layout.addWidget(label)
        self.begin(SetupCheck)

    def begin(self, checks: Iterable[SetupCheck]) -> None:
        """Show these checks, none of them done."""
        wanted = set(checks)
        for check, label in self._labels.items():
            label.setVisible(check in wanted)
        self._outcomes = None
        self.show_checks(())

    def show_checks(self, results: tuple[CheckResult, ...]) -> None:
        outcomes = {result.check: result.ok for result in results}
        if outcomes == self._outcomes:
            return
        self._outcomes = outcomes
        for check, label in self._labels.items():
            mark = {True: "✓", False: "▶", None: "·"}[outcomes.get(check)]
            label.setText(tr("{mark} {step}", mark=mark, step=tr(_NAMES[check])))
            font = label.font()
            font.setBold(outcomes.get(check) is False)
            label.setFont(font)
        done, wanted = sum(outcomes.values()), sum(not label.isHidden() for label in self._labels.values())
        self.setAccessibleDescription(tr("{done} of {all} checks passed", done=done, all=wanted))
