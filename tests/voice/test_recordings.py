"""The shipped recordings say every cue and every sentence of a set."""

import json
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from formcheck.exercises import EXERCISES
from formcheck.results import Finding, Rep, Severity
from formcheck.system.resources import folder
from formcheck.voice.coach import LEFT, PRAISE, summary
from formcheck.voice.recordings import RATE_HZ, Recordings, decode, phrase_key

PLACE = folder("assets") / "voice" / "en"


@pytest.fixture
def voice(tmp_path: Path) -> Iterator[Recordings]:
    """Plays through a program that copies what it is given."""
    player = tmp_path / "player"
    player.write_text(f'#!/bin/sh\ncp "$1" {tmp_path}/heard.wav\n')
    player.chmod(0o700)
    entries = json.loads((PLACE / "index.json").read_text())
    voice = Recordings({phrase_key(words): PLACE / file for words, file in entries.items()}, str(player))
    yield voice
    voice.close()


def test_every_cue_is_recorded_whole(voice: Recordings) -> None:
    for exercise in EXERCISES.values():
        for fault in exercise.faults:
            assert len(voice.files_for(fault.cue)) == 1, fault.cue


@pytest.mark.parametrize("words", ["1.", "17.", f"8. {LEFT[2]}", PRAISE, "3", "Rest. 45 seconds.", "Come closer please"])
def test_what_is_not_recorded_whole_is_joined_or_left_unsaid(words: str, voice: Recordings) -> None:
    assert bool(voice.files_for(words)) is (words != "Come closer please")


def test_the_summary_can_be_said(voice: Recordings) -> None:
    clam = EXERCISES["clam"]
    roll = Finding("pelvic_roll", Severity.FAULT, 1.0, 20.0, 15.0, "deg")
    reps = [Rep(n, None, 0.0, 1.0, 2.0, {}, (roll,) if n > 8 else ()) for n in range(1, 11)]
    assert voice.files_for(summary(clam, reps))
    assert voice.files_for(summary(clam, []))


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell script as player")
def test_a_sentence_is_heard_at_the_volume_asked_for(voice: Recordings, tmp_path: Path) -> None:
    loudest = {}
    for volume in (1.0, 0.5):
        speech = voice.start("Keep your feet together.", volume)
        assert speech is not None
        while not speech.done():
            pass
        with wave.open(str(tmp_path / "heard.wav")) as file:
            samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        assert 0.8 < len(samples) / RATE_HZ < 4.0
        loudest[volume] = int(np.abs(samples).max())
    assert loudest[0.5] == pytest.approx(loudest[1.0] / 2, rel=0.05)


def test_the_recordings_hold_speech_and_little_silence() -> None:
    files = sorted(PLACE.glob("*.opus"))
    assert len(files) > 100
    assert sum(file.stat().st_size for file in files) < 600_000
    for file in files[::12]:
        samples = decode(file)
        assert np.abs(samples).max() > 0.1, file.name
        assert len(samples) / RATE_HZ < 9.0, file.name
