"""Left against right in the window: the verdict and the figures, and why not where they cannot be compared."""

from pathlib import Path

import pytest
from gui_stage import Stage
from PySide6.QtWidgets import QLabel, QMessageBox

from formcheck.gui.review.review_state import open_review
from formcheck.results import Measurement, Rep, Session, Side, VideoInfo
from formcheck.session.file import write_session


def make_session(folder: Path, side: Side, rolls: list[float], exercise: str = "clam") -> Path:
    folder.mkdir()
    reps = tuple(
        Rep(i + 1, side, 2.0 * i, 2.0 * i + 0.8, 2.0 * i + 1.8, {"pelvic_roll": Measurement(v, "deg", 2.5)})
        for i, v in enumerate(rolls)
    )
    video = VideoInfo("a.mp4", 640, 480, 30.0, 20.0, 600)
    write_session(folder, Session("0.1.0", exercise, "standard", side, video, "full", 600, {}, reps))
    return folder


def test_figures_of_both_sides(stage: Stage, tmp_path: Path) -> None:
    compare = stage.controller.compare
    compare.show_review(open_review(make_session(tmp_path / "left", Side.LEFT, [4, 5, 6])))
    compare.right.show_review(open_review(make_session(tmp_path / "right", Side.RIGHT, [14, 15, 16])), 0)
    dialog = compare.show_sides()
    assert dialog is not None
    words = [w.text() for w in dialog.findChildren(QLabel)]
    assert "The right side shows less control: pelvic roll." in words
    assert [dialog.table.item(0, j).text() for j in (0, 3)] == ["Pelvic roll", "-10°"]
    assert "14°, 15°, 16°" in dialog.table.item(0, 2).text()
    dialog.save(tmp_path / "report.html")
    stage.wait(lambda: "report.html" in dialog.words.text())
    assert "The right side shows less control" in (tmp_path / "report.html").read_text(encoding="utf-8")
    dialog.reject()


def test_two_exercises_are_not_compared(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "information", lambda _parent, _title, text: said.append(text))
    compare = stage.controller.compare
    compare.show_review(open_review(make_session(tmp_path / "left", Side.LEFT, [4, 5, 6])))
    compare.right.show_review(open_review(make_session(tmp_path / "right", Side.RIGHT, [4, 5, 6], "sidelying-er")), 0)
    assert compare.show_sides() is None
    assert "same exercise" in said[0]
