"""Plays, scrubs and steps through a video: the transport buttons and the clock behind them."""

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QSizePolicy, QSlider, QToolButton, QVBoxLayout, QWidget

from formcheck.gui.widgets.flow_layout import FlowLayout, together
from formcheck.system.language import tr

TICK_MS = 20
SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0)


class Player(QWidget):
    """Holds the time; emits it when it changes. Knows nothing of pictures."""

    time_changed = Signal(float)
    step = Signal(int)
    """Go on by so many frames."""
    jump = Signal(int)
    """Go to the next (+1) or last (-1) finding."""

    def __init__(self, *, findings: bool = True) -> None:
        """findings: whether one can go from finding to finding."""
        super().__init__()
        self._duration_s = 0.0
        self._time_s = 0.0
        self._loop: tuple[float, float] | None = None
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.play_button = _button("▶", tr("Play or stop"), "Space")
        self.play_button.setCheckable(True)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(tr("Time"))
        self.slider.setPageStep(1000)
        self.shown = QLabel()
        self.speed = QComboBox()
        self.speed.setAccessibleName(tr("Speed"))
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:g}×", speed)
        self.speed.setCurrentIndex(SPEEDS.index(1.0))
        self.loop = QCheckBox(tr("&Loop the repetition"))
        self._lay_out(findings)
        self.play_button.toggled.connect(self._play)
        self.slider.sliderMoved.connect(lambda ms: self.go_to(ms / 1000))
        self.slider.actionTriggered.connect(lambda _: self.go_to(self.slider.sliderPosition() / 1000))
        self._show()

    @property
    def time_s(self) -> float:
        return self._time_s

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    def begin(self, duration_s: float) -> None:
        self.stop()
        self._duration_s, self._loop = duration_s, None
        self.slider.setRange(0, round(duration_s * 1000))
        self.go_to(0.0)

    def stop(self) -> None:
        self.play_button.setChecked(False)

    def set_loop(self, stretch: tuple[float, float] | None) -> None:
        """What is played over and over while the box is ticked."""
        self._loop = stretch

    def go_to(self, time_s: float) -> None:
        self._time_s = min(max(time_s, 0.0), self._duration_s)
        self._show()
        self.time_changed.emit(self._time_s)

    def _play(self, on: bool) -> None:
        self.play_button.setText("❚❚" if on else "▶")
        if not on:
            self._timer.stop()
            return
        if self._time_s >= self._duration_s - 0.05:
            self.go_to(0.0)
        self._since.start()
        self._timer.start()

    def _tick(self) -> None:
        time_s = self._time_s + self._since.restart() / 1000 * self.speed.currentData()
        if self.loop.isChecked() and self._loop is not None and not self._loop[0] <= time_s <= self._loop[1]:
            time_s = self._loop[0]
        if time_s >= self._duration_s:
            self.stop()
        self.go_to(time_s)

    def _show(self) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(round(self._time_s * 1000))
        self.slider.blockSignals(False)
        self.shown.setText(tr("{now:.2f} of {all:.1f} s", now=self._time_s, all=self._duration_s))

    def _lay_out(self, findings: bool) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.slider)
        row = QWidget()
        layout = FlowLayout(row)
        whole.addWidget(row)
        back = _button("◀|", tr("One frame back"), ",")
        on = _button("|▶", tr("One frame on"), ".")
        back.clicked.connect(lambda: self.step.emit(-1))
        on.clicked.connect(lambda: self.step.emit(1))
        buttons = [back, self.play_button, on]
        if findings:
            earlier = _button("◀◀", tr("Finding before"), "Ctrl+Left")
            later = _button("▶▶", tr("Next finding"), "Ctrl+Right")
            earlier.clicked.connect(lambda: self.jump.emit(-1))
            later.clicked.connect(lambda: self.jump.emit(1))
            buttons = [earlier, *buttons, later]
        layout.addWidget(together(*buttons))
        self.shown.setMinimumWidth(self.shown.fontMetrics().horizontalAdvance("000.00 of 000.0 s "))
        self.shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.shown.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout.addWidget(self.shown)
        layout.addWidget(self.speed)
        layout.addWidget(self.loop)


def _button(sign: str, name: str, shortcut: str) -> QToolButton:
    button = QToolButton()
    button.setText(sign)
    button.setAccessibleName(name)
    button.setToolTip(f"{name} ({shortcut})")
    button.setShortcut(shortcut)
    return button
