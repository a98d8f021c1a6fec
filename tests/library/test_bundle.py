"""Sessions that were sent are taken in whole, or refused with a reason and nothing changed."""

import json
import re
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from store_cases import MakeFolder, plays

from formcheck.library import bundle
from formcheck.library.bundle import export_sessions, import_bundle
from formcheck.library.clients import Client
from formcheck.library.errors import BadBundle
from formcheck.library.store.library import Library
from formcheck.library.store.sync import open_library
from formcheck.session.file import read_session

Change = Callable[[zipfile.ZipFile, str], None]


@pytest.fixture
def sent(tmp_path: Path, make_folder: MakeFolder) -> Path:
    """A .zip with two sessions from another computer."""
    target = tmp_path / "sent.zip"
    with open_library(tmp_path / "home") as home:
        for name in "ab":
            home.add_session(make_folder(name), keep_video=True)
        export_sessions(home, home.sessions(), target, videos=True)
    return target


def test_they_arrive(library: Library, client: Client, sent: Path) -> None:
    taken = import_bundle(library, sent, client=client.uid, keep_video=True)
    assert (len(taken.entries), taken.known) == (2, 0)
    assert library.sessions_of(client.uid) == library.sessions()
    folder = library.folder(taken.entries[0])
    assert len(read_session(folder).reps) == 3
    assert plays(folder / "annotated.mp4")
    assert import_bundle(library, sent, client=client.uid, keep_video=True).known == 2
    assert len(library.sessions()) == 2


def test_videos_stay_behind_unless_wanted(library: Library, sent: Path) -> None:
    (first, _) = import_bundle(library, sent, client=None, keep_video=False).entries
    assert not library.has_video(first)


def _entry(sent: Path) -> str:
    with zipfile.ZipFile(sent) as source:
        return next(n for n in source.namelist() if n.endswith("session.json"))


def _add(name: str, content: str = "x", mode: int = 0) -> Change:
    def change(target: zipfile.ZipFile, _: str) -> None:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        target.writestr(info, content)

    return change


def _bomb(target: zipfile.ZipFile, _: str) -> None:
    target.writestr("sessions/bomb/series.csv", b"0" * 50_000_000, zipfile.ZIP_DEFLATED)


def _again(target: zipfile.ZipFile, first: str) -> None:
    target.writestr(first.upper().replace("SESSIONS", "sessions").replace("SESSION.JSON", "session.json"), "{}")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_add("../evil.txt"), "outside its folder"),
        (_add("/etc/evil"), "outside its folder"),
        (_add("sessions/../../evil/session.json"), "outside its folder"),
        (_add("sessions/a/../../../session.json"), "outside its folder"),
        (_add("sessions\\..\\evil"), "outside its folder"),
        (_add("C:/evil"), "outside its folder"),
        (_add("sessions/a/evil.exe"), "belongs to no session"),
        (_add("sessions/link/session.json", "/etc/passwd", stat.S_IFLNK | 0o777), "link"),
        (_add("sessions/empty/series.csv", "t_s\n"), "cannot be read"),
        (_add("sessions/bad/session.json", "{}"), "not a formcheck session"),
        (_add("sessions/deep/session.json", "[" * 100_000), "not a formcheck session"),
        (_bomb, "zip bomb"),
        (_again, "twice"),
    ],
)
def test_what_is_not_to_be_trusted_is_refused(library: Library, sent: Path, change: Change, reason: str) -> None:
    first = _entry(sent)
    with zipfile.ZipFile(sent, "a") as target:
        change(target, first)
    before = sorted(library.root.rglob("*"))
    with pytest.raises(BadBundle, match=reason) as caught:
        import_bundle(library, sent, client=None, keep_video=True)
    assert "\n" not in str(caught.value)
    assert sorted(library.root.rglob("*")) == before
    assert not library.sessions()
    assert not list(library.root.parent.glob("evil*"))


def rewritten(sent: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """The same .zip with one file of its first session changed, and its record made another's."""
    target = sent.with_name("changed.zip")
    with zipfile.ZipFile(sent) as source, zipfile.ZipFile(target, "w") as out:
        first = _entry(sent).rpartition("/")[0]
        for entry in source.namelist():
            content = source.read(entry)
            out.writestr(entry, change(content) if entry == f"{first}/{name}" else content)
        if f"{first}/{name}" not in source.namelist():
            out.writestr(f"{first}/{name}", change(b""))
    return target


@pytest.mark.parametrize(
    ("name", "change", "reason"),
    [
        ("session.json", lambda c: c.replace(b'"fault": 15.0', b'"fault": 1.0'), "below its caution"),
        ("session.json", lambda c: c.replace(b'"fault": 15.0', b'"fault": 125.0'), "between 0 and 60"),
        ("record.json", lambda c: re.sub(rb'"when": "\d{4}', b'"when": "8999', c), "still to come"),
        ("annotated.mp4", lambda _: b"MZ" + bytes(1000), "annotated.mp4 is no film"),
    ],
)
def test_what_no_formcheck_would_have_written_is_refused(
    library: Library, sent: Path, name: str, change: Callable[[bytes], bytes], reason: str
) -> None:
    with pytest.raises(BadBundle, match=reason):
        import_bundle(library, rewritten(sent, name, change), client=None, keep_video=True)
    assert not library.sessions()


@pytest.mark.parametrize("name", ["reps.csv", "series.csv", "angles.csv"])
def test_no_table_of_others_is_taken_as_it_stands(library: Library, sent: Path, name: str) -> None:
    """It might hold formulas, which a spreadsheet would run."""
    evil = rewritten(sent, name, lambda _: b't_s,=1+1,phase\n0,"=HYPERLINK(""http://x"")",0\n1,@SUM(A1),0\n')
    taken = import_bundle(library, evil, client=None, keep_video=False)
    assert len(taken.entries) == 2
    for entry in taken.entries:
        for table in library.folder(entry).glob("*.csv"):
            assert "=" not in table.read_text()
            assert "@" not in table.read_text()


def test_an_entry_larger_than_it_says(library: Library, sent: Path) -> None:
    """The size in the directory is a claim; what is unpacked counts."""
    content = bytearray(sent.read_bytes())
    with zipfile.ZipFile(sent) as source:
        info = source.getinfo(_entry(sent))
    at = content.rindex(info.filename.encode()) - 46
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    sent.write_bytes(content)
    with pytest.raises(BadBundle):
        import_bundle(library, sent, client=None, keep_video=True)
    assert not library.sessions()


def test_too_large_or_too_many(library: Library, sent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(bundle.MAX_FILE_BYTES, "session.json", 100)
    with pytest.raises(BadBundle, match="too large"):
        import_bundle(library, sent, client=None, keep_video=True)
    monkeypatch.setattr(bundle, "MAX_ENTRIES", 3)
    with pytest.raises(BadBundle, match="more than 3"):
        import_bundle(library, sent, client=None, keep_video=True)
    monkeypatch.setattr(bundle, "SPARE_BYTES", 1 << 60)
    monkeypatch.setattr(bundle, "MAX_ENTRIES", 100)
    monkeypatch.setitem(bundle.MAX_FILE_BYTES, "session.json", 10_000_000)
    with pytest.raises(BadBundle, match="room"):
        import_bundle(library, sent, client=None, keep_video=True)


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_another_version(library: Library, tmp_path: Path, version: object) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("bundle.json", json.dumps({"format": "formcheck-bundle", "version": version}))
    with pytest.raises(BadBundle, match="version"):
        import_bundle(library, path, client=None, keep_video=True)


def test_not_a_zip(library: Library, tmp_path: Path) -> None:
    for name, content in (("text.zip", b"hello"), ("empty.zip", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(BadBundle, match="not a whole"):
            import_bundle(library, tmp_path / name, client=None, keep_video=True)
    with pytest.raises(BadBundle, match="cannot be read"):
        import_bundle(library, tmp_path / "absent.zip", client=None, keep_video=True)
