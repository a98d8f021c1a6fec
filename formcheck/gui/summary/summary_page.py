"""One screen after a set: repetitions, clean ones, faults by kind, a strip of bars; pain and effort if asked for."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from formcheck.exercises.contract import Exercise
from formcheck.gui.plans.plan_card import RestCard
from formcheck.gui.widgets.big_text import BigText
from formcheck.gui.widgets.card import card, label
from formcheck.gui.widgets.rep_strip import RepStrip
from formcheck.gui.widgets.theme import current
from formcheck.gui.widgets.words import figure, place, spread, with_side
from formcheck.results import Rep, Session
from formcheck.session.notes import Notes
from formcheck.system.language import tr, trn

PAIN_ROSE_BY = 2


@dataclass(frozen=True, slots=True)
class FaultCount:
    """One kind of compensation over a set."""

    title: str
    reps: int
    worst: str
    """With its unit."""
    faults: int
    """How many of them were beyond the fault limit."""


def count_faults(session: Session, exercise: Exercise) -> list[FaultCount]:
    """Faults by kind, in the exercise's order of importance."""
    counts = []
    for fault in sorted(exercise.faults, key=lambda f: f.priority):
        found = [f for rep in session.reps for f in rep.findings if f.fault == fault.name]
        if found:
            worst = max(found, key=lambda f: fault.excess(f.value))
            severe = sum(f.severity == "fault" for f in found)
            counts.append(FaultCount(tr(fault.title), len(found), figure(abs(worst.value), worst.unit), severe))
    return counts


def advice_on_pain(before: int | None, after: int | None) -> str:
    """What to say when pain rose."""
    if before is None or after is None or after - before < PAIN_ROSE_BY:
        return ""
    return tr("Your pain rose by {points}. Stop for today; if it stays, ask a health professional.", points=after - before)


class SummaryPage(QWidget):
    """Emits what the user wants next."""

    show_rep = Signal(int)
    """Show this repetition's video."""
    again = Signal()
    review = Signal()
    report = Signal()
    notes_changed = Signal(object)
    """Notes"""

    def __init__(self) -> None:
        super().__init__()
        self._notes = Notes()
        self.title = label("", "title")
        self.count = BigText(tr("Repetitions"), largest=64)
        self.clean = BigText(tr("Clean repetitions"), largest=64)
        self.faults = label("")
        self.next_step = label("")
        self.where = label("", "secondary")
        self.problem = label("", "heading")
        self.strip = RepStrip()
        self.rep_words = label("")
        self.pain_before = _scale(tr("Pain before"))
        self.pain_after = _scale(tr("Pain now"))
        self.effort = _scale(tr("Effort"))
        self.pain_words = label("", "heading")
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
        for slider in (self.pain_before, self.pain_after, self.effort):
            slider.valueChanged.connect(self._noted)

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
        self._session, self._exercise, self._notes = session, exercise, Notes()
        self.title.setText(with_side(tr(exercise.title), session.side))
        self.count.set_text(trn("{n} repetition", "{n} repetitions", len(session.reps)), c.text, c.raised)
        good = bool(session.reps) and session.clean_reps == len(session.reps)
        ink, ground = (c.on_good, c.good) if good else (c.text, c.raised)
        self.clean.set_text(trn("{n} clean", "{n} clean", session.clean_reps), ink, ground)
        self.faults.setText(self._fault_words(session, exercise))
        self.show_next_step("")
        self.rest.stop()
        if demo:
            self.where.setText(tr("The demo is not kept among your sessions."))
        else:
            self.where.setText("" if folder is None else tr("Saved in {folder}", folder=place(folder)))
        self.problem.setText(problem or "")
        self.problem.setVisible(bool(problem))
        self.strip.show_reps(session.reps)
        self.strip.set_current(None)
        self.see_button.setEnabled(False)
        self.rep_words.setText(tr("Choose a bar to see the repetition.") if session.reps else "")
        self.review_button.setEnabled(folder is not None)
        self.report_button.setEnabled(folder is not None)
        self._questions.setVisible(ask_pain)
        for slider in (self.pain_before, self.pain_after, self.effort):
            slider.blockSignals(True)
            slider.setValue(0)
            slider.blockSignals(False)
        self.pain_words.setText("")
        self.again_button.setFocus()

    def show_next_step(self, words: str) -> None:
        """What may come next, empty for nothing."""
        self.next_step.setText(words)
        self.next_step.setVisible(bool(words))

    def _fault_words(self, session: Session, exercise: Exercise) -> str:
        notices = list(session.notices)  # as the session file says them, with their figures
        if not session.reps:
            return "\n".join(notices)
        lines = [
            trn(
                "{title}: in {reps} of {n} repetition, {faults} beyond the fault limit, at most {worst}",
                "{title}: in {reps} of {n} repetitions, {faults} of them beyond the fault limit, at most {worst}",
                len(session.reps),
                title=f.title,
                reps=f.reps,
                faults=f.faults,
                worst=f.worst,
            )
            for f in count_faults(session, exercise)
        ]
        unseen = sum(bool(rep.not_assessable) for rep in session.reps)
        if unseen:
            lines.append(
                trn("{n} repetition could not be judged in full.", "{n} repetitions could not be judged in full.", unseen)
            )
        return "\n".join((*(lines or [tr("Nothing moved that should have stayed still.")]), *notices))

    def _show_rep(self, number: int) -> None:
        assert self._session is not None
        rep = next(rep for rep in self._session.reps if rep.number == number)
        self.rep_words.setText(rep_words(rep, self._exercise))
        self.see_button.setEnabled(self.review_button.isEnabled())

    def _noted(self) -> None:
        before, after = self.pain_before.value(), self.pain_after.value()
        self._notes = replace(self._notes, pain_before=before, pain_after=after, effort=self.effort.value())
        self.pain_words.setText(advice_on_pain(before, after))
        self.notes_changed.emit(self._notes)

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
        self._questions = QWidget()
        rows = QVBoxLayout(self._questions)
        rows.setContentsMargins(0, 0, 0, 0)
        for words, slider in (
            (tr("Pain before, 0-10"), self.pain_before),
            (tr("Pain now, 0-10"), self.pain_after),
            (tr("Effort, 0-10"), self.effort),
        ):
            rows.addLayout(_row(words, slider))
        rows.addWidget(self.pain_words)
        inner.addWidget(self._questions)
        inner.addStretch(1)
        inner.addWidget(self.where)
        inner.addWidget(
            label(tr("Estimated from the picture. Movement feedback and education, not medical advice."), "secondary")
        )
        buttons = QHBoxLayout()
        for button in (self.again_button, self.see_button, self.review_button, self.report_button):
            buttons.addWidget(button)
        buttons.addStretch()
        inner.addLayout(buttons)


def rep_words(rep: Rep, exercise: Exercise) -> str:
    """One repetition in a line or two."""
    lines = [tr("Repetition {number}, {start:.1f}-{end:.1f} s", number=rep.number, start=rep.start_s, end=rep.end_s)]
    for quantity in exercise.quantities:
        measured = rep.measurements.get(quantity.name)
        if measured is not None and measured.value is not None:
            words = figure(measured.value, measured.unit) + spread(measured.uncertainty, measured.unit)
            lines.append(tr("{quantity} {value}", quantity=tr(quantity.title), value=words))
    found = [tr(exercise.fault(f.fault).title) for f in rep.findings] or ([tr("clean")] if rep.clean else [])
    unseen = [
        tr("{fault}: not assessable ({why})", fault=tr(exercise.fault(f).title), why=why) for f, why in rep.not_assessable.items()
    ]
    return "\n".join((lines[0], ", ".join(lines[1:]), "; ".join(found + unseen)))


def _scale(name: str) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(0, 10)
    slider.setPageStep(1)
    slider.setTickPosition(QSlider.TickPosition.TicksBelow)
    slider.setTickInterval(1)
    slider.setAccessibleName(name)
    return slider


def _row(words: str, slider: QSlider) -> QHBoxLayout:
    row = QHBoxLayout()
    name = label(words, wrap=False)
    name.setBuddy(slider)
    name.setMinimumWidth(170)
    shown = QLabel("0")
    shown.setMinimumWidth(28)
    slider.valueChanged.connect(lambda value: shown.setText(str(value)))
    row.addWidget(name)
    row.addWidget(slider, 1)
    row.addWidget(shown)
    return row
