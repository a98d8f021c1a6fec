"""Shows one picture as large as fits, in the middle, and says where in it somebody clicked."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from formcheck.gui.widgets.theme import current

AS_IT_IS_PX = 2
"""A picture that leaves at most this much room at two sides is not scaled to fill it: that takes time, and blurs."""


class PictureView(QWidget):
    """Takes pictures that already have about the right size: scaling here would cost the window's thread its time."""

    clicked = Signal(float, float)
    """Place in the picture, 0-1 from left and top."""
    resized = Signal(int, int)
    """The room for a picture in device px."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # what lies under it need not be painted first
        self._picture: QImage | None = None
        self._place = QRect()
        """Where it was when it was given."""
        self._title = ""
        self._words = ""

    def show_picture(self, picture: QImage | None) -> None:
        before, self._picture = self._place, picture
        self._place = self.picture_rect()
        self.update(self._place if self._place == before else self.rect())

    def show_words(self, title: str, words: str = "") -> None:
        """Words over the picture (or in place of one); empty for none."""
        if (title, words) != (self._title, self._words):
            self._title, self._words = title, words
            self.setAccessibleDescription(". ".join(part for part in (title, words) if part))
            self.update()

    @property
    def words(self) -> str:
        return self._title

    def room(self) -> tuple[int, int]:
        """(width, height) for a picture, in device px."""
        ratio = self.devicePixelRatioF()
        return max(16, round(self.width() * ratio)), max(16, round(self.height() * ratio))

    def picture_rect(self) -> QRect:
        """Where the picture stands."""
        if self._picture is None:
            return self.rect()
        size = self._picture.size() / self.devicePixelRatioF()
        spare = self.size() - size
        if not 0 <= min(spare.width(), spare.height()) <= AS_IT_IS_PX:
            size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        return place

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(240, 180)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.resized.emit(*self.room())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        place = self.picture_rect()
        at = event.position() - QPointF(place.topLeft())
        if self._picture is not None and place.contains(event.position().toPoint()):
            self.clicked.emit(at.x() / place.width(), at.y() / place.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        place = self.picture_rect()
        if self._picture is None or not place.contains(event.rect()):
            painter.fillRect(self.rect(), QColor("#0b0d10"))
        if self._picture is not None:
            painter.drawImage(place, self._picture)
        if self._title:
            self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        c = current()
        ground = QColor(c.trouble)
        ground.setAlphaF(0.92)
        font = painter.font()
        base = font.pointSizeF()
        wide = min(self.width() - 32, 640)
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
        font.setPointSizeF(base * 1.8)
        font.setBold(True)
        painter.setFont(font)
        title = painter.boundingRect(QRect(0, 0, wide - 48, 4000), flags, self._title)
        font.setPointSizeF(base * 1.15)
        font.setBold(False)
        painter.setFont(font)
        words = painter.boundingRect(QRect(0, 0, wide - 48, 4000), flags, self._words)
        box = QRect(0, 0, wide, title.height() + words.height() + 52)
        box.moveCenter(self.rect().center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 14, 14)
        painter.setPen(QColor(c.on_trouble))
        painter.drawText(QRect(box.left() + 24, box.top() + 20 + title.height() + 10, wide - 48, 4000), flags, self._words)
        font.setPointSizeF(base * 1.8)
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(QRect(box.left() + 24, box.top() + 20, wide - 48, 4000), flags, self._title)
