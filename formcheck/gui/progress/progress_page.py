"""Sessions over time, per exercise: clean repetitions, what should stay still, the movement's range, left against right."""

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from formcheck.exercises import EXERCISES
from formcheck.gui.clients.client_bar import client_title
from formcheck.gui.progress.trend_plot import TrendPlot, clean_line, trend_line
from formcheck.gui.widgets.card import card, label
from formcheck.gui.widgets.flow_layout import FlowLayout, together
from formcheck.gui.widgets.scrolled import Scrolled, show_ground
from formcheck.gui.widgets.words import day_format, sentence, side_words
from formcheck.library.services import LibraryContent, Progress
from formcheck.report.period_report import change_words
from formcheck.report.progress import CleanSets, Trend
from formcheck.report.words import exercise_title, quantity_title, unit_words
from formcheck.results import Side
from formcheck.system.language import tr, trn


class ProgressPage(QWidget):
    """show_content() and show_progress() fill it, in any order."""

    report = Signal(object, object)
    """First and last day, dates."""
    again = Signal(object)
    """Entries to be measured again."""
    stop = Signal()
    """Stop measuring again."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._content, self._progress = LibraryContent(), Progress()
        self.title = label("", "title", wrap=False)
        self.exercise_box = QComboBox()
        self.exercise_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.exercise_box.setAccessibleName(tr("Exercise"))
        self.first_day, self.last_day = _day(tr("First day")), _day(tr("Last day"))
        self.report_button = QPushButton(tr("Save re&port…"))
        self.close_button = QPushButton(tr("&Close"))
        self.words = label(tr("No session with a repetition yet. Do a set, or analyse a video."))
        self.methods = label("", "heading")
        self.again_button = QPushButton(tr("&Measure them again"))
        self.stop_button = QPushButton(tr("&Stop"))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Measuring again"))
        self.clean, self.guarded, self.movement, self.apart = (TrendPlot() for _ in range(4))
        self._lay_out()
        self.exercise_box.currentIndexChanged.connect(self._draw)
        self.report_button.clicked.connect(
            lambda: self.report.emit(self.first_day.date().toPython(), self.last_day.date().toPython())
        )
        self.again_button.clicked.connect(lambda: self.again.emit(self._older()))
        self.stop_button.clicked.connect(self.stop)
        self.close_button.clicked.connect(self.closed)

    def show_content(self, content: LibraryContent) -> None:
        client, days = self._content.client, len(self._content.entries)
        self._content = content
        self.title.setText(
            tr("Progress of {client}", client=client_title(content.client)) if content.client else tr("Your progress")
        )
        if content.entries and (client != content.client or days != len(content.entries)):
            for edit, entry in ((self.first_day, content.entries[-1]), (self.last_day, content.entries[0])):
                edit.setDate(QDate(entry.when.year, entry.when.month, entry.when.day))
        self.report_button.setEnabled(bool(content.entries))

    def show_progress(self, progress: Progress) -> None:
        """Draw, keeping the exercise that is chosen."""
        self._progress = progress
        now = self.exercise_box.currentData()
        self.exercise_box.blockSignals(True)
        self.exercise_box.clear()
        for exercise in dict.fromkeys(sets.exercise for sets in progress.clean):
            self.exercise_box.addItem(tr(exercise_title(exercise)), exercise)
        self.exercise_box.setCurrentIndex(max(0, self.exercise_box.findData(now)))
        self.exercise_box.blockSignals(False)
        self._draw()

    def show_measuring(self, done: int, total: int, *, running: bool = True) -> None:
        """How far the measuring again is, in frames of the session that is measured now."""
        self.bar.setVisible(running)
        self.stop_button.setVisible(running)
        self.again_button.setEnabled(not running)
        self.bar.setRange(0, max(total, 0))
        self.bar.setValue(min(done, total))

    def _older(self) -> tuple[object, ...]:
        return tuple(e for e in self._content.older if e.exercise == self.exercise_box.currentData())

    def _draw(self) -> None:
        exercise = self.exercise_box.currentData()
        found = [t for t in self._progress.trends if t.exercise == exercise]
        apart = [t for t in self._progress.apart if t.exercise == exercise]
        sets = [s for s in self._progress.clean if s.exercise == exercise]
        self.words.setVisible(not exercise)
        for plot in (self.clean, self.guarded, self.movement, self.apart):
            plot.setVisible(bool(exercise))
        if exercise:
            known = EXERCISES.get(exercise)
            run = known is not None and known.compares_sides
            title = tr("Clean stances, of a hundred") if run else tr("Clean repetitions, of a hundred")
            self.clean.show_lines(title, "%", [clean_line(s) for s in sets], sentence("; ".join(map(_clean_words, sets))))
            self._draw_trends(self.guarded, [t for t in found if t.guarded])
            self._draw_trends(self.movement, [t for t in found if not t.guarded])
            self._draw_trends(self.apart, [t for t in apart if t.guarded] or apart, apart=True)
        self._show_methods(found)

    def _draw_trends(self, plot: TrendPlot, found: list[Trend], *, apart: bool = False) -> None:
        plot.setVisible(bool(found))
        if not found:
            return
        name = tr(quantity_title(found[0].exercise, found[0].quantity))
        title = tr("{quantity}: left less right, per day", quantity=name) if apart else name
        limits = next((t.limits for t in found if t.guarded and not apart), None)
        said = (_of_side(t.side, change_words(t)) for t in found)
        plot.show_lines(
            title, unit_words(found[0].unit).strip(), [trend_line(t) for t in found], sentence("; ".join(said)), limits
        )

    def _show_methods(self, found: list[Trend]) -> None:
        """Whether all were measured by one version, model and variant."""
        mixed = len({v.method for t in found for v in t.values}) > 1
        older = self._older()
        self.methods.setVisible(mixed or bool(older))
        self.again_button.setVisible(bool(older))
        words = ""
        if mixed:
            words = tr("Hollow marks: measured by another version, model or variant than the last, and not joined with it.")
        if older:
            words += " " + trn(
                "{n} session of an older version can be measured again.",
                "{n} sessions of an older version can be measured again.",
                len(older),
            )
        elif mixed:
            words += " " + tr("Nothing was kept of them from which they could be measured again.")
        self.methods.setText(words.strip())

    def _lay_out(self) -> None:
        frame, inner = card()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.exercise_box)
        inner.addLayout(head)
        inner.addWidget(self.words)
        methods = QHBoxLayout()
        methods.addWidget(self.methods, 1)
        for widget in (self.again_button, self.bar, self.stop_button):
            methods.addWidget(widget)
        inner.addLayout(methods)
        plots = QWidget()
        grid = QGridLayout(plots)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(14)
        for place, plot in enumerate((self.clean, self.guarded, self.movement, self.apart)):
            grid.addWidget(plot, place // 2, place % 2)
        for i in (0, 1):
            grid.setColumnStretch(i, 1)
            grid.setRowStretch(i, 1)
        area = Scrolled(plots)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        show_ground(area, plots)
        inner.addWidget(area, 1)
        inner.addWidget(
            label(tr("Estimated from the picture. Movement feedback and education, not medical advice."), "secondary")
        )
        row = QWidget()
        foot = FlowLayout(row)
        for words, day in ((tr("&From"), self.first_day), (tr("&to"), self.last_day)):
            name = QLabel(words)
            name.setBuddy(day)
            foot.addWidget(together(name, day))
        foot.addWidget(self.report_button)
        foot.addWidget(self.close_button)
        inner.addWidget(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
        self.show_measuring(0, 0, running=False)
        self._draw()


def _clean_words(sets: CleanSets) -> str:
    """The last sets, newest last."""
    counts = ", ".join(tr("{clean} of {reps}", clean=clean, reps=reps) for _, clean, reps, _ in sets.sets[-6:])
    if sets.by_hand:
        counts += " " + trn("({n} set put right by hand)", "({n} sets put right by hand)", sets.by_hand)
    return _of_side(sets.side, counts)


def _of_side(side: Side | None, words: str) -> str:
    return tr("{side}: {words}", side=side_words(side), words=words) if side else words


def _day(name: str) -> QDateEdit:
    edit = QDateEdit(QDate.currentDate())
    edit.setCalendarPopup(True)
    edit.setDisplayFormat(day_format())
    edit.setAccessibleName(name)
    return edit
