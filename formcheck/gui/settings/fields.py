"""A widget for each kind of setting, filled from the table and read back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from formcheck.gui.widgets.numbers import CountBox
from formcheck.system import setting_kinds as kinds
from formcheck.system.language import languages, tr
from formcheck.system.setting_kinds import Kind, Setting
from formcheck.system.settings import default_sessions_folder


class Field(Protocol):
    """One setting in the dialog."""

    widget: QWidget

    def value(self) -> Any: ...

    def set_value(self, value: Any) -> None: ...


class FlagField:
    def __init__(self, setting: Setting) -> None:
        self.widget: QWidget = QCheckBox(tr(setting.words))

    def value(self) -> bool:
        return self._box.isChecked()

    def set_value(self, value: bool) -> None:
        self._box.setChecked(value)

    @property
    def _box(self) -> QCheckBox:
        assert isinstance(self.widget, QCheckBox)
        return self.widget


class ChoiceField:
    """A value that is not among the options, from a file for instance, is offered beside them."""

    def __init__(self, options: list[tuple[Any, str]]) -> None:
        self.box = QComboBox()
        self.widget: QWidget = self.box
        self._values: list[Any] = []
        for value, words in options:
            self._add(value, words)

    def value(self) -> Any:
        return self._values[self.box.currentIndex()]

    def set_value(self, value: Any) -> None:
        if value not in self._values:
            self._add(value, _size_words(value) if isinstance(value, tuple) else str(value))
        self.box.setCurrentIndex(self._values.index(value))

    def _add(self, value: Any, words: str) -> None:
        self._values.append(value)
        self.box.addItem(words)


class CountField:
    def __init__(self, setting: Setting) -> None:
        assert isinstance(setting.kind, kinds.Count)
        self._box = CountBox(1, setting.kind.most)
        self.widget: QWidget = self._box

    def value(self) -> int:
        return self._box.value()

    def set_value(self, value: int) -> None:
        self._box.setValue(value)


class TextField:
    """A line of text; with `choose`, and a button that asks for it."""

    def __init__(self, empty: str = "", choose: Callable[[QWidget, str], str] | None = None) -> None:
        """empty: what an empty line stands for; choose: what to put in instead of what is there, empty when cancelled."""
        self._line = QLineEdit()
        self._line.setPlaceholderText(empty)
        self.widget: QWidget = self._line
        if choose is None:
            return
        self.widget = QWidget()
        self.widget.setFocusProxy(self._line)
        button = QPushButton(tr("Choose…"))
        button.clicked.connect(lambda: self.set_value(choose(self.widget, self.value()) or self.value()))
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._line, 1)
        row.addWidget(button)

    def value(self) -> str:
        return self._line.text().strip()

    def set_value(self, value: str) -> None:
        self._line.setText(value)


def field_for(setting: Setting) -> Field:
    """A widget for a setting; TypeError for a kind that has none yet."""
    for kind, make in _FIELDS.items():
        if type(setting.kind) is kind:
            return make(setting)
    raise TypeError(f"{setting.name}: no widget for {type(setting.kind).__name__}")


def _choice(setting: Setting) -> Field:
    assert isinstance(setting.kind, kinds.Choice)
    return ChoiceField([(value, tr(words)) for value, words in setting.kind.options])


def _language(_: Setting) -> Field:
    named = [(code, QLocale(code).nativeLanguageName() if code != "en" else "English") for code in languages()]
    return ChoiceField([("system", tr("As the system")), *named])


def _picture_size(_: Setting) -> Field:
    return ChoiceField([(size, _size_words(size)) for size in kinds.SIZES])


def _size_words(size: tuple[int, ...]) -> str:
    return tr("{width} × {height}", width=size[0], height=size[1])


def _folder(setting: Setting) -> Field:
    def choose(parent: QWidget, now: str) -> str:
        folder = QFileDialog.getExistingDirectory(parent, tr("Choose a folder"), now)
        return str(Path(folder)) if folder else ""

    return TextField(str(default_sessions_folder()) if setting.name == "sessions_folder" else "", choose)


def _file(setting: Setting) -> Field:
    assert isinstance(setting.kind, kinds.FilePath)
    pattern = setting.kind.pattern

    def choose(parent: QWidget, now: str) -> str:
        name, _ = QFileDialog.getOpenFileName(parent, tr("Choose a file"), now, pattern)
        return str(Path(name)) if name else ""

    return TextField(tr("The program's own"), choose)


_FIELDS: dict[type[Kind], Callable[[Setting], Field]] = {
    kinds.Flag: FlagField,
    kinds.Choice: _choice,
    kinds.Count: CountField,
    kinds.Text: lambda _: TextField(),
    kinds.LanguageCode: _language,
    kinds.PictureSize: _picture_size,
    kinds.FolderPath: _folder,
    kinds.FilePath: _file,
}
