"""What the window says and offers after a crash, and on a computer that cannot keep up."""

import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from gui_stage import Stage
from live_cases import clam_set, opening, picture
from PySide6.QtWidgets import QMessageBox, QPushButton

from formcheck.gui.library.recovery_dialog import offer_recovery
from formcheck.gui.live.messages import live_message, load_words
from formcheck.gui.shell import log_file
from formcheck.run.live.keeping_up import STEPS
from formcheck.run.live.recovery import NOTICE, cut_off_sets
from formcheck.session.file import read_session


@pytest.fixture
def cut_off(stage: Stage) -> Path:
    """The folder of a set whose program went without a word: its lock is gone, its mark is not."""
    live = clam_set(stage.window.settings.sessions(), record=False)
    for i in range(60):
        frame = picture(i, i / 20)
        live.step(frame, opening(frame))
    live._folder._claim._file.close()
    return live.folder


def box(stage: Stage) -> QMessageBox | None:
    return next((b for b in stage.window.findChildren(QMessageBox) if b.isVisible()), None)


def press(stage: Stage, words: str) -> None:
    stage.wait(lambda: box(stage) is not None)
    next(b for b in box(stage).findChildren(QPushButton) if b.text() == words).click()
    stage.wait(lambda: box(stage) is None)


def test_a_cut_off_set_is_offered_and_kept(stage: Stage, cut_off: Path) -> None:
    room = stage.controller.room
    offer_recovery(stage.window, stage.window.settings.sessions(), room.refresh)
    stage.wait(lambda: box(stage) is not None)
    assert "Clam" in box(stage).text()
    press(stage, "&Keep")
    stage.wait(lambda: cut_off.name in [entry.folder for entry in room.content.entries])
    assert NOTICE in read_session(cut_off).notices


def test_a_cut_off_set_is_discarded_or_asked_for_again(stage: Stage, cut_off: Path) -> None:
    sessions = stage.window.settings.sessions()
    offer_recovery(stage.window, sessions, lambda: None)
    press(stage, "&Later")
    assert len(cut_off_sets(sessions)) == 1
    offer_recovery(stage.window, sessions, lambda: None)
    press(stage, "&Discard")
    stage.wait(lambda: not cut_off.exists())


def test_nothing_is_asked_where_nothing_was_cut_off(stage: Stage, tmp_path: Path) -> None:
    job = offer_recovery(stage.window, tmp_path / "none", lambda: None)
    with stage.qtbot.waitSignal(job.done):
        pass
    assert box(stage) is None


def test_a_computer_that_cannot_keep_up_is_said(stage: Stage) -> None:
    stage.window.start_set(checks=False)
    stage.wait(lambda: stage.window.live._shown is not None)
    update = stage.window.live._shown.update
    plan = stage.window.live._plan
    said = [live_message(replace(update, load=load), None, plan.exercise).detail for load in STEPS]
    assert load_words(STEPS[0]) == ""
    assert said[1] == "Busy computer: shown 10 times a second. Every picture is measured and recorded."
    assert "measured 15 times" in said[3]
    assert "measured 10 times" in said[4]


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Where the log file is."""
    monkeypatch.setattr(log_file.platformdirs, "user_log_path", lambda *_, **__: tmp_path / "log")
    logger = logging.getLogger("formcheck")
    level, handlers = logger.level, list(logger.handlers)
    log_file.log_to_file()
    yield tmp_path / "log"
    for handler in set(logger.handlers) - set(handlers):
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(level)


def test_the_log_holds_the_detail_and_no_names(logged: Path) -> None:
    logger = logging.getLogger("formcheck.test")
    for path in (Path.home() / "clients" / "Anna Muster" / "a.mp4", Path("C:\\Users\\Anna Muster\\a.mp4")):
        try:
            raise FileNotFoundError(2, "No such file", str(path))
        except FileNotFoundError:
            logger.exception("a set broke off")
    text = (logged / log_file.NAME).read_text()
    assert text.count("FileNotFoundError: [Errno 2] No such file: '...'") == 2
    assert __file__.replace(str(Path.home()), "~") in text
    assert "Anna" not in text
    assert str(Path.home()) + os.sep not in text


def test_the_log_stays_small(logged: Path) -> None:
    logger = logging.getLogger("formcheck.test")
    for _ in range(2000):
        logger.info("x" * 1000)
    sizes = [file.stat().st_size for file in logged.iterdir()]
    assert len(sizes) == 1 + log_file.OLD_FILES
    assert max(sizes) <= log_file.MAX_BYTES
    assert logged.stat().st_mode & 0o077 == 0 or os.name == "nt"
