"""A camera on the network, added in the window: kept, offered, chosen; what is no address is said."""

from pathlib import Path

import pytest
from gui_desk import Desk


@pytest.fixture(autouse=True)
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "cameras.json"
    monkeypatch.setattr("formcheck.capture.saved_cameras.cameras_file", lambda: file)
    return file


def test_an_address_is_kept_without_its_password(desk: Desk, own_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, str] = {}
    monkeypatch.setattr(
        "formcheck.gui.sets.sets.keep_password", lambda _url, user, password: kept.update({user: password}) is None
    )
    desk.questions.texts.append("http://me:hunter2@192.168.1.20:8080/video")
    desk.sets.add_camera()
    assert kept == {"me": "hunter2"}
    assert "192.168.1.20:8080" in own_file.read_text()
    assert "hunter2" not in own_file.read_text()


def test_what_is_no_address_is_said(desk: Desk, own_file: Path) -> None:
    desk.questions.texts.append("my phone")
    desk.sets.add_camera()
    assert desk.notices.troubles
    assert not own_file.exists()
