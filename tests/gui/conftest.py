"""Windows for tests: no display needed, fresh settings each, no camera, no network, a scripted person instead of a model."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from gui_stage import ScriptedCamera, ScriptedTracker, Stage
from pytestqt.qtbot import QtBot

from formcheck.exercises import EXERCISES
from formcheck.gui.live import set_runner
from formcheck.gui.live import worker as worker_module
from formcheck.gui.shell.controller import Controller
from formcheck.system.settings import Settings


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(Settings(), sessions_folder=str(tmp_path / "sessions"), speech=False, sounds=False)


@pytest.fixture
def stage(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Iterator[Stage]:
    """A window with a scripted camera and person; sets run for real."""
    camera, tracker = ScriptedCamera(), ScriptedTracker()
    monkeypatch.setattr(set_runner, "opener", lambda _choice, _settings: lambda: camera)
    model = tmp_path / "scripted.task"
    model.write_bytes(b"no network: the person is scripted")
    monkeypatch.setattr(set_runner, "model_file", lambda *_: model)
    monkeypatch.setattr(worker_module, "tracker_for", lambda *_: tracker)
    monkeypatch.setattr("formcheck.gui.shell.main_window.list_cameras", list)
    controller = Controller(EXERCISES, settings)
    controller.window._list_cameras = list
    qtbot.addWidget(controller.window)
    controller.window.show()
    qtbot.waitExposed(controller.window)
    yield Stage(controller, camera, tracker, qtbot)
    controller.window.close()
