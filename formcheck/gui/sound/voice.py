"""Tones and speech. Qt's sound module is not in the wheels the program asks for: it is used where it is present, else the
system's own player is, and without that there are no tones, which is logged. Speech: see formcheck/voice.
"""

import logging
import shutil
import sys
import tempfile
import time
import wave
import weakref
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, QProcess, QUrl

from formcheck.gui.sound.cues import AudioCue
from formcheck.voice.engines import find_voice
from formcheck.voice.metronome import Metronome, system_metronome
from formcheck.voice.recordings import system_player
from formcheck.voice.speaker import Speaker, Utterance

FOLDER = Path(__file__).parents[1] / "assets"

log = logging.getLogger(__name__)


class Voice(QObject):
    """Says what the coach says, and plays a tone where nothing is spoken; `muted` and `speaks` may change at any time."""

    def __init__(
        self,
        speaker: Speaker | None = None,
        play_file: Callable[[Path, float], None] | None = None,
        metronome: Metronome | None = None,
    ) -> None:
        """speaker: None where nothing can speak; play_file: plays a WAV file at a volume (0-1) and waits for nothing; metronome:
        None where nothing plays a file."""
        super().__init__()
        self.muted = False
        self.speaks = True
        self._speaker = speaker
        self._play = play_file
        self.metronome = metronome
        self._volume = 1.0

    @property
    def can_speak(self) -> bool:
        return self._speaker is not None

    @property
    def volume(self) -> float:
        """0-1, of words and tones."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = volume
        if self._speaker is not None:
            self._speaker.volume = volume

    def now_s(self) -> float:
        """The clock on which utterances are timed."""
        return self._speaker.now_s() if self._speaker is not None else time.monotonic()

    def say(self, utterances: Iterable[Utterance]) -> None:
        if self._speaker is not None and self.speaks and not self.muted:
            for utterance in utterances:
                self._speaker.say(utterance)

    def play(self, cue: AudioCue) -> None:
        """A tone, unless the cue has words and they are spoken."""
        spoken = bool(cue.words) and self.speaks and self.can_speak
        if not self.muted and not spoken and self._play is not None:
            self._play(FOLDER / f"{cue.sound}.wav", self._volume)

    def close(self) -> None:
        if self.metronome is not None:
            self.metronome.stop()
        if self._speaker is not None:
            self._speaker.close()


def system_voice() -> Voice:
    """What this computer can say and play."""
    engine = find_voice()
    return Voice(Speaker(engine) if engine is not None else None, _player(), system_metronome())


def _player() -> Callable[[Path, float], None] | None:
    """What plays a WAV file, as loud as is said (0-1), without waiting for it."""
    try:
        from PySide6.QtMultimedia import QSoundEffect
    except ImportError:
        return _system_player()
    effects: dict[Path, Any] = {}

    def play(path: Path, volume: float) -> None:
        if path not in effects:
            effects[path] = QSoundEffect(QCoreApplication.instance())
            effects[path].setSource(QUrl.fromLocalFile(str(path)))
        effects[path].setVolume(volume)
        effects[path].play()

    return play


def _system_player() -> Callable[[Path, float], None] | None:
    tones = _Tones()
    if sys.platform == "win32":
        import winsound

        return lambda path, volume: winsound.PlaySound(str(tones.at(path, volume)), winsound.SND_FILENAME | winsound.SND_ASYNC)
    program = system_player()
    if program is None:
        log.info("no sound: neither Qt's sound module nor a system player was found")
        return None

    process = QProcess(QCoreApplication.instance())

    def play(path: Path, volume: float) -> None:
        if process.state() is QProcess.ProcessState.NotRunning:
            process.start(program, [str(tones.at(path, volume))])

    return play


class _Tones:
    """WAV files as loud as they are to be: not every system's player knows a volume."""

    def __init__(self) -> None:
        self._work = Path(tempfile.mkdtemp(prefix="formcheck-tones-"))
        weakref.finalize(self, shutil.rmtree, self._work, ignore_errors=True)

    def at(self, path: Path, volume: float) -> Path:
        """volume: 0-1."""
        if volume >= 1:
            return path
        made = self._work / f"{round(100 * volume)}-{path.name}"
        if not made.exists():
            with wave.open(str(path)) as source, wave.open(str(made), "wb") as target:
                target.setparams(source.getparams())
                samples = np.frombuffer(source.readframes(source.getnframes()), "<i2")
                target.writeframes((samples * volume).astype("<i2").tobytes())
        return made
