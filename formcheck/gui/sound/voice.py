"""Sounds and speech, one at a time. Qt's sound and speech modules are not in the wheels the program asks for: they are used
where they are present; else the system's own player is, and without that the program is silent and says so once.
"""

import logging
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, QProcess, QUrl

from formcheck.gui.sound.cues import AudioCue, Sound

FOLDER = Path(__file__).parents[1] / "assets"
PLAYERS = {"darwin": ("afplay",), "linux": ("pw-play", "paplay", "aplay")}
SPOKEN_MS = 4000
"""While words are spoken, nothing less urgent is heard."""

log = logging.getLogger(__name__)


class Voice(QObject):
    """Plays AudioCue after AudioCue; `muted` and `speaks` may change at any time."""

    def __init__(self, speech: Any = None, play_file: Callable[[Path], None] | None = None) -> None:
        """speech: a QTextToSpeech, None where there is none; play_file: plays a WAV file without waiting for it."""
        super().__init__()
        self.muted = False
        self.speaks = True
        self._speech = speech
        self._play = play_file
        self._since = QElapsedTimer()

    @property
    def can_speak(self) -> bool:
        return self._speech is not None

    def play(self, cue: AudioCue) -> None:
        """A limit's cue is spoken where the computer can; all else is a tone. What is being spoken is not talked over."""
        if self.muted:
            return
        if cue.words and self.speaks and self._speech is not None:
            self._speech.stop()
            self._speech.say(cue.words)
            self._since.start()
            return
        if self._since.isValid() and self._since.elapsed() < SPOKEN_MS and cue.sound is not Sound.END:
            return
        if self._play is not None:
            self._play(FOLDER / f"{cue.sound}.wav")


def system_voice() -> Voice:
    """What this computer can say and play."""
    return Voice(_speech(), _player())


def _speech() -> Any:
    """Qt's speech, or None."""
    try:
        from PySide6.QtTextToSpeech import QTextToSpeech
    except ImportError:
        return None
    speech = QTextToSpeech()
    return speech if speech.engine() not in ("", "mock") else None


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
    program = next((found for name in PLAYERS.get(sys.platform, ()) if (found := shutil.which(name))), None)
    if program is None:
        log.info("no sound: neither Qt's sound module nor a system player was found")
        return None

    process = QProcess(QCoreApplication.instance())

    def play(path: Path) -> None:
        if process.state() is QProcess.ProcessState.NotRunning:
            process.start(program, [str(path)])

    return play
