"""Files are written whole; what is handed on has the user's usual permissions, the rest is private."""

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from formcheck.system.files import as_path, as_text, replaced_by, write_atomic, write_export


@pytest.fixture(params=[0o022, 0o027, 0o002])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_permissions(tmp_path: Path, umask: int) -> None:
    write_atomic(tmp_path / "kept", "x")
    write_export(tmp_path / "report.pdf", b"x")
    (tmp_path / "theirs").write_text("x")
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()}
    assert modes == {"kept": 0o600, "report.pdf": 0o666 & ~umask, "theirs": 0o666 & ~umask}


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        write_export(tmp_path / "none" / "a.pdf", "x")
    assert caught.value.filename == str(tmp_path / "none")
    assert "no such folder" in caught.value.strerror


def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")

    def fails() -> None:
        with replaced_by(tmp_path / "a") as new:
            new.write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("a", "old")]


@pytest.mark.skipif(os.name != "posix", reason="names of files are text here")
def test_a_path_that_is_no_text_is_kept_in_a_text(tmp_path: Path) -> None:
    for name in (b"caf\xe9 50%.txt", "日本 %C3.txt".encode()):
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        assert as_path(json.loads(json.dumps(as_text(path)).encode().decode())) == path
