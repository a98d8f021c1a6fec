"""What the doctor says, and that it says it whatever is broken."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck import doctor
from formcheck.doctor import Check, checks, one_opencv
from formcheck.system.display import PACKAGES, display_problem, explain
from formcheck.system.settings import Settings

ROOT = Path(__file__).parents[2]


def test_every_check_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMCHECK_MODELS", str(tmp_path))
    found = {check.name: check for check in checks()}
    assert list(found) == ["versions", "opencv", "mediapipe", "cameras", "model", "codecs", "display", "disk"]
    assert found["versions"].ok
    assert f"{os.cpu_count()} processors" in found["versions"].detail
    assert found["mediapipe"].ok
    assert found["codecs"].ok
    assert all(check.ok or check.advice or check.name == "mediapipe" for check in found.values())


@pytest.mark.parametrize("sessions", ["file", "nowhere/at/all"])
def test_the_disk_is_that_of_the_sessions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sessions: str) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(
        "formcheck.system.settings.load_settings", lambda: (Settings(sessions_folder=str(tmp_path / sessions)), ())
    )
    check = doctor._disk()
    assert check.ok == (sessions != "file")
    assert str(tmp_path) in check.detail


def test_a_check_that_breaks_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Check:
        raise RuntimeError("no disk at all")

    monkeypatch.setitem(doctor._CHECKS, "disk", broken)
    last = checks()[-1]
    assert (last.name, last.ok) == ("disk", False)
    assert "no disk at all" in last.detail


def test_one_opencv_only() -> None:
    assert one_opencv(["opencv-contrib-python"]).ok
    both = one_opencv(["opencv-python", "opencv-contrib-python"])
    assert not both.ok
    assert "pip uninstall -y opencv-python opencv-contrib-python" in both.advice
    assert not one_opencv([]).ok


def test_the_environment_has_one_opencv() -> None:
    assert doctor._opencv().ok


@pytest.mark.parametrize(
    ("said", "missing", "named"),
    [
        ("", ["libxcb-icccm.so.4", "libxcb-cursor.so.0"], "sudo apt install libxcb-cursor0 libxcb-icccm4"),
        ("ImportError: libEGL.so.1: cannot open shared object file: No such file", [], "sudo apt install libegl1"),
        ("ImportError: libnew.so.3: cannot open shared object file", [], "libnew.so.3"),
        ("qt.qpa.xcb: could not connect to display :7\nAborted", [], "does not answer"),
        ("something else\nand more", [], "something else"),
        ("", [], "said nothing"),
    ],
)
def test_why_no_window_opens(said: str, missing: list[str], named: str) -> None:
    reason = explain(said, missing)
    assert named in reason
    assert "\n" not in reason


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
def test_no_display_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert "no display" in (display_problem() or "")


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
def test_a_display_that_does_not_answer_and_one_that_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":987")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert display_problem() is not None
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert display_problem() is None


def test_every_package_is_a_debian_name() -> None:
    assert all(package == package.lower() and " " not in package for package in PACKAGES.values())


def test_the_doctor_imports_no_qt() -> None:
    code = "import sys; import formcheck.doctor, formcheck.system.opencv_qt; assert not any('PySide' in m for m in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=dict(os.environ), check=True)
