"""What the factories of pages choose from. A presenter is given the few of these that it needs, never all of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from formcheck.exercises.contract import Exercise
from formcheck.gui.clients.consent_gate import ConsentGate
from formcheck.gui.library.library_state import LibraryState
from formcheck.gui.library.report_writer import ReportWriter
from formcheck.gui.review.session_opener import SessionOpener
from formcheck.gui.sets.sets import Sets
from formcheck.gui.settings.current_settings import CurrentSettings
from formcheck.gui.shell.protocols import Navigation, Notices, Questions
from formcheck.gui.sound.voice import Voice


@dataclass(frozen=True, slots=True)
class Services:
    exercises: Mapping[str, Exercise]
    settings: CurrentSettings
    notices: Notices
    questions: Questions
    navigation: Navigation
    library: LibraryState
    consent: ConsentGate
    sessions: SessionOpener
    reports: ReportWriter
    sets: Sets
    voice: Voice
