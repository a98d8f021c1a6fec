"""The voices that a computer has: the system's own program as a child process, else the recordings that travel with formcheck."""

import logging
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence

from formcheck.voice.recordings import Recordings
from formcheck.voice.speaker import Engine, Speech

log = logging.getLogger(__name__)
WORDS_A_MINUTE = 175
SAPI = (
    "Add-Type -AssemblyName System.Speech; $v = New-Object System.Speech.Synthesis.SpeechSynthesizer; "
    "while (($l = [Console]::In.ReadLine()) -ne $null) { "
    "$n, $w = $l -split ' ', 2; $v.Volume = [int]$n; $v.Speak($w); [Console]::Out.WriteLine('done') }"
)
"""Windows' voice in a PowerShell that stays: starting one takes longer than a cue may wait."""


class ChildSpeech:
    """A program that ends with its words."""

    def __init__(self, command: Sequence[str]) -> None:
        self._child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def done(self) -> bool:
        return self._child.poll() is not None

    def stop(self) -> None:
        self._child.terminate()
        self._child.wait()


class ChildVoice:
    """A voice that is started anew for each sentence: `say`, `spd-say`, `espeak-ng`."""

    def __init__(self, name: str, command: Callable[[str, float], list[str]]) -> None:
        self.name = name
        self._command = command

    def start(self, words: str, volume: float) -> Speech | None:
        return ChildSpeech(self._command(words, volume))

    def close(self) -> None:
        """Nothing stays between two sentences."""


class WindowsVoice:
    """SAPI through one PowerShell that waits for sentences."""

    name = "Windows"

    def __init__(self, powershell: str) -> None:
        command = [powershell, "-NoProfile", "-NonInteractive", "-Command", SAPI]
        self._child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
        )

    def start(self, words: str, volume: float) -> Speech | None:
        return _WindowsSpeech(self._child, f"{round(100 * volume)} {' '.join(words.split())}\n")

    def close(self) -> None:
        self._child.kill()
        self._child.communicate()


class _WindowsSpeech:
    def __init__(self, child: "subprocess.Popen[str]", line: str) -> None:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(line)
        child.stdin.flush()
        self._answer = threading.Thread(target=child.stdout.readline, daemon=True)
        self._answer.start()

    def done(self) -> bool:
        return not self._answer.is_alive()

    def stop(self) -> None:
        """SAPI speaks a sentence to its end."""
        self._answer.join(timeout=3.0)


def _say(words: str, volume: float) -> list[str]:
    return ["say", "-r", str(WORDS_A_MINUTE), f"[[volm {volume:.2f}]] {words}"]


def _espeak(words: str, volume: float) -> list[str]:
    return ["espeak-ng", "-v", "en", "-s", str(WORDS_A_MINUTE), "-a", str(round(100 * volume)), "--", words]


def _speech_dispatcher(words: str, volume: float) -> list[str]:
    return ["spd-say", "--wait", "--priority", "important", "-i", str(round(200 * volume - 100)), "--", words]


CHILDREN: dict[str, tuple[tuple[str, Callable[[str, float], list[str]]], ...]] = {
    "darwin": (("say", _say),),
    "linux": (("espeak-ng", _espeak), ("spd-say", _speech_dispatcher)),
}


def system_voice() -> Engine | None:
    """The system's own voice, None where there is none."""
    if sys.platform == "win32":
        powershell = shutil.which("powershell") or shutil.which("pwsh")
        return WindowsVoice(powershell) if powershell else None
    for program, command in CHILDREN.get(sys.platform, ()):
        if shutil.which(program):
            return ChildVoice(program, command)
    return None


def find_voice() -> Engine | None:
    """A voice for this computer; None where nothing can make a sound at all, which is logged."""
    voice = system_voice()
    if voice is not None:
        return voice
    recordings = Recordings.shipped()
    if recordings is None:
        log.info("no voice: neither a speech program nor a player for recordings was found")
    return recordings
