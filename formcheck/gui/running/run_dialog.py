"""A run in four views: the midstances of both sides, curves over the gait cycle, the course over the run, and where it leads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from formcheck.analysis.leads import lead_words
from formcheck.exercises import EXERCISES
from formcheck.gui.running.midstance_pictures import MidstancePictures
from formcheck.gui.running.side_plot import Drawn, SidePlot, gait_marks
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.tables import WordTable
from formcheck.gui.widgets.words import side_words
from formcheck.measurement.running.cycles import SHARES, Cycle, cycles
from formcheck.report.midstance import Midstance
from formcheck.report.run_blocks import change_cells, change_words, least_words, limits_of, named_quantities
from formcheck.report.run_course import changes, course
from formcheck.report.words import quantity_title, unit_words
from formcheck.results import Session, Side
from formcheck.system.language import tr

LINES_WIDE, LINES_HIGH = 50, 37
"""Lines of text that the dialog is wide and high, where the screen has room for it."""


@dataclass(frozen=True, slots=True, eq=False)
class RunViews:
    """What takes time to be made of a session folder; see run_views()."""

    session: Session
    pictures: tuple[Midstance, ...]
    cycles: Mapping[str, Mapping[Side, Cycle]]


def run_views(session: Session, frames: Mapping[str, Sequence[float]] | None, pictures: tuple[Midstance, ...]) -> RunViews:
    """frames: the columns of series.csv and angles.csv, where they are known."""
    return RunViews(session, pictures, cycles(session.reps, frames) if frames is not None else {})


class RunDialog(QDialog):
    def __init__(self, views: RunViews) -> None:
        super().__init__()
        self.setWindowTitle(tr("Both sides"))
        line = self.fontMetrics().height()
        self.resize(QSize(LINES_WIDE * line, LINES_HIGH * line).boundedTo(self.screen().availableSize() * 0.97))
        self.tabs = QTabWidget()
        self.tabs.addTab(MidstancePictures(views.pictures), tr("Midstance"))
        self.cycle = CyclePane(views)
        self.tabs.addTab(self.cycle, tr("Gait cycle"))
        self.course = CoursePane(views.session)
        self.tabs.addTab(self.course, tr("Course and fatigue"))
        if lead_words(views.session):
            self.tabs.addTab(_next(views.session), tr("What to do next"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs, 1)
        about = tr("Estimated from the picture. Movement feedback and education, not medical advice.")
        layout.addWidget(label(about, "secondary"))
        layout.addWidget(buttons)


class CyclePane(QWidget):
    """Left against right from one contact of the foot to its next."""

    def __init__(self, views: RunViews) -> None:
        super().__init__()
        self._views = views
        self.plot = SidePlot(tr("Curves over the gait cycle, left against right"))
        self.words = label("", "secondary")
        self.box = quantity_box(views.session, list(views.cycles), self._show)
        layout = QVBoxLayout(self)
        layout.addLayout(_row(self.box))
        layout.addWidget(self.plot, 1)
        layout.addWidget(self.words)
        self._show()

    def _show(self) -> None:
        name, session = self.box.currentData(), self._views.session
        if name is None:
            self.plot.hide()
            self.words.setText(tr("Too few whole strides were seen, or nothing was kept of each frame."))
            return
        of = self._views.cycles[name]
        lines = [
            Drawn(side_words(side), 100 * SHARES, curve.mean, curve.spread, second=side is Side.RIGHT)
            for side, curve in of.items()
        ]
        unit = unit_words(_unit(session, name))
        self.plot.show_lines(
            lines,
            x_words=tr("% of the gait cycle, from one contact of the foot to its next"),
            y_words=unit,
            limits=limits_of(session, name),
            marks=gait_marks(session.reps),
        )
        self.words.setText(
            tr(
                "Mean of {left} strides of the left and {right} of the right leg; the band is one standard "
                "deviation between strides. Contact and toe-off were placed by midstance.",
                left=of[Side.LEFT].cycles,
                right=of[Side.RIGHT].cycles,
            )
        )


class CoursePane(QWidget):
    """Each side over the run, and its first against its last minute."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        names = [name for name in named_quantities(session) if any(name in of for of in session.sides.values())]
        self.plot = SidePlot(tr("Course over time, left against right"))
        self.box = quantity_box(session, names, self._show)
        self.table = _changes_table(session, names)
        layout = QVBoxLayout(self)
        layout.addLayout(_row(self.box))
        layout.addWidget(self.plot, 3)
        layout.addWidget(self.table, 4)
        layout.addWidget(label(change_words(session), "secondary"))
        self._show()

    def _show(self) -> None:
        name, session = self.box.currentData(), self._session
        if name is None:
            self.plot.hide()
            return
        lines = []
        for side in Side:
            points = course(session.reps, name, side)
            if points:
                times, values = np.array(points).T
                lines.append(Drawn(side_words(side), times, values, second=side is Side.RIGHT, dots=True))
        unit = unit_words(_unit(session, name))
        self.plot.show_lines(lines, x_words=tr("seconds"), y_words=unit, limits=limits_of(session, name))


def quantity_box(session: Session, names: Sequence[str], chosen: Callable[[], object]) -> QComboBox:
    """The quantities by their titles."""
    box = QComboBox()
    box.setAccessibleName(tr("Quantity"))
    for name in names:
        box.addItem(quantity_title(session.exercise, name), name)
    box.currentIndexChanged.connect(lambda _: chosen())
    return box


def _row(box: QComboBox) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(QLabel(tr("Curve")))
    row.addWidget(box)
    row.addStretch()
    return row


def _changes_table(session: Session, names: Sequence[str]) -> WordTable:
    found = changes(session.reps, names)
    head = [tr("Mean over stances"), tr("First"), tr("Last"), tr("Change"), tr("Counts above")]
    table = WordTable(head, tr("First against last part"))
    table.setRowCount(len(found))
    for i, change in enumerate(found):
        cells = (*change_cells(session.exercise, change)[:4], least_words(change))
        for j, words in enumerate(cells):
            item = QTableWidgetItem(words)
            font = item.font()
            font.setBold(change.real)
            item.setFont(font)
            table.setItem(i, j, item)
    table.share()
    return table


def _next(session: Session) -> QWidget:
    pane = QWidget()
    layout = QVBoxLayout(pane)
    for words in lead_words(session):
        layout.addWidget(label(words))
    layout.addStretch()
    return pane


def _unit(session: Session, name: str) -> str:
    known = EXERCISES.get(session.exercise)
    return next((q.unit for q in known.quantities if q.name == name), "deg") if known is not None else "deg"
