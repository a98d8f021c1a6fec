"""What the window says on a computer that cannot keep up, and what the log holds."""

import logging
import os
from dataclasses import replace
from pathlib import Path

import pytest
from gui_stage import Stage

from formcheck.exercises import EXERCISES
from formcheck.frames import Frame, PoseFrame
from formcheck.gui.live.messages import live_message, load_words
from formcheck.run.live.keeping_up import STEPS
from formcheck.system import log_file
from formcheck.system.errors import UserError


def test_a_computer_that_cannot_keep_up_is_said(stage: Stage) -> None:
    stage.start()
    update, clam = stage.newest.update, EXERCISES["clam"]
    said = [live_message(replace(update, load=load), None, clam).detail for load in STEPS]
    assert load_words(STEPS[0]) == ""
    assert said[1] == "Busy computer: shown 10 times a second. Every picture is measured and recorded."
    assert "measured 15 times" in said[3]
    assert "measured 10 times" in said[4]


def test_a_set_that_cannot_begin_says_why_and_leads_home(stage: Stage) -> None:
    def no_model(_: Frame) -> PoseFrame:
        raise UserError("the pose model cannot be read: fetch it again")

    stage.tracker.pose = no_model
    stage.sets.start(checks=False)
    stage.wait(lambda: stage.box() is not None)
    assert stage.box().text() == "the pose model cannot be read: fetch it again"
    assert stage.current == "guide"
    assert not stage.sets.running


@pytest.fixture
def logged(no_log: logging.Logger, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the log file is."""
    monkeypatch.setattr(log_file.platformdirs, "user_log_path", lambda *_, **__: tmp_path / "log")
    log_file.log_to_file()
    assert no_log.handlers
    return tmp_path / "log"


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
