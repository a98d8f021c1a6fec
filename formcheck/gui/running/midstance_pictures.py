"""Left and right midstance of a run side by side, each as the mean picture of ten stances."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from formcheck.frames import Frame
from formcheck.gui.video.drawing_view import DrawingView
from formcheck.gui.widgets.card import label
from formcheck.report.midstance import Midstance
from formcheck.system.language import tr


class MidstancePictures(QWidget):
    """pictures: none where no film was kept."""

    def __init__(self, pictures: Sequence[Midstance]) -> None:
        super().__init__()
        beside = QHBoxLayout()
        for midstance in pictures:
            beside.addLayout(_column(midstance))
        layout = QVBoxLayout(self)
        layout.addLayout(beside, 1)
        about = tr("White is level, orange the pelvis in the mean of all stances of that side. Estimated from the picture.")
        if not pictures:
            about = tr("No film was kept with this session, so there are no pictures.")
            layout.addStretch()
        layout.addWidget(label(about, "secondary"))


def _column(midstance: Midstance) -> QVBoxLayout:
    picture = DrawingView(midstance.words)
    picture.show_frame(Frame(midstance.image, 0, 0.0))
    column = QVBoxLayout()
    column.addWidget(picture, 1)
    column.addWidget(label(midstance.words, "secondary"))
    return column
