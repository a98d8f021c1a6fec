"""Shows pages: builds each when it is first seen, and knows which one a page was opened from."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from formcheck.gui.shell.notices import front
from formcheck.gui.shell.page import Page, Presenter
from formcheck.gui.widgets.scrolled import Scrolled


class Navigator(QObject):
    """The first page of the table is the one to which everything leads back in the end."""

    changed = Signal(object)
    """Page: it is in view now."""

    def __init__(self, pages: Iterable[Page[Any]], build: Callable[[Page[Any]], Presenter], parent: QWidget) -> None:
        """build: makes a page's presenter; parent: the window, over which dialogs open."""
        super().__init__(parent)
        self.stack = QStackedWidget()
        self.running = False
        """Whether a set runs: only pages that allow it are shown then."""
        self._parent = parent
        self._build = build
        self._pages = {page.name: page for page in pages}
        self._built: dict[str, Presenter] = {}
        self._places: dict[str, QWidget] = {}
        """What stands in the stack for each page that was seen."""
        self._home = next(iter(self._pages))
        self._current = ""
        self._came_from: dict[str, str] = {}

    @property
    def current(self) -> str:
        return self._current

    def presenter(self, name: str) -> Presenter:
        """A page's presenter, built if the page was never seen."""
        if name not in self._built:
            self._built[name] = made = self._build(self._pages[name])
            if isinstance(made.view, QDialog):
                made.view.setParent(self._parent, made.view.windowFlags())
            else:
                self._places[name] = Scrolled(made.view) if self._pages[name].scrolls else made.view
                self.stack.addWidget(self._places[name])
        return self._built[name]

    @property
    def page(self) -> Page[Any]:
        """The entry of the page in view."""
        return self._pages[self._current]

    def show(self, page: str, what: object = None) -> bool:
        if self.running and not self._pages[page].while_running:
            return False
        presenter = self.presenter(page)
        if isinstance(presenter.view, QDialog):
            self._tell(presenter, what)
            _grow(presenter.view)
            presenter.view.open()
            return True
        if self._current and self._current != page and self._pages[self._current].back_leads_here:
            self._came_from[page] = self._current
        self._show(page, what)
        return True

    def back(self) -> None:
        self._show(self._came_from.pop(self._current, self._home), None)

    def home(self) -> None:
        self._came_from.clear()
        self._show(self._home, None)

    def open_dialog(self, dialog: QDialog) -> None:
        dialog.setParent(front(self._parent), dialog.windowFlags())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        _grow(dialog)

    def _show(self, page: str, what: object) -> None:
        presenter = self.presenter(page)
        before, self._current = self._current, page
        if before and before != page:
            self._built[before].left()
        self.stack.setCurrentWidget(self._places[page])
        self.changed.emit(self._pages[page])
        self._tell(presenter, what)

    @staticmethod
    def _tell(presenter: Presenter, what: object) -> None:
        presenter.shown()
        if what is not None:
            presenter.open(what)

    def restyle(self) -> None:
        """The theme has changed."""
        for presenter in self._built.values():
            presenter.restyle()

    def close(self) -> None:
        """The window closes."""
        for presenter in self._built.values():
            presenter.close()


def _grow(dialog: QDialog) -> None:
    """As large as what it says now needs, and never smaller than the user left it."""
    layout = dialog.layout()
    if layout is None:
        return
    width = max(dialog.width(), layout.totalSizeHint().width())
    height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    wanted = QSize(width, height).expandedTo(dialog.size())
    dialog.resize(wanted.boundedTo(dialog.screen().availableSize()))
