"""A whole set of clams with nothing touched after Start, a clip played as the camera, with the real model."""

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from patient_clip import PatientClip
from pytestqt.qtbot import QtBot

from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.gui.program import Program
from formcheck.gui.sets.equipment import Equipment
from formcheck.gui.sound.voice import Voice
from formcheck.pose.model import model_file
from formcheck.recording.video_writer import VideoWriter
from formcheck.session.file import read_session
from formcheck.system.errors import UserError
from formcheck.system.resources import folder
from formcheck.system.settings import Settings

STILL_S = 7.0
"""How long the person lies still before the first repetition: checks and countdown happen then."""


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two repetitions of the demo, with a long still beginning, since its person does not wait for us. A sensor's noise is added
    to the still."""
    path = tmp_path_factory.mktemp("clip") / "lying.mp4"
    noise = np.random.default_rng(0).integers(-3, 4, (8, 480, 640, 3), dtype=np.int16)
    with VideoFile(folder("assets") / "demo.mp4") as source:
        frames = [frame for frame in source.frames() if frame.timestamp_s < 10.2]
    with VideoWriter(path, (source.info.width, source.info.height), fps_hint=20) as writer:
        for i in range(int(STILL_S * 20)):
            image = np.clip(frames[0].image.astype(np.int16) + noise[i % 8], 0, 255).astype(np.uint8)
            writer.write(image, i / 20)
        for frame in frames:
            writer.write(frame.image, STILL_S + frame.timestamp_s)
    return path


def test_a_whole_set_without_hands(qtbot: QtBot, settings: Settings, clip: Path) -> None:
    try:
        model_file(progress=lambda *_: None)
    except UserError:
        pytest.skip("the pose model is not on this machine and cannot be fetched")
    equipment = Equipment(list_cameras=list, open_source=lambda *_: lambda: PatientClip(clip), make_voice=Voice)
    program = Program(EXERCISES, replace(settings, record=True), equipment=equipment)
    qtbot.addWidget(program.window)
    program.window.show()
    program.services.sets.start()
    cue = program.navigator.presenter("live").page.panel.cue
    said: set[str] = set()

    def over() -> bool:
        said.add(cue.text.split(" in ")[0])
        return program.navigator.current == "summary"

    qtbot.waitUntil(over, timeout=900_000)
    assert {"Now hold still for two seconds", "Starting"} <= said
    folder = program.navigator.presenter("summary").folder
    session = read_session(folder)
    assert len(session.reps) == 2
    assert session.frames_with_pose > 0.9 * session.video.frames
    with av.open(str(folder / "annotated.mp4")) as container:
        length_s = max(float(frame.time) for frame in container.decode(video=0))
    assert length_s == pytest.approx(session.video.duration_s, abs=0.3)
    program.window.close()
