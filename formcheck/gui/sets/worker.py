"""The thread behind the live page: source -> pose -> set. The window takes the newest result; older ones are dropped."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

import cv2
from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtGui import QImage

from formcheck.capture.live import LiveSource
from formcheck.exercises.contract import Exercise
from formcheck.gui.shell.background import reason
from formcheck.gui.video.images import as_qimage
from formcheck.overlay.overlay import Overlay
from formcheck.pose.model import model_name
from formcheck.pose.person import choose_at
from formcheck.pose.tracker import PoseTracker
from formcheck.results import Session
from formcheck.run.live.live_set import LiveSet, LiveUpdate, SetPlan
from formcheck.run.live.run import run_set
from formcheck.system.errors import UserError
from formcheck.system.language import tr

FIRST_SIZE = (640, 480)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """One picture, ready to be put on the screen, and what is known after it."""

    picture: QImage
    scale: float
    """Shown px per px of the frame."""
    mirrored: bool
    update: LiveUpdate


@dataclass(frozen=True, slots=True)
class Ended:
    """How a set ended."""

    session: Session | None
    folder: Path | None
    problem: str | None


class LiveWorker(QThread):
    """Runs one set from start() until the set ends or stop(). `newest` says that take() has something new."""

    newest = Signal()
    fetching = Signal(int, int)
    """The pose model is being fetched: (bytes so far, bytes in all)."""
    failed = Signal(str)
    """The set could not begin, in words for the user."""
    ended = Signal(object)
    """Ended"""

    def __init__(
        self,
        plan: SetPlan,
        open_source: Callable[[], LiveSource],
        find_model: Callable[[Callable[[int, int], None]], Path],
        make_tracker: Callable[[Exercise, Path], PoseTracker],
        *,
        mirrored: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.size = FIRST_SIZE
        """(width, height) px that pictures are fitted into."""
        self.mirrored = mirrored
        self._plan = plan
        self._open_source = open_source
        self._find_model = find_model
        self._make_tracker = make_tracker
        self._overlay = Overlay()
        self._lock = Lock()
        self._shown: Shown | None = None
        self._source: LiveSource | None = None
        self._set: LiveSet | None = None
        self._tracker: PoseTracker | None = None
        self._stopping = False

    @property
    def source(self) -> LiveSource | None:
        """The open source, to ask for its state; None before."""
        return self._source

    def take(self) -> Shown | None:
        """The newest picture, once."""
        with self._lock:
            shown, self._shown = self._shown, None
            return shown

    def signal(self) -> None:
        """Start the countdown, pause, go on."""
        if self._set is not None:
            self._set.hands_free.signal()

    def stop_recording(self) -> None:
        if self._set is not None:
            self._set.stop_recording()

    def follow(self, x: float, y: float) -> None:
        """Follow the person at this place of the frame from now on."""
        if self._tracker is not None:
            self._tracker.follow(choose_at((x, y)))

    def stop(self) -> None:
        """End the set; `ended` follows."""
        self._stopping = True
        if self._set is not None:
            self._set.hands_free.end()

    def run(self) -> None:
        try:
            self._run()
        except UserError as error:
            self.failed.emit(str(error))
        except OSError as error:
            self.failed.emit(reason(error))
        except Exception:
            log.exception("the live session broke off")
            self.failed.emit(tr("The session broke off because of an error in the program; the log file has the details."))

    def _run(self) -> None:
        model = self._find_model(self.fetching.emit)
        plan = self._plan
        with self._open_source() as source:
            self._source = source
            with self._make_tracker(plan.exercise, model) as tracker:
                live = LiveSet(plan, model_name(model), tracker.notice)
                self._tracker, self._set = tracker, live
                if self._stopping:
                    live.hands_free.end()
                try:
                    run_set(live, source, tracker, self._offer)
                finally:  # whatever went wrong, what was done so far is kept
                    self._tracker = None
                    session = live.close()
        self.ended.emit(Ended(session, live.folder, live.problem))

    def _offer(self, update: LiveUpdate) -> None:
        frame = update.result.frame
        scale = max(0.05, min(room / side for room, side in zip(self.size, frame.size, strict=True)))
        width, height = (max(2, int(scale * side) // 2 * 2) for side in frame.size)
        picture = frame.for_screen((width, height))
        scale = width / frame.size[0]
        pose = update.result.pose
        scaled = replace(pose, image_xy=pose.image_xy * scale)
        self._overlay.paint_person(picture, scaled, update.result.snapshot, self._plan.exercise)
        if self.mirrored:
            picture = cv2.flip(picture, 1)  # type: ignore[assignment]
        shown = Shown(as_qimage(picture), scale, self.mirrored, update)
        with self._lock:
            waiting = self._shown is not None
            self._shown = shown
        if not waiting:
            self.newest.emit()
