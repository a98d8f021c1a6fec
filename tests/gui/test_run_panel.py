"""The live page of a run: bars of both sides, cadence and stances instead of gauge and tempo; the review's midstances."""

import numpy as np
from pytestqt.qtbot import QtBot

from formcheck.exercises import EXERCISES
from formcheck.gui.live.sides_panel import STRIP, SidesPanel
from formcheck.gui.review.midstance_dialog import MidstanceDialog
from formcheck.report.midstance import Midstance
from formcheck.results import Measurement, Rep, Side

RUNNING = EXERCISES["running"]
LIMITS = {fault.name: fault.limits for fault in RUNNING.faults}


def stance(number: int, drop: float | None) -> Rep:
    side, mid_s = (Side.LEFT, Side.RIGHT)[number % 2], 0.36 * number
    seen = Measurement(drop, "deg", 1.8) if drop is not None else Measurement(None, "deg", why="hidden")
    found = {"pelvic_drop": seen, "knee_valgus": Measurement(3.0 if side is Side.LEFT else 13.0, "deg", 7.0)}
    return Rep(number, side, mid_s - 0.1, mid_s, mid_s + 0.1, found)


def test_both_sides_stand_beside_each_other(qtbot: QtBot) -> None:
    panel = SidesPanel()
    qtbot.addWidget(panel)
    panel.begin(RUNNING, LIMITS)
    assert panel.bars.words == ["Pelvic drop: left –, right –", "Knee valgus (FPPA): left –, right –"]
    panel.show_reps([stance(i, 9.0 if i % 2 == 0 else 4.0) for i in range(30)])
    assert panel.bars.words == ["Pelvic drop: left 9°, right 4°", "Knee valgus (FPPA): left 3°, right 13°"]
    assert "167" in panel.cadence.text()
    panel.resize(400, 300)
    assert not panel.grab().isNull()
    assert len(panel.strip._reps) == STRIP


def test_a_pelvis_that_is_not_seen_has_no_bar(qtbot: QtBot) -> None:
    panel = SidesPanel()
    qtbot.addWidget(panel)
    panel.begin(RUNNING, LIMITS)
    panel.show_reps([stance(i, None) for i in range(30)])
    assert panel.bars.words[0] == "Pelvic drop: left –, right –"


def test_midstances_are_shown_side_by_side(qtbot: QtBot) -> None:
    pictures = [Midstance(side, np.full((300, 200, 3), 90, np.uint8), 10, 5.0) for side in Side]
    dialog = MidstanceDialog(pictures)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.grab().width() >= 2 * 200
