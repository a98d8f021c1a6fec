"""Draws the program's icon, a gauge over a still pelvis, and the marks of its boxes, into formcheck/gui/assets."""

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen

SIZE = 256
MARK = 32
FOLDER = Path(__file__).parent.parent / "formcheck" / "gui" / "assets"


def main() -> None:
    QGuiApplication([])
    image = QImage(SIZE, SIZE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#00599c"))
    painter.drawRoundedRect(QRectF(8, 8, 240, 240), 52, 52)
    arc = QRectF(44, 52, 168, 168)
    for start, span, colour in ((90, 90, "#ffffff"), (35, 55, "#f0b429"), (0, 35, "#ff8a4c")):
        painter.setPen(QPen(QColor(colour), 22, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawArc(arc, start * 16, span * 16)
    hip = QPointF(128, 136)
    painter.setPen(QPen(QColor("#ffffff"), 16, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(hip, hip + QPointF(-38, -50))
    painter.setBrush(QColor("#ffffff"))
    painter.drawEllipse(hip, 15, 15)
    painter.drawPolyline([QPointF(72, 204), QPointF(128, 176), QPointF(184, 204)])
    painter.end()
    image.save(str(FOLDER / "formcheck.png"))
    for theme, ink, on_accent in (("light", "#16191d", "#ffffff"), ("dark", "#f1f3f5", "#08131d")):  # as in theme.py
        for name, colour, points in (
            ("tick", on_accent, ((7, 17), (13, 23), (25, 9))),
            ("up", ink, ((6, 21), (16, 11), (26, 21))),
            ("down", ink, ((6, 11), (16, 21), (26, 11))),
        ):
            stroke(QColor(colour), points).save(str(FOLDER / f"{name}_{theme}.png"))


def stroke(colour: QColor, points: tuple[tuple[int, int], ...]) -> QImage:
    """A line through these points of a small square."""
    image = QImage(MARK, MARK, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline([QPointF(*point) for point in points])
    painter.end()
    return image


if __name__ == "__main__":
    main()
