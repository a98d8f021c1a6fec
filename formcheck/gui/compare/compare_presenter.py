"""The comparison: opens other sessions in its halves, shows the figures of both, lets go of what it opened."""

from pathlib import Path

from formcheck.gui.compare.compare_half import CompareHalf
from formcheck.gui.compare.compare_page import ComparePage
from formcheck.gui.compare.sides_dialog import SidesDialog
from formcheck.gui.library.library_jobs import Opened
from formcheck.gui.review.review_state import Review
from formcheck.gui.review.session_opener import Comparison, SessionOpener
from formcheck.gui.shell.page import Presenter
from formcheck.gui.shell.protocols import Navigation, Notices, Questions
from formcheck.system.errors import UserError


class ComparePresenter(Presenter):
    """open() takes a Comparison."""

    def __init__(self, sessions: SessionOpener, notices: Notices, questions: Questions, navigation: Navigation) -> None:
        self.page = page = ComparePage()
        super().__init__(page)
        self._sessions, self._notices = sessions, notices
        self._questions, self._navigation = questions, navigation
        self._opened: list[Opened] = []
        page.closed.connect(navigation.back)
        page.open_other.connect(self._ask_for_other)
        page.figures.connect(self.show_figures)

    def open(self, what: object) -> None:
        if isinstance(what, Comparison):
            self.close()
            self._opened = list(what.to_close)
            self.page.show_reviews(what.left, what.right)

    def left(self) -> None:
        self.close()

    def restyle(self) -> None:
        self.page.restyle()

    def close(self) -> None:
        """Unlocked copies go with the comparison."""
        self.page.close_review()
        while self._opened:
            self._opened.pop().close()

    def open_other(self, half: CompareHalf, folder: Path) -> None:
        """Show another session in a half."""

        def take(opened: Opened, review: Review) -> None:
            self._opened.append(opened)
            half.show_review(review, 0)

        self._sessions.read(folder, take)

    def show_figures(self) -> None:
        """Both sessions' figures against each other, or why they cannot be compared."""
        left, right = self.page.left.review, self.page.right.review
        if left is None or right is None:
            return
        try:
            dialog = SidesDialog(left, right, self._questions)
        except UserError as error:
            self._notices.trouble(str(error))
        else:
            self._navigation.open_dialog(dialog)

    def _ask_for_other(self, half: CompareHalf) -> None:
        folder = self._sessions.ask_for_folder()
        if folder is not None:
            self.open_other(half, folder)
