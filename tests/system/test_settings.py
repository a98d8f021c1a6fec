"""Settings survive a round trip, and one bad entry costs only itself."""

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.system.settings import SETTINGS, Settings, load_settings, save_settings


def test_every_default_is_a_value_that_its_kind_reads() -> None:
    defaults = Settings()
    for name, setting in SETTINGS.items():
        assert setting.kind.read(getattr(defaults, name)) == getattr(defaults, name)


def test_a_file_of_version_0_1_0_opens(tmp_path: Path) -> None:
    """Every name that version wrote, with another value than the default."""
    written = {
        "ask_pain": True,
        "camera": "USB camera",
        "camera_size": [640, 480],
        "clinic": True,
        "custom_limits": {"clam": {"pelvic_roll": [8.0, 12.0]}},
        "exercise": "pivot",
        "geometry": "AdnQywAD",
        "graph": False,
        "guide": False,
        "hide_face": True,
        "language": "en",
        "mirror": False,
        "model": "/models/other.task",
        "next_after_clean": 80,
        "next_after_reps": 8,
        "next_after_sets": 2,
        "record": True,
        "record_raw": True,
        "sessions_folder": "/sessions",
        "side": "left",
        "sounds": False,
        "speech": False,
        "strictness": {"clam": "custom"},
        "text_size": 150,
        "theme": "dark",
        "turn_text": True,
        "units": "imperial",
        "variant": "banded",
    }
    path = tmp_path / "s.json"
    path.write_text(json.dumps(written))
    settings, notices = load_settings(path)
    assert notices == ()
    save_settings(settings, path)
    assert json.loads(path.read_text()).items() >= written.items()  # later versions know more


def test_round_trip(tmp_path: Path) -> None:
    chosen = replace(
        Settings(),
        exercise="pivot",
        side="left",
        mirror=False,
        text_size=150,
        camera_size=(640, 480),
        strictness={"clam": "custom"},
        custom_limits={"clam": {"pelvic_roll": (8.0, 12.0)}},
        clinic=True,
    )
    save_settings(chosen, tmp_path / "new" / "settings.json")
    assert load_settings(tmp_path / "new" / "settings.json") == (chosen, ())


def test_no_file_is_no_notice(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.json") == (Settings(), ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("side", "up"),
        ("mirror", "yes"),
        ("text_size", 110),
        ("text_size", True),
        ("next_after_clean", 101),
        ("next_after_sets", 0),
        ("camera_size", [0, 0]),
        ("camera_size", "big"),
        ("clinic", 1),
        ("strictness", {"clam": "brutal"}),
        ("custom_limits", {"clam": {"pelvic_roll": [float("nan"), 3]}}),
        ("custom_limits", {"clam": {"pelvic_roll": [1]}}),
        ("theme", 3),
        ("model", ["x"]),
        ("no_such_thing", 1),
    ],
)
def test_a_bad_entry_is_dropped_alone(tmp_path: Path, name: str, value: object) -> None:
    path = tmp_path / "s.json"
    path.write_text(json.dumps({"exercise": "pivot", name: value}))
    settings, notices = load_settings(path)
    assert settings == replace(Settings(), exercise="pivot")
    assert len(notices) == 1
    assert name in notices[0]


@pytest.mark.parametrize("content", ["", "{", "[]", "3", "[" * 100_000, "\x00\xff"])
def test_a_broken_file_gives_the_defaults_and_a_notice(tmp_path: Path, content: str) -> None:
    path = tmp_path / "s.json"
    path.write_bytes(content.encode("latin-1"))
    settings, notices = load_settings(path)
    assert settings == Settings()
    assert len(notices) == 1


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([f.name for f in fields(Settings)]), _json))
def test_nothing_in_the_file_can_stop_a_start(tmp_path_factory: pytest.TempPathFactory, data: dict[str, object]) -> None:
    path = tmp_path_factory.getbasetemp() / "settings.json"
    path.write_text(json.dumps(data))
    settings, _ = load_settings(path)
    save_settings(settings, path)
    assert load_settings(path) == (settings, ())
