"""What the user has chosen, kept in one small JSON file. No Qt: the command line reads it too.

The fields of Settings are the one table of settings: what each may hold, its default, and for those of the dialog the words and
the tab. Another setting is one more field. A bad entry in the file never stops a start: it is dropped, alone, with a notice, and
its default is used.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

import platformdirs

from formcheck.system.files import private_folder, write_atomic
from formcheck.system.kept_words import kept
from formcheck.system.language import to_translate
from formcheck.system.setting_kinds import (
    Choice,
    Count,
    CustomLimits,
    FilePath,
    Flag,
    FolderPath,
    Kind,
    LanguageCode,
    LimitsPerExercise,
    PictureSize,
    Setting,
    StrictnessPerExercise,
    Tab,
    Text,
)

APP = "formcheck"
MAX_BYTES = 1_000_000


def _row(kind: Kind, tab: Tab | None = None, words: str = "", note: str = "") -> dict[str, Any]:
    """A field's metadata. words: its label, with the & of its key; note: a sentence beneath it."""
    return {"setting": (kind, tab, words, note)}


@dataclass(frozen=True, slots=True)
class Settings:
    """Every field has a default; replace() makes a changed copy."""

    exercise: str = field(default="clam", metadata=_row(Text()))
    variant: str = field(default="", metadata=_row(Text()))
    side: str = field(default="auto", metadata=_row(Choice((("auto", ""), ("left", ""), ("right", "")))))
    view: str = field(default="auto", metadata=_row(Choice((("auto", ""), ("behind", ""), ("front", "")))))
    """From where the camera sees the person, of exercises that may be filmed from several sides."""
    camera: str = field(default="", metadata=_row(Text()))
    """A camera's name; empty for the first one."""
    geometry: str = field(default="", metadata=_row(Text()))
    """The window's place, as Qt wrote it, in base64."""
    welcomed: bool = field(default=False, metadata=_row(Flag()))
    """Whether the first steps were seen, and left."""
    next_after_sets: int = field(default=3, metadata=_row(Count(100)))
    """A next step is suggested after so many sets in a row,"""
    next_after_reps: int = field(default=10, metadata=_row(Count(100)))
    """each of so many repetitions at least,"""
    next_after_clean: int = field(default=90, metadata=_row(Count(100)))
    """of which so many per cent were clean."""
    strictness: Mapping[str, str] = field(default_factory=dict, metadata=_row(StrictnessPerExercise()))
    """Exercise -> one of STRICTNESS."""
    custom_limits: CustomLimits = field(default_factory=dict, metadata=_row(LimitsPerExercise()))
    """Exercise -> fault -> (caution, fault), used where strictness is custom."""

    theme: str = field(
        default="system",
        metadata=_row(
            Choice((("system", to_translate("As the system")), ("light", to_translate("Light")), ("dark", to_translate("Dark")))),
            Tab.LOOK,
            to_translate("&Theme"),
        ),
    )
    text_size: int = field(
        default=100,
        metadata=_row(
            Choice(((100, "100 %"), (125, "125 %"), (150, "150 %"), (200, "200 %"))), Tab.LOOK, to_translate("Te&xt size")
        ),
    )
    language: str = field(
        default="system",
        metadata=_row(LanguageCode(), Tab.LOOK, to_translate("L&anguage")),
    )
    units: str = field(
        default="metric",
        metadata=_row(
            Choice((("metric", to_translate("Metres")), ("imperial", to_translate("Feet")))), Tab.LOOK, to_translate("&Units")
        ),
    )
    turn_text: bool = field(
        default=True,
        metadata=_row(Flag(), Tab.LOOK, to_translate("Large words, &turned, for someone who lies on the side")),
    )
    graph: bool = field(default=True, metadata=_row(Flag(), Tab.LOOK, to_translate("Show the &graph during a set")))

    camera_size: tuple[int, int] = field(
        default=(1280, 720), metadata=_row(PictureSize(), Tab.SET, to_translate("Camera picture"))
    )
    mirror: bool = field(default=True, metadata=_row(Flag(), Tab.SET, to_translate("Show the picture as a &mirror does")))
    """Only the view: left stays left in every figure."""
    record: bool = field(default=False, metadata=_row(Flag(), Tab.SET, to_translate("&Record the annotated video of each set")))
    record_raw: bool = field(
        default=False, metadata=_row(Flag(), Tab.SET, to_translate("Keep the picture without annotation &as well"))
    )
    hide_face: bool = field(
        default=False, metadata=_row(Flag(), Tab.SET, to_translate("Make the &face unrecognisable in the annotated video"))
    )
    guide: bool = field(
        default=True, metadata=_row(Flag(), Tab.SET, to_translate("&Check the set-up and count down before a set"))
    )
    every_frame: bool = field(
        default=False,
        metadata=_row(
            Flag(),
            Tab.SET,
            to_translate("Find a pose in e&very picture"),
            to_translate("Otherwise ten times a second, more often in fast movement: the same findings for half of the work."),
        ),
    )
    graphics_card: bool = field(
        default=False,
        metadata=_row(
            Flag(),
            Tab.SET,
            to_translate("Use the graphics car&d"),
            to_translate(
                "It is tried, to find poses and to read and write films; what it cannot do, or not sooner, the processor does, "
                "and the session says so."
            ),
        ),
    )
    ask_pain: bool = field(default=False, metadata=_row(Flag(), Tab.SET, to_translate("Ask for &pain and effort after a set")))
    sounds: bool = field(default=True, metadata=_row(Flag(), Tab.SET, to_translate("&Sounds")))
    volume: int = field(
        default=100,
        metadata=_row(
            Choice(((100, "100 %"), (75, "75 %"), (50, "50 %"), (25, "25 %"))),
            Tab.SET,
            to_translate("&Volume of voice and tones"),
        ),
    )
    tick: bool = field(default=True, metadata=_row(Flag(), Tab.SET, to_translate("T&ick at each phase of the tempo")))
    metronome: bool = field(
        default=False, metadata=_row(Flag(), Tab.SET, to_translate("Metronome in runs, 5 % &quicker than your own cadence"))
    )
    speech: bool = field(default=True, metadata=_row(Flag(), Tab.SET, to_translate("S&peak the cues")))
    talk: str = field(
        default="coach",
        metadata=_row(
            Choice(
                (
                    ("coach", to_translate("Set-up, count, cues and praise")),
                    ("count", to_translate("Only the count")),
                    ("quiet", to_translate("Nothing")),
                )
            ),
            Tab.SET,
            to_translate("Spo&ken"),
        ),
    )
    count_every: int = field(
        default=1,
        metadata=_row(
            Choice(((1, to_translate("Every repetition")), (5, to_translate("Every fifth")), (0, to_translate("Never")))),
            Tab.SET,
            to_translate("Say the nu&mber"),
        ),
    )

    clinic: bool = field(
        default=False,
        metadata=_row(
            Choice(((False, to_translate("One person, without clients")), (True, to_translate("A clinic, with clients")))),
            Tab.FILES,
            to_translate("&Used by"),
            to_translate("With clients, each set belongs to one, and nothing is recorded before consent."),
        ),
    )
    sessions_folder: str = field(
        default="",
        metadata=_row(FolderPath(), Tab.FILES, to_translate("&Sessions"), to_translate("Everything stays on this computer.")),
    )
    """Empty for the default."""
    spreadsheet: str = field(
        default="system",
        metadata=_row(
            Choice(
                (
                    ("system", to_translate("As this computer writes numbers")),
                    (",.", to_translate("Commas between cells, 1.5")),
                    (";,", to_translate("Semicolons between cells, 1,5")),
                    ("\t.", to_translate("Tabs between cells, 1.5")),
                )
            ),
            Tab.FILES,
            to_translate("&CSV files"),
        ),
    )
    """Separator and decimal sign of CSV files that are exported."""
    model: str = field(default="", metadata=_row(FilePath("*.task"), Tab.FILES, to_translate("Pose &model")))
    """A pose model file that wins over the program's own; empty for none."""

    @property
    def model_path(self) -> Path | None:
        """The pose model file that wins over the program's own; None for the program's own."""
        return Path(self.model) if self.model else None

    def sessions(self) -> Path:
        """Where sessions are kept."""
        return Path(self.sessions_folder) if self.sessions_folder else default_sessions_folder()


SETTINGS: Mapping[str, Setting] = MappingProxyType({f.name: Setting(f.name, *f.metadata["setting"]) for f in fields(Settings)})
"""The table, by name, in the order of the dialog."""


def default_sessions_folder() -> Path:
    return Path(platformdirs.user_data_dir(APP, appauthor=False)) / "sessions"


def settings_file() -> Path:
    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "settings.json"


def load_settings(path: Path | None = None) -> tuple[Settings, tuple[str, ...]]:
    """The settings and, for each entry that made no sense, a notice. Never fails."""
    path = path or settings_file()
    try:
        if path.stat().st_size > MAX_BYTES:
            return Settings(), (kept("The settings file is too large and was ignored: {path}", path=path),)
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, ValueError, RecursionError) as error:
        return Settings(), (kept("The settings file cannot be read and was ignored: {path} ({why})", path=path, why=error),)
    if not isinstance(data, dict):
        return Settings(), (kept("The settings file holds no settings and was ignored: {path}", path=path),)
    good: dict[str, Any] = {}
    notices = []
    for name, value in data.items():
        if name not in SETTINGS:
            notices.append(kept("Unknown setting {name} was ignored.", name=f"{name!r:.60}"))
            continue
        try:
            good[name] = SETTINGS[name].kind.read(value)
        except (ValueError, TypeError, KeyError, OverflowError):
            notices.append(
                kept(
                    "The setting {name} has the value {value}, which makes no sense; its default is used.",
                    name=repr(name),
                    value=f"{value!r:.60}",
                )
            )
    return Settings(**good), tuple(notices)


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """OSError where it cannot be written."""
    path = path or settings_file()
    private_folder(path.parent)
    data = {name: _plain(getattr(settings, name)) for name in SETTINGS}
    write_atomic(path, json.dumps(data, indent=1, sort_keys=True) + "\n")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    return list(value) if isinstance(value, tuple) else value
