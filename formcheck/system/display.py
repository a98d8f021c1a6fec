"""Whether Qt can open a window here. Where it cannot, Qt ends the whole process: so a child process tries it."""

import ctypes
import os
import re
import subprocess
import sys
from collections.abc import Callable

from formcheck.system.language import tr
from formcheck.system.opencv_qt import clean_environment

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLESv2.so.2": "libgles2",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""Libraries that Qt's window needs on Linux, and the Debian packages that hold them."""

_PROBE = "from PySide6.QtWidgets import QApplication; QApplication([])"
_TIMEOUT_S = 30.0


def display_problem() -> str | None:
    """Why no window can open, with what to do; None if one can. Takes some tenths of a second, on Linux only."""
    return begin_display_check()()


def begin_display_check() -> Callable[[], str | None]:
    """Begin to find out while the caller does something else; what is returned waits for display_problem()'s answer."""
    if sys.platform != "linux":
        return lambda: None
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        return lambda: tr("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)")
    if getattr(sys, "frozen", False):
        return lambda: None  # a built program brings Qt's libraries along, and has no Python to try them with
    command = [sys.executable, "-c", _PROBE]
    probe = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", env=clean_environment()
    )
    return lambda: _answer(probe)


def explain(said: str, missing: list[str]) -> str:
    """One line from what the failed probe wrote and which libraries are missing."""
    missing = missing + [name for name in re.findall(r"(lib[\w+.-]+\.so[\d.]*): cannot open", said) if name not in missing]
    if missing:
        packages = sorted({PACKAGES.get(name, name) for name in missing})
        return tr(
            "the system library {libraries} is missing; on Debian or Ubuntu: sudo apt install {packages}",
            libraries=", ".join(missing),
            packages=" ".join(packages),
        )
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    if any("could not connect to display" in line for line in lines):
        return tr(
            "the display {name} does not answer; log in to the desktop, or unset DISPLAY", name=os.environ.get("DISPLAY", "")
        )
    return tr("Qt cannot start ({why})", why=lines[0]) if lines else tr("Qt cannot start, and said nothing")


def missing_libraries() -> list[str]:
    """Those of PACKAGES that this system does not have."""
    return [name for name in PACKAGES if not _loads(name)]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _answer(probe: "subprocess.Popen[str]") -> str | None:
    with probe:
        try:
            said, _ = probe.communicate(timeout=_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            probe.kill()
            return explain(tr("Qt did not start in time"), missing_libraries())
    return None if probe.returncode == 0 else explain(said, missing_libraries())
