"""What a client's film was called, where it was made and with what goes nowhere: what was planted is looked for everywhere."""

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import av
import numpy as np
import pytest
from films import corners, make_film, moving, turn_by_metadata
from lying_figure import Lying, observations
from series import write_series
from store_cases import WHEN, MakeFolder

from formcheck.library.bundle import export_sessions
from formcheck.library.clients import Client
from formcheck.library.encryption.passphrase import set_passphrase
from formcheck.library.services import export_client
from formcheck.library.store.library import Library
from formcheck.library.store.sync import open_library
from formcheck.recording.remux import copy_pictures
from formcheck.report.folder import folder_document
from formcheck.report.html import document_html, session_html
from formcheck.report.pdf import document_pdf
from formcheck.session.file import read_session, write_session
from formcheck.session.notes import Notes, write_notes
from formcheck.session.ownership import Ownership, read_ownership, write_ownership
from formcheck.session.signals import SignalsWriter

NAME = "Anna_Mueller_born_1984.mov"
PLANTED = (b"Anna_Mueller", b"+48.2082", b"iPhone 15 Pro", b"Logitech", b"Apple", b"2026-03-14T17:05", b"whispered")
"""A file's name, a place, a device, a maker, a moment, and a field that no formcheck knows."""


def phone_film(path: Path) -> Path:
    film = make_film(path.with_suffix(".plain.mp4"), [moving(i) for i in range(12)])
    with av.open(str(film)) as source, av.open(str(path), "w", format="mov", options={"movflags": "use_metadata_tags"}) as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        target.metadata.update(
            {
                "com.apple.quicktime.location.ISO6709": "+48.2082+016.3738/",
                "com.apple.quicktime.make": "Apple",
                "com.apple.quicktime.model": "iPhone 15 Pro",
                "creation_time": "2026-03-14T17:05:00Z",
                "title": NAME,
            }
        )
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    film.unlink()
    return path


def planted(make_folder: MakeFolder, film: Path) -> Path:
    """A session folder with everything in it that may give somebody away."""
    folder = make_folder("secret")
    session = read_session(folder)
    write_session(folder, replace(session, video=replace(session.video, name=NAME)))
    shutil.copyfile(film, folder / "annotated.mp4")
    shutil.copyfile(film, folder / "raw.mp4")
    (folder / "report.html").write_text(session_html(read_session(folder)), encoding="utf-8")
    write_series(folder / "series.csv", ["pelvic_roll", "Logitech C920"], [(i / 10, {"pelvic_roll": 1.0}) for i in range(20)])
    write_notes(folder, Notes(pain_before=2))
    write_ownership(folder, Ownership(uuid4().hex, WHEN))
    signals = SignalsWriter(folder / "signals.npz", lambda act: act())
    for observation in observations(Lying(opening=35.0)):
        signals.add(observation.timestamp_s, observation)
    signals.finish()
    for name in ("session.json", "record.json", "notes.json"):
        data = json.loads((folder / name).read_text(encoding="utf-8"))
        (folder / name).write_text(json.dumps(data | {"device": "iPhone 15 Pro", "remark": "whispered"}), encoding="utf-8")
    return folder


def content(path: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below `path`, and every one packed in those."""
    for file in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]:
        data = file.read_bytes()
        yield file.name, data
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                for name in packed.namelist():
                    yield name, packed.read(name)
                    if name.endswith(".npz"):
                        with zipfile.ZipFile(io.BytesIO(packed.read(name))) as arrays:
                            yield from ((inner, arrays.read(inner)) for inner in arrays.namelist())


def given_away(path: Path) -> set[str]:
    return {f"{word.decode()} in {name}" for name, data in content(path) for word in PLANTED if word in data + name.encode()}


@pytest.fixture
def kept(make_folder: MakeFolder, library: Library, client: Client, tmp_path: Path) -> Path:
    """The folder of a client's session in the library."""
    folder = planted(make_folder, phone_film(tmp_path / "film.mov"))
    assert {found.split(" in ")[0].encode() for found in given_away(folder)} == set(PLANTED)
    return library.folder(library.add_session(folder, keep_video=True, client=client.uid))


def test_a_client_s_session_names_no_source_but_in_its_record(kept: Path) -> None:
    ownership = read_ownership(kept)
    assert ownership is not None
    assert ownership.source == NAME
    assert read_session(kept).video.name == ""
    for name in ("session.json", "report.html", "annotated.mp4", "raw.mp4"):
        assert not given_away(kept / name)


def test_the_record_is_locked_with_the_rest(kept: Path, library: Library, client: Client) -> None:
    set_passphrase(library, "correct horse battery")
    assert not given_away(kept)
    with (
        open_library(library.root, passphrase="correct horse battery") as unlocked,
        unlocked.opened(unlocked.sessions_of(client.uid)[0]) as folder,
    ):
        assert read_ownership(folder).source == NAME  # type: ignore[union-attr]


def test_nothing_that_was_planted_is_in_an_export(kept: Path, library: Library, client: Client, tmp_path: Path) -> None:
    assert kept.is_dir()
    assert not given_away(export_client(library, client, tmp_path / "export"))
    bundle = tmp_path / "sets.zip"
    export_sessions(library, library.sessions(), bundle, videos=True)
    assert not given_away(bundle)
    with zipfile.ZipFile(bundle) as file:
        names = {Path(n).name for n in file.namelist()}
    assert names >= {"session.json", "reps.csv", "series.csv", "signals.npz", "report.html", "annotated.mp4", "raw.mp4"}


def test_nor_in_a_report(kept: Path, client: Client, tmp_path: Path) -> None:
    report = folder_document(kept, client.code)
    assert "K-017" in document_html(report)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "report.html").write_text(document_html(report), encoding="utf-8")
    document_pdf(report, tmp_path / "out" / "report.pdf")
    assert not given_away(tmp_path / "out")


def test_an_export_of_the_owner_s_own_sets_names_no_source_either(
    make_folder: MakeFolder, library: Library, tmp_path: Path
) -> None:
    library.add_session(planted(make_folder, phone_film(tmp_path / "film.mov")), keep_video=True)
    assert read_session(library.folder(library.sessions()[0])).video.name == NAME, "here it is their own"
    export_sessions(library, library.sessions(), tmp_path / "sets.zip", videos=True)
    assert not given_away(tmp_path / "sets.zip")


def test_pictures_are_copied_as_they_are(tmp_path: Path) -> None:
    film = make_film(tmp_path / "turned.mp4", [moving(i) for i in range(8)])
    turn_by_metadata(film, 1)
    assert copy_pictures(film, tmp_path / "bare.mp4")
    assert [p.name for p in sorted(tmp_path.iterdir())] == ["bare.mp4", "turned.mp4"]
    frames = [list(_decoded(p)) for p in (film, tmp_path / "bare.mp4")]
    assert len(frames[0]) == len(frames[1]) == 8
    assert all(np.array_equal(a, b) and s == t and turn == other for (s, turn, a), (t, other, b) in zip(*frames, strict=True))
    assert corners(frames[0][0][2])
    (tmp_path / "none.mp4").write_bytes(b"no film")
    assert not copy_pictures(tmp_path / "none.mp4", tmp_path / "nothing.mp4")
    assert not (tmp_path / "nothing.mp4").exists()


def test_a_phone_s_own_film_keeps_no_place_and_no_model(tmp_path: Path) -> None:
    film = Path(__file__).parents[3] / "shared" / "cases" / "gps_and_name.mov"
    if not film.exists():
        pytest.skip("needs the film of a phone beside the checkout: ../shared/cases")
    assert b"iPhone 15 Pro" in film.read_bytes()
    assert copy_pictures(film, tmp_path / "raw.mp4")
    assert not given_away(tmp_path / "raw.mp4")


def _decoded(path: Path) -> Iterator[tuple[float | None, int, np.ndarray]]:
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            yield frame.time, frame.rotation, frame.to_ndarray(format="bgr24")
