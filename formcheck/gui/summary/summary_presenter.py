"""After a set: keeps it in the library, saves the answers, says what may come next, and goes on with the plan."""

from collections.abc import Callable
from pathlib import Path

from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.sets.set_events import EndedSet
from formcheck.gui.sets.sets import Sets
from formcheck.gui.settings.current_settings import CurrentSettings
from formcheck.gui.shell.page import Presenter
from formcheck.gui.shell.protocols import Navigation, Notices
from formcheck.gui.summary.answers import Answers
from formcheck.gui.summary.summary_page import SummaryPage
from formcheck.library.services import LibraryContent, NextSet
from formcheck.library.store.index import Entry
from formcheck.session.notes import Notes


class SummaryPresenter(Presenter):
    """open() takes an EndedSet."""

    def __init__(
        self,
        settings: CurrentSettings,
        sets: Sets,
        library: LibraryState,
        notices: Notices,
        navigation: Navigation,
        *,
        review: Callable[[Path, int | None], object],
        report: Callable[[Path], object],
        guide_page: str,
    ) -> None:
        """review: shows a session folder at a repetition; guide_page: where another exercise is shown before it begins."""
        self.page = page = SummaryPage()
        super().__init__(page)
        self._settings, self._sets, self._library = settings, sets, library
        self._navigation, self._review, self._report, self._guide_page = navigation, review, report, guide_page
        self._in_view = False
        self.folder: Path | None = None
        """Of the session that is shown."""
        self._answers = Answers(library.jobs, notices)
        page.again.connect(sets.start)
        page.show_rep.connect(self._show_rep)
        page.review.connect(lambda: self._show_rep(None))
        page.report.connect(self._write_report)
        page.questions.answered.connect(self._answered)
        page.rest.over.connect(self._go_on)
        library.client_chosen.connect(page.rest.stop)
        sets.choice_changed.connect(self._choice_changed)
        sets.running_changed.connect(lambda _: self._answers.save())

    def shown(self) -> None:
        self._in_view = True

    def open(self, what: object) -> None:
        if not isinstance(what, EndedSet):
            return
        ended, plan = what.ended, what.plan
        if ended.session is None:
            return
        self.folder = ended.folder
        self.page.show_session(
            ended.session,
            plan.exercise,
            ended.folder,
            ask_pain=self._settings.value.ask_pain,
            problem=ended.problem,
            demo=plan.demo,
        )
        if ended.folder is not None and not plan.demo:
            self._library.add(ended.folder, plan.owner, self._added)

    def left(self) -> None:
        self._in_view = False
        self.page.rest.stop()

    def close(self) -> None:
        self._answers.save()

    def _added(self, entry: Entry, next_step: str) -> None:
        self.page.show_next_step(next_step)
        self._library.refresh(lambda content: self._rest(entry, content))

    def _rest(self, done: Entry, content: LibraryContent) -> None:
        """After a set of a plan: the rest before the next one, if there is one and the summary is still looked at."""
        next_set = content.next_set
        if done.item is not None and done.reps and next_set is not None and self._in_view:
            rest_s = next((i.rest_s for i in next_set.plan.items if i.uid == done.item), next_set.item.rest_s)
            self.page.rest.begin(next_set, rest_s)

    def _go_on(self, next_set: NextSet) -> None:
        """The rest is over: the same exercise goes on by itself, another one is shown first."""
        if self._sets.running or not self._in_view:
            return
        if next_set.number > 1:
            self._sets.start(next_set=next_set)
        else:
            self._sets.choose(next_set.item)
            self._navigation.show(self._guide_page, next_set)

    def _choice_changed(self) -> None:
        """Another exercise was chosen above the summary: its guide is shown."""
        if self._in_view and not self._sets.running:
            self._navigation.home()

    def _show_rep(self, rep: int | None) -> None:
        folder = self.folder
        if folder is not None:
            self._answers.then(lambda: self._review(folder, rep))

    def _write_report(self) -> None:
        folder = self.folder
        if folder is not None:
            self._answers.then(lambda: self._report(folder))

    def _answered(self, notes: Notes) -> None:
        if self.folder is not None:
            self._answers.put(self.folder, notes)
