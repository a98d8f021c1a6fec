import json
from pathlib import Path

import pytest

from formcheck.capture.address import parse_address
from formcheck.capture.saved_cameras import remove_camera, save_camera, saved_cameras
from formcheck.system.errors import UserError


def test_a_camera_is_kept_by_name_without_its_password(tmp_path: Path) -> None:
    file = tmp_path / "cameras.json"
    address, _ = parse_address("rtsp://me:hunter2@10.0.0.2/live")
    save_camera("Phone on the shelf", address, file)
    save_camera("Other", parse_address("http://10.0.0.3:8080/video")[0], file)
    assert "hunter2" not in file.read_text()
    assert [(c.name, c.address.url, c.address.user) for c in saved_cameras(file)] == [
        ("Phone on the shelf", "rtsp://10.0.0.2/live", "me"),
        ("Other", "http://10.0.0.3:8080/video", ""),
    ]


def test_the_same_name_gets_the_new_address(tmp_path: Path) -> None:
    file = tmp_path / "cameras.json"
    for host in ("a", "b"):
        save_camera("Phone", parse_address(f"http://{host}/video")[0], file)
    assert [c.address.url for c in saved_cameras(file)] == ["http://b/video"]


def test_removed_once_and_not_twice(tmp_path: Path) -> None:
    file = tmp_path / "cameras.json"
    save_camera("Phone", parse_address("http://a/video")[0], file)
    assert remove_camera("Phone", file).name == "Phone"
    assert saved_cameras(file) == ()
    with pytest.raises(UserError, match="Phone"):
        remove_camera("Phone", file)


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\nb"])
def test_names_that_cannot_be_shown_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        save_camera(name, parse_address("http://a/video")[0], tmp_path / "c.json")


@pytest.mark.parametrize("text", ["", "{}", "[1, null]", '[{"name": "x"}]', '[{"name": "x", "url": "file:///x"}]', "[" * 100_000])
def test_a_spoilt_file_stops_nothing(text: str, tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    file.write_text(text)
    assert saved_cameras(file) == ()


def test_what_is_good_in_it_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    file.write_text(json.dumps([{"name": "x", "url": "nonsense"}, {"name": "y", "url": "http://a/b"}]))
    assert [c.name for c in saved_cameras(file)] == ["y"]
