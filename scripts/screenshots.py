"""Takes pictures of every page and state of the window, in light, dark and large text, from the demo clip.

    python scripts/screenshots.py [--look dark] [--language de] [--text-size 200] [--only-library] [--docs]

They go to screenshots/, which git ignores, to be looked at. With --docs the five that README shows are made anew in
docs/screenshots. Starts its own X display (Xvfb) and the real program on it. Takes about three minutes on a quiet computer.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
from platformdirs import user_cache_path

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "screenshots"
DOCS = ROOT / "docs" / "screenshots"
SIZE = (1280, 800)
SMALL = (1092, 584)
"""What a screen of 1366x768 at 125 % leaves to a window beside the system's bar and its own title."""
LOOKS = {
    "light": ("light", 100, SIZE),
    "dark": ("dark", 100, SIZE),
    "large": ("light", 150, SIZE),
    "small": ("light", 100, SMALL),
}
IN_DOCS = ("guide", "live_cue", "summary", "review", "progress")
MOST_BYTES = 150_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--look", choices=tuple(LOOKS), help="only this one")
    parser.add_argument("--only-library", action="store_true", help="only clients, plans, sessions and progress")
    parser.add_argument("--docs", action="store_true", help="make the pictures of docs/screenshots anew")
    parser.add_argument(
        "--language", default="en", metavar="CODE", help="de, es, fr, zh_CN; ar after scripts/strings.py --pseudo ar"
    )
    parser.add_argument("--text-size", type=int, metavar="PERCENT", help="instead of the look's own")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        shoot(options.look, options.language, options.text_size, only_library=options.only_library)
        return
    xvfb = shutil.which("xvfb-run")
    if xvfb is None:
        sys.exit("xvfb-run is missing: install the package xvfb")
    looks = ["light"] if options.docs else [options.look] if options.look else list(LOOKS)
    for look in looks:
        with tempfile.TemporaryDirectory() as home:
            models = os.environ.get("FORMCHECK_MODELS") or str(user_cache_path("formcheck", appauthor=False) / "models")
            environment = os.environ | {"HOME": home, "FORMCHECK_MODELS": models}
            environment |= {v: f"{home}/{v[4:-5].lower()}" for v in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
            environment |= {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
            command = [
                xvfb,
                "-a",
                "-s",
                "-screen 0 1700x1100x24",
                sys.executable,
                __file__,
                "--inside",
                "--look",
                look,
                "--language",
                options.language,
            ]
            command += ["--text-size", str(options.text_size)] if options.text_size else []
            command += ["--only-library"] if options.only_library else []
            subprocess.run(command, env=environment, check=True)
    if options.docs:
        for name in IN_DOCS:
            publish(TARGET / f"{name}_light.png", DOCS / f"{name}.webp")


def publish(source: Path, target: Path) -> None:
    """As WebP, as good as the size allows."""
    image = cv2.imread(str(source))
    assert image is not None
    for quality in (90, 80, 70, 60):
        cv2.imwrite(str(target), image, [cv2.IMWRITE_WEBP_QUALITY, quality])
        if target.stat().st_size <= MOST_BYTES:
            break
    print(target.relative_to(ROOT), target.stat().st_size // 1000, "kB")


def shoot(look: str, language: str, scale: int | None, *, only_library: bool) -> None:
    """All states in one look, or those of the library."""
    from formcheck.system.opencv_qt import release_qt

    release_qt()
    from PySide6.QtWidgets import QApplication
    from screenshot_tour import Tour

    from formcheck.exercises import EXERCISES
    from formcheck.gui.language import speak
    from formcheck.gui.program import Program
    from formcheck.gui.sets.equipment import Equipment
    from formcheck.system.settings import Settings

    app = QApplication([])
    speak(app, language)
    theme, text_size, size = LOOKS[look]
    text_size = scale or text_size
    called = "_".join([look, *([language] if language != "en" else []), *([str(scale)] if scale else [])])
    settings = replace(Settings(), theme=theme, text_size=text_size, record=True, ask_pain=True)
    program = Program(EXERCISES, settings, equipment=replace(Equipment(), list_cameras=list))
    program.window.resize(*size)
    program.window.show()
    tour = Tour(program, lambda name, widget: save(widget, name, called))
    if not only_library:
        tour.run()
    tour.library()
    program.window.close()
    app.processEvents()


def save(widget: "QWidget", name: str, called: str) -> None:
    """A picture of the window or of a dialog."""
    target = TARGET / f"{name}_{called}.png"
    TARGET.mkdir(exist_ok=True)
    widget.grab().save(str(target))
    print(target.relative_to(ROOT), flush=True)


if __name__ == "__main__":
    main()
