"""What the window is made of: pages and commands, each one entry in a table, and what a page's factory gives."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

Services = TypeVar("Services")
"""What the program hands to factories; the shell need not know it."""


class Menu(StrEnum):
    """The menus of the bar, in their order."""

    FILE = "file"
    LIBRARY = "library"
    SET = "set"
    HELP = "help"


class Presenter(QObject):
    """A page's view and what happens on it. The view is a page of the window, or a dialog, which is opened over the page."""

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self.view = view

    def shown(self) -> None:
        """The page has come into view."""

    def open(self, what: object) -> None:
        """Show this: what Navigation.show() was given, after shown(). Not called where nothing was given, as from a menu."""

    def left(self) -> None:
        """Another page has taken its place."""

    def restyle(self) -> None:
        """The theme has changed: colours that are painted by hand are to be taken anew."""

    def close(self) -> None:
        """The window closes: save what is not saved yet, let go of files and threads."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Services]):
    """A page of the window, or a dialog that stays."""

    name: str
    """How Navigation.show() knows it."""
    factory: Callable[[Services], Presenter]
    """Called when the page is shown for the first time: what takes long to load is loaded then."""
    title: str = ""
    """Its words in the menu, marked to_translate(); empty for a page that only other pages lead to."""
    menu: Menu = Menu.LIBRARY
    shortcut: str = ""
    """As QKeySequence reads it; a standard key by its name, such as Preferences."""
    while_running: bool = False
    """Whether it may be shown while a set runs."""
    shows_client: bool = False
    """Whether the client can be seen and changed above it: not over a session that is open."""
    shows_choices: bool = False
    """Whether exercise, side, camera and Start stand above it."""
    scrolls: bool = False
    """Whether it may be larger than a small screen, and is moved about there. Not where something must always be seen."""
    back_leads_here: bool = True
    """Whether closing a page that was opened from here leads back."""


@dataclass(frozen=True, slots=True)
class Command:
    """A menu entry that is no page."""

    title: str
    menu: Menu
    run: Callable[[], object]
    shortcut: str = ""
    while_running: bool = False
    while_idle: bool = True
    """Whether it can be chosen while no set runs."""
