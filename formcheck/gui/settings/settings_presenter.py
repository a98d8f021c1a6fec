"""The settings dialog: filled anew each time it is opened; what was chosen holds from OK on."""

from collections.abc import Callable, Mapping

from formcheck.exercises.contract import Exercise
from formcheck.gui.settings.current_settings import CurrentSettings
from formcheck.gui.settings.settings_dialog import SettingsDialog
from formcheck.gui.shell.page import Presenter
from formcheck.system.settings import Settings


class SettingsPresenter(Presenter):
    def __init__(
        self,
        exercises: Mapping[str, Exercise],
        settings: CurrentSettings,
        unavailable: Mapping[str, str],
        try_voice: Callable[[Settings], None] = lambda settings: None,
    ) -> None:
        """unavailable: settings that do nothing on this computer, each with a sentence that says why. try_voice: says something
        as settings that are not in force yet would have it."""
        self.dialog = dialog = SettingsDialog(exercises, settings.value, unavailable=unavailable, try_voice=try_voice)
        super().__init__(dialog)
        self._settings = settings
        dialog.accepted.connect(lambda: settings.take(dialog.chosen()))

    def shown(self) -> None:
        self.dialog.show_settings(self._settings.value)
