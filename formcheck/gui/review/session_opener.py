"""Opens session folders, locked or not, and shows them in the review or side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from formcheck.gui.library.library_jobs import LibraryJobs, Opened
from formcheck.gui.review.review_state import Review, open_review
from formcheck.gui.shell.protocols import Navigation, Notices, Questions
from formcheck.system.errors import UserError
from formcheck.system.language import tr


@dataclass(frozen=True, slots=True)
class OpenedReview:
    """A session to be shown. Whoever shows it calls opened.close() when it is no longer shown."""

    opened: Opened
    review: Review
    rep: int | None = None
    """The repetition to go to."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the two halves of the comparison show: one session beside itself, or another one at the right.

    Whoever shows it closes what is in `to_close`.
    """

    left: Review
    right: Review | None = None
    to_close: tuple[Opened, ...] = ()


class SessionOpener:
    def __init__(
        self,
        jobs: LibraryJobs,
        notices: Notices,
        questions: Questions,
        navigation: Navigation,
        *,
        sessions: Callable[[], Path],
        review_page: str,
        compare_page: str,
    ) -> None:
        """sessions: where sessions lie; the pages are shown with an OpenedReview and with a Comparison."""
        self.last: Path | None = None
        """The folder that was reviewed last."""
        self._jobs, self._notices, self._questions, self._navigation = jobs, notices, questions, navigation
        self._sessions = sessions
        self._review_page, self._compare_page = review_page, compare_page

    def review(self, folder: Path, rep: int | None = None) -> None:
        """Review a session; rep: go to this repetition. Where it cannot be opened the user is told why."""

        def show(opened: Opened, review: Review) -> None:
            self.last = opened.folder
            if not self._navigation.show(self._review_page, OpenedReview(opened, review, rep)):
                opened.close()

        self.read(folder, show)

    def choose_folder(self) -> None:
        """Ask for the session to review."""
        folder = self.ask_for_folder()
        if folder is not None:
            self.review(folder)

    def ask_for_folder(self) -> Path | None:
        return self._questions.folder(tr("Open a session folder"), self._sessions())

    def compare(self, left: Path, right: Path) -> None:
        """Two sessions side by side."""

        def with_left(first: Opened, review: Review) -> None:
            def with_right(second: Opened, other: Review) -> None:
                self._show_compared(Comparison(review, other, (first, second)))

            self.read(right, with_right)

        self.read(left, with_left)

    def compare_repetitions(self, review: Review) -> None:
        """The repetitions of a session that is open elsewhere."""
        self._show_compared(Comparison(review))

    def read(self, folder: Path, then: Callable[[Opened, Review], object]) -> None:
        folder = folder if folder.is_dir() or not folder.exists() else folder.parent

        def take(opened: Opened) -> None:
            try:
                review = open_review(opened.path)
            except UserError as error:
                opened.close()
                self._notices.trouble(str(error))
            else:
                then(opened, review)

        self._jobs.open_folder(folder, take, self._notices.trouble)

    def _show_compared(self, comparison: Comparison) -> None:
        if not comparison.left.session.reps:
            self._notices.notice(tr("There is no repetition to compare."))
        elif self._navigation.show(self._compare_page, comparison):
            return
        for opened in comparison.to_close:
            opened.close()
