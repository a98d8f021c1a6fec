"""The settings, on a few tabs. chosen() gives them; nothing is changed before OK."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from formcheck.exercises.contract import Exercise
from formcheck.gui.settings.limits_editor import LimitsEditor
from formcheck.gui.widgets.card import label
from formcheck.system.language import languages, tr
from formcheck.system.settings import TEXT_SIZES, Settings, default_sessions_folder

SIZES = ((640, 480), (1280, 720), (1920, 1080))


class SettingsDialog(QDialog):
    def __init__(self, exercises: Mapping[str, Exercise], settings: Settings, *, speaks: bool, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self.setMinimumSize(560, 460)
        self._settings = settings
        self.theme = _choice(("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark")), now=settings.theme)
        self.text_size = _choice(*((size, f"{size} %") for size in TEXT_SIZES), now=settings.text_size)
        names = {"en": "English"}
        codes = [("system", tr("As the system")), *((code, names.get(code, code)) for code in languages())]
        self.language = _choice(*codes, now=settings.language)
        self.units = _choice(("metric", tr("Metres")), ("imperial", tr("Feet")), now=settings.units)
        self.turn_text = QCheckBox(tr("&Turn the count and the cue for someone who lies on the side"))
        self.graph = QCheckBox(tr("Show the &graph during a set"))
        self.camera_size = _choice(*((size, f"{size[0]} × {size[1]}") for size in SIZES), now=settings.camera_size)
        self.mirror = QCheckBox(tr("Show the picture as a &mirror does"))
        self.record = QCheckBox(tr("&Record the annotated video of each set"))
        self.record_raw = QCheckBox(tr("Keep the picture without annotation &as well"))
        self.hide_face = QCheckBox(tr("Make the &face unrecognisable in the annotated video"))
        self.guide = QCheckBox(tr("&Check the set-up and count down before a set"))
        self.ask_pain = QCheckBox(tr("Ask for &pain and effort after a set"))
        self.sounds = QCheckBox(tr("&Sounds"))
        self.speech = QCheckBox(tr("S&peak the cues"))
        self.speech.setEnabled(speaks)
        people = (False, tr("One person, without clients")), (True, tr("A clinic, with clients"))
        self.clinic = _choice(*people, now=settings.clinic)
        self.sessions_folder = QLineEdit(settings.sessions_folder)
        self.sessions_folder.setPlaceholderText(str(default_sessions_folder()))
        self.model = QLineEdit(settings.model)
        self.model.setPlaceholderText(tr("The program's own"))
        for name in (
            "turn_text",
            "graph",
            "mirror",
            "record",
            "record_raw",
            "hide_face",
            "guide",
            "ask_pain",
            "sounds",
            "speech",
        ):
            getattr(self, name).setChecked(getattr(settings, name))
        self.limits = LimitsEditor(exercises, settings)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._look_tab(), tr("&Look"))
        self.tabs.addTab(self._set_tab(speaks), tr("&Set and camera"))
        self.tabs.addTab(self.limits, tr("L&imits"))
        self.tabs.addTab(self._files_tab(), tr("&Files"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs)
        layout.addWidget(buttons)

    def chosen(self) -> Settings:
        return replace(
            self._settings,
            theme=self.theme.currentData(),
            text_size=self.text_size.currentData(),
            language=self.language.currentData(),
            units=self.units.currentData(),
            camera_size=tuple(self.camera_size.currentData()),
            clinic=bool(self.clinic.currentData()),
            sessions_folder=self.sessions_folder.text().strip(),
            model=self.model.text().strip(),
            turn_text=self.turn_text.isChecked(),
            graph=self.graph.isChecked(),
            mirror=self.mirror.isChecked(),
            record=self.record.isChecked(),
            record_raw=self.record_raw.isChecked(),
            hide_face=self.hide_face.isChecked(),
            guide=self.guide.isChecked(),
            ask_pain=self.ask_pain.isChecked(),
            sounds=self.sounds.isChecked(),
            speech=self.speech.isChecked(),
            strictness=self.limits.strictness,
            custom_limits=self.limits.custom,
        )

    def _look_tab(self) -> QWidget:
        page, form = _page()
        form.addRow(tr("&Theme"), self.theme)
        form.addRow(tr("Te&xt size"), self.text_size)
        form.addRow(tr("L&anguage"), self.language)
        form.addRow("", label(tr("Another language is used from the next start."), "secondary"))
        form.addRow(tr("&Units"), self.units)
        form.addRow("", self.turn_text)
        form.addRow("", self.graph)
        return page

    def _set_tab(self, speaks: bool) -> QWidget:
        page, form = _page()
        form.addRow(tr("Camera picture"), self.camera_size)
        for box in (
            self.mirror,
            self.record,
            self.record_raw,
            self.hide_face,
            self.guide,
            self.ask_pain,
            self.sounds,
            self.speech,
        ):
            form.addRow("", box)
        if not speaks:
            form.addRow("", label(tr("Qt's speech module is not installed: tones are used instead."), "secondary"))
        return page

    def _files_tab(self) -> QWidget:
        page, form = _page()
        form.addRow(tr("&Used by"), self.clinic)
        form.addRow("", label(tr("With clients, each set belongs to one, and nothing is recorded before consent."), "secondary"))
        form.addRow(tr("&Sessions"), self._with_button(self.sessions_folder, self._choose_folder))
        form.addRow("", label(tr("Everything stays on this computer."), "secondary"))
        form.addRow(tr("Pose &model"), self._with_button(self.model, self._choose_model))
        return page

    def _with_button(self, line: QLineEdit, choose: object) -> QWidget:
        button = QPushButton(tr("Choose…"))
        button.clicked.connect(choose)
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(line, 1)
        layout.addWidget(button)
        return row

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Folder for sessions"), self.sessions_folder.text())
        if folder:
            self.sessions_folder.setText(str(Path(folder)))

    def _choose_model(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Pose model"), self.model.text(), "*.task")
        if name:
            self.model.setText(str(Path(name)))


def _page() -> tuple[QWidget, QFormLayout]:
    page = QWidget()
    form = QFormLayout(page)
    form.setVerticalSpacing(10)
    return page, form


def _choice(*items: tuple[object, str], now: object) -> QComboBox:
    box = QComboBox()
    for data, words in items:
        box.addItem(words, data)
    at = next((i for i, (data, _) in enumerate(items) if data == now), 0)
    box.setCurrentIndex(at)
    return box
