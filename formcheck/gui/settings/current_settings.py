"""The settings in force: whoever changes one changes it here, and everybody is told."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from formcheck.gui.shell.protocols import Notices
from formcheck.system.language import tr
from formcheck.system.settings import Settings, save_settings

log = logging.getLogger(__name__)


class CurrentSettings(QObject):
    """`value` is what holds now. Every change is saved at once."""

    changed = Signal(object)
    """Settings"""

    def __init__(self, settings: Settings, notices: Notices, save: Callable[[Settings], None] = save_settings) -> None:
        super().__init__()
        self.value = settings
        self._notices = notices
        self._save = save

    def change(self, **values: Any) -> None:
        """Change some fields."""
        self.take(replace(self.value, **values))

    def take(self, settings: Settings) -> None:
        """Use these from now on."""
        before, self.value = self.value, settings
        if before != settings:
            self.changed.emit(settings)
        self.save()

    def save(self) -> None:
        try:
            self._save(self.value)
        except OSError as error:
            log.warning("settings not saved: %s", error.strerror)
            self._notices.notice(tr("The settings could not be saved: {why}", why=error.strerror))
