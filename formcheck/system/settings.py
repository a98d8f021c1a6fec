"""What the user has chosen, kept in one small JSON file. No Qt: the command line reads it too.

A bad entry never stops a start: it is dropped, alone, with a notice, and its default is used.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

import platformdirs

from formcheck.system.files import private_folder, write_atomic

APP = "formcheck"
MAX_BYTES = 1_000_000
THEMES = ("system", "light", "dark")
TEXT_SIZES = (100, 125, 150, 200)
STRICTNESS = ("strict", "standard", "lenient", "custom")
SIDES = ("auto", "left", "right")
UNITS = ("metric", "imperial")

CustomLimits = Mapping[str, Mapping[str, tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class Settings:
    """Every field has a default; replace() makes a changed copy."""

    exercise: str = "clam"
    variant: str = ""
    side: str = "auto"
    camera: str = ""
    """A camera's name; empty for the first one."""
    camera_size: tuple[int, int] = (1280, 720)
    mirror: bool = True
    """Show the live picture as a mirror does. Only the view: left stays left in every figure."""
    record: bool = False
    record_raw: bool = False
    hide_face: bool = False
    """Make the person unrecognisable in the annotated video."""
    sounds: bool = True
    speech: bool = True
    guide: bool = True
    """Check the set-up and count down before a set."""
    graph: bool = True
    turn_text: bool = False
    """Turn the count for someone who lies on the side."""
    ask_pain: bool = False
    next_after_sets: int = 3
    """A next step is suggested after so many sets in a row,"""
    next_after_reps: int = 10
    """each of so many repetitions at least,"""
    next_after_clean: int = 90
    """of which so many per cent were clean."""
    theme: str = "system"
    text_size: int = 100
    """Per cent."""
    language: str = "system"
    units: str = "metric"
    model: str = ""
    """A pose model file that wins over the program's own; empty for none."""
    sessions_folder: str = ""
    """Empty for the default."""
    strictness: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Exercise -> one of STRICTNESS."""
    custom_limits: CustomLimits = field(default_factory=lambda: MappingProxyType({}))
    """Exercise -> fault -> (caution, fault), used where strictness is custom."""
    clinic: bool = False
    """Sessions belong to clients; otherwise all are the computer's owner's."""
    geometry: str = ""
    """The window's place, as Qt wrote it, in base64."""

    def sessions(self) -> Path:
        """Where sessions are kept."""
        return Path(self.sessions_folder) if self.sessions_folder else default_sessions_folder()


def default_sessions_folder() -> Path:
    return Path(platformdirs.user_data_dir(APP, appauthor=False)) / "sessions"


def settings_file() -> Path:
    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "settings.json"


def load_settings(path: Path | None = None) -> tuple[Settings, tuple[str, ...]]:
    """The settings and, for each entry that made no sense, a notice. Never fails."""
    path = path or settings_file()
    try:
        if path.stat().st_size > MAX_BYTES:
            return Settings(), (f"The settings file is too large and was ignored: {path}",)
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, ValueError, RecursionError) as error:
        return Settings(), (f"The settings file cannot be read and was ignored: {path} ({error})",)
    if not isinstance(data, dict):
        return Settings(), (f"The settings file holds no settings and was ignored: {path}",)
    good: dict[str, Any] = {}
    notices = []
    for name, value in data.items():
        if name not in _READERS:
            notices.append(f"Unknown setting {name!r:.60} was ignored.")
            continue
        try:
            good[name] = _READERS[name](value)
        except (ValueError, TypeError, KeyError, OverflowError):
            notices.append(f"The setting {name!r} has the value {value!r:.60}, which makes no sense; its default is used.")
    return Settings(**good), tuple(notices)


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """OSError where it cannot be written."""
    path = path or settings_file()
    private_folder(path.parent)
    data = {f.name: _plain(getattr(settings, f.name)) for f in fields(settings)}
    write_atomic(path, json.dumps(data, indent=1, sort_keys=True) + "\n")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 10_000 or "\0" in value:
        raise ValueError
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _one_of(*allowed: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in allowed:
            raise ValueError
        return str(value)

    return read


def _text_size(value: Any) -> int:
    if isinstance(value, bool) or value not in TEXT_SIZES:
        raise ValueError
    return int(value)


def _count(most: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            raise ValueError
        return value

    return read


def _size(value: Any) -> tuple[int, int]:
    width, height = value
    if not all(isinstance(x, int) and not isinstance(x, bool) and 64 <= x <= 8192 for x in (width, height)):
        raise ValueError
    return width, height


def _strictness(value: Any) -> Mapping[str, str]:
    check = _one_of(*STRICTNESS)
    return MappingProxyType({_text(k): check(v) for k, v in dict(value).items()})


def _limits(value: Any) -> CustomLimits:
    return MappingProxyType(
        {
            _text(exercise): {_text(fault): _pair(pair) for fault, pair in dict(faults).items()}
            for exercise, faults in dict(value).items()
        }
    )


def _pair(value: Any) -> tuple[float, float]:
    caution, fault = (float(x) for x in value)
    if not (0 <= caution <= 1000 and 0 <= fault <= 1000):
        raise ValueError
    return caution, fault


_READERS: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("exercise", "variant", "camera", "language", "model", "sessions_folder", "geometry"), _text),
    **dict.fromkeys(
        ("mirror", "record", "record_raw", "hide_face", "sounds", "speech", "guide", "graph", "turn_text", "ask_pain", "clinic"),
        _flag,
    ),
    **dict.fromkeys(("next_after_sets", "next_after_reps", "next_after_clean"), _count(100)),
    "side": _one_of(*SIDES),
    "camera_size": _size,
    "theme": _one_of(*THEMES),
    "text_size": _text_size,
    "units": _one_of(*UNITS),
    "strictness": _strictness,
    "custom_limits": _limits,
}
