"""Puts a reviewed session right as its user says, in the background, and hands back the session as it is then."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from formcheck.exercises.contract import Exercise
from formcheck.gui.correct.again_dialog import AgainDialog
from formcheck.gui.correct.change_words import change_words
from formcheck.gui.correct.correct_bar import CorrectBar
from formcheck.gui.library.library_jobs import Opened
from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.shell.background import Job
from formcheck.gui.shell.protocols import Navigation, Notices
from formcheck.library.by_hand import put_right, renew_entry
from formcheck.library.encryption.crypto import Keys
from formcheck.library.store.library import Library
from formcheck.pose.model import model_file
from formcheck.results import Change, Chosen, Hand, Session
from formcheck.run.offline.put_right import Work, change_session, undo_last
from formcheck.session import changes
from formcheck.system.errors import UserError
from formcheck.system.language import tr, trn


class Corrections(QObject):
    """begin() with each session that is reviewed, at() with each moment that is shown; `changed` when it must be read again."""

    changed = Signal()
    about_to_change = Signal()
    """What waits to be saved of the session is saved now."""
    wanted_start = Signal()
    """The first picture is to be shown: somebody is chosen in it."""

    def __init__(
        self,
        bar: CorrectBar,
        exercises: Mapping[str, Exercise],
        library: LibraryState,
        notices: Notices,
        navigation: Navigation,
        model: Callable[[], Path | None],
    ) -> None:
        """model: a pose model's file that wins over the program's own."""
        super().__init__()
        self.bar, self._exercises, self._library = bar, exercises, library
        self._notices, self._navigation, self._model = notices, navigation, model
        self._opened: Opened | None = None
        self._session: Session | None = None
        self._film = False
        self._time_s = 0.0
        self._start_s: float | None = None
        self._job: Job | None = None
        bar.mark_start.connect(self._mark_start)
        bar.mark_end.connect(self._mark_end)
        bar.remove.connect(lambda: self._change_rep(changes.removed))
        bar.split.connect(lambda: self._change_rep(lambda s, n, now: changes.split(s, n, self._time_s, now)))
        bar.merge.connect(lambda: self._change_rep(changes.merged))
        bar.start_here.connect(lambda: self._try(lambda s: changes.start_moved(s, self._time_s, _now())))
        bar.end_here.connect(lambda: self._try(lambda s: changes.end_moved(s, self._time_s, _now())))
        bar.measure_again.connect(self._ask_again)
        bar.follow_another.connect(self._ask_whom)
        bar.undo.connect(self.undo)

    def begin(self, opened: Opened, session: Session, *, film: bool) -> None:
        """film: its pictures were kept."""
        if self._opened is not opened:
            self._start_s = None
        self._opened, self._session, self._film = opened, session, film
        self._show()

    def end(self) -> None:
        """The review is closed; what runs is given up."""
        if self._job is not None:
            self._job.cancelled = True
        self._opened = self._session = self._job = None
        self.bar.follow_button.setChecked(False)

    def at(self, time_s: float) -> None:
        self._time_s = time_s
        self._show()

    def clicked(self, x: float, y: float) -> None:
        """A place in the picture, in shares of its width and height."""
        session = self._session
        if session is not None and self.bar.follow_button.isChecked():
            self.bar.follow_button.setChecked(False)
            chosen = Chosen(session.exercise, session.variant, session.side, (x, y))
            self.change(Change(_now(), Hand.MEASURED, chosen=chosen))

    def change(self, change: Change) -> None:
        self._start(lambda work: change_session(work, change))

    def measure_as(self, exercise: Exercise) -> None:
        """The whole set was this one."""
        self.change(Change(_now(), Hand.MEASURED, chosen=Chosen(exercise.id, exercise.variants[0].name)))

    def undo(self) -> None:
        self._start(undo_last)

    def _mark_start(self) -> None:
        self._start_s = self._time_s
        self._show()

    def _mark_end(self) -> None:
        start_s, side = self._start_s, self.bar.side_box.currentData()
        if start_s is not None:
            self._try(lambda s: changes.added(start_s, self._time_s, side if _sided(s) else s.side, _now()))

    def _change_rep(self, make: Callable[[Session, int, datetime], Change]) -> None:
        self._try(lambda session: make(session, self._number(), _now()))

    def _try(self, make: Callable[[Session], Change]) -> None:
        if self._session is None:
            return
        try:
            self.change(make(self._session))
        except UserError as error:
            self._notices.notice(str(error))

    def _ask_again(self) -> None:
        if self._session is None:
            return
        dialog = AgainDialog(self._session, self._exercises)
        dialog.accepted.connect(lambda: self.change(Change(_now(), Hand.MEASURED, chosen=dialog.chosen)))
        self._navigation.open_dialog(dialog)

    def _ask_whom(self, on: bool) -> None:
        if on:
            self.wanted_start.emit()
        self._show()

    def _start(self, act: Callable[[Work], Session]) -> None:
        opened = self._opened
        if opened is None or self._job is not None:
            return
        self.about_to_change.emit()

        def work(job: Job, keys: Keys | None) -> Session:
            return put_right(
                opened.folder,
                opened.path,
                keys,
                act,
                model=lambda: model_file(self._model(), job.progress.emit),
                progress=lambda done, total: job.progress.emit(done, total or 0),
                cancelled=lambda: job.cancelled,
            )

        self._job = self._library.jobs.run_on(opened.folder, work, lambda _: self._done(opened), self._refused)
        self._job.progress.connect(self._show_progress)
        self._show()

    def _done(self, opened: Opened) -> None:
        self._library.jobs.run(lambda library: _renew(library, opened.folder.name), lambda _: self._library.refresh())
        self._job, self._start_s = None, None
        if self._opened is opened:
            self.changed.emit()

    def _refused(self, words: str) -> None:
        self._job = None
        self._notices.trouble(words)
        self._show()

    def _show_progress(self, done: int, total: int) -> None:
        if self._job is not None and total:
            self.bar.words.setText(tr("Measuring again: {percent} %", percent=min(100, round(100 * done / total))))

    def _number(self) -> int:
        """Of the repetition in view; 0 between repetitions."""
        reps = self._session.reps if self._session is not None else ()
        return next((rep.number for rep in reps if rep.start_s <= self._time_s <= rep.end_s), 0)

    def _show(self) -> None:
        session = self._session
        if session is None:
            return
        self.bar.show_state(
            self._words(session),
            rep=self._number() > 0,
            marked=self._start_s is not None,
            sides=_sided(session),
            changed=session.put_right is not None,
            film=self._film,
            busy=self._job is not None,
        )

    def _words(self, session: Session) -> str:
        if self._job is not None:
            return tr("Measuring…")
        if self.bar.follow_button.isChecked():
            return tr("Click the person who is to be followed, in the middle of the body.")
        if self._start_s is not None:
            return tr("A repetition starts at {seconds:.2f} s: go on to its end, and mark it.", seconds=self._start_s)
        if session.put_right is None:
            return tr("Nothing was changed by hand.")
        made = session.put_right.changes
        last = change_words(made[-1], self._exercises[session.exercise])
        return trn("{n} change by hand, the last: {what}", "{n} changes by hand, the last: {what}", len(made), what=last)


def _renew(library: Library, folder: str) -> None:
    """Of a session that lies in the library; one from elsewhere is in no list."""
    entry = next((e for e in library.sessions() if e.folder == folder), None)
    if entry is not None:
        renew_entry(library, entry)


def _sided(session: Session) -> bool:
    """Whether sides change from one repetition to the next."""
    return session.side is None and any(rep.side is not None for rep in session.reps)


def _now() -> datetime:
    return datetime.now().astimezone().replace(microsecond=0)
