"""Drives the live page: takes the newest result of the set's worker, says what is to be shown and heard."""

from PySide6.QtCore import QTimer

from formcheck.analysis.handsfree import Stage
from formcheck.capture.live import LiveSource
from formcheck.gui.live.live_page import LivePage
from formcheck.gui.live.messages import Message, camera_message, live_message
from formcheck.gui.sets.set_events import StartedSet
from formcheck.gui.sets.sets import Sets
from formcheck.gui.sets.worker import Shown
from formcheck.gui.settings.current_settings import CurrentSettings
from formcheck.gui.shell.page import Presenter
from formcheck.gui.shell.protocols import Notices
from formcheck.gui.sound.cues import CueHolder, CueSpeaker, Sound
from formcheck.gui.sound.voice import Voice
from formcheck.run.live.live_set import LiveUpdate, SetPlan
from formcheck.system.language import tr
from formcheck.voice.coach import Coach, Talk

STATE_EVERY_MS = 250
"""How often the camera is looked at while no picture comes."""


class LivePresenter(Presenter):
    """open() takes a StartedSet. What is shown is computed from the newest result each time."""

    def __init__(self, settings: CurrentSettings, sets: Sets, notices: Notices, voice: Voice) -> None:
        self.page = page = LivePage()
        super().__init__(page)
        self.newest: Shown | None = None
        """The newest picture of the set and what is known after it."""
        self._settings, self._sets, self._notices, self._voice = settings, sets, notices, voice
        self._set: StartedSet | None = None
        self._enough = False
        self._timer = QTimer(self, interval=STATE_EVERY_MS)
        self._timer.timeout.connect(self._show_camera)
        settings.changed.connect(self._apply)
        sets.running_changed.connect(self._running_changed)
        page.mirror_changed.connect(lambda on: settings.change(mirror=on))
        page.mute_changed.connect(lambda on: settings.change(sounds=not on))
        page.record_changed.connect(self._switch_recording)
        page.panel.sides.metronome_changed.connect(lambda on: settings.change(metronome=on))
        page.picture.clicked.connect(self._follow)
        page.picture.resized.connect(self._resized)
        page.grown.connect(
            lambda: notices.notice(tr("The words are large and turned because you lie. Settings, Look: that can be turned off."))
        )
        self._apply()

    def open(self, what: object) -> None:
        if not isinstance(what, StartedSet):
            return
        self._set, self.newest, self._enough = what, None, False
        self._apply()
        self._cue, self._speaker = CueHolder(what.plan.exercise), CueSpeaker(what.plan.exercise)
        settings, planned = self._settings.value, what.next_set.item.reps if what.next_set is not None else None
        self._coach = Coach(what.plan.exercise, talk=Talk(settings.talk), count_every=settings.count_every, planned=planned)
        if self._voice.metronome is not None:
            self._voice.metronome.begin()
        self.page.begin(what.plan, what.next_set)
        what.worker.size = self.page.picture.room()
        what.worker.newest.connect(self.take_newest)
        what.worker.fetching.connect(self.page.show_fetching)
        self._timer.start()

    def restyle(self) -> None:
        self.page.graph.restyle()

    def _apply(self) -> None:
        settings = self._settings.value
        self.page.apply(settings)
        metronome, sides = self._voice.metronome, self.page.panel.sides
        sides.metronome.setVisible(metronome is not None)
        sides.show_beat(metronome.per_minute if metronome else None, on=settings.metronome and metronome is not None)
        self._voice.muted, self._voice.speaks = not settings.sounds, settings.speech
        self._voice.volume = settings.volume / 100
        if self._set is not None:
            self._set.worker.mirrored = settings.mirror and not self._set.plan.from_behind

    def _running_changed(self, running: bool) -> None:
        if not running:
            self._timer.stop()
            if self._voice.metronome is not None:
                self._voice.metronome.stop()
            if self._set is not None and self.newest is not None and self.newest.update.elapsed_s > 0:
                self._voice.say(self._coach.end(self.newest.update.result.snapshot.reps, self._voice.now_s()))
            self._set = None

    def take_newest(self) -> None:
        """Show the worker's newest picture, and say what is to be heard."""
        shown = self._set.worker.take() if self._set is not None else None
        if self._set is None or shown is None:
            return
        self.newest = shown
        update, snapshot = shown.update, shown.update.result.snapshot
        cue = self._cue.update(snapshot.timestamp_s, snapshot.active, snapshot.finished)
        if self._show_camera() is None:
            plan = self._set.plan
            self.page.panel.show_message(live_message(update, cue, plan.exercise, plan.variant))
        self.page.show_update(shown.picture, update)
        self._voice.say(self._coach.update(update, self._voice.now_s()))
        heard = self._speaker.update(update)
        if heard is not None and (heard.sound is not Sound.TICK or self._settings.value.tick):
            self._voice.play(heard)
        self._tick(self._set.plan, update)
        wanted = self._set.next_set
        if wanted is not None and not self._enough and len(snapshot.reps) >= wanted.item.reps:
            self._enough = True
            self._sets.stop()

    def _tick(self, plan: SetPlan, update: LiveUpdate) -> None:
        """The metronome of a run."""
        metronome, settings = self._voice.metronome, self._settings.value
        if metronome is None or not plan.exercise.compares_sides:
            return
        on = settings.metronome and settings.sounds and update.stage is Stage.RUNNING
        metronome.update(update.result.snapshot.reps, on=on, volume=self._voice.volume)
        self.page.panel.sides.show_beat(metronome.per_minute, on=settings.metronome)

    @property
    def source(self) -> LiveSource | None:
        """Where the pictures come from, once it is open."""
        return self._set.worker.source if self._set is not None else None

    def _show_camera(self) -> Message | None:
        """Say what is wrong with the camera, if anything."""
        if self.source is None:
            return None
        trouble = camera_message(self.source.state, self.source.trouble)
        self.page.show_trouble(trouble)
        return trouble

    def _switch_recording(self, on: bool) -> None:
        self._settings.change(record=on)
        if self._set is None:
            return
        if on:
            self._notices.notice(tr("Recording begins with the next set."))
        else:
            self._set.worker.stop_recording()

    def _follow(self, x: float, y: float) -> None:
        if self._set is not None and self.newest is not None:
            width, height = self.newest.update.result.frame.size
            self._set.worker.follow((1 - x if self.newest.mirrored else x) * width, y * height)

    def _resized(self, width: int, height: int) -> None:
        if self._set is not None:
            self._set.worker.size = (width, height)
