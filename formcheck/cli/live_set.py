"""`formcheck live`: a live set without a window. What is said to the person is printed, a line each with its time."""

import argparse
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from formcheck.analysis.handsfree import Stage
from formcheck.analysis.limits import ignored_limits, limits_for
from formcheck.capture.address import is_address, parse_address
from formcheck.capture.camera import Camera, list_cameras
from formcheck.capture.live import CameraState, LiveSource
from formcheck.capture.network import NetworkCamera
from formcheck.capture.playback import VideoAsCamera
from formcheck.capture.saved_cameras import saved_cameras
from formcheck.cli.analyze import exercise_of, view_of
from formcheck.cli.output import print_session
from formcheck.cli.progress_bar import model_with_bar
from formcheck.cli.words import DISCLAIMER
from formcheck.exercises.contract import Exercise
from formcheck.pose.model import model_name
from formcheck.results import Session, Side
from formcheck.run.live.live_set import LiveSet, LiveUpdate, SetPlan
from formcheck.run.live.run import run_set
from formcheck.run.tracking import tracker_for
from formcheck.system.errors import UserError
from formcheck.system.language import tr
from formcheck.system.passwords import kept_password
from formcheck.system.prompts import ask_secret
from formcheck.system.settings import load_settings
from formcheck.voice.coach import Coach
from formcheck.voice.engines import find_voice
from formcheck.voice.metronome import Metronome, system_metronome
from formcheck.voice.speaker import Speaker, Utterance

FIRST_PICTURE_S = 20.0
"""How long to wait for a camera's first picture."""


def live(options: argparse.Namespace) -> None:
    exercise = exercise_of(options.exercise)
    if options.out.exists() and any(options.out.iterdir()):
        raise UserError(tr("{out} is not empty: name a new folder for the set", out=options.out))
    metronome = _metronome(exercise) if options.metronome else None
    source = open_camera(options.camera)
    model = model_with_bar()
    settings, _ = load_settings()
    for notice in ignored_limits(settings.custom_limits):
        print(tr("Note: {notice}", notice=notice))
    strictness = settings.strictness.get(exercise.id, "standard")
    plan = SetPlan(
        exercise=exercise,
        side=Side(options.side) if options.side else None,
        variant=options.variant,
        view=view_of(options.view, exercise),
        limits=limits_for(exercise, strictness, settings.custom_limits.get(exercise.id)),
        sessions=options.out.parent,
        folder=options.out,
        source_name=source.info.name,
        checks=not options.now,
        record=not options.no_video,
        every_frame=options.every_frame,
        graphics_card=options.graphics_card,
    )
    session = _run(plan, source, model, options, metronome)
    if session is None:
        raise UserError(tr("the set did not begin: take up the position in front of the camera, or start at once with --now"))
    print_session(session)
    print(options.out)
    print(tr(DISCLAIMER))


def open_camera(name: str) -> LiveSource:
    """The source of a typed --camera: an address, a saved or a plugged-in camera's name, or a video file. UserError if none."""
    if is_address(name):
        address, password = parse_address(name)
        return NetworkCamera(address.host, address, password or _password(address.url, address.user))
    saved = next((camera for camera in saved_cameras() if camera.name == name), None)
    if saved is not None:
        return NetworkCamera(saved.name, saved.address, _password(saved.address.url, saved.address.user))
    if Path(name).is_file():
        return VideoAsCamera(Path(name))
    cameras = list_cameras()
    found = next((camera for camera in cameras if name in (camera.name, str(camera.index))), None)
    if found is None:
        there = ", ".join([c.name for c in cameras] + [c.name for c in saved_cameras()]) or "none"
        raise UserError(
            tr("no camera, address or video file is called {name!r}; cameras that are there: {there}", name=name, there=there)
        )
    return Camera(found)


def _password(url: str, user: str) -> str:
    if not user:
        return ""
    kept = kept_password(url, user)
    return ask_secret(tr("Password of {user}: ", user=user)) if kept is None else kept


def wait_for_picture(source: LiveSource) -> None:
    """UserError where none comes in time, with what the source says."""
    end_s = time.monotonic() + FIRST_PICTURE_S
    while source.captured == 0:
        if source.state is CameraState.ENDED or time.monotonic() > end_s:
            raise UserError(
                tr(
                    "no picture came from {name}: {state}. Check the camera, and its address",
                    name=source.info.name,
                    state=source.state,
                )
            )
        time.sleep(0.05)


def _metronome(exercise: Exercise) -> Metronome:
    if not exercise.compares_sides:
        raise UserError(tr("a metronome is for running and walking: leave out --metronome"))
    metronome = system_metronome()
    if metronome is None:
        raise UserError(tr("nothing on this computer plays a sound file, so no metronome can be heard: leave out --metronome"))
    return metronome


def _run(
    plan: SetPlan, source: LiveSource, model: Path, options: argparse.Namespace, metronome: Metronome | None
) -> Session | None:
    with tracker_for(plan.exercise, model, graphics_card=plan.graphics_card) as tracker, source:
        wait_for_picture(source)
        one = LiveSet(plan, model_name(model), tracker.notice)
        before = signal.signal(signal.SIGINT, lambda *_: one.hands_free.end())  # ctrl-C ends the set whole
        printer = _Printer(plan.exercise, one.hands_free.end, source, options, metronome)
        try:
            run_set(one, source, tracker, printer.update)
        finally:
            signal.signal(signal.SIGINT, before)
            session = one.close()
            printer.close(session)
    return session


class _Printer:
    """Prints and, if asked to, speaks what the coach says; ends the set when it has its repetitions or its time."""

    def __init__(
        self,
        exercise: Exercise,
        end: Callable[[], None],
        source: LiveSource,
        options: argparse.Namespace,
        metronome: Metronome | None,
    ) -> None:
        self._coach = Coach(exercise, planned=options.reps)
        self._end, self._source = end, source
        self._reps, self._seconds = options.reps, options.seconds
        voice = find_voice() if options.speak else None
        self._speaker = Speaker(voice) if voice is not None else None
        self._last_s = 0.0
        self._metronome = metronome
        if metronome is not None:
            print(tr("It begins when your own cadence is known, after 46 stances."))

    def update(self, update: LiveUpdate) -> None:
        self._last_s = update.result.frame.timestamp_s
        self._say(self._coach.update(update, time.monotonic()))
        self._tick(update)
        done = self._reps is not None and len(update.result.snapshot.reps) >= self._reps
        over = self._seconds is not None and update.elapsed_s >= self._seconds
        if update.stage is Stage.RUNNING and (done or over):
            self._end()

    def _tick(self, update: LiveUpdate) -> None:
        """The metronome of a run."""
        if self._metronome is None:
            return
        before = self._metronome.per_minute
        self._metronome.update(update.result.snapshot.reps, on=update.stage is Stage.RUNNING, volume=1.0)
        if before is None and self._metronome.per_minute is not None:
            words = tr("{n} ticks a minute, one for each step.", n=self._metronome.per_minute)
            print(f"{self._last_s:8.2f} s  {words}", flush=True)

    def _say(self, utterances: Iterable[Utterance]) -> None:
        for utterance in utterances:
            print(f"{self._last_s:8.2f} s  {utterance.words}", flush=True)
            if self._speaker is not None:
                self._speaker.say(utterance)

    def close(self, session: Session | None) -> None:
        if self._metronome is not None:
            self._metronome.stop()
        if session is not None:
            self._say(self._coach.end(session.reps, time.monotonic()))
        if self._speaker is not None:
            self._speaker.finish(5.0)
            self._speaker.close()
