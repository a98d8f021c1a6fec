"""A page is one entry in a table: put in, it is in its menu, has its shortcut, and keeps to what the entry says."""

from dataclasses import replace

import pytest
from gui_fakes import PATIENCE_MS
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from formcheck.exercises import EXERCISES
from formcheck.gui.pages import PAGES, SESSIONS
from formcheck.gui.program import Program
from formcheck.gui.services import Services
from formcheck.gui.sets.equipment import Equipment
from formcheck.gui.shell.page import Menu, Page, Presenter
from formcheck.gui.sound.voice import Voice
from formcheck.system.settings import Settings


def handbook(services: Services) -> Presenter:
    return Presenter(QLabel(f"{len(services.exercises)} exercises"))


HANDBOOK = Page("handbook", handbook, "&Handbook", Menu.HELP, "Ctrl+J", while_running=True, shows_client=True)


@pytest.fixture
def program(qtbot: QtBot, settings: Settings) -> Program:
    """A program whose table has one page more, in clinic mode."""
    equipment = Equipment(list_cameras=list, make_voice=Voice)
    made = Program(EXERCISES, replace(settings, clinic=True), equipment=equipment, pages=(*PAGES, HANDBOOK))
    qtbot.addWidget(made.window)
    with qtbot.waitExposed(made.window, timeout=PATIENCE_MS):
        made.window.show()
    return made


def test_one_more_entry_is_one_more_page(program: Program, qtbot: QtBot) -> None:
    action = program.menus.action("&Handbook")
    assert action.shortcut() == QKeySequence("Ctrl+J")
    with qtbot.waitActive(program.window, timeout=PATIENCE_MS):
        program.window.activateWindow()
    qtbot.keyClick(program.window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert program.navigator.current == "handbook"
    view = program.navigator.presenter("handbook").view
    assert view.isVisible()
    assert isinstance(view, QLabel)
    assert view.text() == f"{len(EXERCISES)} exercises"
    program.navigator.back()
    assert program.navigator.current == PAGES[0].name
    program.window.close()


def test_it_keeps_to_its_entry(program: Program) -> None:
    program.navigator.show("handbook")
    assert program.client_bar.isVisible()
    assert not program.services.sets.bar.isVisible()
    program.menus.set_running(True)
    program.navigator.running = True
    assert program.menus.action("&Handbook").isEnabled()
    assert not program.menus.action("&Sessions").isEnabled()
    assert not program.navigator.show(SESSIONS)
    assert program.navigator.show("handbook")
    program.window.close()


def test_every_entry_of_the_table_makes_a_page_that_can_be_closed(program: Program) -> None:
    for page in PAGES:
        presenter = program.navigator.presenter(page.name)
        presenter.restyle()
        assert program.navigator.presenter(page.name) is presenter
    program.window.close()


def test_names_and_shortcuts_are_given_once() -> None:
    names = [page.name for page in PAGES]
    shortcuts = [page.shortcut for page in PAGES if page.shortcut]
    assert len(set(names)) == len(names)
    assert len(set(shortcuts)) == len(shortcuts)
    assert all(page.title for page in PAGES if page.shortcut)
