"""The window's way to the library: work runs in the background, and the passphrase is asked for once, when it is first needed."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from PySide6.QtCore import QObject, Signal

from formcheck.gui.library.passphrase_dialogs import AskPassphrase
from formcheck.gui.shell.background import Job, reason
from formcheck.gui.shell.protocols import Navigation
from formcheck.gui.widgets.words import sentence
from formcheck.library.encryption import sealed
from formcheck.library.encryption.crypto import Keys
from formcheck.library.errors import DamagedIndex, ForeignFolder, Locked
from formcheck.library.store.folders import library_folders
from formcheck.library.store.library import Library
from formcheck.library.store.place import adopt
from formcheck.library.store.sync import Synced, open_library, rebuild_library
from formcheck.system.language import tr

Answer = Callable[[Any], object]
Reason = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Opened:
    """A session folder that can be read, at `path`, until close(); `folder` is where it lies, perhaps locked."""

    folder: Path
    path: Path
    close: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Task:
    """attempt: passphrase -> result; it raises Locked or returns a _Stop where the passphrase does not open."""

    place: Path
    """What the passphrase opens: the library's folder, or that of a session from elsewhere."""
    attempt: Callable[[Job, str | None], Any]
    done: Answer
    refused: Reason
    may_ask: bool


@dataclass(frozen=True, slots=True)
class _Stop:
    """Why the library could not be opened."""

    error: Locked | DamagedIndex | ForeignFolder


class LibraryJobs(QObject):
    """Every answer comes back in the window's thread."""

    damaged = Signal(str)
    """The index is damaged, in words; rebuild() mends it."""
    foreign = Signal(str)
    """The folder of sessions is another library's, in words; adopt() takes it over."""

    def __init__(self, sessions: Callable[[], Path], dialogs: Navigation) -> None:
        """sessions: where sessions lie now; dialogs: opens the question for the passphrase."""
        super().__init__()
        self._dialogs = dialogs
        self._sessions = sessions
        self._passphrases: dict[Path, str] = {}
        self._waiting: list[_Task] = []
        self._one_at_a_time = Lock()
        self._closed = False
        self.dialog: AskPassphrase | None = None
        """The question that is on the screen now."""

    def run(self, work: Callable[[Library], Any], done: Answer = id, refused: Reason = id, *, may_ask: bool = True) -> Job:
        """Do something with the library, after what was asked of it before. may_ask: whether a passphrase may be asked for.

        refused gets the reason in words, `done` what `work` returned.
        """

        def one_at_a_time(library: Library, _: Job) -> Any:
            return work(library)

        return self._run(one_at_a_time, done, refused, may_ask, self._one_at_a_time)

    def run_long(self, work: Callable[[Library, Job], Any], done: Answer, refused: Reason) -> Job:
        """The same for what takes minutes: nothing waits for it, and it gets its job, to report progress and be cancelled."""
        return self._run(work, done, refused, True, nullcontext())

    def _run(
        self, work: Callable[[Library, Job], Any], done: Answer, refused: Reason, may_ask: bool, turn: AbstractContextManager[Any]
    ) -> Job:
        root, sessions = library_folders(None, self._sessions())

        def attempt(job: Job, passphrase: str | None) -> Any:
            with ExitStack() as stack:
                stack.enter_context(turn)
                try:
                    library = stack.enter_context(open_library(root, sessions=sessions, passphrase=passphrase))
                except (Locked, DamagedIndex, ForeignFolder) as error:
                    return _Stop(error)
                return work(library, job)

        return self._start(_Task(root, attempt, done, refused, may_ask))

    def rebuild(self, done: Callable[[Synced], object], refused: Reason) -> Job:
        """Make the index again from the folders."""
        root, sessions = library_folders(None, self._sessions())

        def attempt(_: Job, passphrase: str | None) -> Any:
            try:
                library, synced = rebuild_library(root, sessions=sessions, passphrase=passphrase)
            except Locked as error:
                return _Stop(error)
            library.close()
            return synced

        return self._start(_Task(root, attempt, done, refused, may_ask=True))

    def adopt(self, done: Answer, refused: Reason) -> Job:
        """Take the folder of sessions over from another library."""
        root, sessions = library_folders(None, self._sessions())
        return self._start(_Task(root, lambda job, passphrase: adopt(root, sessions), done, refused, may_ask=False))

    def open_folder(self, folder: Path, done: Callable[[Opened], object], refused: Reason) -> None:
        """Make a session folder readable, at once where it is not locked."""
        if not sealed.is_locked_folder(folder):
            done(Opened(folder, folder, lambda: None))
            return

        def attempt(_: Job, passphrase: str | None) -> Any:
            if passphrase is None:
                return _Stop(Locked(tr("this session is locked: give its passphrase")))
            stack = ExitStack()
            try:
                with self._one_at_a_time:  # what was noted a moment ago is there
                    path = stack.enter_context(sealed.opened(folder, sealed.keys_for(folder, passphrase)))
            except Locked as error:
                return _Stop(error)
            return Opened(folder, path, stack.close)

        self._start(_Task(self._place(folder), attempt, done, refused, may_ask=True))

    def run_on(self, folder: Path, work: Callable[[Job, Keys | None], Any], done: Answer, refused: Reason) -> Job:
        """Work on a session folder that was opened, with the keys to it where it is locked. Nothing waits for it."""

        def attempt(job: Job, passphrase: str | None) -> Any:
            return work(job, sealed.keys_for(folder, passphrase or "") if sealed.is_locked_folder(folder) else None)

        return self._start(_Task(self._place(folder), attempt, done, refused, may_ask=False))

    def write_into(self, folder: Path, name: str, content: str, refused: Reason, done: Answer = id) -> None:
        """Replace a file of a session folder: locked as the folder is, whose passphrase must have been given, else at once."""

        def attempt(_: Job | None, passphrase: str | None) -> Any:
            with self._one_at_a_time:
                keys = sealed.keys_for(folder, passphrase or "") if sealed.is_locked_folder(folder) else None
                sealed.write(folder / name, content, keys)

        at_once = not sealed.is_locked_folder(folder) and not self._one_at_a_time.locked()
        try:
            if at_once:
                attempt(None, None)
                done(None)
        except OSError as error:
            refused(reason(error))
        except Locked:  # in this very moment
            at_once = False
        if not at_once:
            self._start(_Task(self._place(folder), attempt, done, refused, may_ask=False))

    def use_passphrase(self, passphrase: str | None) -> None:
        """The library has another passphrase from now on, None for none."""
        root = library_folders(None, self._sessions())[0]
        self._passphrases.pop(root, None)
        if passphrase is not None:
            self._passphrases[root] = passphrase

    def close(self) -> None:
        """The window goes: what is under way is ended, and nobody is told."""
        self._closed = True

    def _place(self, folder: Path) -> Path:
        root, sessions = library_folders(None, self._sessions())
        return root if folder.resolve().parent == sessions.resolve() else folder

    def _start(self, task: _Task) -> Job:
        passphrase = self._passphrases.get(task.place)
        job = Job(lambda job: task.attempt(job, passphrase))
        job.done.connect(lambda result: self._done(task, result))
        job.refused.connect(lambda words: None if self._closed else task.refused(words))
        job.start()
        return job

    def _done(self, task: _Task, result: Any) -> None:
        if self._closed:
            if isinstance(result, Opened):
                result.close()
        elif not isinstance(result, _Stop):
            task.done(result)
        elif isinstance(result.error, DamagedIndex):
            task.refused(str(result.error))
            self.damaged.emit(str(result.error))
        elif isinstance(result.error, ForeignFolder):
            task.refused(str(result.error))
            self.foreign.emit(str(result.error))
        elif not task.may_ask:
            task.refused(str(result.error))
        else:
            self._waiting.append(task)
            self._ask(task.place, str(result.error))

    def _ask(self, place: Path, why: str) -> None:
        if self.dialog is not None:
            return
        wrong = self._passphrases.pop(place, None) is not None
        self.dialog = dialog = AskPassphrase(sentence(why) if wrong else "")
        dialog.accepted.connect(lambda: self._answered(place, dialog.passphrase.text()))
        dialog.rejected.connect(lambda: self._answered(place, None))
        self._dialogs.open_dialog(dialog)

    def _answered(self, place: Path, passphrase: str | None) -> None:
        self.dialog = None
        waiting, self._waiting = self._waiting, []
        if passphrase is not None:
            self._passphrases[place] = passphrase
        for task in waiting:
            if task.place != place:
                self._waiting.append(task)
            elif passphrase is None:
                task.refused(tr("Locked: nothing was opened. It will be asked again when it is needed."))
            else:
                self._start(task)
        if self._waiting:
            self._ask(self._waiting[0].place, "")
