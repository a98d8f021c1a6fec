"""A scripted camera and person, and the window they play to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from gui_fakes import PATIENCE_MS
from PySide6.QtWidgets import QDialog, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from formcheck.capture.live import CameraState, LiveSource
from formcheck.frames import Frame, PoseFrame
from formcheck.frames import Landmark as L
from formcheck.gui.live.live_page import LivePage
from formcheck.gui.pages import LIVE, SUMMARY
from formcheck.gui.program import Program
from formcheck.gui.sets.worker import Shown
from formcheck.gui.summary.summary_page import SummaryPage

SIZE = (640, 480)

D = TypeVar("D", bound=QDialog)


def lying_pose(frame: Frame, *, shift: float = 0.0, upright: bool = False, people: int = 1) -> PoseFrame:
    """Somebody on the side, seen from the front: head at the left of the picture, the right side on top."""
    xy = np.full((33, 2), np.nan)
    places = {
        L.RIGHT_SHOULDER: (230, 250),
        L.LEFT_SHOULDER: (230, 320),
        L.RIGHT_HIP: (350, 260),
        L.LEFT_HIP: (350, 320),
        L.RIGHT_KNEE: (420, 330),
        L.LEFT_KNEE: (420, 345),
        L.RIGHT_ANKLE: (490, 300),
        L.LEFT_ANKLE: (490, 320),
        L.RIGHT_FOOT_INDEX: (520, 320),
        L.LEFT_FOOT_INDEX: (520, 335),
        L.RIGHT_HEEL: (500, 300),
        L.LEFT_HEEL: (500, 320),
        L.RIGHT_ELBOW: (260, 300),
        L.LEFT_ELBOW: (200, 350),
        L.RIGHT_WRIST: (290, 330),
        L.LEFT_WRIST: (170, 330),
    }
    for joint in range(11):
        xy[joint] = (170 + joint, 285)
    for joint, place in places.items():
        xy[joint] = place
    xy[np.isnan(xy)] = 300.0
    if upright:
        xy = np.stack([320 + (xy[:, 1] - 290), xy[:, 0] - 120], axis=1)
    xy = xy + shift
    world = np.zeros((33, 3))
    world[:, :2] = (xy - xy[[L.LEFT_HIP, L.RIGHT_HIP]].mean(axis=0)) / 250
    return PoseFrame(frame.index, frame.timestamp_s, SIZE, xy, world, np.ones(33), people)


class ScriptedTracker:
    """Says what the test wants said."""

    notice = None

    def __init__(self) -> None:
        self.pose: Callable[[Frame], PoseFrame] = lying_pose
        self.followed: list[Any] = []

    def __enter__(self) -> "ScriptedTracker":
        return self

    def __exit__(self, *_: object) -> None: ...

    def follow(self, choose: Any) -> None:
        self.followed.append(choose)

    def process(self, frame: Frame) -> PoseFrame:
        return self.pose(frame)


class ScriptedCamera(LiveSource):
    """25 pictures of noise a second (of its own time), unless the test says that it is gone."""

    def __init__(self) -> None:
        super().__init__("Test camera")
        self.there: CameraState = CameraState.STREAMING
        self.brightness = 1.0
        self._now_s = 0.0
        self._noise = np.random.default_rng(1).integers(0, 255, (SIZE[1], SIZE[0], 3), dtype=np.uint8)
        self._pictures = {1.0: self._noise}
        """By their brightness."""

    def now_s(self) -> float:
        return self._now_s

    def _run(self) -> None:
        while not self._stop.wait(0.01):
            self._now_s += 0.04
            if self.there is CameraState.STREAMING:
                if self.brightness not in self._pictures:
                    self._pictures[self.brightness] = (self._noise * self.brightness).astype(np.uint8)
                self._publish(self._pictures[self.brightness], self._now_s)
            else:
                self._state = self.there


class Stage:
    """The window with what the test plays to it. Everything is reached as the program's own parts reach it."""

    def __init__(self, program: Program, camera: ScriptedCamera, tracker: ScriptedTracker, qtbot: QtBot) -> None:
        self.program, self.camera, self.tracker, self.qtbot = program, camera, tracker, qtbot
        self.window, self.navigator = program.window, program.navigator
        self.services, self.sets = program.services, program.services.sets
        self.settings, self.library = program.services.settings, program.services.library

    def presenter(self, page: str) -> Any:
        """A page's presenter, built if it was never seen."""
        return self.navigator.presenter(page)

    @property
    def current(self) -> str:
        """The page in view."""
        return self.navigator.current

    @property
    def live(self) -> LivePage:
        page: LivePage = self.presenter(LIVE).page
        return page

    @property
    def summary(self) -> SummaryPage:
        page: SummaryPage = self.presenter(SUMMARY).page
        return page

    @property
    def newest(self) -> Shown | None:
        """What the live page shows."""
        newest: Shown | None = self.presenter(LIVE).newest
        return newest

    @property
    def folder(self) -> Path | None:
        """Of the session in the summary."""
        folder: Path | None = self.presenter(SUMMARY).folder
        return folder

    def start(self, *, checks: bool = False) -> None:
        """Start a set and wait for its first picture."""
        self.sets.start(checks=checks)
        self.wait(lambda: self.newest is not None)

    def says(self, words: str) -> None:
        """Wait until the live page says this in large words."""
        self.wait(lambda: words in self.live.panel.cue.text)

    def noticed(self, words: str) -> None:
        """Wait until the status bar says this."""
        self.wait(lambda: words in self.notice)

    @property
    def notice(self) -> str:
        """What the status bar says."""
        labels = self.window.statusBar().findChildren(QLabel)
        return " ".join(label.text() for label in labels)

    def box(self) -> QMessageBox | None:
        """The question or message that is open."""
        return next((b for b in self.window.findChildren(QMessageBox) if b.isVisible()), None)

    def press(self, words: str) -> None:
        """Answer the question that is open, or soon will be."""
        self.wait(lambda: self.box() is not None)
        box = self.box()
        assert box is not None
        next(b for b in box.findChildren(QPushButton) if words in b.text().replace("&", "")).click()

    def dialog(self, kind: type[D]) -> D:
        """The dialog of this kind that is open, or soon will be."""

        def opened() -> list[D]:
            return [d for d in self.window.findChildren(kind) if d.isVisible()]

        self.wait(lambda: bool(opened()))
        return opened()[0]

    def wait(self, condition: Callable[[], bool], timeout_ms: int = PATIENCE_MS) -> None:
        self.qtbot.waitUntil(condition, timeout=timeout_ms)

    def nobody(self) -> None:
        self.tracker.pose = PoseFrame.nobody

    def person(self, **changes: Any) -> None:
        self.tracker.pose = lambda frame: lying_pose(frame, **changes)
