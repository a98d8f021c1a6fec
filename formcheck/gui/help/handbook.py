"""Opens the handbook in the browser, in the language of the window. It lies beside the program and needs no network."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from formcheck.gui.shell.protocols import Notices
from formcheck.system.language import language, tr
from formcheck.system.resources import handbook

_PATHS = ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH")
"""Where a program built without Python looks for its own libraries: the browser must not take those."""


def open_handbook(notices: Notices) -> None:
    page = handbook(language())
    if not page.is_file():
        notices.trouble(tr("The handbook is not here: it is made when the program is built (python packaging/handbook.py)."))
        return
    with _system_libraries():
        opened = QDesktopServices.openUrl(QUrl.fromLocalFile(str(page)))
    if not opened:
        notices.trouble(tr("No browser could be opened. The handbook is this file: {file}", file=page))


@contextmanager
def _system_libraries() -> Iterator[None]:
    """What is started meanwhile gets the paths as they were before the program started."""
    own = {name: os.environ.pop(name) for name in _PATHS if name in os.environ and f"{name}_ORIG" in os.environ}
    os.environ |= {name: os.environ[f"{name}_ORIG"] for name in own}
    try:
        yield
    finally:
        os.environ |= own
