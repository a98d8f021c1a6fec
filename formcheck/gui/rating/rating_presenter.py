"""Opens a film for a blind judgement, and saves what was judged as a file of its own."""

from pathlib import Path

from formcheck.agreement.ratings import rating_of, write_rating
from formcheck.gui.library.library_jobs import LibraryJobs, Opened
from formcheck.gui.rating.rating_page import RatingPage
from formcheck.gui.shell.page import Presenter
from formcheck.gui.shell.protocols import Navigation, Notices, Questions
from formcheck.session.file import read_session
from formcheck.session.layout import RAW
from formcheck.system.errors import UserError
from formcheck.system.language import tr

VIDEOS = "Videos (*.mp4 *.mov *.avi *.mkv *.webm)"
RATINGS = "JSON (*.json)"


class RatingPresenter(Presenter):
    """open() takes a session's folder."""

    def __init__(self, jobs: LibraryJobs, notices: Notices, questions: Questions, navigation: Navigation) -> None:
        self.page = page = RatingPage()
        super().__init__(page)
        self._jobs, self._notices, self._questions, self._navigation = jobs, notices, questions, navigation
        self._opened: Opened | None = None
        page.choose.connect(self._ask_for_session)
        page.save.connect(self._ask_and_save)
        page.closed.connect(self._closed)

    def open(self, what: object) -> None:
        if isinstance(what, Path):
            self._jobs.open_folder(what, self._show, self._notices.trouble)

    def left(self) -> None:
        self.page.player.stop()

    def close(self) -> None:
        """Let go of the film and, of a locked session, the unlocked copy."""
        self.page.close_film()
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def save(self, target: Path) -> None:
        page = self.page
        if page.session is None:
            return
        try:
            write_rating(target, rating_of(page.session, page.rater.text().strip(), page.verdicts))
        except OSError as error:
            self._notices.trouble(tr("{file} cannot be written: {why}", file=target, why=error.strerror or str(error)))
        else:
            self._notices.notice(tr("Saved {file}", file=target))

    def _show(self, opened: Opened) -> None:
        self.close()
        try:
            session = read_session(opened.path)
            if not session.reps:
                raise UserError(tr("There is no repetition in this session to be judged."))
        except UserError as error:
            opened.close()
            self._notices.trouble(str(error))
            return
        raw = opened.path / RAW
        film = raw if raw.is_file() else self._questions.file_to_read(tr("Its film without the program's drawings"), VIDEOS)
        if film is None:
            opened.close()
            return
        self._opened = opened
        self.page.show_film(session, film)

    def _ask_for_session(self) -> None:
        folder = self._questions.folder(tr("Choose a session folder"))
        if folder is not None:
            self.open(folder)

    def _ask_and_save(self) -> None:
        target = self._questions.file_to_write(tr("Save the judgement"), f"rating-{self.page.rater.text().strip()}.json", RATINGS)
        if target is not None:
            self.save(target.with_suffix(".json"))

    def _closed(self) -> None:
        self.close()
        self._navigation.home()
