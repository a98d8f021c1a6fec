"""A strip of one bar per repetition, coloured and marked by outcome; click one, or use the arrow keys, to see it."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from formcheck.analysis.clean import clean_as_seen
from formcheck.exercises.contract import Exercise
from formcheck.gui.widgets.theme import Colours, current
from formcheck.report.words import rep_label
from formcheck.results import Rep, Session, Severity, Side
from formcheck.system.language import tr

GAP = 4
LARGEST_BAR, LEAST_HEIGHT = 72, 64
MOST_BARS = 80
"""A run of ten minutes has 1600 stances."""


def outcome(rep: Rep) -> str:
    """good, caution, fault or unknown (something could not be seen)."""
    severities = {finding.severity for finding in rep.findings}
    if Severity.FAULT in severities:
        return "fault"
    if Severity.CAUTION in severities:
        return "caution"
    return "unknown" if rep.not_assessable else "good"


def outcome_words(rep: Rep, exercise: Exercise | None) -> str:
    if clean_as_seen(rep, exercise) and not rep.clean:
        return tr("clean in what can be seen")
    return {
        "good": tr("clean"),
        "caution": tr("caution"),
        "fault": tr("fault"),
        "unknown": tr("not everything could be seen"),
    }[outcome(rep)]


def numbered_outcome(label: str, rep: Rep, exercise: Exercise | None) -> str:
    """label: its number, and maybe its side."""
    return tr("{number}: {outcome}", number=label, outcome=outcome_words(rep, exercise))


class RepStrip(QWidget):
    """Emits the number of the repetition that was chosen."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Repetitions, one bar each"))
        self._reps: tuple[Rep, ...] = ()
        self._exercise: Exercise | None = None
        self._labels: dict[int, str] = {}
        """Number -> what stands on the bar, where it is more than that."""
        self._excluded: frozenset[int] = frozenset()
        self._current: int | None = None

    def show_reps(self, reps: tuple[Rep, ...], exercise: Exercise, excluded: frozenset[int] = frozenset()) -> None:
        self._reps, self._exercise, self._excluded = reps, exercise, excluded
        self.update()

    def show_session(self, session: Session, exercise: Exercise, excluded: frozenset[int] = frozenset()) -> None:
        """Its repetitions, with their sides where it has both."""
        self._labels = {rep.number: rep_label(session, rep) for rep in session.reps}
        self.show_reps(session.reps, exercise, excluded)

    @property
    def current(self) -> int | None:
        return self._current

    def set_current(self, number: int | None) -> None:
        self._current = number
        rep = next((r for r in self._reps if r.number == number), None)
        self.setAccessibleDescription(numbered_outcome(self._label(rep), rep, self._exercise) if rep else "")
        self.update()

    @property
    def _height(self) -> int:
        """Two lines of text fit into a bar."""
        return max(LEAST_HEIGHT, 2 * self.fontMetrics().lineSpacing() + 16)

    @property
    def _in_view(self) -> tuple[Rep, ...]:
        """All, or of a long run those about the current one."""
        if len(self._reps) <= MOST_BARS:
            return self._reps
        at = next((i for i, rep in enumerate(self._reps) if rep.number == self._current), 0)
        first = min(max(0, at - MOST_BARS // 2), len(self._reps) - MOST_BARS)
        return self._reps[first : first + MOST_BARS]

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(400, self._height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(160, self._height)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        for rep, bar in zip(self._in_view, self._bars(), strict=True):
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
        for rep, bar in zip(self._in_view, self._bars(), strict=True):
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
        seen = "✓" if clean_as_seen(rep, self._exercise) else "?"
        mark = "–" if excluded else {"good": "✓", "caution": "!", "fault": "✗", "unknown": seen}[kind]
        painter.drawText(bar, Qt.AlignmentFlag.AlignCenter, f"{self._painted(rep)}\n{mark}" if bar.width() > 16 else mark)

    def _painted(self, rep: Rep) -> str:
        """Of a run, whose stances are many, only whose foot it is."""
        if self._exercise is None or not self._exercise.compares_sides or rep.side is None:
            return self._label(rep)
        return tr("L") if rep.side is Side.LEFT else tr("R")

    def _label(self, rep: Rep) -> str:
        return self._labels.get(rep.number, str(rep.number))

    def _bars(self) -> list[QRectF]:
        count = len(self._in_view)
        if not count:
            return []
        width = min(LARGEST_BAR, (self.width() - 8) / count - GAP)
        return [QRectF(4 + i * (width + GAP), 6, max(2.0, width), self.height() - 12) for i in range(count)]

    def _choose(self, number: int) -> None:
        self.set_current(number)
        self.chosen.emit(number)
