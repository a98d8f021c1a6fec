"""The dialog is built from the table of settings: every one of them has a widget that shows it and gives it back."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from formcheck.exercises import EXERCISES
from formcheck.gui.settings.fields import field_for
from formcheck.gui.settings.settings_dialog import SettingsDialog
from formcheck.system.setting_kinds import Count, Setting, Tab
from formcheck.system.settings import SETTINGS, Settings

OTHER = {
    "theme": "light",
    "text_size": 125,
    "language": "en",
    "units": "imperial",
    "turn_text": False,
    "graph": False,
    "camera_size": (640, 480),
    "mirror": False,
    "record": True,
    "record_raw": True,
    "hide_face": True,
    "guide": False,
    "every_frame": True,
    "graphics_card": True,
    "ask_pain": True,
    "sounds": False,
    "volume": 50,
    "tick": False,
    "metronome": True,
    "speech": False,
    "talk": "count",
    "count_every": 5,
    "clinic": True,
    "sessions_folder": str(Path("/data/sessions")),
    "spreadsheet": ";,",
    "model": str(Path("/data/own.task")),
}


def dialog(qtbot: QtBot, settings: Settings, **unavailable: str) -> SettingsDialog:
    made = SettingsDialog(EXERCISES, settings, unavailable=unavailable)
    qtbot.addWidget(made)
    return made


def test_every_setting_of_a_tab_is_shown_and_given_back(qtbot: QtBot) -> None:
    shown = dialog(qtbot, replace(Settings(), **OTHER))
    assert set(shown.fields) == set(OTHER) == {s.name for s in SETTINGS.values() if s.tab is not None}
    assert {name: field.value() for name, field in shown.fields.items()} == OTHER
    assert shown.chosen() == replace(Settings(), **OTHER)


@pytest.mark.parametrize("name", list(OTHER))
def test_each_widget_changes_its_own_setting_alone(qtbot: QtBot, name: str) -> None:
    shown = dialog(qtbot, Settings())
    shown.fields[name].set_value(OTHER[name])
    changed = {f.name for f in fields(Settings) if getattr(shown.chosen(), f.name) != getattr(Settings(), f.name)}
    assert changed == {name}


def test_a_value_that_is_not_offered_is_kept(qtbot: QtBot) -> None:
    odd = replace(Settings(), camera_size=(800, 600), language="tlh")
    assert dialog(qtbot, odd).chosen() == odd


def test_what_this_computer_cannot_do_cannot_be_chosen(qtbot: QtBot) -> None:
    shown = dialog(qtbot, Settings(), speech="No voice is installed.")
    assert not shown.fields["speech"].widget.isEnabled()
    assert shown.chosen().speech


def test_a_count_has_a_widget_too(qtbot: QtBot) -> None:
    field = field_for(Setting("sets", Count(5), Tab.SET, "Sets", ""))
    qtbot.addWidget(field.widget)
    field.set_value(4)
    assert field.value() == 4


def test_the_voice_is_tried_as_the_dialog_would_have_it(qtbot: QtBot) -> None:
    tried: list[Settings] = []
    shown = SettingsDialog(EXERCISES, Settings(), try_voice=tried.append)
    qtbot.addWidget(shown)
    shown.fields["volume"].set_value(25)
    shown.try_button.click()
    assert [settings.volume for settings in tried] == [25]
