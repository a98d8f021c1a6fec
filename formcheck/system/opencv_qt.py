"""Keeps OpenCV's own Qt out of the window's way: on Linux `import cv2` points Qt at plugins of another build."""

import os
from pathlib import Path

VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


def release_qt() -> None:
    """Take back what `import cv2` sets; call before the QApplication is made. What the user has set stays."""
    import cv2

    own = Path(cv2.__file__).parent
    for name in VARIABLES:
        value = os.environ.get(name)
        if value and own in Path(value).parents:
            del os.environ[name]


def clean_environment() -> dict[str, str]:
    """The environment for a child process that starts Qt."""
    return {name: value for name, value in os.environ.items() if name not in VARIABLES or "cv2" not in Path(value).parts}
