"""A picture to draw on: lines and angles by clicks."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent

from formcheck.frames import Frame
from formcheck.gui.video import drawing
from formcheck.gui.video.images import as_qimage
from formcheck.gui.video.picture import PictureView


class DrawingView(PictureView):
    """Shows a frame; with a tool chosen, clicks draw. Shapes stay until cleared, whatever frame is shown."""

    drawn = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.frame: Frame | None = None
        self.shapes: tuple[drawing.Shape, ...] = ()
        self._tool: drawing.Tool | None = None
        self.clicked.connect(self._click)

    def show_frame(self, frame: Frame | None) -> None:
        self.frame = frame
        self.show_picture(None if frame is None else as_qimage(frame.image))

    def set_tool(self, tool: drawing.Tool | None) -> None:
        self._tool = tool

    def clear(self) -> None:
        self.shapes = ()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        if self.frame is not None and self.shapes:
            height, width = self.frame.image.shape[:2]
            painter = QPainter(self)
            drawing.paint(painter, self.shapes, QRectF(self.picture_rect()), (width, height))

    def _click(self, x: float, y: float) -> None:
        if self._tool is None or self.frame is None:
            return
        height, width = self.frame.image.shape[:2]
        self.shapes = drawing.add_point(self.shapes, self._tool, (x * width, y * height))
        self.update()
        self.drawn.emit()
