"""Makes docs/screenshots: every state of the window in light, dark and large text, from the demo clip.

Starts its own X display (Xvfb) and the real program on it. Takes about three minutes.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from platformdirs import user_cache_path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "screenshots"
LOOKS = {"light": ("light", 100), "dark": ("dark", 100), "large": ("light", 150)}
SIZE = (1280, 800)
MOST_BYTES = 300_000
"""Larger pictures are saved with fewer shades."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--look", choices=tuple(LOOKS), help="only this one")
    parser.add_argument("--record", action="store_true", help="only clients, plans, sessions and progress")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        shoot(options.look, only_record=options.record)
        return
    xvfb = shutil.which("xvfb-run")
    if xvfb is None:
        sys.exit("xvfb-run is missing: install the package xvfb")
    for look in [options.look] if options.look else LOOKS:
        with tempfile.TemporaryDirectory() as home:
            models = os.environ.get("FORMCHECK_MODELS") or str(user_cache_path("formcheck", appauthor=False) / "models")
            environment = os.environ | {"HOME": home, "FORMCHECK_MODELS": models}
            environment |= {v: f"{home}/{v[4:-5].lower()}" for v in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
            environment |= {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
            command = [xvfb, "-a", "-s", "-screen 0 1700x1100x24", sys.executable, __file__, "--inside", "--look", look]
            command += ["--record"] if options.record else []
            subprocess.run(command, env=environment, check=True)


def shoot(look: str, *, only_record: bool) -> None:
    """All states in one look, or those of the record."""
    from formcheck.system.opencv_qt import release_qt

    release_qt()
    from PySide6.QtWidgets import QApplication

    from formcheck.exercises import EXERCISES
    from formcheck.gui.shell import main_window
    from formcheck.gui.shell.controller import Controller
    from formcheck.system.settings import Settings

    app = QApplication([])
    main_window.LOOK_AGAIN_MS = 3_600_000
    theme, text_size = LOOKS[look]
    settings = replace(Settings(), theme=theme, text_size=text_size, record=True, ask_pain=True)
    controller = Controller(EXERCISES, settings)
    controller.window._list_cameras = list
    controller.window.resize(*SIZE)
    controller.window.show()
    tour = Tour(controller, look)
    if not only_record:
        tour.run()
    tour.record()
    controller.window.close()
    app.processEvents()


class Tour:
    """Walks through the program and takes a picture of each state."""

    def __init__(self, controller: object, look: str) -> None:
        from formcheck.gui.shell.controller import Controller

        assert isinstance(controller, Controller)
        self.controller, self.window, self.look = controller, controller.window, look

    def run(self) -> None:
        self.wait(700)
        self.take("guide")
        self.live()
        self.camera_states()
        self.review()
        self.dialogs()

    def live(self) -> None:
        from formcheck.analysis.snapshot import Snapshot, Watching

        window = self.window
        window.bar.choose_source("Demo clip")
        window.start_set(checks=True)
        self.until(lambda: "still" in window.live.cue.text, 15_000)
        self.take("setup")
        window.stop_set()
        self.until(lambda: window.pages.currentWidget() is not window.live, 10_000)
        self.controller.start_demo()
        self.until(lambda: window.live._shown is not None, 20_000)

        def snapshot() -> Snapshot:
            assert window.live._shown is not None
            return window.live._shown.update.result.snapshot

        self.until(lambda: bool(snapshot().active), 30_000)
        self.take("live_cue")
        self.until(lambda: len(snapshot().reps) >= 2 and snapshot().watching is Watching.READY, 30_000)
        if not window.running:
            raise TimeoutError("the demo was over before its picture was taken: this computer is too busy")
        self.take("live")
        self.until(lambda: window.pages.currentWidget() is window.summary, 90_000)
        window.summary.strip._choose(1)
        window.summary.pain_after.setValue(3)
        self.wait(300)
        self.take("summary")

    def camera_states(self) -> None:
        from formcheck.capture.live import CameraState
        from formcheck.gui.live.messages import camera_message

        window = self.window
        window.show_page(window.live)
        for state in (CameraState.NONE, CameraState.IN_USE, CameraState.LOST):
            message = camera_message(state)
            assert message is not None
            window.live.picture.show_words(message.words, message.detail)
            window.live._show_message(message)
            self.wait(150)
            self.take(f"camera_{state.name.lower()}")
        window.live.picture.show_words("")

    def review(self) -> None:
        from formcheck.gui.video.drawing import Shape, Tool

        controller, window = self.controller, self.window
        controller.open_session(window._folder)
        review = controller.review
        self.until(lambda: review.view.frame is not None, 10_000)
        if review.review is not None and review.review.findings:
            review.player.jump.emit(1)
        assert review.view.frame is not None
        height, width = review.view.frame.image.shape[:2]
        review.view.shapes = (
            Shape(Tool.ANGLE, ((0.5 * width, 0.35 * height), (0.6 * width, 0.7 * height), (0.85 * width, 0.7 * height))),
        )
        self.wait(800)
        self.take("review")
        review.compare.emit(review.review)
        controller.compare.slider.setValue(95)
        self.wait(1000)
        self.take("compare")
        controller.compare.closed.emit()
        controller.review.closed.emit()

    def dialogs(self) -> None:
        dialog = self.controller.edit_settings()
        self.wait(200)
        self.take("settings", dialog)
        dialog.tabs.setCurrentIndex(2)
        self.wait(200)
        self.take("limits", dialog)
        dialog.reject()
        about = self.controller.show_about()
        self.wait(200)
        self.take("about", about)
        about.reject()

    def record(self) -> None:
        """Clinic mode, with a library of clients, sessions and a plan that are made here."""
        uid = fill_library(self.window.settings.sessions())
        window, controller = self.window, self.controller
        window.change(clinic=True)
        controller.room.apply_mode()
        controller.room.choose(uid)
        self.until(lambda: controller.room.content.next_set is not None, 20_000)
        window.show_guide()
        self.wait(300)
        self.take("plan")
        controller.pages.show_sessions()
        controller.pages.sessions.table.selectRow(1)
        self.wait(400)
        self.take("sessions")
        controller.pages.show_progress()
        self.until(lambda: controller.pages.progress.exercise_box.count() > 0, 20_000)
        self.wait(500)
        self.take("progress")
        self.rest()
        for name, show in (("clients", "show_clients"), ("plans", "show_plans"), ("privacy", "show_privacy")):
            getattr(controller.dialogs, show)()
            dialog = getattr(controller.dialogs, name)
            self.wait(900)
            self.take(name, dialog)
            dialog.reject()
        for name, dialog in (
            ("consent", controller.room.ask_consent(controller.room.content.clients[-1])),
            ("plan_editor", controller.dialogs.edit_plan(controller.room.content.plans[0])),
            ("new_passphrase", controller.dialogs.set_passphrase()),
        ):
            self.wait(300)
            self.take(name, dialog)
            dialog.reject()
        self.locked()

    def rest(self) -> None:
        """After a set of the plan."""
        from formcheck.session.file import read_session

        window, room = self.window, self.controller.room
        entry = room.content.entries[0]
        folder = window.settings.sessions() / entry.folder
        window.show_page(window.summary)
        exercise = self.controller._exercises[entry.exercise]
        window.summary.show_session(read_session(folder), exercise, folder, ask_pain=False)
        assert room.content.next_set is not None
        window.summary.rest.begin(room.content.next_set, 60.0)
        self.wait(700)
        self.take("rest")
        window.show_guide()

    def locked(self) -> None:
        from formcheck.gui.library.passphrase_dialogs import AskPassphrase

        dialog = AskPassphrase("The passphrase does not open this; check capitals and keyboard layout.", self.window)
        dialog.open()
        self.wait(200)
        self.take("locked", dialog)
        dialog.reject()

    def wait(self, milliseconds: int) -> None:
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, condition: Callable[[], bool], patience_ms: int) -> None:
        for _ in range(patience_ms // 50):
            if condition():
                return
            self.wait(50)
        raise TimeoutError("the program did not come into the state to be shown")

    def take(self, name: str, widget: object = None) -> None:
        """Save a picture of the window or of a dialog."""
        import cv2
        import numpy as np
        from PySide6.QtGui import QImage
        from PySide6.QtWidgets import QWidget

        shown = widget if isinstance(widget, QWidget) else self.window
        target = FOLDER / f"{name}_{self.look}.png"
        FOLDER.mkdir(parents=True, exist_ok=True)
        shown.grab().toImage().convertToFormat(QImage.Format.Format_RGB888).save(str(target), quality=0)
        for step in (4, 8, 16):
            if target.stat().st_size <= MOST_BYTES:
                break
            image = cv2.imread(str(target))
            assert image is not None
            coarse = np.minimum(255, np.round(image / step) * step).astype(np.uint8)
            cv2.imwrite(str(target), coarse, [cv2.IMWRITE_PNG_COMPRESSION, 9])
        print(target.relative_to(ROOT), target.stat().st_size // 1000, "kB", flush=True)


def fill_library(sessions: Path) -> str:
    """Two clients, one of them with four weeks of sets on both sides and a plan; that one's uid."""
    import math
    from datetime import datetime, timedelta

    from formcheck import __version__
    from formcheck.exercises import EXERCISES
    from formcheck.library.clients import CONSENT_WORDS, Consent
    from formcheck.library.plans import Item, Plan
    from formcheck.library.store.sync import open_library
    from formcheck.results import Finding, Limits, Measurement, Rep, Session, Severity, Side, VideoInfo
    from formcheck.session.file import write_session

    now = datetime.now().astimezone()
    limits = {f.name: f.limits for f in EXERCISES["clam"].faults} | {"pelvic_roll": Limits(8.0, 12.0)}
    with open_library(sessions=sessions) as library, tempfile.TemporaryDirectory() as work:
        client = library.new_client("K-17", "Ann Example")
        library.give_consent(client.uid, Consent(now - timedelta(days=30), True, False, CONSENT_WORDS))
        library.new_client("K-18", "Ben Example")
        item = Item(
            "1" * 32,
            "clam",
            "standard",
            Side.LEFT,
            3,
            12,
            60.0,
            2.0,
            2.0,
            1.0,
            "green",
            4,
            {"pelvic_roll": limits["pelvic_roll"]},
        )
        other = replace(item, uid="2" * 32, side=Side.RIGHT)
        third = Item("3" * 32, "single-leg-squat", "standard", Side.LEFT, 2, 8, 90.0, band="", per_week=2)
        plan = Plan("4" * 32, "Weeks 1 to 4", (item, other, third), client.uid, "Slow, and the pelvis stays where it is.")
        library.put_plan(plan)
        for week in range(5):
            for side in (Side.LEFT, Side.RIGHT):
                roll = (15.0 - 2.6 * week) if side is Side.LEFT else 6.0 - 0.4 * week
                reps = []
                for n in range(1, 13):
                    value = roll + 1.5 * math.sin(3 * n + week)
                    kind = Severity.FAULT if value - 2.5 > 12 else Severity.CAUTION
                    found = (
                        (Finding("pelvic_roll", kind, 3.0 * n + 1, value, 8.0 if kind == "caution" else 12.0, "deg"),)
                        if value > 8
                        else ()
                    )
                    measured = {
                        "pelvic_roll": Measurement(value, "deg", 2.5),
                        "hip_opening": Measurement(31 + week + math.sin(n), "deg", 4.0),
                    }
                    reps.append(Rep(n, side, 3.0 * n, 3.0 * n + 1.2, 3.0 * n + 2.4, measured, found))
                folder = Path(work) / f"{week}{side}"
                folder.mkdir()
                video = VideoInfo("camera", 1280, 720, 30.0, 40.0, 1200)
                program = "0.0.9" if week == 0 else __version__
                write_session(folder, Session(program, "clam", "standard", side, video, "full", 1190, limits, tuple(reps)))
                when = now - timedelta(days=28 - 7 * week, minutes=20 if side is Side.LEFT else 5)
                mine = item if side is Side.LEFT else other
                last = week == 4 and side is Side.RIGHT
                library.add_session(
                    folder, keep_video=False, client=client.uid, when=when, plan=plan.uid, item=None if last else mine.uid
                )
        return client.uid


if __name__ == "__main__":
    main()
