"""What a page of the window looks like once it is on the screen, and how well its words stand out."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from gui_stage import Stage
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget

from formcheck.frames import Image
from formcheck.gui.pages import COMPARE, REVIEW
from formcheck.gui.running.run_dialog import RunDialog
from formcheck.gui.widgets.theme import contrast

READABLE = 4.5
"""Contrast of text and ground, WCAG 2.2 1.4.3, level AA."""


def shown(stage: Stage, page: str) -> QWidget:
    """What a page or dialog looks like is only known once it is on the screen."""
    stage.navigator.show(page)
    view = stage.presenter(page).view
    stage.wait(lambda: view.window().windowHandle().isExposed())
    QApplication.processEvents()
    return view if isinstance(view, QDialog) else stage.window


def pixels(widget: QWidget, around: QRect | None = None) -> Image:
    """(H, W, 3) RGB of the widget, or of a part of its window."""
    grabbed = widget.grab() if around is None else widget.window().grab(around)
    image = grabbed.toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def too_faint(view: QWidget) -> Iterator[str]:
    worded: list[QLabel | QAbstractButton] = [*view.findChildren(QLabel), *view.findChildren(QAbstractButton)]
    for widget in worded:
        if widget.isVisible() and widget.isEnabled() and widget.text().strip() and widget.width() > 8 < widget.height():
            measured = text_contrast(pixels(widget))
            if measured < READABLE:
                yield f"{widget.text()!r} has a contrast of {measured:.1f}"


def text_contrast(image: Image) -> float:
    """Of the most frequent colour, the ground, and the colour most unlike it: thin letters are blended, so it reads low."""
    red, green, blue = (image[2:-2, 2:-2, i].astype(np.uint32).ravel() for i in range(3))
    found, counts = np.unique(red << 16 | green << 8 | blue, return_counts=True)
    names = [f"#{found[i]:06x}" for i in np.argsort(-counts)[:40]]
    return max(contrast(names[0], name) for name in names)


def reviewed(stage: Stage, folder: Path) -> QWidget:
    """The window with a session's review."""
    stage.services.sessions.review(folder)
    page = stage.presenter(REVIEW).page
    stage.wait(lambda: page.review is not None and page.review.folder == folder)
    return shown(stage, REVIEW)


def compared(stage: Stage, left: Path, right: Path) -> QWidget:
    """The window with two sessions side by side."""
    stage.services.sessions.compare(left, right)
    half = stage.presenter(COMPARE).page.right
    stage.wait(lambda: half.review is not None and half.review.folder == right)
    return shown(stage, COMPARE)


def sides_of_run(stage: Stage, folder: Path) -> RunDialog:
    """The dialog with both sides of a run."""
    reviewed(stage, folder)
    stage.presenter(REVIEW).page.run_button.click()
    dialog = stage.dialog(RunDialog)
    assert dialog.tabs.count() == 4
    return dialog
