"""Tones and speech. Qt's sound module is not in the wheels the program asks for: it is used where it is present, else the
system's own player is, and without that there are no tones, which is logged. Speech: see formcheck/voice.
"""

import logging
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QUrl

from formcheck.gui.sound.cues import AudioCue
from formcheck.voice.engines import find_voice
from formcheck.voice.recordings import system_player
from formcheck.voice.speaker import Speaker, Utterance

FOLDER = Path(__file__).parents[1] / "assets"

log = logging.getLogger(__name__)


class Voice(QObject):
    """Says what the coach says, and plays a tone where nothing is spoken; `muted` and `speaks` may change at any time."""

    def __init__(self, speaker: Speaker | None = None, play_file: Callable[[Path], None] | None = None) -> None:
        """speaker: None where nothing can speak; play_file: plays a WAV file without waiting for it."""
        super().__init__()
        self.muted = False
        self.speaks = True
        self._speaker = speaker
        self._play = play_file

    @property
    def can_speak(self) -> bool:
        return self._speaker is not None

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
            self._play(FOLDER / f"{cue.sound}.wav")

    def close(self) -> None:
        if self._speaker is not None:
            self._speaker.close()


def system_voice() -> Voice:
    """What this computer can say and play."""
    engine = find_voice()
    return Voice(Speaker(engine) if engine is not None else None, _player())


def _player() -> Callable[[Path], None] | None:
    """What plays a WAV file without waiting for it."""
    try:
        from PySide6.QtMultimedia import QSoundEffect
    except ImportError:
        return _system_player()
    effects: dict[Path, Any] = {}

    def play(path: Path) -> None:
        if path not in effects:
            effects[path] = QSoundEffect(QCoreApplication.instance())
            effects[path].setSource(QUrl.fromLocalFile(str(path)))
        effects[path].play()

    return play


def _system_player() -> Callable[[Path], None] | None:
    if sys.platform == "win32":
        import winsound

        return lambda path: winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC)
    program = system_player()
    if program is None:
        log.info("no sound: neither Qt's sound module nor a system player was found")
        return None

    process = QProcess(QCoreApplication.instance())

    def play(path: Path) -> None:
        if process.state() is QProcess.ProcessState.NotRunning:
            process.start(program, [str(path)])

    return play
