"""The row of choices above the pages: exercise, variant, side (of a run: the view), camera, start and stop."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from formcheck.capture.camera import CameraInfo
from formcheck.capture.saved_cameras import SavedCamera
from formcheck.exercises.contract import Exercise
from formcheck.gui.widgets.flow_layout import FlowLayout, together
from formcheck.gui.widgets.words import asks_view, views
from formcheck.results import Side
from formcheck.system.language import tr
from formcheck.system.settings import Settings


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """Where pictures come from: a camera, one on the network, or a file played as one."""

    name: str
    camera: CameraInfo | None = None
    video: Path | None = None
    network: SavedCamera | None = None
    demo: bool = False
    """The clip that travels with the program: nobody's set."""


class ControlBar(QWidget):
    """Emits what the user wants; knows nothing of sessions."""

    start = Signal()
    stop = Signal()
    changed = Signal()
    """Another exercise, variant, side, view or source was chosen."""

    def __init__(self, exercises: Mapping[str, Exercise]) -> None:
        super().__init__()
        self._exercises = exercises
        self.exercise_box = _box(tr("Exercise"))
        self.variant_box = _box(tr("Variant"))
        self.side_box = _box(tr("Side"))
        self.view_box = _box(tr("View"))
        """In place of the side, of exercises that compare both sides and may be filmed from several."""
        self.source_box = _box(tr("Camera"))
        self.start_button = QPushButton(tr("Start"))
        self.start_button.setObjectName("primary")
        self.stop_button = QPushButton(tr("End set"))
        self.stop_button.setObjectName("stop")
        for exercise in exercises.values():
            self.exercise_box.addItem(tr(exercise.title), exercise.id)
        for code, words in (("auto", tr("Find the side")), ("left", tr("Left")), ("right", tr("Right"))):
            self.side_box.addItem(words, code)
        for code, words in views():
            self.view_box.addItem(words, code)
        layout = FlowLayout(self)
        self._named: dict[QComboBox, QWidget] = {}
        """Each box with its name."""
        for words, box in (
            (tr("E&xercise"), self.exercise_box),
            (tr("&Variant"), self.variant_box),
            (tr("Si&de"), self.side_box),
            (tr("Vie&w"), self.view_box),
            (tr("&Camera"), self.source_box),
        ):
            label = QLabel(words)
            label.setBuddy(box)
            self._named[box] = together(label, box, grows=box)
            layout.addWidget(self._named[box])
        layout.addWidget(self.start_button)
        layout.addWidget(self.stop_button)
        self.exercise_box.currentIndexChanged.connect(self._exercise_chosen)
        for box in (self.variant_box, self.side_box, self.view_box, self.source_box):
            box.currentIndexChanged.connect(self.changed)
        self.start_button.clicked.connect(self.start)
        self.stop_button.clicked.connect(self.stop)
        self._fill_variants()
        self.set_running(False)

    @property
    def exercise(self) -> Exercise:
        return self._exercises[self.exercise_box.currentData()]

    @property
    def source(self) -> SourceChoice | None:
        choice = self.source_box.currentData()
        return choice if isinstance(choice, SourceChoice) else None

    def restore(self, settings: Settings) -> None:
        """Choose what the settings say, where it still exists."""
        _choose(self.exercise_box, settings.exercise)
        self._fill_variants()
        _choose(self.variant_box, settings.variant)
        _choose(self.side_box, settings.side)
        _choose(self.view_box, settings.view)

    def choose(self, exercise: str, variant: str, side: Side | None) -> None:
        """Choose what a plan says."""
        _choose(self.exercise_box, exercise)
        self._fill_variants()
        _choose(self.variant_box, variant)
        _choose(self.side_box, side or "auto")
        self.changed.emit()

    def chosen(self, settings: Settings) -> Settings:
        """The settings with what is chosen here."""
        source = self.source
        return replace(
            settings,
            exercise=self.exercise.id,
            variant=self.variant_box.currentData() or "",
            side=self.side_box.currentData(),
            view=self.view_box.currentData(),
            camera=source.name if source is not None and source.camera is not None else settings.camera,
        )

    def set_sources(self, sources: Iterable[SourceChoice], wanted: str) -> None:
        """Offer these; keep the one that is chosen, else choose the one called `wanted`, else the first."""
        now = self.source
        self.source_box.blockSignals(True)
        self.source_box.clear()
        for source in sources:
            self.source_box.addItem(source.name, source)
        name = now.name if now is not None and self.source_box.findText(now.name) >= 0 else wanted
        self.source_box.setCurrentIndex(max(0, self.source_box.findText(name)))
        self.source_box.blockSignals(False)
        if self.source != now:
            self.changed.emit()

    def choose_source(self, name: str) -> None:
        self.source_box.setCurrentIndex(self.source_box.findText(name))

    def set_running(self, running: bool) -> None:
        """While a set runs nothing can be changed, only ended."""
        for box in (self.exercise_box, self.variant_box, self.side_box, self.view_box, self.source_box):
            box.setEnabled(not running)
        self.start_button.setVisible(not running)
        self.stop_button.setVisible(running)

    def _exercise_chosen(self) -> None:
        self._fill_variants()
        self.changed.emit()

    def _fill_variants(self) -> None:
        self.variant_box.blockSignals(True)
        self.variant_box.clear()
        if self.exercise.find_variant is not None:
            self.variant_box.addItem(tr("Find the variant"), "")
        for variant in self.exercise.variants:
            self.variant_box.addItem(tr(variant.title), variant.name)
        self.variant_box.blockSignals(False)
        by_view = asks_view(self.exercise)
        for box, shown in ((self.side_box, not by_view), (self.view_box, by_view)):
            self._named[box].setVisible(shown)


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    return box


def _choose(box: QComboBox, data: str) -> None:
    box.setCurrentIndex(max(0, box.findData(data)))
