from pathlib import Path

import pytest

from formcheck.cli.main import run


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr("formcheck.capture.saved_cameras.cameras_file", lambda: tmp_path / "cameras.json")
    monkeypatch.setattr("formcheck.cli.cameras.list_cameras", list)


def test_added_listed_and_removed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cameras", "--add", "Phone", "http://192.168.1.20:8080/video"]) == 0
    assert run(["cameras"]) == 0
    assert "Phone  http://192.168.1.20:8080/video" in capsys.readouterr().out
    assert run(["cameras", "--remove", "Phone"]) == 0
    capsys.readouterr()
    assert run(["cameras"]) == 0
    assert "Phone" not in capsys.readouterr().out


def test_a_password_goes_into_the_keyring_and_nowhere_else(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, str] = {}

    def keep(url: str, user: str, password: str) -> bool:
        kept[f"{user}@{url}"] = password
        return True

    monkeypatch.setattr("formcheck.cli.cameras.keep_password", keep)
    assert run(["cameras", "--add", "Door", "rtsp://me:hunter2@10.0.0.2/live"]) == 0
    assert kept == {"me@rtsp://10.0.0.2/live": "hunter2"}
    assert "hunter2" not in capsys.readouterr().out + (tmp_path / "cameras.json").read_text()


@pytest.mark.parametrize("arguments", [["--add", "x", "nonsense"], ["--add", "x", "ftp://a/b"], ["--remove", "nobody"]])
def test_what_cannot_be_done_is_said_in_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cameras", *arguments]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
