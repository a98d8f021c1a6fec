"""OpenCV's Qt and ours in one process, on a real X display."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck.system.opencv_qt import VARIABLES, clean_environment, release_qt

ROOT = Path(__file__).parents[2]
START = """
import cv2
from formcheck.system.opencv_qt import release_qt
release_qt()
import os
assert "QT_QPA_PLATFORM_PLUGIN_PATH" not in os.environ, os.environ["QT_QPA_PLATFORM_PLUGIN_PATH"]
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("formcheck")
label.show()
app.processEvents()
print(app.platformName())
"""


def test_what_opencv_sets_is_taken_back_and_what_the_user_set_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import cv2

    own = Path(cv2.__file__).parent / "qt"
    monkeypatch.setenv(VARIABLES[0], str(own / "plugins"))
    monkeypatch.setenv(VARIABLES[1], str(tmp_path))
    assert VARIABLES[0] not in clean_environment()
    release_qt()
    assert VARIABLES[0] not in os.environ
    assert os.environ[VARIABLES[1]] == str(tmp_path)
    release_qt()


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb: apt install xvfb")
def test_the_window_starts_on_a_real_x_display_after_opencv() -> None:
    environment = {k: v for k, v in os.environ.items() if k not in (*VARIABLES, "QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")}
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            display = f":{server.stdout.readline().strip()}"
            done = subprocess.run(
                [sys.executable, "-c", START],
                capture_output=True,
                text=True,
                timeout=60,
                cwd=ROOT,
                env=environment | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
                check=False,
            )
        finally:
            server.terminate()
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "xcb"
    assert "plugin" not in done.stderr
