"""The pace bar: the phase in words, and how full it is; a tick at each phase."""

import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from formcheck.analysis.pacing import Beat, Phase
from formcheck.gui.live.pace_bar import PaceBar
from formcheck.gui.sound.cues import AudioCue, Sound
from formcheck.gui.sound.voice import FOLDER, _Tones
from formcheck.tempo import Tempo

BEAT = Beat(Phase.UP, 0.5, began=True, tempo=Tempo(2.0, 2.0, 1.0))


def test_it_names_the_phase_and_fills(qtbot: QtBot) -> None:
    bar = PaceBar()
    qtbot.addWidget(bar)
    bar.resize(600, 64)
    bar.set_ways(("Down", "Up"))
    words = []
    for phase in Phase:
        bar.set_beat(replace(BEAT, phase=phase))
        words.append(bar.word)
    assert words == ["Ready", "Down", "Hold", "Up"]
    bar.set_beat(replace(BEAT, phase=Phase.DOWN, share=1.0))
    full = bar.grab().toImage()
    bar.set_beat(replace(BEAT, phase=Phase.UP, share=0.0))
    assert full != bar.grab().toImage()
    bar.set_beat(None)
    assert bar.word == ""


@pytest.mark.parametrize("turn", [-1, 0, 1])
def test_it_is_painted_whichever_way_it_is_turned(qtbot: QtBot, turn: int) -> None:
    bar = PaceBar()
    qtbot.addWidget(bar)
    bar.resize(600, 120)
    blank = bar.grab().toImage()
    bar.set_turn(turn)
    bar.set_beat(BEAT)
    assert bar.grab().toImage() != blank


def test_tones_are_as_loud_as_they_are_to_be() -> None:
    def loudest(path: Path) -> int:
        with wave.open(str(path)) as file:
            return int(np.abs(np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(int)).max())

    tones, tick = _Tones(), FOLDER / f"{AudioCue(Sound.TICK).sound}.wav"
    assert tones.at(tick, 1.0) == tick
    assert loudest(tones.at(tick, 0.5)) == pytest.approx(loudest(tick) / 2, rel=0.01)
