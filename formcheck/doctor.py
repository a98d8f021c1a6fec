"""What a helper would ask for first: cameras, model, codecs, display, disk, versions. No Qt in this process."""

import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from formcheck import __version__
from formcheck.system.display import display_problem as display_problem
from formcheck.system.errors import UserError
from formcheck.system.kept_words import shown
from formcheck.system.language import tr
from formcheck.system.python_versions import python_problem

BUILT = bool(getattr(sys, "frozen", False))
"""Whether this is the program without Python that packaging/ builds."""
LOW_DISK_BYTES = 1_000_000_000
OPENCV = "opencv-python-headless" if BUILT and sys.platform != "win32" else "opencv-contrib-python"
"""The wheel of OpenCV that belongs here."""
_LIBRARIES = ("mediapipe", OPENCV, "numpy", "av", "PySide6-Essentials", "pyqtgraph")
_OPENCVS = ("opencv-python", "opencv-contrib-python", "opencv-python-headless", "opencv-contrib-python-headless")


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    ok: bool
    detail: str
    advice: str = ""
    """What to do; empty if nothing."""


def checks() -> list[Check]:
    """All of them, each whatever the others say; takes a few seconds."""
    return [_guarded(*item) for item in _CHECKS.items()]


def _guarded(name: str, check: Callable[[], Check]) -> Check:
    try:
        return check()
    except Exception as error:  # a check that breaks is a finding, too
        return Check(name, False, repr(error))


def _versions() -> Check:
    system = f"Python {platform.python_version()} on {platform.platform()}, {platform.machine()}, {os.cpu_count()} processors"
    libraries = ", ".join(f"{name} {_version(name) or 'missing'}" for name in _LIBRARIES)
    problem = python_problem()
    return Check(
        "versions",
        not problem and all(map(_version, _LIBRARIES)),
        f"formcheck {__version__}, {system}; {libraries}",
        problem,
    )


def _opencv() -> Check:
    return one_opencv([name for name in _OPENCVS if _version(name)])


def one_opencv(installed: list[str]) -> Check:
    """Several wheels bring the same `cv2` and overwrite each other. A built program has the headless one (not on Windows)."""
    if installed == [OPENCV]:
        return Check("opencv", True, tr("{library}, alone", library=installed[0]))
    return Check(
        "opencv",
        False,
        tr("installed: {libraries}", libraries=", ".join(installed) or tr("none")),
        tr(
            "pip uninstall -y {libraries}, then pip install opencv-contrib-python (the one MediaPipe requires)",
            libraries=" ".join(installed),
        ),
    )


def _mediapipe() -> Check:
    """In a process of its own, since a broken library may end it; a built program has no Python for that."""
    if BUILT:
        import formcheck.pose.landmarker  # noqa: F401

        return Check("mediapipe", True, tr("loads"))
    done = subprocess.run(
        [sys.executable, "-c", "import mediapipe"], capture_output=True, text=True, errors="replace", timeout=120, check=False
    )
    said = done.stderr.strip().splitlines()
    return Check(
        "mediapipe", done.returncode == 0, tr("loads") if done.returncode == 0 else (said[-1] if said else tr("does not load"))
    )


def _cameras() -> Check:
    from formcheck.capture.camera import list_cameras

    found = list_cameras()
    names = ", ".join(f"{camera.index} {camera.name}" for camera in found)
    return Check("cameras", bool(found), names or tr("none"), "" if found else tr("plug one in; video files work without"))


def _model() -> Check:
    from formcheck.pose.model import model_states

    state = model_states()[0]
    return Check("model", state.path is not None, str(state), "" if state.path else tr("run: formcheck models --path"))


def _codecs() -> Check:
    """Writes a short film and reads it back."""
    import numpy as np

    from formcheck.capture.video_file import VideoFile
    from formcheck.recording.video_writer import VideoWriter

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        try:
            with VideoWriter(path, (64, 48)) as writer:
                for i in range(5):
                    writer.write(np.full((48, 64, 3), 40 * i, np.uint8), i / 30)
            with VideoFile(path) as film:
                read = sum(1 for _ in film.frames())
        except UserError as error:
            return Check("codecs", False, str(error), tr("reinstall the package av"))
    return Check(
        "codecs",
        read == 5 and writer.notice is None,
        shown(writer.notice or "") or tr("H.264 written and read ({read} of 5 pictures)", read=read),
    )


def _display() -> Check:
    problem = display_problem()
    return Check(
        "display", problem is None, problem or tr("a window can open"), tr("the command line works without") if problem else ""
    )


def _disk() -> Check:
    """Where sessions go: room, and whether anything can be written there."""
    from formcheck.system.settings import load_settings

    folder = load_settings()[0].sessions()
    while not folder.exists():
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(1_000_000))
    except OSError as error:
        return Check(
            "disk", False, f"{folder}: {error.strerror}", tr("choose another folder for sessions in the settings, or make room")
        )
    free = shutil.disk_usage(folder).free
    low = free < LOW_DISK_BYTES
    return Check(
        "disk",
        not low,
        tr("{free:.1f} GB free at {folder}", free=free / 1e9, folder=folder),
        tr("make room: a recording takes 0.5 GB an hour") if low else "",
    )


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


_CHECKS: dict[str, Callable[[], Check]] = {
    "versions": _versions,
    "opencv": _opencv,
    "mediapipe": _mediapipe,
    "cameras": _cameras,
    "model": _model,
    "codecs": _codecs,
    "display": _display,
    "disk": _disk,
}
