"""Tries the built program as a new user would, and says how long each step took.

    sudo .venv/bin/python packaging/smoke_test.py dist/*.deb dist/*.AppImage

installs each package in a bare Debian of its own (bare_system.py) and runs everything there without Python and without a network,
as an ordinary user with an empty home: the command line, sets from streams and from a film, reports in each language, the window.
Without a package, and on other systems: dist/formcheck/formcheck, on this computer. Wants pytest (for the tests' streams), ffmpeg
for them, Xvfb, xwininfo and ImageMagick for the window, pdftotext for the reports.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import bare_system
from bare_system import BareSystem, Place, ThisComputer
from contents import ROOT

sys.path.insert(0, str(ROOT / "tests" / "support"))

CLIP = ROOT / "assets" / "demo.mp4"
DISPLAY = ":77"
OPENS_S, STAYS_S = 60, 15
SET_S = "12"
LANGUAGES = {"en": "Repetition", "de": "Wiederholung", "es": "Repetici", "fr": "Répétition", "zh_CN": "次"}
"""A word of each language's report."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", type=Path, nargs="*", help="a .deb, an AppImage")
    parser.add_argument(
        "--systems", type=Path, default=Path("/var/tmp/formcheck-bare"), help="where the bare systems go, and stay"
    )
    parser.add_argument("--pictures", type=Path, default=ROOT / "dist", help="where pictures of the window go")
    options = parser.parse_args()
    systems = {package: BareSystem(options.systems.resolve() / package.suffix[1:]) for package in options.packages}
    if systems and not bare_system.is_alone():
        for package, system in systems.items():
            system.make()
            system.install(package)
        bare_system.go_alone()
    for package, system in systems.items():
        print(f"== {package.name}, unpacked: {system.unpacked_mb(package)} MB")
        system.enter()
        attempt(system, system.program(package), options.pictures / f"window{package.suffix}.png")
    if not systems:
        with tempfile.TemporaryDirectory() as home:
            attempt(ThisComputer(Path(home)), [str(built())], options.pictures / "window.png")
    print("the built program works")


def built() -> Path:
    return ROOT / "dist" / "formcheck" / ("formcheck.exe" if sys.platform == "win32" else "formcheck")


def attempt(place: Place, program: list[str], picture: Path) -> None:
    shutil.copy(CLIP, place.home / "clip.mp4")
    place.forget()
    place.run(*program, "--version")
    place.run(*program, "--version")
    assert "checked" in place.run(*program, "models")
    print(place.run(*program, "doctor", ends=(0, 2)))
    assert "repetitions" in place.run(*program, "demo")
    assert (place.home / "formcheck-demo" / "session.json").is_file()
    place.run(*program, "analyze", "clip.mp4", "--exercise", "clam", "--out", "one")
    assert (place.home / "one" / "annotated.mp4").stat().st_size > 100_000
    reports(place, program)
    live(place, program)
    window(place, program, picture)


def reports(place: Place, program: list[str]) -> None:
    place.run(*program, "report", "one", "--html", "one.html", "--xlsx", "one.xlsx")
    assert (place.home / "one.xlsx").read_bytes().startswith(b"PK")
    for code, word in LANGUAGES.items():
        place.run(*program, "report", "one", "--pdf", f"{code}.pdf", LANG=f"{code}.UTF-8")
        file = place.home / f"{code}.pdf"
        assert file.read_bytes().startswith(b"%PDF")
        if shutil.which("pdftotext"):
            said = subprocess.run(
                ["pdftotext", file, "-"], stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True
            ).stdout
            assert word in said, f"{file.name} is not in its language"


def live(place: Place, program: list[str]) -> None:
    """Sets without a window: from streams, as phones and IP cameras send them, and from a film."""
    from streams import FFMPEG, MjpegServer, RtspServer

    def one(name: str, camera: str) -> None:
        words = ("live", "--camera", camera, "--exercise", "clam", "--now", "--seconds", SET_S, "--out", name)
        place.run(*program, *words)
        assert (place.home / name / "session.json").is_file()

    one("film", "clip.mp4")
    if FFMPEG is None:
        print("no ffmpeg: streams were not tried")
        return
    with MjpegServer(CLIP) as served:
        one("mjpeg", served.url)
    with RtspServer(CLIP) as served:
        one("rtsp", served.url)


def window(place: Place, program: list[str], picture: Path) -> None:
    """It must come up, twice (the first time from the disk), and stay; its picture is kept to be looked at."""
    if shutil.which("Xvfb") is None or shutil.which("xwininfo") is None:
        print("no Xvfb: the window was not tried")
        return
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1400x900x24", "-ac"], stderr=subprocess.DEVNULL)
    try:
        until(lambda: Path(f"/tmp/.X11-unix/X{DISPLAY[1:]}").exists(), "Xvfb")
        place.forget()
        _open(place, [*program, "demo"], "from the disk", picture)
        _open(place, [*program, "demo"], "again", picture)
        _open(place, program, "first page", picture.with_stem(f"{picture.stem}-first"))
    finally:
        server.terminate()
        server.wait(10)


def _open(place: Place, words: list[str], how: str, picture: Path) -> None:
    begun = time.monotonic()
    child = place.start(*words, DISPLAY=DISPLAY)
    try:
        until(lambda: _seen() or child.poll() is not None, "the window")
        print(f"{time.monotonic() - begun:6.1f} s  window, {how}", flush=True)
        _, errors = child.communicate(timeout=STAYS_S)
        sys.exit(f"the window closed by itself: {errors}")
    except subprocess.TimeoutExpired:
        if shutil.which("import"):
            subprocess.run(["import", "-display", DISPLAY, "-window", "root", picture], check=True)
    finally:
        if child.poll() is None:
            os.killpg(child.pid, 15)
            child.wait(20)


def _seen() -> bool:
    command = ["xwininfo", "-display", DISPLAY, "-root", "-tree"]
    return '"formcheck"' in subprocess.run(command, capture_output=True, text=True, check=False).stdout


def until(true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + OPENS_S
    while not true():
        if time.monotonic() > end:
            sys.exit(f"{what} did not come up within {OPENS_S} s")
        time.sleep(0.05)


if __name__ == "__main__":
    main()
