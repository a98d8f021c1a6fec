"""Every state of the live page is reached, and left again by itself when its cause goes."""

import time

import numpy as np
import pytest
from gui_stage import Stage
from PySide6.QtCore import Qt, QTimer

from formcheck.analysis.handsfree import Stage as SetStage
from formcheck.capture.live import CameraState
from formcheck.gui.video.images import resized
from formcheck.session.file import read_session


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
    stage.sets.start(checks=False)
    stage.says(words)
    assert words in stage.live.picture.words
    stage.camera.there = CameraState.STREAMING
    stage.says("Begin")
    assert stage.live.picture.words == ""


def test_nobody_wrong_position_and_two_people(stage: Stage) -> None:
    stage.start()
    stage.nobody()
    stage.says("Nobody in the picture")
    stage.person()
    stage.wait(lambda: "Nobody" not in stage.live.panel.cue.text)
    stage.person(people=2)
    stage.wait(lambda: "Two people" in stage.live.panel.detail.text())


def test_a_click_chooses_another_person(stage: Stage) -> None:
    stage.start()
    view = stage.live.picture
    stage.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.picture_rect().center())
    assert len(stage.tracker.followed) == 1
    chosen = stage.tracker.followed[0]
    centre, corner = np.full((33, 2), (320.0, 240.0)), np.full((33, 2), (10.0, 10.0))
    assert chosen([corner, centre], (640, 480)) == 1


def test_the_set_up_leads_by_the_hand_and_the_set_starts_without_hands(stage: Stage) -> None:
    stage.nobody()
    stage.start(checks=True)
    stage.says("Step into the picture")
    stage.camera.brightness = 0.05
    stage.says("too dark")
    stage.camera.brightness = 1.0
    stage.person(upright=True)
    stage.says("Lie down on your side")
    stage.person(shift=-200)
    stage.says("head is outside")
    stage.person()
    stage.says("still for two seconds")
    stage.says("Starting in")
    stage.wait(lambda: stage.newest.update.stage is SetStage.RUNNING)
    stage.nobody()
    stage.says("Paused")
    stage.person()
    stage.wait(lambda: stage.newest.update.stage is SetStage.RUNNING)
    stage.person(upright=True)
    stage.wait(lambda: stage.current == "summary")
    assert read_session(stage.folder).exercise == "clam"


def test_any_key_starts_and_pauses_and_escape_ends(stage: Stage) -> None:
    stage.nobody()
    stage.start(checks=True)
    stage.person()
    stage.qtbot.keyClick(stage.live.picture, Qt.Key.Key_PageDown)
    stage.says("Starting in")
    stage.wait(lambda: stage.newest.update.stage is SetStage.RUNNING)
    stage.qtbot.keyClick(stage.live.picture, Qt.Key.Key_B)
    stage.says("Paused")
    stage.qtbot.keyClick(stage.live.picture, Qt.Key.Key_Escape)
    stage.wait(lambda: stage.current == "summary")


def test_ended_before_it_ran_leads_back_to_the_guide_and_leaves_no_folder(stage: Stage) -> None:
    stage.nobody()
    stage.start(checks=True)
    stage.sets.stop()
    stage.wait(lambda: stage.current == "guide")
    assert not any(stage.settings.value.sessions().iterdir())


def test_recording_is_seen_and_can_be_stopped_in_mid_set(stage: Stage) -> None:
    stage.settings.change(record=True)
    stage.start()
    stage.wait(lambda: "Recording" in stage.live.panel.recording.text())
    stage.live.record_button.click()
    stage.wait(lambda: "Not recording" in stage.live.panel.recording.text())
    assert not stage.settings.value.record


def test_a_folder_that_cannot_be_written_is_said_and_the_set_goes_on(stage: Stage, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "file").write_text("")
    stage.settings.change(sessions_folder=str(tmp_path / "file" / "sessions"))
    stage.start()
    stage.wait(lambda: stage.live.panel.recording.text() == "Not saved")
    assert stage.sets.running


def test_the_window_is_never_frozen_while_a_set_runs(stage: Stage) -> None:
    """By the processor time that the window's thread spends between two ticks: other work on this machine does not count."""
    stage.settings.change(record=True)
    stage.start()
    stage.qtbot.wait(500)
    spent = [time.thread_time()]
    timer = QTimer(stage.window)
    timer.timeout.connect(lambda: spent.append(time.thread_time()))
    timer.start(5)
    stage.wait(lambda: len(spent) > 60)
    timer.stop()
    assert np.diff(spent).max() <= 0.05


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
