"""The tools with which somebody puts the repetitions of a reviewed set right. It only says what was clicked."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QPushButton, QVBoxLayout, QWidget

from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.flow_layout import FlowLayout
from formcheck.results import Side
from formcheck.system.language import tr


class CorrectBar(QFrame):
    """show_state() says what can be done now."""

    mark_start = Signal()
    mark_end = Signal()
    remove = Signal()
    split = Signal()
    merge = Signal()
    start_here = Signal()
    end_here = Signal()
    measure_again = Signal()
    follow_another = Signal(bool)
    """Whether a click in the picture now says who is followed."""
    undo = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Put right by hand"))
        self.words = label("", "secondary")
        self.mark_start_button = _tool(tr("Mark a start"), tr("A repetition that was missed starts at this moment"), "[")
        self.mark_end_button = _tool(tr("Mark its end"), tr("The missed repetition ends at this moment, and is measured"), "]")
        self.side_box = QComboBox()
        self.side_box.setAccessibleName(tr("Side of the marked repetition"))
        for side, words in ((Side.LEFT, tr("Left")), (Side.RIGHT, tr("Right"))):
            self.side_box.addItem(words, side)
        self.remove_button = _tool(tr("Remove"), tr("This is no repetition"))
        self.split_button = _tool(tr("Split here"), tr("These are two repetitions: the second one starts at this moment"))
        self.merge_button = _tool(tr("Merge with the next"), tr("This repetition and the next one are one"))
        self.start_button = _tool(tr("Starts here"), tr("Move the start of this repetition, or of the next one, to this moment"))
        self.end_button = _tool(tr("Ends here"), tr("Move the end of this repetition, or of the one before, to this moment"))
        self.again_button = _tool(tr("Another exercise or side…"), tr("Measure the whole set again as something else"))
        self.follow_button = _tool(tr("Follow somebody else"), tr("Click the right person in the first picture"))
        self.follow_button.setCheckable(True)
        self.undo_button = _tool(tr("Undo the last change"), tr("Everything is as it was before it"))
        tools = QWidget()
        row = FlowLayout(tools, gap=8)
        for widget in (
            self.mark_start_button, self.side_box, self.mark_end_button, self.remove_button, self.split_button, self.merge_button,
            self.start_button, self.end_button, self.again_button, self.follow_button, self.undo_button,
        ):  # fmt: skip
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(tools)
        layout.addWidget(self.words)
        for button, signal in (
            (self.mark_start_button, self.mark_start), (self.mark_end_button, self.mark_end), (self.remove_button, self.remove),
            (self.split_button, self.split), (self.merge_button, self.merge), (self.start_button, self.start_here),
            (self.end_button, self.end_here), (self.again_button, self.measure_again), (self.undo_button, self.undo),
        ):  # fmt: skip
            button.clicked.connect(signal)
        self.follow_button.toggled.connect(self.follow_another)

    def show_state(self, words: str, *, rep: bool, marked: bool, sides: bool, changed: bool, film: bool, busy: bool) -> None:
        """rep: the film is in a repetition; marked: a start was marked; sides: the marked side must be said; changed: something
        can be undone; film: there is a picture to click in; busy: nothing can be done until what runs is over."""
        self.words.setText(words)
        self.side_box.setVisible(sides)
        for button, on in (
            (self.mark_start_button, True), (self.mark_end_button, marked), (self.remove_button, rep), (self.split_button, rep),
            (self.merge_button, rep), (self.start_button, True), (self.end_button, True), (self.again_button, True),
            (self.follow_button, film), (self.undo_button, changed),
        ):  # fmt: skip
            button.setEnabled(on and not busy)


def _tool(words: str, tip: str, shortcut: str = "") -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(f"{tip} ({shortcut})" if shortcut else tip)
    button.setAccessibleDescription(tip)
    if shortcut:
        button.setShortcut(shortcut)
    return button
