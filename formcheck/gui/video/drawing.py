"""Lines and angles that the therapist draws on a picture: shapes in the picture's own pixels, and how they are painted."""

import math
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

INK, OUTLINE = "#ffe14d", "#000000"


class Tool(StrEnum):
    LINE = "line"
    ANGLE = "angle"


@dataclass(frozen=True, slots=True)
class Shape:
    """Two points make a line, three an angle at the second. Points in px of the frame."""

    tool: Tool
    points: tuple[tuple[float, float], ...]

    @property
    def finished(self) -> bool:
        return len(self.points) == (2 if self.tool is Tool.LINE else 3)

    @property
    def degrees(self) -> float:
        """Of an angle between its arms; of a line against the horizontal, 0-90."""
        if self.tool is Tool.LINE:
            (x1, y1), (x2, y2) = self.points[:2]
            return math.degrees(math.atan2(abs(y2 - y1), abs(x2 - x1)))
        (ax, ay), (bx, by), (cx, cy) = self.points[:3]
        turn = math.degrees(math.atan2(cy - by, cx - bx) - math.atan2(ay - by, ax - bx))
        return abs((turn + 180) % 360 - 180)


def add_point(shapes: tuple[Shape, ...], tool: Tool, point: tuple[float, float]) -> tuple[Shape, ...]:
    """A click: goes on with an unfinished shape of this tool or begins one."""
    if shapes and not shapes[-1].finished:
        last = shapes[-1]
        if last.tool is tool:
            return (*shapes[:-1], Shape(tool, (*last.points, point)))
        shapes = shapes[:-1]
    return (*shapes, Shape(tool, (point,)))


def paint(painter: QPainter, shapes: tuple[Shape, ...], place: QRectF, size: tuple[int, int]) -> None:
    """Paint over a picture that stands at `place`; size: the frame's (width, height)."""
    factor = place.width() / size[0]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    for shape in shapes:
        points = [QPointF(place.left() + x * factor, place.top() + y * factor) for x, y in shape.points]
        for colour, width in ((OUTLINE, 5.0), (INK, 2.5)):
            painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPolyline(points)
            for point in points:
                painter.drawEllipse(point, 4, 4)
        if shape.finished:
            _label(painter, points[-2] + QPointF(10, -10), f"{shape.degrees:.0f}°")


def _label(painter: QPainter, at: QPointF, words: str) -> None:
    box = painter.fontMetrics().boundingRect(words).adjusted(-5, -2, 5, 2)
    box.translate(at.toPoint())
    painter.fillRect(box, QColor(OUTLINE))
    painter.setPen(QColor(INK))
    painter.drawText(QRectF(box), Qt.AlignmentFlag.AlignCenter, words)
