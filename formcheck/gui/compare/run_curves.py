"""Of runs that are compared: each half's side over the gait cycle, as the mean curve of all its strides with their spread."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox

from formcheck.exercises.contract import Exercise
from formcheck.gui.compare.compare_half import CompareHalf
from formcheck.gui.review.review_state import Review
from formcheck.gui.running.side_plot import Drawn, SidePlot, gait_marks
from formcheck.measurement.running.cycles import SHARES, Cycle, cycles
from formcheck.report.words import quantity_title, unit_words
from formcheck.results import Side
from formcheck.session.layout import series
from formcheck.session.tables import read_curves
from formcheck.system.language import tr

Cycles = dict[str, dict[Side, Cycle]]


class RunCurves(SidePlot):
    """begin() with the halves that are filled, draw() whenever another stance or quantity is chosen."""

    def __init__(self) -> None:
        super().__init__(tr("Curves over the gait cycle of both halves"))
        self._known: dict[str, Cycles] = {}

    def begin(self, halves: Sequence[CompareHalf], box: QComboBox) -> None:
        """Fill the box with what both have curves of."""
        found = [self._of(half.review) for half in halves if half.review is not None]
        exercise = next(half.review.exercise for half in halves if half.review is not None)
        box.clear()
        for name in found[0] if found else ():
            if all(name in of for of in found):
                box.addItem(quantity_title(exercise.id, name), name)

    def draw(self, halves: Sequence[CompareHalf], quantity: str | None, share: float) -> None:
        """share: 0-1 of the gait cycle, where the cursor stands."""
        lines = []
        for i, half in enumerate(halves):
            side = half.rep.side if half.rep is not None else None
            curve = self._of(half.review).get(quantity or "", {}).get(side) if half.review is not None and side else None
            if curve is not None:
                left = tr("{half}, left foot", half=half.name)
                name = left if side is Side.LEFT else tr("{half}, right foot", half=half.name)
                lines.append(Drawn(name, 100 * SHARES, curve.mean, curve.spread, second=i > 0))
        self.show_lines(
            lines,
            x_words=tr("% of the gait cycle, from one contact of the foot to its next"),
            y_words=unit_words(_unit(halves, quantity)),
            marks=gait_marks(halves[0].review.session.reps if halves[0].review is not None else ()),
            cursor=100 * share,
        )

    def _of(self, review: Review | None) -> Cycles:
        """Read once a session."""
        if review is None:
            return {}
        key = str(review.folder)
        if key not in self._known:
            frames = read_curves(series(review.folder))
            self._known[key] = cycles(review.session.reps, frames) if frames is not None else {}
        return self._known[key]


def _unit(halves: Sequence[CompareHalf], quantity: str | None) -> str:
    exercise: Exercise | None = next((half.review.exercise for half in halves if half.review is not None), None)
    return next((q.unit for q in exercise.quantities if q.name == quantity), "deg") if exercise is not None else "deg"
