"""About: versions and licences."""

import importlib.metadata
import platform

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout

from formcheck import __version__
from formcheck.doctor import OPENCV
from formcheck.gui.widgets.card import label
from formcheck.system.language import tr

_PARTS = (
    ("PySide6-Essentials", "Qt for Python", "LGPL-3.0"),
    ("mediapipe", "MediaPipe and its pose model", "Apache-2.0"),
    (OPENCV, "OpenCV", "Apache-2.0"),
    ("numpy", "NumPy", "BSD-3-Clause"),
    ("av", "PyAV, with FFmpeg and x264", "BSD-3-Clause; FFmpeg and x264 GPL/LGPL"),
    ("pyqtgraph", "PyQtGraph", "MIT"),
    ("platformdirs", "platformdirs", "MIT"),
    ("cv2-enumerate-cameras", "cv2-enumerate-cameras", "MIT"),
)


def versions() -> str:
    """One line per part: name, version, licence."""
    lines = [f"Python {platform.python_version()}, {platform.platform()}"]
    for package, title, licence in _PARTS:
        try:
            version = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            version = tr("not installed")
        lines.append(f"{title} {version} - {licence}")
    return "\n".join(lines)


class AboutDialog(QDialog):
    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(tr("About formcheck"))
        self.setMinimumWidth(520)
        parts = QPlainTextEdit(versions())
        parts.setReadOnly(True)
        parts.setTabChangesFocus(True)
        parts.setAccessibleName(tr("Versions and licences"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(label(f"formcheck {__version__}", "title"))
        layout.addWidget(label(tr("Watches hip exercises through a camera and says whether the pelvis stayed still.")))
        layout.addWidget(label(tr("Movement feedback and education, not medical advice. Everything stays on this computer.")))
        layout.addWidget(label(tr("Licence: MIT. It is built with:"), "heading"))
        layout.addWidget(parts)
        layout.addWidget(buttons)
