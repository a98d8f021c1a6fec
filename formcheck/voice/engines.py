"""The voices that a computer has: the system's own program as a child process, else the recordings that travel with formcheck."""

import logging
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from functools import cache

from formcheck.system.language import language
from formcheck.voice.recordings import NO_CONSOLE, Recordings
from formcheck.voice.speaker import Engine, Speech

log = logging.getLogger(__name__)
WORDS_A_MINUTE = 175
SAPI = (
    "Add-Type -AssemblyName System.Speech; $v = New-Object System.Speech.Synthesis.SpeechSynthesizer; "
    "if ($v.Voice.Culture.TwoLetterISOLanguageName -ne 'LANGUAGE') { $w = $v.GetInstalledVoices() | Where-Object { $_.Enabled "
    "-and $_.VoiceInfo.Culture.TwoLetterISOLanguageName -eq 'LANGUAGE' } | Select-Object -First 1; "
    "if ($w) { $v.SelectVoice($w.VoiceInfo.Name) } }; "
    "[Console]::InputEncoding = [Text.Encoding]::UTF8; "
    "while (($l = [Console]::In.ReadLine()) -ne $null) { "
    "$n, $w = $l -split ' ', 2; $v.Volume = [int]$n; $v.Speak($w); [Console]::Out.WriteLine('done') }"
)
"""Windows' voice in a PowerShell that stays: starting one takes longer than a cue may wait."""
SAPI_VOICES = r"SOFTWARE\Microsoft\Speech\Voices\Tokens"
"""Where Windows' registry names the voices that System.Speech knows."""
PRIMARY = {"de": 0x07, "en": 0x09, "es": 0x0A, "fr": 0x0C, "zh": 0x04}
"""The lowest ten bits of Windows' numbers of languages."""
PLAIN = ("Samantha", "Daniel", "Alex")
"""macOS' list of English voices begins with those that are jokes."""
ESPEAK_NAMES = {"zh": "cmn"}
"""espeak-ng's names of languages that it calls by another one than everybody else."""


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
        script = SAPI.replace("LANGUAGE", language()[:2])
        command = [powershell, "-NoProfile", "-NonInteractive", "-Command", script]
        self._child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            creationflags=NO_CONSOLE,
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
    voice = ["-v", name] if (name := _voice_of_macos(language())) else []
    return ["say", *voice, "-r", str(WORDS_A_MINUTE), f"[[volm {volume:.2f}]] {words}"]


@cache
def _voice_of_macos(code: str) -> str | None:
    """What `say` calls a voice of this language; empty where it is the user's own, None where there is none."""
    if _answer("defaults", "read", "-g", "AppleLocale")[:2] == code[:2]:
        return ""
    return voice_in_list(_answer("say", "-v", "?"), code)


def voice_in_list(listed: str, code: str) -> str | None:
    """listed: as `say -v ?` writes it, such as "Anna   de_DE   # Hallo!"."""
    found = (re.match(r"(.+?)\s+([a-z]{2})_([A-Z]{2})\s", line) for line in listed.splitlines())
    known = [(m[1], f"{m[2]}_{m[3]}") for m in found if m is not None and m[2] == code[:2]]
    known.sort(key=lambda voice: (voice[1] != code, voice[0] not in PLAIN))
    return known[0][0] if known else None


def windows_speaks(code: str) -> bool:
    """Whether Windows has a voice of this language."""
    said: list[str] = []
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, SAPI_VOICES) as voices:
                for i in range(winreg.QueryInfoKey(voices)[0]):
                    with winreg.OpenKey(voices, rf"{winreg.EnumKey(voices, i)}\Attributes") as attributes:
                        said.append(str(winreg.QueryValueEx(attributes, "Language")[0]))
        except OSError as error:
            log.info("Windows' voices could not be listed: %s", error)
    return any(of_language(numbers, code) for numbers in said)


def of_language(numbers: str, code: str) -> bool:
    """numbers: of a voice's languages, as the registry has them, such as "409;9" or "C0A"."""
    wanted = PRIMARY.get(code[:2])
    return any(int(number, 16) & 0x3FF == wanted for number in numbers.split(";") if number.strip())


def _answer(*command: str) -> str:
    """What a program of the system prints; empty where it fails."""
    try:
        return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=5, check=False).stdout
    except (OSError, subprocess.TimeoutExpired) as error:
        log.info("%s: %s", command[0], error)
        return ""


def _espeak_speaks(code: str) -> bool:
    """It lists the language's voices under a head."""
    return len(_answer("espeak-ng", f"--voices={ESPEAK_NAMES.get(code[:2], code[:2])}").splitlines()) > 1


def _speech_dispatcher_speaks(code: str) -> bool:
    """It lists names, languages and variants."""
    words = (line.split() for line in _answer("spd-say", "--list-synthesis-voices").splitlines())
    return any(ESPEAK_NAMES.get(code[:2], code[:2]) in re.split("[-_]", word) for line in words for word in line[1:2])


def _espeak(words: str, volume: float) -> list[str]:
    return [
        "espeak-ng",
        "-v",
        ESPEAK_NAMES.get(language()[:2], language()[:2]),
        "-s",
        str(WORDS_A_MINUTE),
        "-a",
        str(round(100 * volume)),
        "--",
        words,
    ]


def _speech_dispatcher(words: str, volume: float) -> list[str]:
    return [
        "spd-say",
        "--wait",
        "--priority",
        "important",
        "-l",
        language()[:2],
        "-i",
        str(round(200 * volume - 100)),
        "--",
        words,
    ]


CHILDREN: dict[str, tuple[tuple[str, Callable[[str, float], list[str]]], ...]] = {
    "darwin": (("say", _say),),
    "linux": (("espeak-ng", _espeak), ("spd-say", _speech_dispatcher)),
}


SPEAKS: dict[str, Callable[[str], bool]] = {
    "say": lambda code: _voice_of_macos(code) is not None,
    "espeak-ng": _espeak_speaks,
    "spd-say": _speech_dispatcher_speaks,
}
"""Whether a program has a voice of a language."""


def system_voice() -> Engine | None:
    """The system's own voice; None where none speaks the program's language, as nobody understands Spanish read as English."""
    code = language()
    if sys.platform == "win32":
        powershell = shutil.which("powershell") or shutil.which("pwsh")
        return WindowsVoice(powershell) if powershell and windows_speaks(code) else None
    for program, command in CHILDREN.get(sys.platform, ()):
        if shutil.which(program) and SPEAKS[program](code):
            return ChildVoice(program, command)
    return None


def find_voice() -> Engine | None:
    """A voice for this computer; None where nothing can make a sound at all, which is logged."""
    voice = system_voice()
    if voice is not None:
        return voice
    recordings = Recordings.shipped(language())
    if recordings is None:
        log.info("no voice: neither a speech program nor a player for recordings was found")
    return recordings
