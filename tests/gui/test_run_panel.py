"""The live page of a run: bars of both sides, cadence and stances instead of gauge and tempo; the review's midstances."""

from dataclasses import replace

import numpy as np
import pytest
from gui_fakes import PATIENCE_MS
from pytestqt.qtbot import QtBot

from formcheck.analysis.handsfree import Stage
from formcheck.analysis.snapshot import AnalysisState, Snapshot
from formcheck.exercises import EXERCISES
from formcheck.frames import Frame, PoseFrame
from formcheck.gui.live.graph import LiveGraph
from formcheck.gui.live.sides_panel import STRIP, SidesPanel
from formcheck.gui.sets.control_bar import ControlBar, SourceChoice
from formcheck.gui.sets.set_runner import make_plan
from formcheck.gui.sound.cues import CueHolder, CueSpeaker
from formcheck.results import Finding, Measurement, Rep, Severity, Side, View
from formcheck.run.live.live_set import LiveUpdate
from formcheck.run.loop import MeasuredFrame
from formcheck.system.settings import Settings
from formcheck.voice.coach import Coach

FRAME = Frame(np.zeros((48, 64, 3), np.uint8), 0, 0.0)
RUNNING = EXERCISES["running"]
LIMITS = {fault.name: fault.limits for fault in RUNNING.faults}


def stance(number: int, drop: float | None) -> Rep:
    side, mid_s = (Side.LEFT, Side.RIGHT)[number % 2], 0.36 * number
    seen = Measurement(drop, "deg", 1.8) if drop is not None else Measurement(None, "deg", why="hidden")
    found = {"pelvic_drop": seen, "knee_valgus_in_line": Measurement(3.0 if side is Side.LEFT else 13.0, "deg", 7.0)}
    return Rep(number, side, mid_s - 0.1, mid_s, mid_s + 0.1, found)


def test_both_sides_stand_beside_each_other(qtbot: QtBot) -> None:
    panel = SidesPanel()
    qtbot.addWidget(panel)
    panel.begin(RUNNING, LIMITS)
    assert panel.bars.words == ["Pelvic drop: left –, right –", "Knee valgus (FPPA): left –, right –"]
    panel.show_reps([stance(i, 9.0 if i % 2 == 0 else 4.0) for i in range(30)])
    assert panel.bars.words == ["Pelvic drop: left 9°, right 4°", "Knee valgus (FPPA): left 3°, right 13°"]
    assert panel.cadence == pytest.approx(60 / 0.36)
    panel.resize(400, 300)
    assert not panel.grab().isNull()
    assert len(panel.strip._reps) == STRIP


def test_the_graph_of_a_run_shows_what_each_stance_had(qtbot: QtBot) -> None:
    graph = LiveGraph()
    qtbot.addWidget(graph)
    graph.show()
    graph.begin(RUNNING, RUNNING.fault("pelvic_drop").limits)
    graph.prepare()
    qtbot.waitUntil(lambda: graph._plot is not None, timeout=PATIENCE_MS)
    reps = (stance(100, 9.0), stance(101, None), stance(102, 4.0))
    graph.add(
        Snapshot(40.0, AnalysisState.MOVING, None, {}, 0.0, (stance(1, 20.0), *reps), None, (), 1, None, {"pelvic_drop": 1.5})
    )
    times_s, drops = graph._guarded.getData()
    assert times_s.tolist() == pytest.approx([36.0, 36.72])
    assert drops.tolist() == [9.0, 4.0]


def test_a_pelvis_that_is_not_seen_has_no_bar(qtbot: QtBot) -> None:
    panel = SidesPanel()
    qtbot.addWidget(panel)
    panel.begin(RUNNING, LIMITS)
    panel.show_reps([stance(i, None) for i in range(30)])
    assert panel.bars.words[0] == "Pelvic drop: left –, right –"


def test_the_metronome_says_what_it_does(qtbot: QtBot) -> None:
    panel = SidesPanel()
    qtbot.addWidget(panel)
    panel.begin(RUNNING, LIMITS)
    with qtbot.waitSignal(panel.metronome_changed) as chosen:
        panel.metronome.click()
    assert chosen.args == [True]
    panel.show_beat(None, on=True)
    assert "46" in panel.beat.text()
    panel.show_beat(175, on=True)
    assert "175" in panel.beat.text()
    panel.show_beat(175, on=False)
    assert panel.beat.text() == ""
    assert not panel.metronome.isChecked()


def test_of_a_run_the_view_is_asked_for_and_of_a_clam_the_side(qtbot: QtBot) -> None:
    bar = ControlBar(EXERCISES)
    qtbot.addWidget(bar)
    bar.choose("running", "standard", None)
    assert not bar.side_box.isVisibleTo(bar)
    assert bar.view_box.isVisibleTo(bar)
    bar.view_box.setCurrentIndex(bar.view_box.findText("From behind"))
    chosen = bar.chosen(Settings(side="left"))
    plan = make_plan(RUNNING, SourceChoice("film"), chosen, checks=False)
    assert plan.view is View.BEHIND
    assert plan.from_behind  # and is not shown in a mirror
    assert plan.side is None
    bar.choose("clam", "standard", None)
    assert not bar.view_box.isVisibleTo(bar)
    clam = make_plan(EXERCISES["clam"], SourceChoice("film"), chosen, checks=False)
    assert clam.view is None
    assert not clam.from_behind


def test_no_step_of_a_run_has_a_cue_a_number_or_a_tone_of_its_own() -> None:
    drop = Finding("pelvic_drop", Severity.CAUTION, 1.0, 9.0, 7.0, "deg")
    bad, good = replace(stance(1, 9.0), findings=(drop,)), stance(2, 3.0)
    assert CueHolder(RUNNING).update(1.0, [], bad) is None
    assert CueHolder(RUNNING).update(1.0, [drop], bad) is drop
    coach, speaker, heard = Coach(RUNNING), CueSpeaker(RUNNING), []
    for i, finished in enumerate((None, bad, good)):
        snapshot = Snapshot(float(i), AnalysisState.MOVING, None, {}, 0.5, (bad, good), finished, (), 1)
        update = LiveUpdate(MeasuredFrame(FRAME, PoseFrame.nobody(FRAME), snapshot), Stage.RUNNING, (), None, 1.0, False, None)
        heard += [u.words for u in coach.update(update, float(i))]
        speaker.update(update)
        heard += [cue.sound for cue in [speaker.update(update)] if cue]
    assert heard == ["Go."]
