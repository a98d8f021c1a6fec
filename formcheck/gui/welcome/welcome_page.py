"""First steps: one page with four cards, of which none must be done. It only shows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFormLayout, QGridLayout, QHBoxLayout, QPushButton, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from formcheck.gui.settings.fields import ChoiceField, field_for
from formcheck.gui.video.picture import PictureView
from formcheck.gui.widgets.card import card, label
from formcheck.system.language import tr
from formcheck.system.settings import SETTINGS, Settings

MARGINS = 40
"""px for the bar beside the steps and the gap between them."""
LOOK = ("language", "theme", "text_size")


class WelcomePage(QWidget):
    look_changed = Signal(str, object)
    """A setting's name and its new value."""
    clinic_changed = Signal(bool)
    test_camera = Signal()
    """Begin, or end."""
    test_sound = Signal()
    demo = Signal()
    done = Signal()

    def __init__(self, no_speech: str = "") -> None:
        """no_speech: why nothing can be spoken here; empty where something can."""
        super().__init__()
        self.looks = {name: field_for(SETTINGS[name]) for name in LOOK}
        self.me = QRadioButton(tr("&Me: no clients, nothing to fill in"))
        self.clinic = QRadioButton(tr("A c&linic: each set belongs to a client, who agrees first"))
        self.picture = PictureView(tr("Picture of the camera"))
        self.camera_button = QPushButton()
        self.sound_button = QPushButton(tr("Test the &sound"))
        self.sound_words = label(no_speech, "secondary")
        self.demo_button = QPushButton(tr("Play the d&emo set"))
        self.done_button = QPushButton(tr("&Done"))
        self.done_button.setObjectName("primary")
        self.show_testing(False)
        self._lay_out()
        self.clinic.toggled.connect(self.clinic_changed)
        for button, signal in (
            (self.camera_button, self.test_camera),
            (self.sound_button, self.test_sound),
            (self.demo_button, self.demo),
            (self.done_button, self.done),
        ):
            button.clicked.connect(signal)

    def show_settings(self, settings: Settings) -> None:
        for name, field in self.looks.items():
            assert isinstance(field, ChoiceField)
            field.box.blockSignals(True)
            field.set_value(getattr(settings, name))
            field.box.blockSignals(False)
        chosen = self.clinic if settings.clinic else self.me
        self.clinic.blockSignals(True)
        chosen.setChecked(True)
        self.clinic.blockSignals(False)

    def show_testing(self, running: bool) -> None:
        self.camera_button.setText(tr("End the &test") if running else tr("&Test the camera"))

    def _lay_out(self) -> None:
        page = QWidget()
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setRowStretch(4, 1)
        self._steps = (self._look(), self._who(), self._camera(), self._demo())
        self._place(2)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(tr("First steps"))
        area.setWidget(page)
        end = QHBoxLayout()
        end.addWidget(label(tr("You can leave at any time: Help, First steps leads back here."), "secondary"), 1)
        end.addWidget(self.done_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(tr("First steps"), "title"))
        layout.addWidget(area, 1)
        layout.addLayout(end)

    def _place(self, columns: int) -> None:
        for i, step in enumerate(self._steps):
            self._grid.addWidget(step, i // columns, i % columns)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Two steps beside each other, where the words are not too large for that."""
        super().resizeEvent(event)
        widest = max(step.minimumSizeHint().width() for step in self._steps)
        self._place(2 if 2 * widest + MARGINS <= self.width() else 1)

    def _look(self) -> QWidget:
        frame, layout = card()
        layout.addWidget(label(tr("1. Language and look"), "heading"))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name, field in self.looks.items():
            words = tr(SETTINGS[name].words)
            field.widget.setAccessibleName(words.replace("&", ""))
            form.addRow(words, field.widget)
            assert isinstance(field, ChoiceField)
            field.box.currentIndexChanged.connect(lambda _, name=name, field=field: self.look_changed.emit(name, field.value()))
        layout.addLayout(form)
        layout.addStretch()
        return frame

    def _who(self) -> QWidget:
        frame, layout = card()
        layout.addWidget(label(tr("2. Who uses it?"), "heading"))
        layout.addWidget(self.me)
        layout.addWidget(self.clinic)
        layout.addWidget(label(tr("Either way everything stays on this computer. The settings change it later."), "secondary"))
        layout.addStretch()
        return frame

    def _camera(self) -> QWidget:
        frame, layout = card()
        layout.addWidget(label(tr("3. Camera and sound"), "heading"))
        layout.addWidget(label(tr("Choose the camera above. Your whole body must be in the picture, head and feet.")))
        self.picture.setFixedHeight(220)
        layout.addWidget(self.picture, 1)
        row = QHBoxLayout()
        row.addWidget(self.camera_button)
        row.addWidget(self.sound_button)
        row.addStretch()
        layout.addLayout(row)
        self.sound_words.setVisible(bool(self.sound_words.text()))
        layout.addWidget(self.sound_words)
        return frame

    def _demo(self) -> QWidget:
        frame, layout = card()
        layout.addWidget(label(tr("4. A set to look at"), "heading"))
        layout.addWidget(
            label(
                tr(
                    "A recorded clip is played as if it were you: you see the count, hear the cues, and read the summary. "
                    "It is not kept with your sessions."
                )
            )
        )
        row = QHBoxLayout()
        row.addWidget(self.demo_button)
        row.addStretch()
        layout.addLayout(row)
        layout.addStretch()
        return frame
