"""Before a set: what the exercise is for, how it should feel, where the camera belongs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from formcheck.exercises.contract import Exercise
from formcheck.gui.guide.camera_plan import CameraPlan
from formcheck.gui.guide.figure_view import FigureView
from formcheck.gui.plans.plan_card import PlanCard
from formcheck.gui.widgets.card import card, label
from formcheck.gui.widgets.words import sentence
from formcheck.system.language import tr
from formcheck.system.settings import Settings

METRES_IN_FOOT = 0.3048


class GuidePage(QWidget):
    """Text at the left, drawings at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._exercise: Exercise | None = None
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setObjectName("read")
        self._area.setAccessibleName(tr("Guide"))
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.plan = PlanCard()
        layout.addWidget(self.plan)
        layout.addWidget(self._area, 1)

    def show_exercise(self, exercise: Exercise, variant: str, settings: Settings) -> None:
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.addWidget(self._text(exercise, variant), 3)
        columns.addWidget(self._pictures(exercise, settings), 2)
        self._area.setWidget(page)

    def _text(self, exercise: Exercise, variant: str) -> QWidget:
        frame, layout = card()
        guide = exercise.guide
        layout.addWidget(label(tr(exercise.title), "title"))
        words = next((v.words for v in exercise.variants if v.name == variant), "")
        for heading, text in (
            ("", guide.purpose),
            (tr("Start position"), guide.start),
            (tr("Movement"), guide.movement),
            (tr("This variant"), words),
            (tr("How it should feel"), guide.feel),
        ):
            if text:
                if heading:
                    layout.addWidget(label(heading, "heading"))
                layout.addWidget(label(tr(text)))
        layout.addWidget(label(tr("Avoid"), "heading"))
        layout.addWidget(label("\n".join(tr("•  {point}", point=tr(text)) for text in guide.avoid)))
        layout.addWidget(label(tr("When to stop"), "heading"))
        layout.addWidget(label(tr(guide.stop)))
        layout.addStretch()
        layout.addWidget(label(tr("Movement feedback and education, not medical advice."), "secondary"))
        return frame

    def _pictures(self, exercise: Exercise, settings: Settings) -> QWidget:
        frame, layout = card()
        if exercise.scene is not None:
            layout.addWidget(label(tr("Start and end"), "heading"))
            row = QHBoxLayout()
            row.addWidget(FigureView(exercise, "start", tr("Drawing of the start position")))
            row.addWidget(FigureView(exercise, "end", tr("Drawing of the end position")))
            layout.addLayout(row)
        layout.addWidget(label(tr("Place of the camera, seen from above"), "heading"))
        layout.addWidget(CameraPlan(exercise))
        layout.addWidget(label(sentence(tr(exercise.camera.words))))
        layout.addWidget(label(_distance_words(exercise, settings.units), "secondary"))
        layout.addStretch()
        return frame


def _distance_words(exercise: Exercise, units: str) -> str:
    camera = exercise.camera
    factor, unit = (1 / METRES_IN_FOOT, tr("ft")) if units == "imperial" else (1.0, tr("m"))
    near, far = (x * factor for x in camera.distance_m)
    low, high = (x * factor for x in camera.height_m)
    return tr(
        "Distance {near:.1f}-{far:.1f} {unit}, lens {low:.1f}-{high:.1f} {unit} above the floor.",
        near=near,
        far=far,
        low=low,
        high=high,
        unit=unit,
    )
