"""Left against right in figures: the verdict first, then every measure with its spread and what would count."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPushButton,
    QTableWidgetItem,
    QVBoxLayout,
)

from formcheck.gui.review.review_state import Review
from formcheck.gui.shell.background import Job
from formcheck.gui.shell.protocols import Questions
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.tables import WordTable
from formcheck.report.compared import ComparedRow, Comparison, SideValues
from formcheck.report.comparison import compare
from formcheck.report.comparison_report import compare_folders
from formcheck.report.comparison_words import each_value, reading, signed
from formcheck.report.folder import write_document
from formcheck.report.words import exercise_title, number
from formcheck.session.notes import judged
from formcheck.system.language import tr


class SidesDialog(QDialog):
    """Compares two reviews as the therapist judged them; UserError where they cannot be compared."""

    def __init__(self, left: Review, right: Review, questions: Questions) -> None:
        super().__init__()
        self._questions = questions
        self.comparison = compare(judged(left.session, left.notes), judged(right.session, right.notes))
        self._folders = left.folder, right.folder
        a, b = self.comparison.titles
        self.setWindowTitle(tr("Left against right"))
        line = self.fontMetrics().height()
        self.resize(QSize(54 * line, 34 * line).boundedTo(self.screen().availableSize() * 0.92))
        self.table = _table(self.comparison)
        self.table.setMinimumHeight(10 * line)
        self.save_button = QPushButton(tr("Save as &report…"))
        self.save_button.clicked.connect(self._ask_and_save)
        self.words = label("", "secondary")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        exercise = tr(exercise_title(self.comparison.exercise))
        title = tr("{exercise}: {left} / {right}", exercise=exercise, left=tr(a), right=tr(b))
        if self.comparison.runs:
            self.setWindowTitle(title)
        layout = QVBoxLayout(self)
        layout.addWidget(label(title, "title"))
        for verdict in self.comparison.verdicts:
            layout.addWidget(label(verdict, "heading"))
        layout.addWidget(self.table, 1)
        for notice in self.comparison.notices:
            layout.addWidget(label(notice, "secondary"))
        layout.addWidget(
            label(tr("Estimated from the picture. Movement feedback and education, not medical advice."), "secondary")
        )
        layout.addWidget(self.words)
        layout.addWidget(buttons)

    def save(self, target: Path) -> Job:
        """Write the report, HTML or PDF by its name, in the background."""
        folders = self._folders

        def write(_: Job) -> Path:
            document = compare_folders(*folders)[1]
            html = target.suffix.lower() in (".html", ".htm")
            write_document(document, html=target if html else None, pdf=None if html else target)
            return target

        job = Job(write)
        job.done.connect(self._saved)
        job.refused.connect(self.words.setText)
        job.start()
        return job

    def _saved(self, target: Path) -> None:
        self.words.setText(tr("Saved: {path}", path=target))

    def _ask_and_save(self) -> None:
        target = self._questions.file_to_write(tr("Save the report"), "left-right.pdf", "PDF (*.pdf);;HTML (*.html)")
        if target is not None:
            self.save(target)


def _table(comparison: Comparison) -> WordTable:
    a, b = (tr(title).capitalize() for title in comparison.titles)
    head = [tr("Measure"), a, b, tr("Difference"), tr("Counts above"), tr("Reading")]
    table = WordTable(head, tr("Figures of both sides"))
    table.setRowCount(len(comparison.rows))
    for i, row in enumerate(comparison.rows):
        difference = (signed(row.difference, row.unit), number(row.threshold, row.unit)) if row.comparable else ("-", "-")
        for j, text in enumerate((row.title, _side(row, row.left), _side(row, row.right), *difference, reading(row))):
            item = QTableWidgetItem(text)
            font = item.font()
            font.setBold(row.less_control is not None)
            item.setFont(font)
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(i, j, item)
    table.share()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return table


def _side(row: ComparedRow, side: SideValues) -> str:
    if not side.values:
        return tr("not measured")
    mean = number(side.mean, row.unit)
    if len(side.values) > 1:
        mean = tr("{mean}, SD {deviation}", mean=mean, deviation=number(side.sd, row.unit))
    return f"{mean}\n{each_value(row, side)}"
