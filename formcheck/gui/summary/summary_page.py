"""One screen after a set: repetitions, clean ones, faults by kind, a strip of bars; pain and effort if asked for."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from formcheck.analysis.clean import clean_count
from formcheck.exercises.contract import Exercise
from formcheck.gui.plans.rest_card import RestCard
from formcheck.gui.summary.pain_questions import PainQuestions
from formcheck.gui.widgets.big_text import BigText
from formcheck.gui.widgets.card import card, label
from formcheck.gui.widgets.flow_layout import FlowLayout
from formcheck.gui.widgets.rep_strip import RepStrip
from formcheck.gui.widgets.set_words import fault_words, rep_words, session_title
from formcheck.gui.widgets.theme import current
from formcheck.gui.widgets.words import place
from formcheck.report.pace import tempo_words
from formcheck.report.words import clean_words
from formcheck.results import Session
from formcheck.system.language import tr, trn


class SummaryPage(QWidget):
    """Emits what the user wants next."""

    show_rep = Signal(int)
    """Show this repetition's video."""
    again = Signal()
    review = Signal()
    report = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "title")
        self.count = BigText(tr("Repetitions"), largest=64)
        self.clean = BigText(tr("Clean repetitions"), largest=64)
        self.faults = label("")
        self.next_step = label("")
        self.where = label("", "secondary")
        self.problem = label("", "heading")
        self.strip = RepStrip()
        self.rep_words = label("")
        self.questions = PainQuestions()
        self.again_button = QPushButton(tr("&Next set"))
        self.again_button.setObjectName("primary")
        self.review_button = QPushButton(tr("Re&view"))
        self.report_button = QPushButton(tr("Save re&port…"))
        self.see_button = QPushButton(tr("&Show this repetition"))
        self.rest = RestCard()
        self._session: Session | None = None
        self._lay_out()
        self.strip.chosen.connect(self._show_rep)
        self.again_button.clicked.connect(self.again)
        self.review_button.clicked.connect(self.review)
        self.report_button.clicked.connect(self.report)
        self.see_button.clicked.connect(lambda: self.show_rep.emit(self.strip.current or 0))

    def show_session(
        self,
        session: Session,
        exercise: Exercise,
        folder: Path | None,
        *,
        ask_pain: bool,
        problem: str | None = None,
        demo: bool = False,
    ) -> None:
        """What may come next is shown by show_next_step(), when it is known."""
        c = current()
        self._session, self._exercise = session, exercise
        self.title.setText(session_title(session, exercise))
        self._name_counted(exercise)
        self.count.set_text(_count_words(session, exercise), c.text, c.raised)
        good = bool(session.reps) and clean_count(session) == len(session.reps)
        ink, ground = (c.on_good, c.good) if good else (c.text, c.raised)
        self.clean.set_text(clean_words(session), ink, ground)
        tempo = tempo_words(session)
        lines = (fault_words(session, exercise), tr("Tempo: {words}.", words=tempo) if tempo else "")
        self.faults.setText("\n".join(line for line in lines if line))
        self.show_next_step("")
        self.rest.stop()
        if demo:
            self.where.setText(tr("The demo is not kept among your sessions."))
        else:
            self.where.setText("" if folder is None else tr("Saved in {folder}", folder=place(folder)))
        self.problem.setText(problem or "")
        self.problem.setVisible(bool(problem))
        self.strip.show_session(session, exercise)
        self.strip.set_current(None)
        self.see_button.setEnabled(False)
        choose = tr("Choose a bar to see the stance.") if exercise.compares_sides else tr("Choose a bar to see the repetition.")
        self.rep_words.setText(choose if session.reps else "")
        self.review_button.setEnabled(folder is not None)
        self.report_button.setEnabled(folder is not None)
        self.questions.setVisible(ask_pain)
        self.questions.clear()
        self.again_button.setFocus()

    def _name_counted(self, exercise: Exercise) -> None:
        """Repetitions, or the stances of a run."""
        run = exercise.compares_sides
        self.count.setAccessibleName(tr("Stances") if run else tr("Repetitions"))
        self.clean.setAccessibleName(tr("Clean stances") if run else tr("Clean repetitions"))
        self.see_button.setText(tr("&Show this stance") if run else tr("&Show this repetition"))

    def show_next_step(self, words: str) -> None:
        """What may come next, empty for nothing."""
        self.next_step.setText(words)
        self.next_step.setVisible(bool(words))

    def _show_rep(self, number: int) -> None:
        assert self._session is not None
        rep = next(rep for rep in self._session.reps if rep.number == number)
        self.rep_words.setText(rep_words(rep, self._exercise))
        self.see_button.setEnabled(self.review_button.isEnabled())

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        frame, inner = card()
        layout.addWidget(self.rest)
        layout.addWidget(frame, 1)
        inner.addWidget(self.title)
        inner.addWidget(self.problem)
        numbers = QHBoxLayout()
        numbers.addWidget(self.count)
        numbers.addWidget(self.clean)
        for shown in (self.count, self.clean):
            shown.setFixedHeight(110)
        inner.addLayout(numbers)
        inner.addWidget(label(tr("What moved that should have stayed still"), "heading"))
        inner.addWidget(self.faults)
        inner.addWidget(self.next_step)
        inner.addWidget(self.strip)
        inner.addWidget(self.rep_words)
        inner.addWidget(self.questions)
        inner.addStretch(1)
        inner.addWidget(self.where)
        inner.addWidget(
            label(tr("Estimated from the picture. Movement feedback and education, not medical advice."), "secondary")
        )
        row = QWidget()
        buttons = FlowLayout(row)
        for button in (self.again_button, self.see_button, self.review_button, self.report_button):
            buttons.addWidget(button)
        inner.addWidget(row)


def _count_words(session: Session, exercise: Exercise) -> str:
    """How many repetitions; of a run its stances, and how quickly they followed each other."""
    if not exercise.compares_sides:
        return trn("{n} repetition", "{n} repetitions", len(session.reps))
    stances, rate = trn("{n} stance", "{n} stances", len(session.reps)), session.summary.get("cadence_spm")
    if rate is None or rate.value is None:
        return stances
    return tr("{stances}, {n:.0f} a minute", stances=stances, n=rate.value)
