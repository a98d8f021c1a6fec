"""The rest between two sets of a plan, running down."""

from PySide6.QtCore import QDeadlineTimer, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from formcheck.gui.plans.plan_words import item_title, set_words
from formcheck.gui.widgets.big_text import BigText
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.theme import current
from formcheck.library.services import NextSet
from formcheck.system.language import tr

TICK_MS = 200


class RestCard(QFrame):
    """Counts the rest down and then says `over`. Hidden while nobody rests."""

    over = Signal(object)
    """NextSet: it is to begin."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._next_set: NextSet | None = None
        self._deadline = QDeadlineTimer()
        self.count = BigText(tr("Rest"), largest=88)
        self.count.setFixedHeight(96)
        self.words = label("", "heading")
        self.skip_button = QPushButton(tr("S&kip the rest"))
        self.skip_button.setObjectName("primary")
        self.stop_button = QPushButton(tr("&Leave the plan for now"))
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.skip_button.clicked.connect(self._over)
        self.stop_button.clicked.connect(self.stop)
        buttons = QVBoxLayout()
        buttons.addWidget(self.words)
        row = QHBoxLayout()
        row.addWidget(self.skip_button)
        row.addWidget(self.stop_button)
        row.addStretch()
        buttons.addLayout(row)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.addWidget(self.count, 1)
        layout.addLayout(buttons, 2)
        self.hide()

    def begin(self, next_set: NextSet, seconds: float) -> None:
        """Rest before this set."""
        self._next_set = next_set
        self._deadline = QDeadlineTimer(round(seconds * 1000))
        self.words.setText(tr("Then: {item}. {set}", item=item_title(next_set.item), set=set_words(next_set)))
        self.show()
        self._tick()
        self._timer.start()
        self.skip_button.setFocus()

    def stop(self) -> None:
        """No rest any more, and no set after it."""
        self._timer.stop()
        self._next_set = None
        self.hide()

    def _tick(self) -> None:
        left = -(-self._deadline.remainingTime() // 1000)
        minutes, seconds = divmod(max(0, left), 60)
        self.count.set_text(tr("Rest {time}", time=f"{minutes}:{seconds:02d}"), current().text, current().raised)
        if left <= 0:
            self._over()

    def _over(self) -> None:
        next_set = self._next_set
        self.stop()
        if next_set is not None:
            self.over.emit(next_set)
