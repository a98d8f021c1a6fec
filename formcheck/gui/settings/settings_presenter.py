"""The settings dialog: filled anew each time it is opened; what was chosen holds from OK on."""

from collections.abc import Mapping

from formcheck.exercises.contract import Exercise
from formcheck.gui.settings.current_settings import CurrentSettings
from formcheck.gui.settings.settings_dialog import SettingsDialog
from formcheck.gui.shell.page import Presenter


class SettingsPresenter(Presenter):
    def __init__(self, exercises: Mapping[str, Exercise], settings: CurrentSettings, unavailable: Mapping[str, str]) -> None:
        """unavailable: settings that do nothing on this computer, each with a sentence that says why."""
        self.dialog = dialog = SettingsDialog(exercises, settings.value, unavailable=unavailable)
        super().__init__(dialog)
        self._settings = settings
        dialog.accepted.connect(lambda: settings.take(dialog.chosen()))

    def shown(self) -> None:
        self.dialog.show_settings(self._settings.value)
