"""What comes next in the plan, to begin with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from formcheck.gui.plans.plan_words import adherence_words, item_title, set_words
from formcheck.gui.widgets.card import label
from formcheck.library.services import LibraryContent, NextSet
from formcheck.system.language import tr


class PlanCard(QFrame):
    """Hidden where there is no plan."""

    start = Signal(object)
    """NextSet"""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._next_set: NextSet | None = None
        self.title = label("", "heading")
        self.words = label("")
        self.adherence = label("", "secondary")
        self.start_button = QPushButton(tr("Start this se&t"))
        self.start_button.setObjectName("primary")
        self.start_button.clicked.connect(lambda: self.start.emit(self._next_set))
        words = QVBoxLayout()
        for line in (self.title, self.words, self.adherence):
            words.addWidget(line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.addLayout(words, 1)
        layout.addWidget(self.start_button)
        self.hide()

    def show_content(self, content: LibraryContent) -> None:
        self._next_set = next_set = content.next_set
        self.setVisible(bool(content.plans))
        self.start_button.setVisible(next_set is not None)
        self.words.setVisible(next_set is not None)
        if next_set is None:
            titles = ", ".join(plan.title for plan in content.plans)
            self.title.setText(tr("Done for today: {plan}", plan=titles))
            self.adherence.setText("")
        else:
            self.title.setText(tr("Next in the plan “{plan}”: {item}", plan=next_set.plan.title, item=item_title(next_set.item)))
            self.words.setText("\n".join(line for line in (set_words(next_set), next_set.item.words) if line))
            self.adherence.setText(_followed(content, next_set))
        self.adherence.setVisible(bool(self.adherence.text()))


def _followed(content: LibraryContent, next_set: NextSet) -> str:
    found = (
        done
        for plan, items in content.done
        if plan.uid == next_set.plan.uid
        for done in items
        if done.item.uid == next_set.item.uid
    )
    return next((tr("Done in full: {days}", days=adherence_words(done)) for done in found), "")
