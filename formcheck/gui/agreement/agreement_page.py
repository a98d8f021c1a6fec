"""Check against a sensor: a session, the recording of a phone or of motion capture, and how far the program is off."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from formcheck.agreement.results import SetResult, both, by_measure, measured
from formcheck.gui.agreement.agreement_plots import CurvesPlot, DifferencesPlot
from formcheck.gui.agreement.agreement_words import clock_words, row, table_head
from formcheck.gui.widgets.card import card, label
from formcheck.gui.widgets.flow_layout import FlowLayout
from formcheck.gui.widgets.tables import chosen_rows, fill, table
from formcheck.system.language import tr


@dataclass(frozen=True, slots=True)
class Choice:
    """A session that can be checked."""

    words: str
    folder: Path


class AgreementPage(QWidget):
    """Emits what is to be done; show_choices(), show_running() and show_result() fill it."""

    browse_session = Signal()
    browse_sensor = Signal()
    compare = Signal()
    save_pdf = Signal()
    save_folder = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.result: SetResult | None = None
        self.sensor: Path | None = None
        self.session_box = QComboBox()
        self.session_box.setAccessibleName(tr("Session"))
        self.session_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.session_box.setMinimumContentsLength(44)
        self.session_button = QPushButton(tr("Another &folder…"))
        self.sensor_words = label(tr("none chosen"))
        self.sensor_button = QPushButton(tr("Choose the &recording…"))
        self.taps = _line(tr("Times of the three taps on the film"), tr("seconds, as 3.20 3.70 4.20; empty: by the movement"))
        self.person = _line(tr("Person"), tr("a code, such as P01"))
        self.clothing = QComboBox()
        self.clothing.setAccessibleName(tr("Clothing"))
        for words, clothing in ((tr("Clothing: not said"), ""), (tr("tight"), "tight"), (tr("loose"), "loose")):
            self.clothing.addItem(words, clothing)
        self.camera = _line(tr("Camera's angle off straight in front, degrees"), tr("0, 15"))
        self.compare_button = QPushButton(tr("Co&mpare"))
        self.close_button = QPushButton(tr("&Close"))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Comparing"))
        self.bar.setRange(0, 0)
        self.words = label("")
        self.table = table(table_head(), tr("Agreement of each measure"))
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.differences, self.curves = DifferencesPlot(), CurvesPlot()
        self.pdf_button, self.folder_button = QPushButton(tr("Save as &PDF…")), QPushButton(tr("Save for p&ooling…"))
        self._lay_out()
        self.session_button.clicked.connect(self.browse_session)
        self.sensor_button.clicked.connect(self.browse_sensor)
        self.compare_button.clicked.connect(self.compare)
        self.pdf_button.clicked.connect(self.save_pdf)
        self.folder_button.clicked.connect(self.save_folder)
        self.close_button.clicked.connect(self.closed)
        self.session_box.currentIndexChanged.connect(self._show_state)
        self.table.itemSelectionChanged.connect(self.draw)
        self.show_running(running=False)
        self.clear()

    @property
    def session(self) -> Path | None:
        found: Path | None = self.session_box.currentData()
        return found

    def show_choices(self, choices: Sequence[Choice], chosen: Path | None) -> None:
        """The sessions that can be checked; chosen: the one to stand in the box."""
        self.session_box.blockSignals(True)
        self.session_box.clear()
        for choice in choices:
            self.session_box.addItem(choice.words, choice.folder)
        self.session_box.setCurrentIndex(max(0, next((k for k, c in enumerate(choices) if c.folder == chosen), 0)))
        self.session_box.blockSignals(False)
        self._show_state()

    def show_sensor(self, path: Path) -> None:
        self.sensor = path
        self.sensor_words.setText(path.name)
        self._show_state()

    def show_running(self, *, running: bool) -> None:
        self._running = running
        self.bar.setVisible(running)
        self._show_state()

    def show_result(self, result: SetResult) -> None:
        self.result = result
        self.words.setText(clock_words(result))
        made = measured(result.pairs)
        fill(self.table, [row(result.exercise, name, m) for name, m in made.items()])
        self.table.resizeRowsToContents()
        self.table.setFixedHeight(self.table.horizontalHeader().height() + sum(map(self.table.rowHeight, range(len(made)))) + 6)
        self.table.selectRow(0)
        self._show_result_buttons()
        self.draw()

    def clear(self) -> None:
        """No result is shown."""
        self.result = None
        self._show_result_buttons()

    def draw(self) -> None:
        """The plots of the chosen measure."""
        if self.result is None:
            return
        measures = by_measure(self.result.pairs)
        name = list(measures)[(chosen_rows(self.table) or [0])[0]] if measures else ""
        made = measured(measures[name])[name].differences if name else None
        frames = [f for f in self.result.frames if f.measure == name and f.rep]
        self.differences.setVisible(made is not None)
        self.curves.setVisible(bool(frames))
        if made is not None:
            self.differences.show_differences(both(measures[name]), made, "°")
        if frames:
            self.curves.show_curves(frames, "°")

    def _show_result_buttons(self) -> None:
        for widget in (self._results, self.pdf_button, self.folder_button):
            widget.setVisible(self.result is not None)
        self._space.setVisible(self.result is None)

    def _show_state(self) -> None:
        self.compare_button.setEnabled(self.session is not None and self.sensor is not None and not self._running)

    def _lay_out(self) -> None:
        frame, inner = card()
        inner.addWidget(label(tr("Check against a sensor"), "title"))
        inner.addWidget(
            label(
                tr(
                    "A phone strapped to the sacrum, or motion capture, says how far the program is off. The handbook says "
                    "how to record. Nothing leaves this computer."
                ),
                "secondary",
            )
        )
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(QLabel(tr("Session")), _beside(self.session_box, self.session_button))
        form.addRow(QLabel(tr("Recording")), _beside(self.sensor_words, self.sensor_button))
        form.addRow(QLabel(tr("Taps")), self.taps)
        form.addRow(QLabel(tr("Person, clothing, camera (°)")), _beside(self.person, self.clothing, self.camera))
        inner.addLayout(form)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.compare_button, self.pdf_button, self.folder_button, self.close_button):
            flow.addWidget(button)
        inner.addWidget(buttons)
        inner.addWidget(self.bar)
        self._results = QWidget()
        results = QVBoxLayout(self._results)
        results.setContentsMargins(0, 0, 0, 0)
        results.addWidget(self.words)
        results.addWidget(self.table)
        plots = QHBoxLayout()
        plots.addWidget(self.differences, 1)
        plots.addWidget(self.curves, 1)
        results.addLayout(plots, 1)
        inner.addWidget(self._results, 1)
        self._space = QWidget()
        inner.addWidget(self._space, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(frame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)


def _line(name: str, hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    made.setMinimumWidth(made.fontMetrics().horizontalAdvance(hint) + made.fontMetrics().height())
    return made


def _beside(*widgets: QWidget) -> QWidget:
    """The first takes what is left of the row."""
    made = QWidget()
    layout = FlowLayout(made)
    widgets[0].setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    for widget in widgets:
        layout.addWidget(widget)
    return made
