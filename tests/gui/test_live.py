"""Every state of the live page is reached, and left again by itself when its cause goes."""

import time
from dataclasses import replace

import numpy as np
import pytest
from gui_stage import Stage
from PySide6.QtCore import Qt, QTimer

from formcheck.analysis.handsfree import Stage as SetStage
from formcheck.capture.live import CameraState
from formcheck.gui.live.worker import resized
from formcheck.session.file import read_session


def start(stage: Stage, *, checks: bool = False) -> None:
    stage.window.start_set(checks=checks)
    stage.wait(lambda: stage.window.live._shown is not None)


def says(stage: Stage, words: str) -> None:
    stage.wait(lambda: words in stage.window.live.cue.text)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (CameraState.NONE, "No camera found"),
        (CameraState.IN_USE, "in use"),
        (CameraState.LOST, "unplugged"),
    ],
)
def test_a_camera_that_is_not_there_has_its_own_state_and_comes_back(stage: Stage, state: CameraState, words: str) -> None:
    stage.camera.there = state
    stage.window.start_set(checks=False)
    says(stage, words)
    assert words in stage.window.live.picture.words
    stage.camera.there = CameraState.STREAMING
    says(stage, "Begin")
    assert stage.window.live.picture.words == ""


def test_nobody_wrong_position_and_two_people(stage: Stage) -> None:
    start(stage)
    stage.nobody()
    says(stage, "Nobody in the picture")
    stage.person()
    stage.wait(lambda: "Nobody" not in stage.window.live.cue.text)
    stage.person(people=2)
    stage.wait(lambda: "Two people" in stage.window.live.detail.text())


def test_a_click_chooses_another_person(stage: Stage) -> None:
    start(stage)
    view = stage.window.live.picture
    stage.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.picture_rect().center())
    assert len(stage.tracker.followed) == 1
    chosen = stage.tracker.followed[0]
    centre, corner = np.full((33, 2), (320.0, 240.0)), np.full((33, 2), (10.0, 10.0))
    assert chosen([corner, centre], (640, 480)) == 1


def test_the_set_up_leads_by_the_hand_and_the_set_starts_without_hands(stage: Stage) -> None:
    stage.nobody()
    start(stage, checks=True)
    says(stage, "Step into the picture")
    stage.camera.brightness = 0.05
    says(stage, "too dark")
    stage.camera.brightness = 1.0
    stage.person(upright=True)
    says(stage, "Lie down on your side")
    stage.person(shift=-200)
    says(stage, "head is outside")
    stage.person()
    says(stage, "still for two seconds")
    says(stage, "Starting in")
    stage.wait(lambda: stage.window.live._shown.update.stage is SetStage.RUNNING)
    stage.nobody()
    says(stage, "Paused")
    stage.person()
    stage.wait(lambda: stage.window.live._shown.update.stage is SetStage.RUNNING)
    stage.person(upright=True)
    stage.wait(lambda: stage.window.pages.currentWidget() is stage.window.summary)
    assert read_session(stage.controller.window._folder).exercise == "clam"


def test_any_key_starts_and_pauses_and_escape_ends(stage: Stage) -> None:
    stage.nobody()
    start(stage, checks=True)
    stage.person()
    stage.qtbot.keyClick(stage.window.live.picture, Qt.Key.Key_PageDown)
    says(stage, "Starting in")
    stage.wait(lambda: stage.window.live._shown.update.stage is SetStage.RUNNING)
    stage.qtbot.keyClick(stage.window.live.picture, Qt.Key.Key_B)
    says(stage, "Paused")
    stage.qtbot.keyClick(stage.window.live.picture, Qt.Key.Key_Escape)
    stage.wait(lambda: stage.window.pages.currentWidget() is stage.window.summary)


def test_ended_before_it_ran_leads_back_to_the_guide_and_leaves_no_folder(stage: Stage) -> None:
    stage.nobody()
    start(stage, checks=True)
    stage.window.stop_set()
    stage.wait(lambda: stage.window.pages.currentWidget() is stage.window.guide)
    assert not any(stage.window.settings.sessions().iterdir())


def test_recording_is_seen_and_can_be_stopped_in_mid_set(stage: Stage) -> None:
    stage.window.settings = replace(stage.window.settings, record=True)
    start(stage)
    stage.wait(lambda: "Recording" in stage.window.live.recording.text())
    stage.window.live.record_button.click()
    stage.window.live.record_button.click() if stage.window.settings.record else None
    stage.wait(lambda: "Not recording" in stage.window.live.recording.text())
    assert not stage.window.settings.record


def test_a_folder_that_cannot_be_written_is_said_and_the_set_goes_on(stage: Stage, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "file").write_text("")
    stage.window.settings = replace(stage.window.settings, sessions_folder=str(tmp_path / "file" / "sessions"))
    start(stage)
    stage.wait(lambda: stage.window.live.recording.text() == "Not saved")
    assert stage.window.running


def test_the_window_is_never_frozen_while_a_set_runs(stage: Stage) -> None:
    """By the processor time that the window's thread spends between two ticks: other work on this machine does not count."""
    stage.window.settings = replace(stage.window.settings, record=True)
    start(stage)
    stage.qtbot.wait(500)
    spent = [time.thread_time()]
    timer = QTimer(stage.window)
    timer.timeout.connect(lambda: spent.append(time.thread_time()))
    timer.start(5)
    stage.qtbot.wait(2000)
    timer.stop()
    blocks = np.diff(spent)
    assert len(blocks) > 20
    assert blocks.max() <= 0.05


@pytest.mark.parametrize("scale", [0.11, 0.3, 0.5, 0.74, 1.0, 1.7])
def test_a_resized_picture_shows_the_same_at_the_same_place(scale: float) -> None:
    picture = np.zeros((480, 641, 3), np.uint8)
    picture[120:360, 320:] = 200
    shown = resized(picture, scale)
    height, width = shown.shape[:2]
    assert (width, height) == (round(641 * scale), round(480 * scale))
    rows, columns = np.nonzero(shown[..., 0] > 100)
    found = np.array([rows.min(), rows.max() + 1, columns.min(), columns.max() + 1]) / scale
    assert np.abs(found - (120, 360, 320, 641)).max() <= 1 + 1 / scale
    assert not np.shares_memory(shown, picture)  # it is painted on
