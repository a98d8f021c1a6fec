"""The shipped recordings say every cue and every sentence of a set."""

import json
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from catalogues import compile_all

from formcheck.exercises import EXERCISES
from formcheck.results import Finding, Rep, Severity
from formcheck.system.language import tr, trn, use_language
from formcheck.system.resources import folder
from formcheck.voice.coach import LEFT, PRAISE, summary
from formcheck.voice.engines import find_voice
from formcheck.voice.recordings import RATE_HZ, Recordings, decode, phrase_key

VOICES = folder("assets") / "voice"
PLACE = VOICES / "en"


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("languages")
    compile_all(Path(__file__).parents[2] / "formcheck" / "languages", place)
    return place


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
    running = EXERCISES["running"]
    drop = Finding("pelvic_drop", Severity.FAULT, 1.0, 12.0, 10.0, "deg")
    stances = [Rep(n, None, 0.0, 1.0, 2.0, {}, (drop,) if n > 30 else ()) for n in range(1, 51)]
    assert voice.files_for(summary(running, stances))
    assert voice.files_for(summary(running, []))


@pytest.mark.parametrize("language", sorted(place.name for place in VOICES.iterdir() if place.is_dir() and place != PLACE))
def test_each_language_can_say_a_set(language: str, catalogues: Path) -> None:
    """Where one of these fails a text has changed: python scripts/make_voice.py --language CODE"""
    entries = json.loads((VOICES / language / "index.json").read_text(encoding="utf-8"))
    voice = Recordings({phrase_key(words): VOICES / language / file for words, file in entries.items()}, "player")
    clam = EXERCISES["clam"]
    roll = Finding("pelvic_roll", Severity.FAULT, 1.0, 20.0, 15.0, "deg")
    use_language(language, catalogues)
    try:
        cues = [tr(fault.cue) for exercise in EXERCISES.values() for fault in exercise.faults]
        unsaid = [cue for cue in cues if len(voice.files_for(cue)) != 1]
        said = [f"17. {tr(LEFT[2])}", tr(PRAISE), trn("Rest. {n} second.", "Rest. {n} seconds.", 45), tr("Go.")]
        for faulty in (0, 1, 3):
            reps = [Rep(n, None, 0.0, 1.0, 2.0, {}, (roll,) if n > 10 - faulty else ()) for n in range(1, 11)]
            said.append(summary(clam, reps))
        unsaid += [words for words in [*said, summary(clam, [])] if not voice.files_for(words)]
    finally:
        use_language("en")
        voice.close()
    assert cues[0] not in {fault.cue for fault in clam.faults}
    assert unsaid == []


@pytest.mark.skipif(sys.platform != "linux", reason="speech programs of Linux, imitated by scripts")
@pytest.mark.parametrize(("speaks", "name"), [("es", "espeak-ng"), ("en", "recordings")])
def test_a_language_that_the_system_cannot_speak_is_said_by_recordings(
    speaks: str, name: str, catalogues: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An English voice would read Spanish as if it were English."""
    listing = f'#!/bin/sh\n[ "$1" = --voices={speaks} ] && echo a voice\necho Pty Language\n'
    for program, words in (("espeak-ng", listing), ("aplay", "#!/bin/sh\n")):
        (tmp_path / program).write_text(words)
        (tmp_path / program).chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    use_language("es", catalogues)
    try:
        voice = find_voice()
    finally:
        use_language("en")
    assert voice is not None
    assert voice.name == name
    if isinstance(voice, Recordings):
        assert voice.files_for("Empiece a correr.")
    voice.close()


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
