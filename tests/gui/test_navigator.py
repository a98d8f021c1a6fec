"""From page to page: built when first seen, told when shown and left, and back to where one came from."""

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from formcheck.gui.shell.navigator import Navigator
from formcheck.gui.shell.page import Page, Presenter


class Remembering(Presenter):
    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.told: list[object] = []

    def shown(self) -> None:
        self.told.append("shown")

    def open(self, what: object) -> None:
        self.told.append(what)

    def left(self) -> None:
        self.told.append("left")


class Place:
    """A navigator over three pages and a dialog."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.built: list[str] = []
        pages = [
            Page("home", self.page),
            Page("list", self.page),
            Page("one", self.page, back_leads_here=False),
            Page("set", self.page, while_running=True, back_leads_here=False),
            Page("box", lambda _: Remembering(QDialog())),
        ]
        self.navigator = Navigator(pages, self.build, self.window)
        self.navigator.home()

    def page(self, _: None) -> Presenter:
        return Remembering(QWidget())

    def build(self, page: Page[None]) -> Presenter:
        self.built.append(page.name)
        return page.factory(None)

    def told(self, page: str) -> list[object]:
        presenter = self.navigator.presenter(page)
        assert isinstance(presenter, Remembering)
        return presenter.told


@pytest.fixture
def place(qtbot: QtBot) -> Place:
    return Place(qtbot)


def test_a_page_is_built_once_and_only_when_it_is_seen(place: Place) -> None:
    for _ in range(2):
        place.navigator.show("list")
        place.navigator.show("home")
    assert place.built == ["home", "list"]
    assert place.navigator.stack.currentWidget() is place.navigator.presenter("home").view


def test_a_page_is_told_that_it_is_shown_what_with_and_when_it_is_left(place: Place) -> None:
    place.navigator.show("one", 7)
    place.navigator.show("one", 8)
    place.navigator.show("home")
    assert place.told("one") == ["shown", 7, "shown", 8, "left"]
    assert place.told("home") == ["shown", "left", "shown"]


def test_back_leads_to_where_a_page_was_opened_from(place: Place) -> None:
    for name in ("list", "one"):
        place.navigator.show(name)
    place.navigator.back()
    assert place.navigator.current == "list"
    place.navigator.back()
    assert place.navigator.current == "home"


def test_back_passes_over_pages_that_are_not_come_back_to(place: Place) -> None:
    for name in ("set", "one"):
        place.navigator.show(name)
    place.navigator.back()
    assert place.navigator.current == "home"


def test_while_a_set_runs_only_pages_that_allow_it_are_shown(place: Place) -> None:
    place.navigator.running = True
    assert not place.navigator.show("list")
    assert not place.navigator.show("box")
    assert place.navigator.show("set")
    assert place.navigator.current == "set"


def test_a_dialog_opens_over_the_page(place: Place) -> None:
    assert place.navigator.show("box", 3)
    dialog = place.navigator.presenter("box").view
    assert dialog.isVisible()
    assert dialog.parent() is place.window
    assert place.told("box") == ["shown", 3]
    assert place.navigator.current == "home"
