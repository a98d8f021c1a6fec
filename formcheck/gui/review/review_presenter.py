"""The review of a session: keeps what the therapist says, saves frames and repetitions, leads on to comparison and report."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer

from formcheck.exercises import EXERCISES
from formcheck.gui.correct.correct_bar import CorrectBar
from formcheck.gui.correct.corrections import Corrections
from formcheck.gui.library.library_jobs import LibraryJobs, Opened
from formcheck.gui.review.exports import frame_picture, save_clip
from formcheck.gui.review.review_page import ReviewPage
from formcheck.gui.review.review_state import Review, open_review
from formcheck.gui.review.session_opener import OpenedReview
from formcheck.gui.running.run_dialog import RunDialog, RunViews, run_views
from formcheck.gui.shell.background import Job
from formcheck.gui.shell.page import Presenter
from formcheck.gui.shell.protocols import Navigation, Notices, Questions
from formcheck.report.midstance import midstances
from formcheck.session.layout import NOTES, series
from formcheck.session.notes import dump, write_notes
from formcheck.session.tables import read_curves
from formcheck.system.errors import UserError
from formcheck.system.language import tr

SAVE_AFTER_MS = 600
"""Notes are saved this long after the last letter."""

log = logging.getLogger(__name__)


class ReviewPresenter(Presenter):
    """open() takes an OpenedReview."""

    def __init__(
        self,
        jobs: LibraryJobs,
        notices: Notices,
        questions: Questions,
        navigation: Navigation,
        *,
        compare: Callable[[Review], object],
        report: Callable[[Path], object],
        corrections: Callable[[CorrectBar], Corrections],
    ) -> None:
        """compare: shows repetitions of a review side by side; report: writes the report of a session folder; corrections: does
        what is clicked in the bar with which a session is put right."""
        self.page = page = ReviewPage()
        super().__init__(page)
        self._jobs, self._notices, self._questions, self._navigation = jobs, notices, questions, navigation
        self._opened: Opened | None = None
        self._save_timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._save_timer.timeout.connect(self._save_notes)
        page.closed.connect(self._closed)
        page.said.connect(notices.notice)
        page.compare.connect(lambda: compare(page.review) if page.review else None)
        page.report.connect(lambda: report(self._opened.folder) if self._opened else None)
        page.both_sides.connect(self._show_both_sides)
        page.save_frame.connect(self._ask_and_save_frame)
        page.save_clip.connect(self._ask_and_save_clip)
        page.overrule.connect(self.overrule)
        page.exclude.connect(self.exclude)
        page.texts_changed.connect(self._texts_changed)
        self.corrections = corrections(page.correct_bar)
        self.corrections.changed.connect(self._put_right)
        self.corrections.about_to_change.connect(self._save_now)
        self.corrections.wanted_start.connect(lambda: page.player.go_to(0.0))
        page.player.time_changed.connect(self.corrections.at)
        page.view.clicked.connect(self.corrections.clicked)

    def open(self, what: object) -> None:
        if isinstance(what, OpenedReview):
            self.close()
            self._opened = what.opened
            self.page.show_review(what.review, what.rep)
            self._begin_corrections(what.review)
            self._offer_another(what.review)

    def left(self) -> None:
        self.page.player.stop()

    def restyle(self) -> None:
        self.page.restyle()

    def close(self) -> None:
        """Save what was noted; the video and, of a locked session, the unlocked copy are let go."""
        if self._opened is None:
            return
        self._save_now()
        self.corrections.end()
        self.page.close_review()
        self._opened.close()
        self._opened = None

    def overrule(self, rep: int, fault: str) -> None:
        """Overrule a finding after asking why, or let it stand again."""
        review = self.page.review
        if review is None:
            return
        if review.overruled(rep, fault) is not None:
            self._change(review.with_overruled(rep, fault, None))
            return
        why = self._questions.text(tr("Overrule"), tr("Why is this finding wrong?"))
        if why is not None:
            self._change(review.with_overruled(rep, fault, why))

    def exclude(self, rep: int) -> None:
        """Exclude a repetition after asking why, or let it count again."""
        review = self.page.review
        if review is None:
            return
        if rep in review.notes.excluded:
            self._change(review.with_excluded(rep, None))
            return
        why = self._questions.text(tr("Exclude"), tr("Why should this repetition not count?"))
        if why is not None:
            self._change(review.with_excluded(rep, why))

    def save_frame(self, target: Path) -> None:
        """The picture in view as a file, with what was drawn on it and its figures."""
        page = self.page
        if page.review is not None and page.view.frame is not None:
            saved = frame_picture(page.review, page.view.frame, page.view.shapes).save(str(target))
            self._notices.notice(tr("Saved {file}", file=target) if saved else tr("{file} cannot be written", file=target))

    def save_clip(self, target: Path) -> None:
        """The repetition in view as a video, in the background."""
        review = self.page.review
        rep = review.rep_at(self.page.player.time_s) if review is not None else None
        if review is None or rep is None:
            self._notices.notice(tr("Go to a repetition first."))
            return
        job = Job(lambda _: save_clip(review, rep, target))
        job.done.connect(lambda _: self._notices.notice(tr("Saved {file}", file=target)))
        job.refused.connect(self._notices.notice)
        job.start()

    def _show_both_sides(self) -> None:
        """Of a run, in the background: up to twenty frames are looked up in the film."""
        review = self.page.review
        if review is None:
            return
        folder, session = review.folder, review.session
        job = Job(lambda _: run_views(session, read_curves(series(folder)), midstances(folder, session)))
        job.done.connect(self._both_sides_made)
        job.refused.connect(self._notices.notice)
        job.start()

    def _both_sides_made(self, views: RunViews) -> None:
        dialog = RunDialog(views)
        dialog.setParent(self.page, dialog.windowFlags())
        dialog.open()

    def _begin_corrections(self, review: Review) -> None:
        if self._opened is not None:
            self.corrections.begin(self._opened, review.session, film=review.video is not None)

    def _offer_another(self, review: Review) -> None:
        """Where another exercise was done than was chosen: measure it as that."""
        rather = EXERCISES.get(review.session.looks_like or "")
        if rather is not None and review.session.put_right is None:
            title = tr(rather.title)
            self._questions.choose(
                tr("This looks like another exercise: {title}.", title=title),
                {tr("&Measure it as that"): lambda: self.corrections.measure_as(rather)},
                tr("&Leave it"),
            )

    def _put_right(self) -> None:
        if self._opened is None:
            return
        try:
            review = open_review(self._opened.path)
        except UserError as error:
            self._notices.trouble(str(error))
            return
        self.page.replace_review(review)
        self._begin_corrections(review)

    def _save_now(self) -> None:
        if self._save_timer.isActive():
            self._save_timer.stop()
            self._save_notes()

    def _closed(self) -> None:
        self.close()
        self._navigation.back()

    def _texts_changed(self, subjective: str, assessment: str, plan: str) -> None:
        if self.page.review is not None:
            self._change(self.page.review.with_texts(subjective=subjective, assessment=assessment, plan=plan))

    def _change(self, review: Review) -> None:
        self.page.update_review(review)
        self._save_timer.start()

    def _save_notes(self) -> None:
        """Beside the session that is shown; of a locked one that is a copy, and the locked folder gets them too."""
        review, opened = self.page.review, self._opened
        if review is None or opened is None:
            return
        try:
            write_notes(review.folder, review.notes)
        except OSError as error:
            log.warning("notes not saved: %s", error.strerror)
            self._notices.notice(tr("The notes could not be saved: {why}", why=error.strerror))
            return
        if opened.path != opened.folder:
            self._jobs.write_into(opened.folder, NOTES, dump(review.notes), self._notices.notice)

    def _ask_and_save_frame(self) -> None:
        self.page.player.stop()
        target = self._questions.file_to_write(tr("Save the frame"), "frame.png", "PNG (*.png)")
        if target is not None:
            self.save_frame(target.with_suffix(".png"))

    def _ask_and_save_clip(self) -> None:
        self.page.player.stop()
        target = self._questions.file_to_write(tr("Save the repetition"), "repetition.mp4", "MP4 (*.mp4)")
        if target is not None:
            self.save_clip(target.with_suffix(".mp4"))
