"""What presenters may ask of the window: no presenter knows the window itself, and a test gives it something simpler."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QDialog


class Notices(Protocol):
    """Tells the user something. Nothing waits for an answer."""

    def notice(self, words: str) -> None:
        """Something that went as it should, or that does not stop anything."""

    def trouble(self, words: str) -> None:
        """Why something did not work, and what to do."""


class Questions(Protocol):
    """Asks the user. What is asked with `then` does not wait; files and texts do."""

    def confirm(self, words: str, yes: str, then: Callable[[], object], detail: str = "") -> None:
        """Before something that cannot be undone; `then` is called only on the button `yes`."""

    def choose(self, words: str, answers: Mapping[str, Callable[[], object]], later: str) -> None:
        """One of a few answers, each with what it does; `later` puts the question off."""

    def file_to_write(self, title: str, name: str, kinds: str) -> Path | None:
        """Where to write a file that is suggested to be called `name`; None when cancelled."""

    def file_to_read(self, title: str, kinds: str) -> Path | None:
        """None when cancelled."""

    def folder(self, title: str, start: Path | None = None) -> Path | None:
        """A folder that exists; None when cancelled."""

    def text(self, title: str, words: str) -> str | None:
        """A line of text; None when cancelled."""


class Navigation(Protocol):
    """Leads from page to page, by their names in the table."""

    @property
    def current(self) -> str:
        """The page in view."""

    def show(self, page: str, what: object = None) -> bool:
        """Show a page or open a dialog; its presenter's open() gets `what`. Whether it was: while a set runs the table must
        allow it."""

    def back(self) -> None:
        """To the page from which this one was opened."""

    def home(self) -> None:
        """To the first page."""

    def open_dialog(self, dialog: QDialog) -> None:
        """Open a dialog over the page; it is deleted when it is closed."""
