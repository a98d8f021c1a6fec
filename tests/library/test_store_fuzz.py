"""More than two thousand broken files at the readers: each is refused with a reason in one line, and nothing is changed."""

import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from store_cases import MakeFolder, make_session

from formcheck.library import clients, plans
from formcheck.library.bundle import export_sessions, import_bundle
from formcheck.library.store.library import Library
from formcheck.library.store.sync import open_library
from formcheck.results import Side
from formcheck.session.file import read_session, to_json
from formcheck.session.notes import Notes, read_notes
from formcheck.session.notes import dump as dump_notes
from formcheck.system.errors import UserError

EACH = 600
NONSENSE: tuple[Any, ...] = (
    None,
    True,
    -1,
    2**70,
    1e308,
    -0.5,
    "",
    "x" * 30_000,
    "\0",
    "\ud800",
    "../..",
    [],
    {},
    [[]],
    {"a": 1},
    float("nan"),
    float("inf"),
)
CLAM = plans.Item(uuid4().hex, "clam", "standard", Side.LEFT, 2, 10)
TURN = plans.Item(uuid4().hex, "pivot", "standard", None, 1, 5)
PLAN = plans.Plan(uuid4().hex, "Fuzz", (CLAM, TURN))
NOTES = Notes(2, 3, 5, "s", "o", "a", "p", {1: {"pelvic_roll": "no"}}, {2: "talked"})
CLIENT = clients.Client(uuid4().hex, "K-1", "Ann")


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every (container, key) in a JSON value."""
    keys: list[Any] = list(data) if isinstance(data, dict) else list(range(len(data))) if isinstance(data, list) else []
    for key in keys:
        yield data, key
        yield from places(data[key])


def break_json(chance: random.Random, text: str) -> bytes:
    """A text that is cut off, has bytes changed, or whose fields are nonsense, lost or doubled."""
    way = chance.randrange(5)
    content = bytearray(text.encode())
    if way == 0:
        return bytes(content[: chance.randrange(len(content) - 2)])
    if way == 1:
        for _ in range(chance.randint(1, 8)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        return bytes(content)
    data = json.loads(text)
    for _ in range(chance.randint(1, 3)):
        container, key = chance.choice(list(places(data)) or [({"": 0}, "")])
        if way == 2:
            container[key] = chance.choice(NONSENSE)
        elif way == 3:
            del container[key]
        else:
            container[key] = [container[key]] * chance.randint(0, 100)
    return json.dumps(data).encode("utf-8", "surrogatepass")


def refused(read: Callable[[], object]) -> bool:
    """Whether a reader refuses; it may also find that what was broken makes sense. Any other exception is a failure."""
    try:
        read()
    except UserError as error:
        words = str(error)
        assert words
        assert "\n" not in words
        assert len(words) < 1000
        return True
    return False


def test_plans() -> None:
    chance = random.Random(1)
    text = plans.dump(PLAN)
    count = sum(refused(lambda: plans.parse(break_json(chance, text), "x")) for _ in range(EACH))
    assert count > EACH // 2


def test_clients() -> None:
    chance = random.Random(2)
    text = clients.dump(CLIENT)
    assert sum(refused(lambda: clients.parse(break_json(chance, text), "x")) for _ in range(EACH)) > EACH // 2


def test_notes(tmp_path: Path) -> None:
    chance = random.Random(3)
    text, path = dump_notes(NOTES), tmp_path / "notes.json"

    def attempt() -> None:
        path.write_bytes(break_json(chance, text))
        read_notes(tmp_path)

    assert sum(refused(attempt) for _ in range(EACH)) > EACH // 3


def test_sessions(tmp_path: Path) -> None:
    chance = random.Random(4)
    text, path = json.dumps(to_json(make_session())), tmp_path / "session.json"

    def attempt() -> None:
        path.write_bytes(break_json(chance, text))
        read_session(tmp_path)

    assert sum(refused(attempt) for _ in range(EACH)) > EACH // 2


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_bundles(library: Library, make_folder: MakeFolder, tmp_path: Path) -> None:
    """Whole .zip files with changed bytes, and well-made ones whose files are broken."""
    chance = random.Random(5)
    with open_library(tmp_path / "home") as home:
        home.add_session(make_folder(), keep_video=False)
        export_sessions(home, home.sessions(), tmp_path / "good.zip", videos=False)
    good = (tmp_path / "good.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(good)) as source:
        files = {name: source.read(name) for name in source.namelist()}
    path = tmp_path / "bad.zip"
    before = sorted(library.root.rglob("*"))
    refusals = 0
    for i in range(EACH):
        path.write_bytes(break_bytes(chance, good) if i % 2 else break_files(chance, files))
        if refused(lambda: import_bundle(library, path, client=None, keep_video=True)):
            refusals += 1
            assert sorted(library.root.rglob("*")) == before
        for entry in library.sessions():
            read_session(library.folder(entry))
            library.delete_session(entry)
    assert refusals > EACH // 2


def break_bytes(chance: random.Random, good: bytes) -> bytes:
    content = bytearray(good)
    if chance.random() < 0.3:
        return bytes(content[: chance.randrange(len(content))])
    for _ in range(chance.randint(1, 6)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def break_files(chance: random.Random, files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        bad = chance.choice([n for n in files if n.endswith(".json")])
        for name, content in files.items():
            if name != bad:
                target.writestr(name, content)
            elif chance.random() < 0.7:
                target.writestr(name, break_json(chance, content.decode()))
            else:
                target.writestr(chance.choice(["../" + name, "/" + name, name.upper(), name + "/x", "a\\b", name * 3]), content)
    return out.getvalue()
