"""Numbers as people type them: with a point and with a comma, in a German and in an English locale."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QSpinBox
from pytestqt.qtbot import QtBot

from formcheck.exercises import EXERCISES
from formcheck.gui.plans.plan_editor import PlanEditor
from formcheck.gui.settings.limits_editor import LimitsEditor
from formcheck.gui.settings.settings_dialog import SettingsDialog
from formcheck.gui.widgets.numbers import CountBox, DecimalBox
from formcheck.results import Limits
from formcheck.system.settings import Settings

CUSTOM = Settings(exercise="clam", strictness={"clam": "custom"})


@pytest.fixture(params=["de_DE", "en_US"])
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


def typed(box: QSpinBox | DecimalBox, keys: str) -> float:
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, keys)
    box.interpretText()
    return box.value()


@pytest.mark.parametrize(
    ("keys", "value"),
    [("12.5", 12.5), ("12,5", 12.5), ("7.25", 7.2), ("1,250", 1.2), ("12", 12.0), ("1,250.5", 9.0), ("125", 9.0)],
)
def test_a_comma_and_a_point_are_the_same(qtbot: QtBot, locale: str, keys: str, value: float) -> None:
    """What makes no angle leaves the one that was there."""
    box = DecimalBox(0, 60)
    qtbot.addWidget(box)
    box.setSuffix("°")
    box.setValue(9)
    assert box.text() == "9°"
    found = typed(box, keys)
    assert found < 60
    if keys not in ("1,250.5", "125"):
        assert found == pytest.approx(value, abs=0.06)
        assert box.text() == f"{found:g}°".replace(".", QLocale(locale).decimalPoint())


@pytest.mark.usefixtures("locale")
@pytest.mark.parametrize("keys", ["2.5", "2,5"])
def test_a_count_is_whole(qtbot: QtBot, keys: str) -> None:
    box = CountBox(1, 200)
    qtbot.addWidget(box)
    box.setValue(10)
    assert typed(box, keys) == 2


@pytest.mark.usefixtures("locale")
def test_limits_are_typed_with_either_separator_and_stay_with_the_body(qtbot: QtBot) -> None:
    editor = LimitsEditor(EXERCISES, CUSTOM)
    qtbot.addWidget(editor)
    boxes = {box.accessibleName(): box for box in editor.findChildren(DecimalBox)}
    typed(boxes["Pelvis rolls back, caution"], "7.5")
    typed(boxes["Pelvis rolls back, fault"], "12,5")
    assert editor.custom["clam"]["pelvic_roll"] == (7.5, 12.5)
    assert boxes["Pelvis rolls back, fault"].maximum() == 60


def test_a_fault_below_its_caution_cannot_be_saved(qtbot: QtBot) -> None:
    dialog = SettingsDialog(EXERCISES, CUSTOM)
    qtbot.addWidget(dialog)
    boxes = {box.accessibleName(): box for box in dialog.limits.findChildren(DecimalBox)}
    ok = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok)
    boxes["Pelvis rolls back, fault"].setValue(5)
    assert not ok.isEnabled()
    assert not dialog.limits.exercise_box.isEnabled()
    boxes["Pelvis rolls back, caution"].setValue(4)
    assert ok.isEnabled()


def test_a_plan_with_a_fault_below_its_caution_cannot_be_saved(qtbot: QtBot) -> None:
    editor = PlanEditor(None, None)
    qtbot.addWidget(editor)
    editor.title.setText("Weeks 1 to 4")
    save = editor.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save)
    editor.form.caution.setValue(12)
    assert editor.plan().items[0].limits == {"pelvic_roll": Limits(12, 15)}
    assert save.isEnabled()
    editor.form.fault.setValue(3)
    assert not save.isEnabled()
    assert "below its caution" in editor.problem.text()
