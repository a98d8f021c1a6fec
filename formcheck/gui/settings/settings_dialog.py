"""The settings, on a few tabs, built from the table in system/settings.py. chosen() gives them; nothing is changed before OK."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from formcheck.exercises.contract import Exercise
from formcheck.gui.settings.fields import Field, FlagField, field_for
from formcheck.gui.settings.limits_editor import LimitsEditor
from formcheck.gui.widgets.card import label
from formcheck.gui.widgets.scrolled import Scrolled, show_ground
from formcheck.system.language import tr
from formcheck.system.setting_kinds import Setting, Tab
from formcheck.system.settings import SETTINGS, Settings


class SettingsDialog(QDialog):
    def __init__(
        self,
        exercises: Mapping[str, Exercise],
        settings: Settings,
        *,
        unavailable: Mapping[str, str] | None = None,
        try_voice: Callable[[Settings], None] = lambda settings: None,
    ) -> None:
        """unavailable: settings that do nothing on this computer, by name, each with a sentence that says why.
        try_voice: says something as these settings would have it."""
        super().__init__()
        self.setWindowTitle(tr("Settings"))
        self.setMinimumSize(560, 460)
        self._settings = settings
        self._unavailable = unavailable or {}
        self.try_button = QPushButton(tr("Try the v&oice"))
        self.try_button.clicked.connect(lambda: try_voice(self.chosen()))
        self.fields: dict[str, Field] = {}
        """By the setting's name."""
        self.limits = LimitsEditor(exercises, settings)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._tab(Tab.LOOK), tr("&Look"))
        self.tabs.addTab(self._tab(Tab.SET), tr("&Set and camera"))
        self.tabs.addTab(self.limits, tr("L&imits"))
        self.tabs.addTab(self._tab(Tab.FILES), tr("&Files"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.limits.sound.connect(buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs)
        layout.addWidget(buttons)

    def show_settings(self, settings: Settings) -> None:
        """Fill it with these."""
        self._settings = settings
        for name, field in self.fields.items():
            field.set_value(getattr(settings, name))
        self.limits.show_settings(settings)

    def chosen(self) -> Settings:
        values: dict[str, Any] = {name: field.value() for name, field in self.fields.items()}
        return replace(self._settings, strictness=self.limits.strictness, custom_limits=self.limits.custom, **values)

    def _tab(self, tab: Tab) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setVerticalSpacing(8)
        for setting in SETTINGS.values():
            if setting.tab is tab:
                self._add(form, setting)
        area = Scrolled(page)
        show_ground(area, page)
        return area

    def _add(self, form: QFormLayout, setting: Setting) -> None:
        self.fields[setting.name] = field = field_for(setting)
        field.set_value(getattr(self._settings, setting.name))
        field.widget.setAccessibleName(tr(setting.words).replace("&", ""))
        if isinstance(field, FlagField):
            form.addRow(field.widget)
        else:
            form.addRow(tr(setting.words), field.widget)
        if setting.note:
            form.addRow(label(tr(setting.note), "secondary"))
        if setting.name == "count_every":
            form.addRow(self.try_button)
        if setting.name in self._unavailable:
            field.widget.setEnabled(False)
            form.addRow(label(self._unavailable[setting.name], "secondary"))
