"""The therapist's side of a review: the program's findings, and what the therapist says to them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from formcheck.gui.correct.change_words import made_words
from formcheck.gui.review.review_state import Review
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.set_words import rep_words
from formcheck.gui.widgets.theme import current
from formcheck.gui.widgets.words import figure, severity_words, side_words
from formcheck.report.words import rep_label
from formcheck.results import Finding, Rep
from formcheck.system.language import tr


class FindingsPanel(QWidget):
    """Emits what the therapist says; the program's own findings are never altered."""

    overrule = Signal(int, str)
    """Repetition and fault: the finding is wrong, or stands again."""
    exclude = Signal(int)
    """Repetition: it does not count, or counts again."""
    texts_changed = Signal(str, str, str)
    """Subjective, assessment, plan."""
    finding_chosen = Signal(int, str)
    """Repetition and fault."""

    def __init__(self) -> None:
        super().__init__()
        self._review: Review | None = None
        self._rep: Rep | None = None
        self.findings = QListWidget()
        self.findings.setAccessibleName(tr("Findings"))
        self.findings.setWordWrap(True)
        self.findings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rep_words = label("")
        self.overrule_button = QPushButton(tr("&Overrule the finding…"))
        self.rep_heading = QLabel()
        self.exclude_button = QPushButton(tr("E&xclude the repetition…"))
        self.subjective = _text(tr("Subjective"), tr("What the person says. Pain and effort stand in the report by themselves."))
        self.note = _text(tr("Assessment"), tr("What you make of it. What was measured stands in the report by itself."))
        self.plan = _text(tr("Plan"), tr("What comes next"))
        self.notes = QTabWidget()
        self.notes.addTab(self.subjective, tr("Subjective"))
        self.notes.addTab(self.note, tr("Assessment"))
        self.notes.addTab(self.plan, tr("Plan"))
        self.notes.setCurrentWidget(self.note)
        self.notes.setDocumentMode(True)
        self.notes.setUsesScrollButtons(False)
        self.notes.setElideMode(Qt.TextElideMode.ElideRight)
        self._lay_out()
        self.findings.currentRowChanged.connect(self._choose)
        self.overrule_button.clicked.connect(self._overrule)
        self.exclude_button.clicked.connect(self._exclude)
        for text in (self.subjective, self.note, self.plan):
            text.textChanged.connect(self._noted)

    def show_review(self, review: Review) -> None:
        """Fill everything anew; the chosen finding stays chosen."""
        row = self.findings.currentRow()
        fresh = self._review is None or self._review.folder != review.folder
        self._review = review
        self.findings.blockSignals(True)
        self.findings.clear()
        for rep, finding in review.findings:
            self.findings.addItem(_item(review, rep, finding))
        if not review.findings:
            self.findings.addItem(tr("Nothing was found."))
        self.findings.setCurrentRow(-1 if fresh else row)
        self.findings.blockSignals(False)
        said = review.notes
        for text, words in ((self.subjective, said.subjective), (self.note, said.assessment), (self.plan, said.plan)):
            if text.toPlainText() != words:
                text.blockSignals(True)
                text.setPlainText(words)
                text.blockSignals(False)
        if fresh:
            self._rep = None
        self._show_state()

    def show_rep(self, rep: Rep | None) -> None:
        """The repetition that the video is in."""
        if rep != self._rep:
            self._rep = rep
            self._show_state()

    def select(self, rep: int, fault: str) -> None:
        """Choose a finding in the list without going there."""
        assert self._review is not None
        keys = [(r.number, f.fault) for r, f in self._review.findings]
        self.findings.blockSignals(True)
        self.findings.setCurrentRow(keys.index((rep, fault)))
        self.findings.blockSignals(False)
        self._show_state()

    @property
    def chosen(self) -> tuple[Rep, Finding] | None:
        row = self.findings.currentRow()
        found = self._review.findings if self._review is not None else []
        return found[row] if 0 <= row < len(found) else None

    def _overrule(self) -> None:
        if self.chosen is not None:
            rep, finding = self.chosen
            self.overrule.emit(rep.number, finding.fault)

    def _exclude(self) -> None:
        if self._rep is not None:
            self.exclude.emit(self._rep.number)

    def _choose(self) -> None:
        self._show_state()
        if self.chosen is not None:
            self.finding_chosen.emit(self.chosen[0].number, self.chosen[1].fault)

    def _noted(self) -> None:
        self.texts_changed.emit(self.subjective.toPlainText(), self.note.toPlainText(), self.plan.toPlainText())

    def _show_state(self) -> None:
        review, rep = self._review, self._rep
        if review is None:
            return
        between = tr("Between stances") if review.is_run else tr("Between repetitions")
        words = rep_words(rep, review.exercise) if rep is not None else between
        self.rep_heading.setText(tr("Stance") if review.is_run else tr("Repetition"))
        if rep is not None and rep.number in review.notes.excluded:
            words += "\n" + tr("Excluded: {why}", why=review.notes.excluded[rep.number] or tr("no reason given"))
        right = review.session.put_right
        if rep is not None and right is not None and rep.number in right.by_hand:
            words += "\n" + made_words(right.by_hand[rep.number])
        self.rep_words.setText(words)
        self.exclude_button.setEnabled(rep is not None)
        excluded = rep is not None and rep.number in review.notes.excluded
        exclude = tr("E&xclude the stance…") if review.is_run else tr("E&xclude the repetition…")
        self.exclude_button.setText(tr("&Count it again") if excluded else exclude)
        self.overrule_button.setEnabled(self.chosen is not None)
        over = self.chosen is not None and review.overruled(self.chosen[0].number, self.chosen[1].fault) is not None
        self.overrule_button.setText(tr("&Let it stand again") if over else tr("&Overrule the finding…"))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for heading, widget, stretch in (
            (tr("&Findings of the program"), self.findings, 3),
            (tr("Repetition"), self.rep_words, 0),
            (tr("&Notes"), self.notes, 1),
        ):
            title = self.rep_heading if widget is self.rep_words else QLabel()
            title.setText(heading)
            title.setObjectName("heading")
            title.setBuddy(widget)
            layout.addWidget(title)
            layout.addWidget(widget, stretch)
            if widget is self.findings:
                layout.addWidget(self.overrule_button)
            elif widget is self.rep_words:
                layout.addWidget(self.exclude_button)
        self.rep_words.setMinimumHeight(6 * self.rep_words.fontMetrics().height())
        self.rep_words.setAlignment(Qt.AlignmentFlag.AlignTop)


def _text(name: str, hint: str) -> QPlainTextEdit:
    text = QPlainTextEdit()
    text.setAccessibleName(name)
    text.setPlaceholderText(hint)
    text.setTabChangesFocus(True)
    return text


def _item(review: Review, rep: Rep, finding: Finding) -> QListWidgetItem:
    title = tr(review.exercise.fault(finding.fault).title)
    words = tr(
        "{seconds:.1f} s, repetition {number}: {title}, {severity}, {value}",
        seconds=finding.at_s,
        number=rep_label(review.session, rep),
        title=title,
        severity=severity_words(finding.severity),
        value=figure(abs(finding.value), finding.unit),
    )
    if review.is_run:
        words = tr(
            "{seconds:.1f} s, {side}: {title}, {severity}, {value}",
            seconds=finding.at_s,
            side=side_words(rep.side),
            title=title,
            severity=severity_words(finding.severity),
            value=figure(abs(finding.value), finding.unit),
        )
    why = review.overruled(rep.number, finding.fault)
    if why is not None:
        words += "\n" + tr("Overruled: {why}", why=why or tr("no reason given"))
    item = QListWidgetItem(words)
    if why is not None:
        item.setForeground(QBrush(QColor(current().secondary)))
        font = item.font()
        font.setItalic(True)
        item.setFont(font)
    return item
