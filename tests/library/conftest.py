"""Libraries to try the store on."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from store_cases import VIDEO, WHEN, MakeFolder, make_session

from formcheck.library.clients import CONSENT_WORDS, Client, Consent
from formcheck.library.encryption import crypto
from formcheck.library.store.library import Library
from formcheck.library.store.sync import open_library
from formcheck.results import Side
from formcheck.session.file import write_session


@pytest.fixture(autouse=True)
def cheap_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretching a passphrase is slow on purpose; here it is repeated a hundred times. offline_day.py pays in full."""
    monkeypatch.setattr(crypto, "COST", (4, 1, 1))


@pytest.fixture
def make_folder(tmp_path: Path) -> MakeFolder:
    """Writes a session folder outside any library."""

    def make(name: str = "set", reps: int = 3, side: Side = Side.LEFT) -> Path:
        folder = tmp_path / "outside" / name
        folder.mkdir(parents=True)
        write_session(folder, make_session(reps, side))
        (folder / "annotated.mp4").write_bytes(VIDEO)
        return folder

    return make


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def library(root: Path) -> Iterator[Library]:
    with open_library(root) as library:
        yield library


@pytest.fixture
def client(library: Library) -> Client:
    """One who consented to figures and video."""
    client = replace(library.new_client("K-017", "Ann Ż."), consent=Consent(WHEN, True, True, CONSENT_WORDS))
    library.put_client(client)
    return client
