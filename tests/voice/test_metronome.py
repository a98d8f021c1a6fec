"""The metronome of a run: 5 % above the runner's own first cadence, each tick in its time, and silent unless it was chosen."""

import wave
from pathlib import Path

import numpy as np
import pytest

from formcheck.gui.sound.voice import FOLDER
from formcheck.results import Rep, Side
from formcheck.voice.metronome import Metronome, write_ticks

TICK = FOLDER / "tick.wav"


class Playing:
    def __init__(self) -> None:
        self.over = False

    def done(self) -> bool:
        return self.over

    def stop(self) -> None:
        self.over = True


class Player:
    """Keeps what it was given to play."""

    def __init__(self) -> None:
        self.played: list[Playing] = []

    def __call__(self, path: Path) -> Playing:
        assert path.stat().st_size > 1000
        self.played.append(Playing())
        return self.played[-1]


def stances(count: int, per_minute: float) -> list[Rep]:
    times = [60 / per_minute * i for i in range(count)]
    return [Rep(i + 1, (Side.LEFT, Side.RIGHT)[i % 2], t - 0.1, t, t + 0.1, {}) for i, t in enumerate(times)]


@pytest.mark.parametrize("per_minute", [174, 181])
def test_each_tick_comes_in_its_time(tmp_path: Path, per_minute: int) -> None:
    path = tmp_path / "ticks.wav"
    write_ticks(path, TICK, per_minute, 0.5, lasts_s=60.0)
    with wave.open(str(path)) as file:
        rate = file.getframerate()
        samples = np.abs(np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(int))
    loud = np.flatnonzero(samples > 0.2 * samples.max()) / rate
    onsets = loud[np.diff(loud, prepend=-1.0) > 0.15]
    assert len(onsets) == per_minute
    assert np.abs(onsets - onsets[0] - np.arange(per_minute) * 60 / per_minute).max() < 0.0005


def test_it_ticks_five_per_cent_quicker_than_the_first_stances_and_stays_there() -> None:
    player = Player()
    metronome = Metronome(player, TICK)
    metronome.update(stances(30, 160.0), on=True, volume=1.0)
    assert not player.played
    metronome.update(stances(60, 160.0), on=True, volume=1.0)
    assert metronome.per_minute == 168
    metronome.update([*stances(60, 160.0), *stances(60, 168.0)], on=True, volume=1.0)
    assert metronome.per_minute == 168
    assert len(player.played) == 1


def test_it_is_heard_only_where_it_was_chosen_and_while_the_set_runs() -> None:
    player = Player()
    metronome = Metronome(player, TICK)
    metronome.update(stances(60, 160.0), on=False, volume=1.0)
    assert not player.played
    metronome.update(stances(60, 160.0), on=True, volume=1.0)
    metronome.update(stances(61, 160.0), on=False, volume=1.0)
    assert player.played[0].over
    metronome.update(stances(62, 160.0), on=True, volume=1.0)
    metronome.begin()
    assert player.played[1].over
    assert metronome.per_minute is None


def test_a_player_that_ends_at_once_is_not_begun_over_and_over() -> None:
    player = Player()
    metronome = Metronome(player, TICK)
    for count in range(60, 70):
        metronome.update(stances(count, 160.0), on=True, volume=1.0)
        if player.played:
            player.played[-1].over = True
    assert len(player.played) == 1
