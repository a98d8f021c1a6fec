"""Tries the built program as a new user would: does it find its model, analyse, hold a live set on a stream, open its window?

Given a .deb or an AppImage and --system FOLDER, a bare Debian made with `debootstrap --variant=minbase bookworm FOLDER`, it is
installed there first and everything runs in it by chroot, without Python and without a network: as root, once per FOLDER. Xvfb
and the stream run outside, on this computer.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
WINDOW_S = 20
TIMEOUT_S = 500
CLIP = ROOT / "assets" / "demo.mp4"
DISPLAY = ":77"


class Place:
    """Where the program runs: this computer, or a bare system in a folder."""

    def __init__(self, system: Path | None, folder: Path) -> None:
        self._system, self.folder = system, folder
        self.inside = Path("/try") if system else folder
        """The folder's name as the program sees it."""

    def command(self, *words: str, **environment: str) -> list[str]:
        named = [f"{k}={v}" for k, v in environment.items()]
        home = [
            f"{v}={self.inside}/home" for v in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
        ]
        clean = ["env", "-i", "PATH=/usr/bin:/bin:/usr/sbin:/sbin", "LANG=C.UTF-8", *home, *named]
        if self._system is None:
            return [*clean, "sh", "-c", 'cd "$0" && exec "$@"', str(self.folder), *words]
        return [*clean, "chroot", str(self._system), "sh", "-c", 'cd /try && exec "$@"', "sh", *words]

    def run(self, *words: str, network: bool = False) -> str:
        """What it printed; ends the script where it failed. In a bare system there is no network unless it is asked for."""
        alone = ["unshare", "--net"] if self._system and not network else []
        begun = time.monotonic()
        done = subprocess.run([*alone, *self.command(*words)], capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
        print(f"$ {' '.join(words)}: exit {done.returncode} after {time.monotonic() - begun:.1f} s")
        if done.returncode:
            sys.exit(done.stdout + done.stderr)
        return done.stdout


def window_opens(place: Place, *words: str) -> None:
    """The window must come up, still be there after a while, and be more than an empty picture; it is kept as window.png."""
    server = subprocess.Popen(
        ["Xvfb", DISPLAY, "-screen", "0", "1400x900x24", "-listen", "tcp", "-ac"], stderr=subprocess.DEVNULL
    )
    begun = time.monotonic()
    program = subprocess.Popen(place.command(*words, DISPLAY=f"127.0.0.1{DISPLAY}.0"), stderr=subprocess.PIPE, text=True)
    try:
        while time.monotonic() - begun < WINDOW_S * 3 and not windows():
            time.sleep(0.1)
        print(f"window after {time.monotonic() - begun:.1f} s")
        _, errors = program.communicate(timeout=WINDOW_S)
        sys.exit(f"the window closed by itself: {errors}")
    except subprocess.TimeoutExpired:
        picture = Path("window.png").resolve()
        if shutil.which("import"):
            subprocess.run(["import", "-display", DISPLAY, "-window", "root", picture], check=True)
        print(f"the window opened and stayed open: {picture}")
    finally:
        program.terminate()
        program.wait(10)
        server.terminate()
        server.wait(10)


def windows() -> str:
    found = subprocess.run(
        ["xwininfo", "-display", DISPLAY, "-root", "-tree"], capture_output=True, text=True, check=False
    ).stdout
    return found if '"formcheck"' in found else ""


@contextmanager
def stream() -> Iterator[str]:
    """The demo clip again and again as MJPEG over HTTP, as a phone sends it; its address on the loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command: list[str | Path] = [
        "ffmpeg",
        "-v",
        "error",
        "-re",
        "-stream_loop",
        "-1",
        "-i",
        CLIP,
        "-f",
        "mpjpeg",
        "-q:v",
        "4",
        "-listen",
        "1",
    ]
    sender = subprocess.Popen([*command, f"http://127.0.0.1:{port}/video"], stderr=subprocess.DEVNULL)
    try:
        time.sleep(2)
        yield f"http://127.0.0.1:{port}/video"
    finally:
        sender.kill()
        sender.wait(10)


def installed(package: Path, system: Path) -> list[str]:
    """The command that starts it there."""
    target = system / "opt" / package.name
    shutil.copy(package, target)
    if package.suffix == ".deb":
        inside = ["chroot", str(system), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-qq", "-y"]
        subprocess.run([*inside, "--no-install-recommends", f"/opt/{package.name}"], check=True, stdout=subprocess.DEVNULL)
        return ["formcheck"]
    return [f"/opt/{package.name}", "--appimage-extract-and-run"]  # a chroot has no FUSE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path, nargs="?", default=ROOT / "dist" / "formcheck" / "formcheck")
    parser.add_argument("--system", type=Path, help="a bare system to try it in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        system: Path | None = options.system
        program = [str(options.program.resolve())]
        if system is not None:
            program = installed(options.program, system)
            assert not list((system / "usr/bin").glob("python3*")), "there is a Python in this system"
            shutil.rmtree(system / "try", ignore_errors=True)
            folder = system / "try"
            folder.mkdir()
        shutil.copy(CLIP, folder / "clip.mp4")
        attempt(Place(system, folder), program)
    print("the built program works")


def attempt(place: Place, program: list[str]) -> None:
    assert "usage" in place.run(*program, "--help")
    assert "checked" in place.run(*program, "models")
    printed = place.run(*program, "demo")
    assert "repetitions" in printed, printed
    assert (place.folder / "formcheck-demo" / "session.json").is_file()
    place.run(*program, "analyze", f"{place.inside}/clip.mp4", "--exercise", "clam", "--out", f"{place.inside}/one")
    place.run(*program, "report", f"{place.inside}/one", "--pdf", f"{place.inside}/report.pdf")
    assert (place.folder / "report.pdf").read_bytes().startswith(b"%PDF")
    with stream() as address:
        live = ("live", "--camera", address, "--exercise", "clam", "--now", "--seconds", "12", "--out", f"{place.inside}/live")
        place.run(*program, *live, network=True)
    assert (place.folder / "live" / "session.json").is_file()
    if shutil.which("Xvfb") is None:
        print("no Xvfb: the window was not tried")
    else:
        window_opens(place, *program, "demo")


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    main()
