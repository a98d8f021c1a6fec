"""Left and right midstance of a run side by side, each as the mean picture of ten stances."""

from collections.abc import Sequence

import cv2
import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout

from formcheck.gui.video.images import as_qimage
from formcheck.gui.widgets.card import label
from formcheck.report.midstance import Midstance
from formcheck.system.language import tr

HEIGHT_PX = 460


class MidstanceDialog(QDialog):
    def __init__(self, pictures: Sequence[Midstance]) -> None:
        super().__init__()
        self.setWindowTitle(tr("Left and right midstance"))
        beside = QHBoxLayout()
        for midstance in pictures:
            beside.addLayout(_column(midstance))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(beside)
        about = tr("White is level, orange the pelvis in the mean of all stances of that side. Estimated from the picture.")
        layout.addWidget(label(about, "secondary"))
        layout.addWidget(buttons)


def _column(midstance: Midstance) -> QVBoxLayout:
    height, width = midstance.image.shape[:2]
    size = (round(width * HEIGHT_PX / height), HEIGHT_PX)
    picture = QLabel()
    picture.setPixmap(QPixmap.fromImage(as_qimage(np.asarray(cv2.resize(midstance.image, size), np.uint8))))
    picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
    picture.setAccessibleName(midstance.words)
    column = QVBoxLayout()
    column.addWidget(picture)
    column.addWidget(label(midstance.words, "secondary"))
    return column
