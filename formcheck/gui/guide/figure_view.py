"""A drawing of an exercise's start or end, as sharp as the screen is and as wide as there is room."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from formcheck.exercises.contract import Exercise
from formcheck.gui.video.images import as_qimage
from formcheck.gui.widgets.theme import DARK, current
from formcheck.overlay.figures import Moment, draw_position

WIDEST = 420
FORM = 0.75
"""Height for a width of one."""


class FigureView(QWidget):
    """The drawing is made anew where the size, the screen or the theme changed."""

    def __init__(self, exercise: Exercise, moment: Moment, name: str) -> None:
        super().__init__()
        self._exercise, self._moment = exercise, moment
        self._drawn: tuple[int, int, bool] | None = None
        self._image = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(WIDEST)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, self.heightForWidth(200))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(96, self.heightForWidth(96))

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return round(min(width, WIDEST) * FORM)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802
        width = min(self.width(), round(self.height() / FORM))
        place = QRect(0, 0, width, self.heightForWidth(width))
        ratio = self.devicePixelRatioF()
        wanted = (max(1, round(place.width() * ratio)), max(1, round(place.height() * ratio)), current() is DARK)
        if self._drawn != wanted:
            self._drawn = wanted
            self._image = as_qimage(draw_position(self._exercise, self._moment, wanted[:2], wanted[2]))
        QPainter(self).drawImage(place, self._image)
