"""From stance to stance of a run, and to its contact, midstance and toe-off. It says where to go; whoever shows the film goes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from formcheck.gui.widgets.flow_layout import FlowLayout
from formcheck.results import Rep
from formcheck.system.language import tr

HERE_S = 0.02
"""So near to a moment one is at it."""


class StanceBar(QWidget):
    """begin() for a run, at() with every time that is shown."""

    go_to = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._reps: tuple[Rep, ...] = ()
        self._now_s = 0.0
        self.before = _button(tr("◀ Stance"), tr("Midstance of the stance before"), "Shift+Left")
        self.after = _button(tr("Stance ▶"), tr("Midstance of the next stance"), "Shift+Right")
        self.contact = _button(tr("Contact"), tr("Where the foot comes down, placed by midstance"), "1")
        self.middle = _button(tr("Midstance"), tr("Where the pelvis is lowest over the foot"), "2")
        self.toe_off = _button(tr("Toe-off"), tr("Where the foot leaves the belt, placed by midstance"), "3")
        layout = FlowLayout(self)
        for button in (self.before, self.contact, self.middle, self.toe_off, self.after):
            layout.addWidget(button)
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.contact.clicked.connect(lambda: self._within(lambda rep: rep.start_s))
        self.middle.clicked.connect(lambda: self._within(lambda rep: rep.peak_s))
        self.toe_off.clicked.connect(lambda: self._within(lambda rep: rep.end_s))

    def begin(self, reps: Sequence[Rep]) -> None:
        self._reps = tuple(reps)

    def at(self, time_s: float) -> None:
        self._now_s = time_s

    @property
    def rep(self) -> Rep | None:
        """The stance that is shown, or the one that is nearest."""
        return min(self._reps, key=lambda rep: max(rep.start_s - self._now_s, self._now_s - rep.end_s, 0.0), default=None)

    def _within(self, moment: Callable[[Rep], float]) -> None:
        rep = self.rep
        if rep is not None:
            self.go_to.emit(max(0.0, moment(rep)))

    def _step(self, direction: int) -> None:
        """The midstance before or after the moment that is shown."""
        middles = [rep.peak_s for rep in self._reps]
        if direction > 0:
            found = next((t for t in middles if t > self._now_s + HERE_S), None)
        else:
            found = next((t for t in reversed(middles) if t < self._now_s - HERE_S), None)
        if found is not None:
            self.go_to.emit(found)


def _button(words: str, tip: str, shortcut: str) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(tr("{what} ({key})", what=tip, key=shortcut))
    button.setAccessibleDescription(tip)
    button.setShortcut(shortcut)
    return button
