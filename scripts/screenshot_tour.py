"""A walk through the window, past every page and state of it. For screenshots."""

from collections.abc import Callable
from typing import Any

from example_library import fill_library
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QWidget

from formcheck.analysis.snapshot import AnalysisState
from formcheck.capture.live import CameraState
from formcheck.gui.clients.consent_dialog import ConsentDialog
from formcheck.gui.library.passphrase_dialogs import AskPassphrase, NewPassphrase
from formcheck.gui.live.messages import camera_message
from formcheck.gui.plans.plan_editor import PlanEditor
from formcheck.gui.program import Program
from formcheck.gui.video.drawing import Shape, Tool
from formcheck.session.file import read_session
from formcheck.system.language import tr

STILL = "Now hold still for two seconds"


class Tour:
    """Walks through the program and takes a picture of each state."""

    def __init__(self, program: Program, save: Callable[[str, QWidget], None]) -> None:
        """save: is given each state's name and the window or dialog that shows it."""
        self.program, self._save = program, save
        self.navigator, self.services = program.navigator, program.services

    def presenter(self, page: str) -> Any:
        return self.navigator.presenter(page)

    def run(self) -> None:
        self.wait(700)
        self.take("guide")
        self.live()
        self.camera_states()
        self.review()
        self.settings()

    def live(self) -> None:
        sets, live = self.services.sets, self.presenter("live")
        sets.bar.choose_source(tr("Demo clip"))
        sets.start(checks=True)
        self.until(lambda: live.page.panel.cue.text == tr(STILL), 15_000)
        self.take("setup")
        sets.stop()
        self.until(lambda: self.navigator.current != "live", 10_000)
        sets.start_demo()
        self.until(lambda: live.newest is not None, 20_000)
        self.until(lambda: bool(live.newest.update.result.snapshot.active), 30_000)
        self.take("live_cue")

        def at_rest() -> bool:
            snapshot = live.newest.update.result.snapshot
            return len(snapshot.reps) >= 2 and snapshot.state is AnalysisState.READY

        self.until(at_rest, 30_000)
        if not sets.running:
            raise TimeoutError("the demo was over before its picture was taken: this computer is too busy")
        self.take("live")
        self.until(lambda: self.navigator.current == "summary", 90_000)
        summary = self.presenter("summary").page
        QTest.keyClick(summary.strip, Qt.Key.Key_Right)
        summary.questions.after.setValue(3)
        self.wait(300)
        self.take("summary")

    def camera_states(self) -> None:

        page = self.presenter("live").page
        self.navigator.show("live")
        for state in (CameraState.NONE, CameraState.IN_USE, CameraState.LOST, CameraState.UNREACHABLE):
            page.show_trouble(camera_message(state))
            self.wait(150)
            self.take(f"camera_{state.name.lower()}")
        page.show_trouble(None)

    def review(self) -> None:

        self.services.sessions.review(self.presenter("summary").folder)
        page = self.presenter("review").page
        self.until(lambda: page.view.frame is not None, 10_000)
        if page.review.findings:
            page.player.jump.emit(1)
        height, width = page.view.frame.image.shape[:2]
        points = ((0.5 * width, 0.35 * height), (0.6 * width, 0.7 * height), (0.85 * width, 0.7 * height))
        page.view.shapes = (Shape(Tool.ANGLE, points),)
        self.wait(800)
        self.take("review")
        page.compare_button.click()
        compare = self.presenter("compare").page
        compare.slider.setValue(95)
        self.wait(1000)
        self.take("compare")
        compare.close_button.click()
        page.close_button.click()

    def settings(self) -> None:
        for page in ("settings", "about"):
            self.navigator.show(page)
            dialog = self.presenter(page).view
            self.wait(300)
            self.take(page, dialog)
            if page == "settings":
                for index, name in ((1, "settings_set"), (2, "limits"), (3, "settings_files")):
                    dialog.tabs.setCurrentIndex(index)
                    self.wait(200)
                    self.take(name, dialog)
            dialog.reject()

    def library(self) -> None:
        """Clinic mode, with a library of clients, sessions and a plan that are made here."""

        library = self.services.library
        uid = fill_library(self.services.settings.value.sessions())
        self.services.settings.change(clinic=True)
        library.choose(uid)
        self.until(lambda: library.content.next_set is not None, 20_000)
        self.navigator.home()
        self.wait(300)
        self.take("plan")
        self.navigator.show("sessions")
        self.presenter("sessions").page.table.selectRow(1)
        self.wait(400)
        self.take("sessions")
        self.navigator.show("progress")
        self.until(lambda: self.presenter("progress").page.exercise_box.count() > 0, 20_000)
        self.wait(500)
        self.take("progress")
        for name in ("agreement", "rating"):
            self.navigator.show(name)
            self.wait(500)
            self.take(name)
        self.rest()
        for name in ("clients", "plans", "privacy"):
            self.navigator.show(name)
            self.wait(900)
            self.take(name, self.presenter(name).view)
            self.presenter(name).view.reject()
        self.questions()

    def rest(self) -> None:
        """After a set of the plan."""

        library, page = self.services.library, self.presenter("summary").page
        entry = library.content.entries[0]
        folder = library.folder(entry)
        self.navigator.show("summary")
        page.show_session(read_session(folder), self.services.exercises[entry.exercise], folder, ask_pain=False)
        page.rest.begin(library.content.next_set, 60.0)
        self.wait(700)
        self.take("rest")
        self.navigator.home()

    def questions(self) -> None:
        """Dialogs that are opened for one answer, and boxes."""

        content = self.services.library.content
        wrong = tr("the passphrase does not open this; check capitals and keyboard layout")
        for name, dialog in (
            ("consent", ConsentDialog(content.clients[-1])),
            ("plan_editor", PlanEditor(content.plans[0], None)),
            ("new_passphrase", NewPassphrase()),
            ("locked", AskPassphrase(wrong)),
        ):
            self.navigator.open_dialog(dialog)
            self.wait(300)
            self.take(name, dialog)
            dialog.reject()
        self.presenter("clients").delete(content.clients[0])
        self.wait(300)
        for box in self.program.window.findChildren(QMessageBox):
            self.take("question", box)
            box.reject()

    def wait(self, milliseconds: int) -> None:

        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def until(self, condition: Callable[[], bool], patience_ms: int) -> None:
        for _ in range(patience_ms // 50):
            if condition():
                return
            self.wait(50)
        raise TimeoutError("the program did not come into the state to be shown")

    def take(self, name: str, widget: QWidget | None = None) -> None:
        self._save(name, widget or self.program.window)
