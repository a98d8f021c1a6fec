"""The sessions of the library: the chosen client's, or the owner's in runner mode."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from formcheck import __version__
from formcheck.gui.clients.client_bar import client_title
from formcheck.gui.widgets.card import card, label
from formcheck.gui.widgets.flow_layout import FlowLayout
from formcheck.gui.widgets.tables import chosen_rows, fill, table
from formcheck.gui.widgets.words import side_words
from formcheck.library.services import LibraryContent
from formcheck.library.store.index import Entry
from formcheck.report.words import exercise_title
from formcheck.system.language import moment_words, tr, trn


class SessionsPage(QWidget):
    """Emits what is to be done with the chosen entries."""

    open = Signal(object)
    """Entry"""
    compare = Signal(object, object)
    """Two entries: left and right where they are of two sides."""
    report = Signal(object)
    """Entry"""
    send = Signal(object, bool)
    """Entries, and whether with videos."""
    receive = Signal(bool)
    """Whether with the videos in it."""
    add = Signal()
    give = Signal(object)
    """Entry: to another client."""
    redate = Signal(object)
    """Entry: of another day."""
    delete = Signal(object)
    """Entries"""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[Entry, ...] = ()
        self.title = label("", "title")
        self.words = label("", "secondary")
        self.table = table(
            [tr("Exercise"), tr("Side"), tr("When"), tr("Clean"), tr("Video"), tr("Measured by")], tr("Sessions of the library")
        )
        self.open_button = QPushButton(tr("&Open"))
        self.compare_button = QPushButton(tr("Co&mpare two"))
        self.report_button = QPushButton(tr("Re&port…"))
        self.send_button = QPushButton(tr("&Send…"))
        self.receive_button = QPushButton(tr("Recei&ve…"))
        self.add_button = QPushButton(tr("&Add a session folder…"))
        self.move_button = QPushButton(tr("Mo&ve to a client…"))
        self.date_button = QPushButton(tr("Chan&ge the date…"))
        self.delete_button = QPushButton(tr("&Delete…"))
        self.close_button = QPushButton(tr("&Close"))
        self.videos = QCheckBox(tr("&with videos"))
        self.videos.setMinimumHeight(self.open_button.sizeHint().height())  # in one line with the buttons
        self.videos.setToolTip(tr("Send and receive the videos too"))
        self._lay_out()
        self.table.itemSelectionChanged.connect(self._show_state)
        self.table.itemDoubleClicked.connect(lambda _: self._with_first(self.open))
        self.open_button.clicked.connect(lambda: self._with_first(self.open))
        self.report_button.clicked.connect(lambda: self._with_first(self.report))
        self.move_button.clicked.connect(lambda: self._with_first(self.give))
        self.date_button.clicked.connect(lambda: self._with_first(self.redate))
        self.compare_button.clicked.connect(self._compare)
        self.send_button.clicked.connect(lambda: self.send.emit(self.chosen or self._entries, self.videos.isChecked()))
        self.receive_button.clicked.connect(lambda: self.receive.emit(self.videos.isChecked()))
        self.add_button.clicked.connect(self.add)
        self.delete_button.clicked.connect(lambda: self.delete.emit(self.chosen))
        self.close_button.clicked.connect(self.closed)

    @property
    def chosen(self) -> tuple[Entry, ...]:
        return tuple(self._entries[row] for row in chosen_rows(self.table))

    def show_content(self, content: LibraryContent) -> None:
        self.move_button.setVisible(bool(content.clients))
        if content.entries == self._entries and self.table.rowCount():
            self._show_title(content)
            return
        self._entries = content.entries
        fill(
            self.table,
            [
                (
                    tr(exercise_title(e.exercise)),
                    side_words(e.side) if e.side else "",
                    moment_words(e.when),
                    tr("{clean} of {reps}", clean=e.clean_reps, reps=e.reps),
                    tr("yes") if e.uid in content.videos else "",
                    e.program if e.program == __version__ else tr("{version} (older)", version=e.program),
                )
                for e in content.entries
            ],
        )
        self._show_title(content)
        self._show_state()

    def _show_title(self, content: LibraryContent) -> None:
        self.title.setText(
            tr("Sessions of {client}", client=client_title(content.client)) if content.client else tr("Your sessions")
        )

    def _show_state(self) -> None:
        count = len(self.chosen)
        self.open_button.setEnabled(count == 1)
        for button in (self.report_button, self.move_button, self.date_button):
            button.setEnabled(count == 1)
        self.compare_button.setEnabled(count == 2)
        self.delete_button.setEnabled(count > 0)
        self.send_button.setEnabled(bool(self._entries))
        if not self._entries:
            self.words.setText(tr("None yet. A set that has ended is kept here; a video is when it was analysed."))
        elif count == 0:
            self.words.setText(
                trn(
                    "{n} session. Choose it to open it; without a choice it is sent.",
                    "{n} sessions. Choose one to open it, two to compare them; without a choice all are sent.",
                    len(self._entries),
                )
            )
        else:
            self.words.setText(trn("{n} chosen", "{n} chosen", count))

    def _with_first(self, signal: object) -> None:
        if self.chosen:
            signal.emit(self.chosen[0])  # type: ignore[attr-defined]

    def _compare(self) -> None:
        first, second = self.chosen
        left, right = (second, first) if (second.side or "") == "left" and first.side != second.side else (first, second)
        self.compare.emit(left, right)

    def _lay_out(self) -> None:
        frame, inner = card()
        inner.addWidget(self.title)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.words)
        row = QWidget()
        buttons = FlowLayout(row)
        for button in (
            self.open_button,
            self.compare_button,
            self.report_button,
            self.send_button,
            self.receive_button,
            self.videos,
            self.add_button,
            self.move_button,
            self.date_button,
            self.delete_button,
            self.close_button,
        ):
            buttons.addWidget(button)
        inner.addWidget(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
