"""The menu Help: the check of the computer, what a report of a problem holds, the keys."""

import getpass
import logging
import zipfile
from pathlib import Path

import pytest
from gui_desk import Desk
from gui_stage import Stage
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from formcheck.doctor import Check
from formcheck.gui.help import computer_check, problem_report
from formcheck.gui.help.computer_check import ComputerCheckPresenter
from formcheck.gui.help.handbook import open_handbook
from formcheck.gui.help.problem_report import ProblemReportPresenter
from formcheck.gui.help.shortcuts import ShortcutsDialog
from formcheck.system.log_file import log_to_file

FOUND = [
    Check("cameras", True, f"0 {getpass.getuser()}'s phone, 1 Petra's camera"),
    Check("codecs", True, "H.264 written and read (5 of 5 pictures)"),
    Check("disk", False, f"{Path.home()}/Petra: 0.1 GB free", "make room"),
]


@pytest.fixture(autouse=True)
def _found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checks themselves have tests of their own, and take seconds."""
    for module in (computer_check, problem_report):
        monkeypatch.setattr(module, "checks", lambda: FOUND)


def test_check_this_computer_says_what_to_do_and_copies_it(desk: Desk) -> None:
    presenter = ComputerCheckPresenter(desk.notices)
    presenter.shown()
    desk.wait(presenter.dialog.copy_button.isEnabled)
    assert presenter.dialog.outcome.text() == "Something needs attention."
    presenter.dialog.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines()[1] == "ok   codecs: H.264 written and read (5 of 5 pictures)"
    assert copied.splitlines()[2].startswith("BAD  disk:")
    assert copied.endswith("make room")


@pytest.mark.usefixtures("no_log")
def test_a_report_shows_all_that_it_holds_and_holds_no_names(desk: Desk, tmp_path: Path) -> None:
    log_to_file()
    logging.getLogger("formcheck").info("opened '%s/Petra Miller/raw.mp4'", Path.home())
    presenter = ProblemReportPresenter(desk.notices, desk.questions)
    presenter.shown()
    dialog = presenter.dialog
    desk.wait(dialog.save_button.isEnabled)
    shown = {}
    for i in range(dialog.tabs.count()):
        page = dialog.tabs.widget(i)
        assert isinstance(page, QPlainTextEdit)
        shown[dialog.tabs.tabText(i)] = page.toPlainText()
    target = tmp_path / "report.zip"
    desk.questions.files.append(target)
    dialog.save_button.click()
    with zipfile.ZipFile(target) as archive:
        held = {name: archive.read(name).decode() for name in archive.namelist()}
    assert {name: text.strip() for name, text in held.items()} == {name: text.strip() for name, text in shown.items()}
    assert {"doctor.txt", "formcheck.log"} <= set(held)
    everything = "".join(held.values())
    assert "H.264 written and read" in everything
    assert "opened" in everything
    for personal in ("Petra", str(Path.home()) + "/", "phone"):
        assert personal not in everything, personal


def test_a_report_that_cannot_be_written_says_why(desk: Desk, tmp_path: Path) -> None:
    presenter = ProblemReportPresenter(desk.notices, desk.questions)
    presenter.shown()
    desk.wait(presenter.dialog.save_button.isEnabled)
    desk.questions.files.append(tmp_path / "nowhere" / "report.zip")
    presenter.dialog.save_button.click()
    assert "no such folder" in desk.notices.troubles[0]


def test_the_keys_are_those_of_the_menus(stage: Stage) -> None:
    shortcuts = stage.program.menus.shortcuts()
    assert ("Help", "Handbook", "F1") in shortcuts
    assert ("Set", "Start", "Ctrl+Return") in shortcuts
    keys = [key for _, _, key in shortcuts]
    assert len(keys) == len(set(keys)), "two entries have the same keys"
    dialog = ShortcutsDialog(shortcuts)
    assert dialog.table.rowCount() > len(shortcuts)
    dialog.deleteLater()


def test_a_handbook_that_was_not_built_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("formcheck.gui.help.handbook.handbook", lambda _: tmp_path / "index.html")
    open_handbook(desk.notices)
    assert "handbook.py" in desk.notices.troubles[0]
