"""Compares a session with a recording in the background, and saves what came out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from formcheck.agreement.document import set_document
from formcheck.agreement.files import write_result
from formcheck.agreement.results import Labels, SetResult
from formcheck.agreement.study import compare_with_reference
from formcheck.gui.agreement.agreement_page import AgreementPage, Choice
from formcheck.gui.library.library_jobs import Opened
from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.shell.background import Job
from formcheck.gui.shell.page import Presenter
from formcheck.gui.shell.protocols import Navigation, Notices, Questions
from formcheck.gui.widgets.words import side_words
from formcheck.library.services import LibraryContent
from formcheck.report.folder import write_document
from formcheck.report.words import exercise_title
from formcheck.system.language import moment_words, tr

KINDS = "Recordings (*.zip *.csv *.mot *.sto *.trc *.c3d)"
PDF = "PDF (*.pdf)"


class AgreementPresenter(Presenter):
    """open() takes a session's folder."""

    def __init__(self, library: LibraryState, notices: Notices, questions: Questions, navigation: Navigation) -> None:
        self.page = page = AgreementPage()
        super().__init__(page)
        self._library, self._notices, self._questions = library, notices, questions
        self._others: list[Path] = []
        library.changed.connect(self._show_choices)
        page.browse_session.connect(self._ask_for_session)
        page.browse_sensor.connect(self._ask_for_sensor)
        page.compare.connect(self.compare)
        page.save_pdf.connect(self._ask_and_save_pdf)
        page.save_folder.connect(self._ask_and_save_folder)
        page.closed.connect(navigation.home)
        self._show_choices(library.content)

    def shown(self) -> None:
        self._library.refresh()

    def open(self, what: object) -> None:
        if isinstance(what, Path):
            self._add(what)

    def restyle(self) -> None:
        self.page.draw()

    def compare(self) -> None:
        """The session in the box with the recording that was chosen."""
        page = self.page
        session, sensor = page.session, page.sensor
        if session is None or sensor is None:
            return
        try:
            taps = _numbers(page.taps.text())
            labels = self._labels()
        except ValueError:
            self._notices.trouble(
                tr("Taps are seconds of the film, with spaces between, as 3.20 3.70 4.20; the camera's angle is a number.")
            )
            return
        page.clear()
        page.show_running(running=True)

        def begin(opened: Opened) -> None:
            def work(_: Job) -> SetResult:
                try:
                    return compare_with_reference(opened.path, [sensor], labels=labels, taps_s=taps)
                finally:
                    opened.close()

            self._start(work, self._compared)

        self._library.jobs.open_folder(session, begin, self._refused)

    def save_pdf(self, target: Path) -> None:
        result = self.page.result
        if result is not None:
            self._write(lambda: write_document(set_document(result), pdf=target.with_suffix(".pdf")), target.with_suffix(".pdf"))

    def save_folder(self, folder: Path) -> None:
        """agreement.json, pairs.csv and the report, as the command writes them: such folders can be pooled."""
        result = self.page.result
        if result is None:
            return
        try:
            made = replace(result, labels=self._labels())
        except ValueError:
            made = result

        def write() -> None:
            write_result(folder, made)
            write_document(set_document(made), html=folder / "report.html", pdf=folder / "report.pdf")

        self._write(write, folder)

    def _labels(self) -> Labels:
        """ValueError where the camera's angle is no number."""
        page = self.page
        angle = next(iter(_numbers(page.camera.text())), None)
        return Labels(person=page.person.text().strip(), clothing=page.clothing.currentData(), camera_deg=angle)

    def _write(self, write: Callable[[], None], target: Path) -> None:
        self._start(lambda _: write(), lambda _: self._notices.notice(tr("Saved {file}", file=target)))

    def _start(self, work: Callable[[Job], object], done: Callable[[SetResult], object]) -> None:
        job = Job(work)
        job.done.connect(done)
        job.refused.connect(self._refused)
        job.start()

    def _compared(self, result: SetResult) -> None:
        self.page.show_running(running=False)
        self.page.show_result(result)

    def _refused(self, words: str) -> None:
        self.page.show_running(running=False)
        self._notices.trouble(words)

    def _show_choices(self, content: LibraryContent) -> None:
        choices = [Choice(folder.name, folder) for folder in self._others]
        choices += [
            Choice(
                tr(
                    "{when}: {exercise} {side}, repetitions: {reps}",
                    when=moment_words(entry.when),
                    exercise=exercise_title(entry.exercise),
                    side=side_words(entry.side) if entry.side else "",
                    reps=entry.reps,
                ),
                self._library.folder(entry),
            )
            for entry in content.entries
        ]
        self.page.show_choices(choices, self.page.session)

    def _add(self, folder: Path) -> None:
        if folder not in self._others:
            self._others.insert(0, folder)
        self._show_choices(self._library.content)
        self.page.session_box.setCurrentIndex(self.page.session_box.findData(folder))

    def _ask_for_session(self) -> None:
        folder = self._questions.folder(tr("Choose a session folder"))
        if folder is not None:
            self._add(folder)

    def _ask_for_sensor(self) -> None:
        path = self._questions.file_to_read(tr("Choose the recording"), KINDS)
        if path is not None:
            self.page.show_sensor(path)

    def _ask_and_save_pdf(self) -> None:
        target = self._questions.file_to_write(tr("Save the comparison"), "agreement.pdf", PDF)
        if target is not None:
            self.save_pdf(target)

    def _ask_and_save_folder(self) -> None:
        folder = self._questions.folder(tr("An empty folder for the comparison"))
        if folder is not None:
            self.save_folder(folder)


def _numbers(words: str) -> list[float]:
    """Numbers with spaces between, decimal point or comma. ValueError where one is none."""
    return [float(word.replace(",", ".")) for word in words.replace(";", " ").split()]
