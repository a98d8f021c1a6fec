"""The menus, built from the tables of pages and commands."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from formcheck.gui.shell.page import Command, Menu, Page
from formcheck.system.language import to_translate, tr

Recent = tuple[str, Callable[[], object]]
"""Words, and what to do when they are chosen."""
_ROLES = {"settings": QAction.MenuRole.PreferencesRole, "about": QAction.MenuRole.AboutRole}
"""Pages that macOS has a place of its own for."""


class Menus:
    """In each menu the commands stand above the pages."""

    def __init__(
        self,
        bar: QMenuBar,
        pages: Iterable[Page[Any]],
        commands: Iterable[Command],
        *,
        show: Callable[[str], object],
        leave: Callable[[], object],
    ) -> None:
        """show: shows a page by its name; leave: closes the window."""
        self._actions: dict[str, tuple[QAction, bool, bool]] = {}
        titles = {
            Menu.FILE: tr("&File"),
            Menu.LIBRARY: tr("&Library"),
            Menu.SET: tr("&Set"),
            Menu.HELP: tr("&Help"),
        }
        menus = {menu: bar.addMenu(title) for menu, title in titles.items()}
        for c in commands:
            self._add(menus[c.menu], c.title, c.run, c.shortcut, c.while_running, c.while_idle)
        self.recent = menus[Menu.FILE].addMenu(tr("&Recent sessions"))
        menus[Menu.FILE].addSeparator()
        for page in pages:
            if page.title:
                action = self._add(menus[page.menu], page.title, partial(show, page.name), page.shortcut, page.while_running)
                action.setMenuRole(_ROLES.get(page.name, QAction.MenuRole.NoRole))
        quit_action = self._add(menus[Menu.FILE], to_translate("&Quit"), leave, "Quit", while_running=True)
        quit_action.setMenuRole(QAction.MenuRole.QuitRole)
        self.show_recent(())

    def action(self, title: str) -> QAction:
        """By its words in the table."""
        return self._actions[title][0]

    def shortcuts(self) -> list[tuple[str, str, str]]:
        """(menu, entry, keys) of every entry that has keys."""
        found = []
        for action, _, _ in self._actions.values():
            menu = action.parent()
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            if keys and isinstance(menu, QMenu):
                found.append((menu.title().replace("&", ""), action.text().replace("&", "").rstrip("…"), keys))
        return found

    def set_running(self, running: bool) -> None:
        for action, while_running, while_idle in self._actions.values():
            action.setEnabled(while_running if running else while_idle)
        self.recent.setEnabled(not running)

    def show_recent(self, sessions: Sequence[Recent]) -> None:
        self.recent.clear()
        for words, open_it in sessions:
            self.recent.addAction(words).triggered.connect(lambda _=False, open_it=open_it: open_it())
        if not sessions:
            self.recent.addAction(tr("None yet")).setEnabled(False)

    def _add(
        self, menu: QMenu, title: str, run: Callable[[], object], shortcut: str, while_running: bool, while_idle: bool = True
    ) -> QAction:
        action = QAction(tr(title), menu)
        standard = getattr(QKeySequence.StandardKey, shortcut, None) if shortcut else None
        action.setShortcut(QKeySequence(standard if standard is not None else shortcut))
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.triggered.connect(lambda _=False: run())
        action.setEnabled(while_idle)
        menu.addAction(action)
        self._actions[title] = (action, while_running, while_idle)
        return action
