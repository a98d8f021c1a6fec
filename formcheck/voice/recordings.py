"""A voice made of recordings that travel with the program: whole sentences, and numbers and words to join.

scripts/make_voice.py records them with espeak-ng; assets/voice/README.md names licence and voice.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import wave
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import av
import numpy as np
from numpy.typing import NDArray

from formcheck.system.resources import folder
from formcheck.voice.speaker import Speech

RATE_HZ = 16_000
NO_CONSOLE: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows a program without a console would open one for each child."""
PLAYERS = {"darwin": ("afplay",), "linux": ("pw-play", "paplay", "aplay")}
Samples = NDArray[np.float32]


def system_player() -> str | None:
    """The system's own program that plays a WAV file; None where there is none, and on Windows, which needs none."""
    return next((found for name in PLAYERS.get(sys.platform, ()) if (found := shutil.which(name))), None)


def phrase_key(words: str) -> tuple[str, ...]:
    """A sentence without its punctuation and capitals, to look a recording up: its words, and numbers by themselves."""
    return tuple(re.findall(r"\d+|(?:[^\W\d]|')+", words.lower()))


class Recordings:
    """Plays what it has a recording of, joined from the longest phrases that fit."""

    name = "recordings"

    def __init__(self, files: Mapping[tuple[str, ...], Path], player: str | None) -> None:
        """player: a program that plays a WAV file; None plays through the operating system's own call (Windows)."""
        self._files, self._player = files, player
        self._work = tempfile.TemporaryDirectory(prefix="formcheck-voice-")
        self._count = 0

    @classmethod
    def shipped(cls, language: str = "en") -> Self | None:
        """The recordings in assets/; None where they, or anything that plays them, are missing. language: as `de` or `de_AT`."""
        voices = folder("assets") / "voice"
        place = voices / (language if (voices / language).is_dir() else language.split("_")[0])
        index = place / "index.json"
        player = system_player()
        if not index.exists() or (player is None and sys.platform != "win32"):
            return None
        entries: dict[str, str] = json.loads(index.read_text(encoding="utf-8"))
        return cls({phrase_key(words): place / file for words, file in entries.items()}, player)

    def start(self, words: str, volume: float) -> Speech | None:
        found = self.files_for(words)
        if not found:
            return None
        self._count += 1
        path = Path(self._work.name) / f"{self._count}.wav"
        write_wav(path, np.concatenate([decode(file) for file in found]) * np.float32(volume))
        return Played(path, self._player)

    def files_for(self, words: str) -> list[Path]:
        """The recordings that say these words, in order; empty where a word has none."""
        left, found = phrase_key(words), []
        while left:
            length = next((n for n in range(len(left), 0, -1) if left[:n] in self._files), 0)
            if not length:
                return []
            found.append(self._files[left[:length]])
            left = left[length:]
        return found

    def close(self) -> None:
        self._work.cleanup()


class Played:
    """A WAV file that is being played."""

    def __init__(self, path: Path, player: str | None) -> None:
        with wave.open(str(path)) as file:
            self._length_s = file.getnframes() / file.getframerate()
        if player is None:
            self._child = _windows_player(path)
        else:
            self._child = subprocess.Popen([player, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def done(self) -> bool:
        return self._child.poll() is not None

    def stop(self) -> None:
        self._child.terminate()
        self._child.wait()


def _windows_player(path: Path) -> "subprocess.Popen[bytes]":
    play = f"(New-Object Media.SoundPlayer '{path}').PlaySync()"
    command = ["powershell", "-NoProfile", "-Command", play]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, creationflags=NO_CONSOLE)


def decode(path: Path) -> Samples:
    """(n,) mono samples -1 to 1 at RATE_HZ."""
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=RATE_HZ)
    parts: list[Samples] = []
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            parts += [f.to_ndarray()[0] for f in resampler.resample(frame)]
    parts += [f.to_ndarray()[0] for f in resampler.resample(None)]
    return np.concatenate(parts)


def write_wav(path: Path, samples: Samples) -> None:
    """16-bit mono at RATE_HZ."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
