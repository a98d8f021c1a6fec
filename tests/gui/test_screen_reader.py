"""What a screen reader is told, over the bus that it uses on Linux: a real window, a real bus, a real listener."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck.system.opencv_qt import clean_environment

ROOT = Path(__file__).parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
LAUNCHER = next(
    (p for p in (Path("/usr/libexec/at-spi-bus-launcher"), Path("/usr/lib/at-spi2-core/at-spi-bus-launcher")) if p.is_file()),
    None,
)
LAST = "Keep your feet together."
PROGRAM = """
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from formcheck.exercises import EXERCISES
from formcheck.gui.live.messages import Level, Message
from formcheck.gui.pages import LIVE
from formcheck.gui.program import Program
from formcheck.gui.sets.equipment import Equipment
from formcheck.gui.sound.voice import Voice
from formcheck.system.settings import Settings
app = QApplication([])
program = Program(EXERCISES, Settings(), equipment=Equipment(list_cameras=list, make_voice=Voice))
program.window.show()
program.navigator.show(LIVE)
panel = program.navigator.presenter(LIVE).page.panel
def announce():
    panel.count.set_text("7", "#000000")
    panel.show_message(Message("Keep your feet together.", Level.FAULT))
def look():
    if Path("heard").exists():
        app.quit()
    elif Path("listening").exists() and not told:
        told.append(True)
        QTimer.singleShot(500, announce)  # once the window has been looked over
told = []
watch = QTimer(interval=50)
watch.timeout.connect(look)
watch.start()
app.exec()
"""


def test_count_and_cue_are_announced_and_controls_have_names(tmp_path: Path) -> None:
    for tool in ("Xvfb", "xvfb-run", "dbus-run-session"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    probe = [SYSTEM_PYTHON, "-c", "import pyatspi"]
    if LAUNCHER is None or subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("at-spi2-core or python3-pyatspi is not installed")
    script = (
        f'{LAUNCHER} --launch-immediately & sleep 0.3; "{sys.executable}" -c "$PROGRAM" & '
        f'timeout 50 {SYSTEM_PYTHON} "{ROOT / "tests/support/screen_reader.py"}" . "{LAST}" 40; wait %2'
    )
    environment = clean_environment() | {"PROGRAM": PROGRAM, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "xcb"}
    environment |= {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    environment |= {name: str(tmp_path / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    environment.pop("WAYLAND_DISPLAY", None)
    command = ["xvfb-run", "-a", "dbus-run-session", "--", "sh", "-c", script]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=90, check=False)
    told = done.stdout.splitlines()
    assert "EVENT 7" in told, done.stdout[-2000:] + done.stderr[-2000:]
    assert f"EVENT {LAST}" in told
    assert {"push button | Start", "combo box | Clam", "frame | formcheck"} & set(told)
    assert "push button | " not in told, "a button without a name"
    assert os.environ.get("QT_LINUX_ACCESSIBILITY_ALWAYS_ON") is None
