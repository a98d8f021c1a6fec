"""What the window does with a display, once more on a real X display with the xcb platform: what offscreen hides shows here."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from formcheck.system.opencv_qt import clean_environment

HERE = Path(__file__).parent
ON_X = {
    "test_live.py": ("a_click_chooses", "any_key_starts", "recording_is_seen", "nobody_wrong_position"),
    "test_window.py": (
        *("guide_shows", "set_is_reviewed", "compared_from_the_list", "dropped_file", "question_is_asked"),
        *("settings_are_taken_over", "closing_the_window", "geometry"),
    ),
}
"""Clicks and keys, pictures and drawings, dialogs and boxes, what is dropped, colours and sizes; the rest needs no display."""


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("Xvfb is not installed")
    read, write = os.pipe()
    arguments = [server, "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
    process = subprocess.Popen(arguments, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        process.terminate()
        process.wait(10)


def test_the_pages_and_states_on_a_real_display(display: str) -> None:
    environment = clean_environment() | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    environment.pop("WAYLAND_DISPLAY", None)
    names = " or ".join(name for names in ON_X.values() for name in names)
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "-k", names, *(str(HERE / file) for file in ON_X)]
    done = subprocess.run(command, cwd=HERE.parent.parent, env=environment, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert int(re.findall(r"(\d+) passed", done.stdout)[0]) >= sum(map(len, ON_X.values()))


def test_the_program_starts_under_xcb_after_opencv_was_imported(display: str, tmp_path: Path) -> None:
    """OpenCV's wheel points Qt at its own plugins; the program must start all the same, and end when its window is closed."""
    program = (
        "import cv2, sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from formcheck.system.opencv_qt import release_qt\n"
        "release_qt()\n"
        "app = QApplication([])\n"
        "assert app.platformName() == 'xcb', app.platformName()\n"
        "QTimer.singleShot(1500, app.closeAllWindows)\n"
        "from formcheck.gui.app import run\n"
        "sys.exit(run())\n"
    )
    environment = clean_environment() | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    environment |= {name: str(tmp_path) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=HERE.parent.parent, env=environment, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "qt.qpa" not in done.stderr
    assert time.monotonic() - started > 1.5
    assert (tmp_path / "formcheck" / "settings.json").is_file()


def test_letters_are_shown_where_the_system_has_no_font(display: str, tmp_path: Path) -> None:
    """A bare Linux: without the program's own font every letter would be a box, all as wide as each other."""
    nothing = tmp_path / "fonts.conf"
    nothing.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>')
    program = (
        "from PySide6.QtGui import QFontMetrics\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from formcheck.gui.app import have_a_font\n"
        "app = QApplication([])\n"
        "have_a_font(app)\n"
        "metrics = QFontMetrics(app.font())\n"
        "assert metrics.horizontalAdvance('WW') > 2 * metrics.horizontalAdvance('ii')\n"
    )
    environment = clean_environment() | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "FONTCONFIG_FILE": str(nothing)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
