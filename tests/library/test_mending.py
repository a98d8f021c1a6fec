"""Whose a session is, when it was and what a client is called can be put right afterwards."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from store_cases import WHEN, MakeFolder

from formcheck.library.clients import CONSENT_WORDS, Client, Consent
from formcheck.library.encryption.passphrase import set_passphrase
from formcheck.library.errors import StoreError
from formcheck.library.mending import move_session, redate_session, rename_client
from formcheck.library.services import period_report
from formcheck.library.store.library import Library
from formcheck.library.store.sync import open_library, rebuild_library
from formcheck.library.store.twins import twins
from formcheck.report.folder import folder_document
from formcheck.report.html import document_html
from formcheck.session.file import read_session, write_session
from formcheck.session.ownership import read_ownership

NOW = WHEN + timedelta(days=20)


@pytest.fixture
def other(library: Library) -> Client:
    """One who consented to figures only."""
    client = replace(library.new_client("M-02"), consent=Consent(WHEN, True, False, CONSENT_WORDS))
    library.put_client(client)
    return client


def test_a_session_goes_to_another_client(library: Library, client: Client, other: Client, make_folder: MakeFolder) -> None:
    entry = library.add_session(make_folder(), keep_video=False, client=other.uid, when=WHEN, plan="a" * 32, item="b" * 32)
    moved = move_session(library, entry, client.uid, NOW)
    assert (moved.uid, moved.client, moved.plan, moved.when) == (entry.uid, client.uid, None, WHEN)
    assert library.sessions_of(other.uid) == ()
    assert library.sessions_of(client.uid) == (moved,)
    report = document_html(folder_document(library.folder(moved), client.code))
    assert "Moved here from another list on 2026-11-22." in report
    assert "M-02" not in report, "whose it was is nobody else's business"
    with pytest.raises(StoreError, match="theirs already"):
        move_session(library, moved, client.uid, NOW)


def test_it_stands_in_the_files_not_in_the_index_alone(library: Library, client: Client, make_folder: MakeFolder) -> None:
    entry = library.add_session(make_folder(), keep_video=True, when=WHEN)
    assert read_session(library.folder(entry)).video.name == "a.mp4"
    moved = move_session(library, entry, client.uid, NOW)
    ownership = read_ownership(library.folder(moved))
    assert ownership is not None
    assert (ownership.client, ownership.source) == (client.uid, "a.mp4")
    assert read_session(library.folder(moved)).video.name == "", "a client's session names no film"
    library.close()
    again, _ = rebuild_library(library.root)
    with again:
        assert again.sessions() == (moved,)


def test_nothing_goes_to_who_did_not_agree_to_it(library: Library, other: Client, make_folder: MakeFolder) -> None:
    entry = library.add_session(make_folder(), keep_video=True)
    with pytest.raises(StoreError, match="not consented to videos"):
        move_session(library, entry, other.uid, NOW)
    silent = library.new_client("N-03")
    with pytest.raises(StoreError, match="not consented yet"):
        move_session(library, entry, silent.uid, NOW)
    assert library.sessions() == (entry,)
    library.delete_video(entry)
    assert move_session(library, entry, other.uid, NOW).client == other.uid


def test_a_wrong_date_is_put_right(library: Library, make_folder: MakeFolder) -> None:
    entry = library.add_session(make_folder(), keep_video=False, when=WHEN)
    right = WHEN - timedelta(days=3, hours=2)
    moved = redate_session(library, entry, right, NOW)
    assert moved.when == right
    assert moved.folder.startswith(f"{right.astimezone():%Y-%m-%d_%H%M}_clam")
    assert [p.name for p in library.sessions_root.iterdir()] == [moved.folder]
    report = document_html(folder_document(library.folder(moved)))
    assert "The date was put right on 2026-11-22; before it was 2026-11-02 09:30." in report
    for never in (NOW + timedelta(days=1), WHEN.replace(year=1970)):
        with pytest.raises(StoreError, match="nothing was changed"):
            redate_session(library, moved, never, NOW)


def test_a_locked_session_is_mended_and_stays_locked(library: Library, client: Client, make_folder: MakeFolder) -> None:
    library.add_session(make_folder(), keep_video=True, when=WHEN)
    set_passphrase(library, "correct horse battery")
    with open_library(library.root, passphrase="correct horse battery") as locked:
        moved = move_session(locked, redate_session(locked, locked.sessions()[0], WHEN - timedelta(1), NOW), client.uid, NOW)
        assert all(p.suffix == ".locked" for p in locked.folder(moved).iterdir())
        with locked.opened(moved) as folder:
            assert read_ownership(folder).client == client.uid  # type: ignore[union-attr]


def test_a_client_gets_another_code_and_reports_name_both(library: Library, client: Client, make_folder: MakeFolder) -> None:
    library.add_session(make_folder(), keep_video=False, client=client.uid, when=WHEN)
    with pytest.raises(StoreError, match="already"):
        rename_client(library, library.new_client("X-1"), NOW, code="k-017")
    renamed = rename_client(library, client, NOW, code="P-44", name="Ann Źdź")
    assert library.client("P-44") == renamed
    assert (renamed.uid, renamed.name, renamed.known_as) == (client.uid, "Ann Źdź", "P-44 (before: K-017 until 2026-11-22)")
    assert len(library.sessions_of(client.uid)) == 1
    assert "P-44 (before: K-017 until 2026-11-22)" in document_html(period_report(library, renamed))
    assert rename_client(library, renamed, NOW, name="").former == renamed.former


def film(folder: Path, sha256: str, from_s: float = 0.0) -> Path:
    session = read_session(folder)
    write_session(folder, replace(session, video=replace(session.video, sha256=sha256, from_s=from_s)))
    return folder


def test_the_same_film_is_known_by_its_content(library: Library, client: Client, make_folder: MakeFolder) -> None:
    first = library.add_session(film(make_folder("a"), "0" * 64), keep_video=False, client=client.uid, again=False)
    with pytest.raises(StoreError, match=f"already, as {first.folder}"):
        library.add_session(film(make_folder("b"), "0" * 64), keep_video=False, client=client.uid, again=False)
    another = library.add_session(film(make_folder("c"), "1" * 64), keep_video=False, client=client.uid, again=False)
    part = library.add_session(film(make_folder("d"), "0" * 64, from_s=4.0), keep_video=False, client=client.uid, again=False)
    assert twins(another, library.sessions()) == twins(part, library.sessions()) == ()
    own = library.add_session(film(make_folder("e"), "0" * 64), keep_video=False, again=False)
    assert twins(own, library.sessions()) == (first,)
    kept = library.add_session(film(make_folder("f"), "0" * 64), keep_video=False, client=client.uid)
    assert set(twins(kept, library.sessions())) == {first, own}
