"""Analysing a video from the window: which one, whose it is, what is in it; then its session is kept and reviewed."""

from collections.abc import Callable, Mapping
from pathlib import Path

from formcheck.exercises.contract import Exercise
from formcheck.gui.clients.consent_gate import ConsentGate
from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.review.analyze_dialog import AnalyzeDialog
from formcheck.gui.settings.current_settings import CurrentSettings
from formcheck.gui.shell.protocols import Navigation, Questions
from formcheck.gui.widgets.words import video_files
from formcheck.system.language import tr


class VideoAnalysis:
    def __init__(
        self,
        exercises: Mapping[str, Exercise],
        settings: CurrentSettings,
        library: LibraryState,
        consent: ConsentGate,
        questions: Questions,
        navigation: Navigation,
        review: Callable[[Path], object],
    ) -> None:
        """review: shows a session folder."""
        self._exercises, self._settings, self._library, self._consent = exercises, settings, library, consent
        self._questions, self._navigation, self._review = questions, navigation, review

    def choose_video(self) -> None:
        """Ask for a file first."""
        video = self._questions.file_to_read(tr("Analyse a video"), video_files())
        if video is not None:
            self.analyze(video)

    def analyze(self, video: Path) -> None:
        """Ask what is in the video, analyse it, keep and review it; a client or a consent that is missing is asked for first."""
        if not self._consent.may_record(lambda: self.analyze(video)):
            return
        owner = self._library.owner
        dialog = AnalyzeDialog(
            video, self._exercises, self._settings.value, owner=owner, may_keep_video=self._library.video_allowed
        )
        dialog.analyzed.connect(lambda folder: self._library.add(folder, owner, lambda *_: self._analyzed(folder)))
        self._navigation.open_dialog(dialog)

    def _analyzed(self, folder: Path) -> None:
        self._library.refresh()
        self._review(folder)
