"""Asks as what a whole set is to be measured again."""

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout

from formcheck.exercises.contract import Exercise
from formcheck.gui.widgets.card import label
from formcheck.results import Chosen, Session, Side
from formcheck.system.language import tr


class AgainDialog(QDialog):
    def __init__(self, session: Session, exercises: Mapping[str, Exercise]) -> None:
        super().__init__()
        self.setWindowTitle(tr("Measure the set again"))
        self.setMinimumWidth(420)
        self._exercises = exercises
        self.exercise_box, self.variant_box, self.side_box = QComboBox(), QComboBox(), QComboBox()
        for exercise in exercises.values():
            self.exercise_box.addItem(tr(exercise.title), exercise.id)
        for code, words in ((None, tr("Find the side")), (Side.LEFT, tr("Left")), (Side.RIGHT, tr("Right"))):
            self.side_box.addItem(words, code)
        self.exercise_box.setCurrentIndex(max(0, self.exercise_box.findData(session.exercise)))
        self._show_variants()
        self.variant_box.setCurrentIndex(max(0, self.variant_box.findData(session.variant)))
        self.side_box.setCurrentIndex(max(0, self.side_box.findData(session.side)))
        self.exercise_box.currentIndexChanged.connect(self._show_variants)
        form = QFormLayout(self)
        form.addRow(tr("&Exercise"), self.exercise_box)
        form.addRow(tr("&Variant"), self.variant_box)
        form.addRow(tr("Si&de"), self.side_box)
        form.addRow(
            label(
                tr("The repetitions are counted anew. What the program found at first is kept, and this can be undone."),
                "secondary",
            )
        )
        buttons = QDialogButtonBox()
        self.go = buttons.addButton(tr("&Measure again"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setObjectName("primary")
        buttons.addButton(tr("&Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    @property
    def chosen(self) -> Chosen:
        sided = self._exercise.find_side is not None
        side = self.side_box.currentData() if sided else None
        return Chosen(self._exercise.id, self.variant_box.currentData(), Side(side) if side else None)

    @property
    def _exercise(self) -> Exercise:
        return self._exercises[self.exercise_box.currentData()]

    def _show_variants(self) -> None:
        self.variant_box.clear()
        for variant in self._exercise.variants:
            self.variant_box.addItem(tr(variant.title), variant.name)
        self.side_box.setEnabled(self._exercise.find_side is not None)
