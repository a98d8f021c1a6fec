"""What the live page says: computed from what is known, never stored. One message at a time, the most pressing first."""

import math
from dataclasses import dataclass
from enum import StrEnum

from formcheck.analysis.clean import clean_as_seen
from formcheck.analysis.handsfree import Stage
from formcheck.analysis.setup import CheckResult
from formcheck.analysis.snapshot import AnalysisState, Snapshot
from formcheck.capture.live import CameraState
from formcheck.exercises.contract import Exercise, SetupCheck
from formcheck.exercises.posture import Posture
from formcheck.results import Finding, Severity
from formcheck.run.live.keeping_up import Load
from formcheck.run.live.live_set import LiveUpdate
from formcheck.system.kept_words import shown
from formcheck.system.language import tr, trn


class Level(StrEnum):
    """How a message is coloured."""

    CALM = "calm"
    GOOD = "good"
    CAUTION = "caution"
    FAULT = "fault"
    TROUBLE = "trouble"


SIGNS = {Level.GOOD: "✓", Level.CAUTION: "!", Level.FAULT: "✗"}
"""Painted before the words, as on the bars of repetitions: the colour is not alone."""


@dataclass(frozen=True, slots=True)
class Message:
    """The large words, and what else helps in small ones."""

    words: str
    level: Level
    detail: str = ""


def camera_message(state: CameraState, trouble: str | None = None) -> Message | None:
    """What is wrong with the camera, if anything."""
    words = {
        CameraState.OPENING: (tr("Opening the camera"), tr("This may take a few seconds.")),
        CameraState.NONE: (tr("No camera found"), tr("Plug one in, or choose another above. The picture starts by itself.")),
        CameraState.IN_USE: (tr("The camera is in use"), tr("Close other programs that use it. The picture starts by itself.")),
        CameraState.LOST: (tr("The camera was unplugged"), tr("Plug it in again within a minute: the set goes on by itself.")),
        CameraState.UNREACHABLE: (
            tr("The camera does not answer"),
            tr("Switch it on, and check that it is on the same network. It is tried again by itself."),
        ),
        CameraState.REFUSED: (
            tr("The camera refuses the address"),
            tr("Start the camera app, and compare its address with the one in the camera list."),
        ),
        CameraState.WRONG_PASSWORD: (
            tr("Wrong user or password"),
            tr("Enter the camera's user and password again in the camera list."),
        ),
        CameraState.NO_VIDEO: (
            tr("No video at this address"),
            tr("Use the address that the camera app shows for its video, not for its page."),
        ),
    }.get(state)
    if words is not None:
        level = Level.CALM if state is CameraState.OPENING else Level.TROUBLE
        return Message(words[0], level, words[1])
    return Message(tr("The picture is not good"), Level.TROUBLE, tr(trouble)) if trouble else None


def live_message(update: LiveUpdate, cue: Finding | None, exercise: Exercise, variant: str | None = None) -> Message:
    """cue: the finding that is held on the screen. variant: None while it is not known."""
    snapshot, posture = update.result.snapshot, exercise.posture_of(variant)
    if update.stage is Stage.CHECKING:
        return _checking(update.checks, snapshot.people, exercise)
    if update.stage is Stage.COUNTDOWN:
        return Message(
            tr("Starting in {seconds}", seconds=math.ceil(update.countdown_s or 0.0)),
            Level.CALM,
            tr(posture.words.keep),
        )
    if update.stage is Stage.PAUSED:
        return Message(tr("Paused"), Level.CALM, _paused(snapshot, posture))
    if update.stage is Stage.DONE:
        return Message(tr("Set finished"), Level.CALM)
    return _running(snapshot, update.load, cue, exercise, posture)


def two_people() -> str:
    return tr("Two people are in the picture. The one with the skeleton is followed; click the other to change.")


def load_words(load: Load) -> str:
    """What is shed because the computer cannot keep up; empty if nothing is."""
    if load.pose_s:
        return trn(
            "Busy computer: measured {n} time a second. Every picture is recorded. Close other programs.",
            "Busy computer: measured {n} times a second. Every picture is recorded. Close other programs.",
            round(1 / load.pose_s),
        )
    if load.overlay_s:
        return trn(
            "Busy computer: shown {n} time a second. Every picture is measured and recorded.",
            "Busy computer: shown {n} times a second. Every picture is measured and recorded.",
            round(1 / load.overlay_s),
        )
    return ""


def _checking(checks: tuple[CheckResult, ...], people: int, exercise: Exercise) -> Message:
    failing = next((check for check in checks if not check.ok), None)
    detail = two_people() if people > 1 else tr("Any key or a raised hand starts at once.")
    if failing is None:
        return Message(tr("Ready"), Level.CALM, detail)
    words = tr(failing.words)
    if failing.check is SetupCheck.ANGLE:
        words = tr("{problem}: {camera_place}", problem=words, camera_place=tr(exercise.camera.words))
    return Message(words, Level.CALM, detail)


def _paused(snapshot: Snapshot, posture: Posture) -> str:
    if snapshot.state is AnalysisState.NOBODY:
        return tr("Nobody is in the picture. Come back to go on.")
    return tr("{go_on} Any key or a raised hand does the same.", go_on=tr(posture.words.go_on))


def _running(snapshot: Snapshot, load: Load, cue: Finding | None, exercise: Exercise, posture: Posture) -> Message:
    note = two_people() if snapshot.people > 1 else load_words(load)
    if snapshot.state is AnalysisState.NOBODY:
        return Message(tr("Nobody in the picture"), Level.TROUBLE, tr("Move into the picture, with head and feet."))
    if snapshot.state is AnalysisState.WRONG_POSITION:
        return Message(tr(posture.words.return_to), Level.TROUBLE, tr("Counting goes on by itself."))
    if snapshot.obstacle:
        why = shown(snapshot.obstacle)
        return Message(tr("Cannot be judged from here"), Level.TROUBLE, " ".join(part for part in (why, note) if part))
    if cue is not None:
        level = Level.FAULT if cue.severity is Severity.FAULT else Level.CAUTION
        return Message(tr(exercise.fault(cue.fault).cue), level, note)
    if snapshot.state is AnalysisState.FINDING_SIDE:
        return Message(tr("Begin slowly"), Level.CALM, note or tr("Looking for the working side."))
    each = exercise.cue_every == 1 and bool(snapshot.reps)  # a run has no step that is praised
    if each and clean_as_seen(snapshot.reps[-1], exercise) and snapshot.timestamp_s - snapshot.reps[-1].end_s < 3.0:
        return Message(tr("Good"), Level.GOOD, note)
    return Message(tr("Go on") if snapshot.reps else tr("Begin when you are ready"), Level.CALM, note)
