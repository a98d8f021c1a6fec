"""The first page: the guide of the exercise that is chosen, and what comes next in the plan."""

from formcheck.gui.guide.guide_page import GuidePage
from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.sets.sets import Sets
from formcheck.gui.settings.current_settings import CurrentSettings
from formcheck.gui.shell.page import Presenter
from formcheck.library.services import NextSet


class GuidePresenter(Presenter):
    """open() takes the NextSet that may be started now."""

    def __init__(self, settings: CurrentSettings, sets: Sets, library: LibraryState) -> None:
        self.page = page = GuidePage()
        super().__init__(page)
        self._settings, self._sets = settings, sets
        sets.choice_changed.connect(self._show_choice)
        settings.changed.connect(self._show_choice)
        library.changed.connect(page.plan.show_content)
        page.plan.start.connect(lambda next_set: sets.start(next_set=next_set))
        page.plan.show_content(library.content)
        self._show_choice()

    def shown(self) -> None:
        self._sets.bar.start_button.setFocus()

    def open(self, what: object) -> None:
        if isinstance(what, NextSet):
            self.page.plan.start_button.setFocus()

    def restyle(self) -> None:
        self._show_choice()

    def _show_choice(self) -> None:
        chosen = self._sets.bar.chosen(self._settings.value)
        self.page.show_exercise(self._sets.exercise, chosen.variant, chosen)
