"""Sets: what is chosen for the next one, where its pictures come from, its start and its end."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from formcheck.capture.address import parse_address
from formcheck.capture.camera import CameraInfo
from formcheck.capture.live import LiveSource
from formcheck.capture.saved_cameras import save_camera
from formcheck.exercises.contract import Exercise
from formcheck.gui.clients.consent_gate import ConsentGate
from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.sets.control_bar import ControlBar, SourceChoice
from formcheck.gui.sets.equipment import Equipment
from formcheck.gui.sets.set_events import EndedSet, StartedSet
from formcheck.gui.sets.set_runner import SetRunner, make_plan
from formcheck.gui.sets.sources import camera_choices, demo_choice, missing_camera, network_choices, video_choice
from formcheck.gui.sets.worker import Ended
from formcheck.gui.settings.current_settings import CurrentSettings
from formcheck.gui.shell.background import Job
from formcheck.gui.shell.protocols import Navigation, Notices, Questions
from formcheck.gui.widgets.words import video_files
from formcheck.library.plans import Item
from formcheck.library.services import NextSet
from formcheck.run.live.live_set import SetPlan
from formcheck.session.ownership import Owner
from formcheck.system.errors import UserError
from formcheck.system.language import tr
from formcheck.system.passwords import keep_password

LOOK_AGAIN_MS = 4000
"""How often to look for cameras while there is none."""
DEMO_EXERCISE = "clam"


class Sets(QObject):
    """`bar` holds the choices; at most one set runs at a time."""

    choice_changed = Signal()
    """Another exercise, variant, side or source was chosen."""
    running_changed = Signal(bool)

    def __init__(
        self,
        exercises: Mapping[str, Exercise],
        settings: CurrentSettings,
        library: LibraryState,
        consent: ConsentGate,
        notices: Notices,
        questions: Questions,
        navigation: Navigation,
        equipment: Equipment,
        *,
        live_page: str,
        summary_page: str,
    ) -> None:
        """live_page, summary_page: shown with a StartedSet and with an EndedSet."""
        super().__init__()
        self.bar = ControlBar(exercises)
        self._settings, self._library, self._consent = settings, library, consent
        self._notices, self._questions, self._navigation = notices, questions, navigation
        self._equipment = equipment
        self._live_page, self._summary_page = live_page, summary_page
        self._runner = SetRunner(equipment)
        self._cameras: list[SourceChoice] = []
        self._videos: list[SourceChoice] = []
        self._closed = False
        self._look = QTimer(self, interval=LOOK_AGAIN_MS)
        self._look.timeout.connect(self.look_for_cameras)
        self._runner.ended.connect(self._ended)
        self._runner.failed.connect(self._failed)
        self.bar.start.connect(self.start)
        self.bar.stop.connect(self.stop)
        self.bar.changed.connect(self.choice_changed)
        self.bar.restore(settings.value)
        self._offer_sources()

    @property
    def running(self) -> bool:
        """Whether a set is under way."""
        return self._runner.worker is not None

    @property
    def exercise(self) -> Exercise:
        """The one that is chosen."""
        return self.bar.exercise

    def start(self, *, checks: bool | None = None, next_set: NextSet | None = None) -> None:
        """Begin a set with what is chosen, or the next one of a plan; checks: the settings' own when None."""
        source = self.bar.source
        if self.running or source is None:
            return
        if not source.demo and not self._consent.may_record(lambda: self.start(checks=checks, next_set=next_set)):
            return
        if next_set is not None:
            self.choose(next_set.item)
        settings = self.bar.chosen(self._settings.value)
        self._settings.take(settings)
        owner, video = (Owner(), True) if source.demo else (self._library.owner, self._library.video_allowed)
        plan = make_plan(
            self.exercise,
            source,
            settings,
            checks=settings.guide if checks is None else checks,
            owner=owner,
            video=video,
            next_set=next_set,
        )
        worker = self._runner.prepare(plan, source, settings)
        self._show_running()
        self._navigation.show(self._live_page, StartedSet(worker, plan, next_set))
        worker.start()

    def start_demo(self) -> None:
        """Play the shipped clip as a live session, without checks."""
        self.bar.choose(DEMO_EXERCISE, "", None)
        self.bar.choose_source(demo_choice().name)
        self.start(checks=False)

    def open_chosen_source(self) -> LiveSource | None:
        """What is chosen, to be looked at outside a set, not started yet. None while a set runs, or if it cannot be opened."""
        choice = self.bar.source
        if self.running or choice is None:
            return None
        if choice.camera is not None:
            self._equipment.ask_permission()
        try:
            return self._equipment.open_source(choice, self._settings.value)()
        except UserError as error:
            self._notices.trouble(str(error))
            return None

    def stop(self) -> None:
        self._runner.stop()

    def signal(self) -> None:
        """Start the countdown, pause, go on: as any key does."""
        self._runner.signal()

    def choose(self, item: Item) -> None:
        """Choose what an item of a plan says."""
        self.bar.choose(item.exercise, item.variant, item.side)

    def choose_video(self) -> None:
        """Ask for a video that is played as the camera."""
        video = self._questions.file_to_read(tr("Play a video as the camera"), video_files())
        if video is not None:
            self.add_video(video)

    def add_video(self, path: Path) -> None:
        """Offer a video as a source that is played like a camera, and choose it."""
        choice = video_choice(path)
        self._videos = [v for v in self._videos if v.video != path] + [choice]
        self._offer_sources()
        self.bar.choose_source(choice.name)

    def add_camera(self) -> None:
        """Ask for the address of a camera on the network, keep it, and choose it."""
        url = self._questions.text(tr("Add a camera on the network"), tr("Its address, such as rtsp://192.168.1.20:8554/live:"))
        if not url:
            return
        try:
            address, password = parse_address(url)
            camera = save_camera(address.host, address)
        except (UserError, OSError) as error:
            self._notices.trouble(str(error))
            return
        if address.user and not keep_password(address.url, address.user, password):
            self._notices.notice(tr("This computer has no keyring: the password is not kept."))
        self._offer_sources()
        self.bar.choose_source(camera.name)

    def look_for_cameras(self) -> None:
        """List the cameras in the background, again and again while there is none."""
        if self.running or self._closed:
            return
        job = Job(lambda _: self._equipment.list_cameras())
        job.done.connect(self._found_cameras)
        job.start()

    def close(self) -> None:
        """End the set that runs, and wait for it."""
        self._closed = True
        self._look.stop()
        self._runner.finish()

    def _found_cameras(self, cameras: list[CameraInfo]) -> None:
        if self._closed:
            return
        self._cameras = camera_choices(cameras)
        self._offer_sources()
        if cameras:
            self._look.stop()
        else:
            self._look.start()

    def _offer_sources(self) -> None:
        network = network_choices(self._equipment.saved_cameras())
        cameras = [*self._cameras, *network] or [missing_camera()]
        self.bar.set_sources([*cameras, *self._videos, demo_choice()], self._settings.value.camera)

    def _show_running(self) -> None:
        self.bar.set_running(self.running)
        self.running_changed.emit(self.running)

    def _ended(self, ended: Ended, plan: SetPlan) -> None:
        self._show_running()
        if ended.session is None:
            self._navigation.home()
        else:
            self._navigation.show(self._summary_page, EndedSet(ended, plan))

    def _failed(self, words: str) -> None:
        self._show_running()
        self._navigation.home()
        self._notices.trouble(words)
