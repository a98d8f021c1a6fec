"""A strip of one bar per repetition, coloured and marked by outcome; click one, or use the arrow keys, to see it."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from formcheck.gui.widgets.theme import Colours, current
from formcheck.results import Rep, Severity
from formcheck.system.language import tr

GAP = 4
LARGEST_BAR = 72


def outcome(rep: Rep) -> str:
    """good, caution, fault or unknown (something could not be seen)."""
    severities = {finding.severity for finding in rep.findings}
    if Severity.FAULT in severities:
        return "fault"
    if Severity.CAUTION in severities:
        return "caution"
    return "unknown" if rep.not_assessable else "good"


def outcome_words(rep: Rep) -> str:
    return {
        "good": tr("clean"),
        "caution": tr("caution"),
        "fault": tr("fault"),
        "unknown": tr("not everything could be seen"),
    }[outcome(rep)]


def numbered_outcome(rep: Rep) -> str:
    return tr("{number}: {outcome}", number=rep.number, outcome=outcome_words(rep))


class RepStrip(QWidget):
    """Emits the number of the repetition that was chosen."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Repetitions, one bar each"))
        self._reps: tuple[Rep, ...] = ()
        self._excluded: frozenset[int] = frozenset()
        self._current: int | None = None

    def show_reps(self, reps: tuple[Rep, ...], excluded: frozenset[int] = frozenset()) -> None:
        self._reps, self._excluded = reps, excluded
        self.update()

    @property
    def current(self) -> int | None:
        return self._current

    def set_current(self, number: int | None) -> None:
        self._current = number
        rep = next((r for r in self._reps if r.number == number), None)
        self.setAccessibleDescription(numbered_outcome(rep) if rep else "")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(400, 64)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(160, 64)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        for rep, bar in zip(self._reps, self._bars(), strict=True):
            if bar.adjusted(-GAP / 2, 0, GAP / 2, 0).contains(event.position()):
                self._choose(rep.number)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        numbers = [rep.number for rep in self._reps]
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if not numbers or step is None:
            super().keyPressEvent(event)
            return
        at = numbers.index(self._current) + step if self._current in numbers else 0
        self._choose(numbers[min(max(at, 0), len(numbers) - 1)])

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802
        c = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for rep, bar in zip(self._reps, self._bars(), strict=True):
            self._paint_bar(painter, rep, bar, c)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_bar(self, painter: QPainter, rep: Rep, bar: QRectF, c: Colours) -> None:
        kind = outcome(rep)
        excluded = rep.number in self._excluded
        ground = c.panel if excluded else getattr(c, kind)
        ink = c.secondary if excluded else getattr(c, f"on_{kind}")
        painter.setPen(QPen(QColor(c.text), 3) if rep.number == self._current else QPen(QColor(c.line), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(bar, 5, 5)
        painter.setPen(QColor(ink))
        mark = "–" if excluded else {"good": "✓", "caution": "!", "fault": "✗", "unknown": "?"}[kind]
        painter.drawText(bar, Qt.AlignmentFlag.AlignCenter, f"{rep.number}\n{mark}" if bar.width() > 16 else mark)

    def _bars(self) -> list[QRectF]:
        if not self._reps:
            return []
        width = min(LARGEST_BAR, (self.width() - 8) / len(self._reps) - GAP)
        return [QRectF(4 + i * (width + GAP), 6, max(2.0, width), self.height() - 12) for i in range(len(self._reps))]

    def _choose(self, number: int) -> None:
        self.set_current(number)
        self.chosen.emit(number)
