"""The camera's place, seen from above: the person, the wedge the camera may stand in, the camera."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from formcheck.exercises.contract import Exercise
from formcheck.gui.widgets.theme import current
from formcheck.system.language import tr


class CameraPlan(QWidget):
    """A drawing, not to scale but with the right angles."""

    def __init__(self, exercise: Exercise) -> None:
        super().__init__()
        self._exercise = exercise
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Place of the camera, seen from above"))
        self.setAccessibleDescription(tr(exercise.camera.words))

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(320, 230)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, 230)

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802
        c = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        person = QPointF(self.width() / 2, 44)
        reach = self.height() - 74
        low, high = self._exercise.camera.azimuth_deg
        wedge = QColor(c.good)
        wedge.setAlphaF(0.18)
        painter.setBrush(wedge)
        painter.setPen(QPen(QColor(c.good), 1.5, Qt.PenStyle.DashLine))
        around = QRectF(person.x() - reach, person.y() - reach, 2 * reach, 2 * reach)
        painter.drawPie(around, round((270 + low) * 16), round((high - low) * 16))
        self._person(painter, person, c.text)
        self._camera(painter, QPointF(person.x(), person.y() + reach), c.accent)
        painter.setPen(QColor(c.text))
        painter.drawText(QRectF(0, self.height() - 22, self.width(), 20), Qt.AlignmentFlag.AlignCenter, tr("camera"))
        side = person.x() + 0.8 * reach * math.sin(math.radians(high)) + 14
        painter.drawText(QPointF(side, person.y() + 0.75 * reach), f"± {max(abs(low), abs(high)):.0f}°")

    def _person(self, painter: QPainter, at: QPointF, ink: str) -> None:
        """Lying across the picture, or standing seen from above: head, shoulders."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink))
        if self._exercise.posture.lies:
            painter.drawRoundedRect(QRectF(at.x() - 62, at.y() - 15, 84, 26), 12, 12)
            painter.drawEllipse(QPointF(at.x() - 78, at.y() - 4), 13, 13)
            painter.setPen(QPen(QColor(ink), 12, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline([at + QPointF(18, -2), at + QPointF(52, 18), at + QPointF(80, -8)])
        else:
            painter.drawRoundedRect(QRectF(at.x() - 34, at.y() - 10, 68, 20), 10, 10)
            painter.drawEllipse(at + QPointF(0, 4), 13, 14)

    def _camera(self, painter: QPainter, at: QPointF, ink: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink))
        painter.drawRoundedRect(QRectF(at.x() - 17, at.y() - 10, 34, 20), 4, 4)
        painter.drawRect(QRectF(at.x() - 6, at.y() - 16, 12, 7))
