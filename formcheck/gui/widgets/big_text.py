"""Text painted as large as its place allows, upright or turned for someone who lies on the side. Never clipped."""

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from formcheck.system.line_breaks import pieces

MARGIN = 14
SMALLEST, LARGEST = 10, 420
FLAGS = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


class BigText(QWidget):
    """Shows set_text()'s words on a ground of their colour."""

    def __init__(self, name: str, *, largest: int = LARGEST, radius: int = 10) -> None:
        """name: for screen readers; largest: px."""
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._name = name
        self._largest = largest
        self._radius = radius
        self._text = self._sign = ""
        self._ink, self._ground = QColor("black"), QColor("transparent")
        self._turn = 0

    def set_text(self, text: str, ink: str, ground: str = "transparent", sign: str = "") -> None:
        """sign: painted before the words; not read out."""
        shown = text, QColor(ink), QColor(ground), sign
        if shown == (self._text, self._ink, self._ground, self._sign):
            return  # painting large letters for each picture of a set would take a twentieth of a core
        if text != self._text:
            self._tell(text)
        self._text, self._ink, self._ground, self._sign = shown
        self.update()

    def _tell(self, text: str) -> None:
        """To screen readers: what it says now, at once, without the focus having to go there."""
        self.setAccessibleDescription(text)
        if text and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def set_largest(self, largest: int) -> None:
        """px"""
        if largest != self._largest:
            self._largest = largest
            self.update()

    @property
    def text(self) -> str:
        return self._text

    def set_turn(self, quarter_turns: int) -> None:
        """-1: the text's top points to the left, +1 to the right, 0 upright."""
        if quarter_turns != self._turn:
            self._turn = quarter_turns
            self.update()

    @property
    def turn(self) -> int:
        """As set_turn() set it."""
        return self._turn

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(280, 120)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(120, 56)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground)
        painter.drawRoundedRect(QRectF(self.rect()), self._radius, self._radius)
        painter.translate(self.rect().center())
        painter.rotate(90 * self._turn)
        width, height = (self.width(), self.height()) if not self._turn else (self.height(), self.width())
        space = QRect(-width // 2 + MARGIN, -height // 2 + MARGIN // 2, width - 2 * MARGIN, height - MARGIN)
        words = f"{self._sign} {self._text}" if self._sign else self._text
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        font.setPixelSize(fitting(words, font.family(), space.width(), space.height(), self._largest))
        painter.setFont(font)
        painter.setPen(self._ink)
        painter.drawText(space, int(FLAGS), words)


@lru_cache(maxsize=512)
def fitting(text: str, family: str, width: int, height: int, largest: int, *, lines: bool = True) -> int:
    """The largest size in px at which the words fit, without breaking one. lines: they may stand on several."""
    low, high = SMALLEST, max(SMALLEST, largest)
    font = QFont(family)
    font.setWeight(QFont.Weight.DemiBold)
    while low < high:
        middle = (low + high + 1) // 2
        font.setPixelSize(middle)
        metrics = QFontMetrics(font)
        box = metrics.boundingRect(QRect(0, 0, max(1, width), 100_000), int(FLAGS), text)
        widest = max((metrics.horizontalAdvance(word.lstrip()) for word in (pieces(text) if lines else [text])), default=0)
        fits = box.height() <= height and widest <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return low
