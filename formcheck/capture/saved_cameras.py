"""Cameras on the network that the user added by name: one small file, without passwords."""

import json
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from formcheck.capture.address import CameraAddress, parse_address
from formcheck.system.errors import UserError
from formcheck.system.files import private_folder, write_atomic
from formcheck.system.language import tr

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class SavedCamera:
    name: str
    address: CameraAddress


def cameras_file() -> Path:
    return Path(platformdirs.user_config_dir("formcheck", appauthor=False)) / "cameras.json"


def saved_cameras(path: Path | None = None) -> tuple[SavedCamera, ...]:
    """What the file holds, in its order. An entry that makes no sense is left out; no file: none."""
    path = path or cameras_file()
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return ()
    found = []
    for entry in entries if isinstance(entries, list) else []:
        try:
            address, _ = parse_address(entry["url"])
            found.append(SavedCamera(_name(entry["name"]), CameraAddress(address.url, str(entry.get("user", "")))))
        except (UserError, KeyError, TypeError, AttributeError):
            continue
    return tuple(found)


def save_camera(name: str, address: CameraAddress, path: Path | None = None) -> SavedCamera:
    """Add a camera, or give the one of that name another address. UserError for a bad name, OSError for a bad disk."""
    new = SavedCamera(_name(name), address)
    _write([*(c for c in saved_cameras(path) if c.name != new.name), new], path)
    return new


def remove_camera(name: str, path: Path | None = None) -> SavedCamera:
    """The camera that was taken out. UserError if there is none of that name."""
    cameras = saved_cameras(path)
    gone = next((c for c in cameras if c.name == name), None)
    if gone is None:
        raise UserError(tr("no camera is called {name!r}; see formcheck cameras", name=name))
    _write([c for c in cameras if c is not gone], path)
    return gone


def _name(name: object) -> str:
    if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_NAME or not name.isprintable():
        raise UserError(tr("a camera's name has 1 to {longest_name} printable characters", longest_name=LONGEST_NAME))
    return name.strip()


def _write(cameras: list[SavedCamera], path: Path | None) -> None:
    path = path or cameras_file()
    private_folder(path.parent)
    entries = [{"name": c.name, "url": c.address.url, "user": c.address.user} for c in cameras]
    write_atomic(path, json.dumps(entries, indent=1, ensure_ascii=False) + "\n")
