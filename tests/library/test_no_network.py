"""Everything stays on this computer: nothing but the fetching of the model may open a network connection."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from films import first_seconds
from no_network import BLOCKED

from formcheck.pose.model import model_file
from formcheck.pose.usage_data import PROXIES, SAVED, forbid_uploads, users_environment
from formcheck.system.resources import folder

ROOT = Path(__file__).parents[2]
HARNESS = Path(__file__).with_name("no_network.py")
NETWORK = {
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "requests",
    "smtplib",
    "socket",
    "ssl",
    "urllib",
    "urllib3",
}
HARMLESS = "urllib.parse"
"""Takes addresses apart, and opens nothing."""
MAY = {f"formcheck/{name}.py" for name in ("pose/fetch", "capture/address", "capture/network_stream", "capture/rtsp_guard")}
"""The model's fetch, and cameras at addresses that the user typed."""


def run(script: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(HARNESS), str(script), *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)


def test_the_guard_bites(tmp_path: Path) -> None:
    script = tmp_path / "call_home.py"
    calls = {
        "python": "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:9/')",
        "resolve": "import socket\nsocket.getaddrinfo('localhost', 80)",
    }
    if sys.platform == "linux":
        calls["native"] = "import ctypes\nctypes.CDLL(None).socket(2, 1, 0)"
        calls["native resolver"] = "import ctypes\nctypes.CDLL(None).gethostbyname(b'example.invalid')"
    for name, code in calls.items():
        script.write_text(f"try:\n {code.replace(chr(10), chr(10) + ' ')}\nexcept OSError:\n pass\nprint('alive')")
        done = run(script)
        assert done.returncode in (BLOCKED, -31), name  # 31: SIGSYS, the kernel's answer
        assert "alive" not in done.stdout, name


def test_a_day_of_work_opens_no_connection(tmp_path: Path) -> None:
    model = model_file()  # may fetch: the one thing that may
    short = tmp_path / "short.mp4"
    first_seconds(folder("assets") / "demo.mp4", 3.0, short)
    done = run(Path(__file__).with_name("offline_day.py"), model, short, tmp_path)
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / "done").exists()
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_what_the_user_set_is_kept_for_fetching_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*PROXIES, *(SAVED + name for name in PROXIES)):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    before = dict(os.environ)
    for name in (*PROXIES, *(SAVED + name for name in PROXIES)):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # so that all of them are put back afterwards
        if name not in before:
            monkeypatch.delenv(name)
    forbid_uploads()
    forbid_uploads()
    assert os.environ["https_proxy"] == PROXIES["https_proxy"]
    assert users_environment() == before


@pytest.mark.parametrize("path", sorted((ROOT / "formcheck").rglob("*.py")), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_module_imports_what_could(path: Path) -> None:
    if path.relative_to(ROOT).as_posix() in MAY:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    imports += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 0]
    assert not {name.split(".")[0] for name in imports if name != HARMLESS} & NETWORK
    assert not [name for name in imports if name.startswith("PySide6.QtNetwork")]
