"""No display, fresh settings, no camera, no network. `stage` is a whole window; `desk` is what presenters need without one."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from gui_desk import Desk
from gui_fakes import PATIENCE_MS
from gui_stage import ScriptedCamera, ScriptedTracker, Stage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from formcheck.doctor import Check
from formcheck.exercises import EXERCISES
from formcheck.gui.help import computer_check, problem_report
from formcheck.gui.program import Program
from formcheck.gui.sets.equipment import Equipment
from formcheck.gui.sound.voice import Voice
from formcheck.library.encryption import crypto
from formcheck.system.settings import Settings


@pytest.fixture(autouse=True, scope="module")
def _frozen() -> None:
    """What is loaded by now need not be looked through after each test."""
    gc.freeze()


@pytest.fixture(autouse=True)
def _garbage_in_this_thread() -> Iterator[None]:
    """As in the program: a worker that collects would destroy Qt's objects beside their thread."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setattr(crypto, "COST", (4, 1, 1))  # locks that open quickly


@pytest.fixture(autouse=True)
def _in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """To look this computer over takes seconds; system/test_doctor.py does."""
    for module in (computer_check, problem_report):
        monkeypatch.setattr(module, "checks", lambda: [Check("versions", True, "all there")])


@pytest.fixture
def no_log() -> Iterator[logging.Logger]:
    """The program's logger: nothing is logged to a file yet, whatever ran before in this process; and nothing afterwards."""
    logger = logging.getLogger("formcheck")
    level, handlers = logger.level, list(logger.handlers)
    logger.handlers.clear()
    yield logger
    for handler in logger.handlers:
        handler.close()
    logger.handlers[:] = handlers
    logger.setLevel(level)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(Settings(), sessions_folder=str(tmp_path / "sessions"), speech=False, sounds=False)


@pytest.fixture
def stage(qtbot: QtBot, settings: Settings, tmp_path: Path) -> Iterator[Stage]:
    """A window with a scripted camera and person; sets run for real."""
    camera, tracker, model = ScriptedCamera(), ScriptedTracker(), tmp_path / "scripted.task"
    model.write_bytes(b"no network: the person is scripted")
    equipment = Equipment(
        list_cameras=list,
        saved_cameras=tuple,
        ask_permission=lambda: None,
        open_source=lambda _choice, _settings: lambda: camera,
        find_model=lambda _settings, _progress: model,
        make_tracker=lambda _exercise, _model: tracker,
        make_voice=Voice,
    )
    program = Program(EXERCISES, settings, equipment=equipment)
    qtbot.addWidget(program.window)
    with qtbot.waitExposed(program.window, timeout=PATIENCE_MS):
        program.window.show()
    yield Stage(program, camera, tracker, qtbot)
    program.window.close()
    QApplication.processEvents()  # what jobs found just now reaches pages that are still there


@pytest.fixture
def desk(qtbot: QtBot, settings: Settings) -> Iterator[Desk]:
    """No window: notices, questions and navigation of the test, a real library in the background."""
    made = Desk(settings, qtbot)
    yield made
    made.close()
