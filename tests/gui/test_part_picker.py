"""The part of a film that is to be analysed: two handles on it, and the times to be typed."""

from pathlib import Path

import pytest
from films import make_film, moving
from gui_fakes import PATIENCE_MS
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from formcheck.capture.kinds import VIDEO_KINDS
from formcheck.capture.source import WHOLE, Part
from formcheck.exercises import EXERCISES
from formcheck.gui.review.analyze_dialog import AnalyzeDialog
from formcheck.gui.review.film_choices import slow_motion
from formcheck.gui.video.part_picker import PartPicker
from formcheck.gui.widgets.numbers import TimeBox
from formcheck.gui.widgets.words import video_files
from formcheck.system.settings import Settings


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Four seconds."""
    return make_film(tmp_path / "a.mp4", [moving(i) for i in range(120)], g=12)


@pytest.fixture
def picker(qtbot: QtBot, film: Path) -> PartPicker:
    made = PartPicker(film, 4.0, 30.0)
    qtbot.addWidget(made, before_close_func=lambda _: made.close_film())
    made.resize(400, 260)
    made.show()
    return made


def drag(picker: PartPicker, from_s: float, to_s: float) -> None:
    places = [picker.bar.place(time_s).toPoint() for time_s in (from_s, to_s)]
    QTest.mousePress(picker.bar, Qt.MouseButton.LeftButton, pos=places[0])
    QTest.mouseMove(picker.bar, places[1])
    QTest.mouseRelease(picker.bar, Qt.MouseButton.LeftButton, pos=places[1])


def column(picker: PartPicker) -> int:
    """Where the bright column of the picture stands that is shown, in px of the film."""
    shown = picker.picture.grab().toImage()
    where = picker.picture.picture_rect()
    row = [shown.pixelColor(QPoint(where.x() + x, where.y() + where.height() // 4)).value() for x in range(where.width())]
    return round(row.index(max(row)) / where.width() * 64)


def test_whole_until_a_handle_is_moved(picker: PartPicker) -> None:
    assert picker.part() == WHOLE
    drag(picker, 0.0, 1.0)
    assert picker.part().from_s == pytest.approx(1.0, abs=0.05)
    drag(picker, 4.0, 3.0)
    assert picker.part().to_s == pytest.approx(3.0, abs=0.05)
    drag(picker, 3.0, 0.2)  # no handle passes the other
    assert picker.end.value() == pytest.approx(picker.start.value(), abs=0.06)
    assert picker.too_short


def test_the_picture_under_the_handle_is_shown(picker: PartPicker, qtbot: QtBot) -> None:
    drag(picker, 0.0, 0.4)
    at_0_4_s = 36  # three columns a picture, thirty pictures a second
    qtbot.waitUntil(lambda: abs(column(picker) - at_0_4_s) <= 4, timeout=PATIENCE_MS)


def test_times_can_be_typed(picker: PartPicker) -> None:
    picker.start.setFocus()
    picker.start.selectAll()
    QTest.keyClicks(picker.start, "0:01,5")
    picker.start.interpretText()
    assert picker.part() == Part(1.5)
    assert picker.bar.place(1.5).x() < picker.bar.width() / 2


@pytest.mark.parametrize(
    ("typed", "value", "shown"), [("80", 80.0, "1:20.0"), ("1:02:03.5", 3723.5, "1:02:03.5"), ("1:", 7.0, "0:07.0")]
)
def test_a_time_as_people_write_it(qtbot: QtBot, typed: str, value: float, shown: str) -> None:
    box = TimeBox(4000)
    qtbot.addWidget(box)
    box.setValue(7)
    box.selectAll()
    QTest.keyClicks(box, typed)
    box.interpretText()
    if typed != "1:":
        assert box.value() == value
        assert box.text().replace(",", ".") == shown
    else:
        assert box.value() in (1.0, 7.0)


def test_a_part_too_short_cannot_be_analysed(qtbot: QtBot, film: Path) -> None:
    dialog = AnalyzeDialog(film, EXERCISES, Settings())
    qtbot.addWidget(dialog, before_close_func=lambda _: dialog.reject())
    assert dialog.picker is not None
    assert dialog.go.isEnabled()
    dialog.picker.start.setValue(3.8)
    assert not dialog.go.isEnabled()


def test_slow_motion_is_offered_where_it_can_be(qtbot: QtBot) -> None:
    for plays, filmed, offered in (
        (30.0, 30.0, [None, 120, 240, 480, 960]),
        (30.0, 240.0, [None, 120, 240, 480, 960, 30.0]),
        (240.0, 240.0, [None, 480, 960]),
    ):
        box = slow_motion(plays, filmed)
        qtbot.addWidget(box)
        assert [box.itemData(i) for i in range(box.count())] == offered


def test_the_file_dialog_offers_every_kind() -> None:
    assert all(f"*{kind} " in video_files().replace(")", " ") for kind in VIDEO_KINDS)
