"""Leaves out of Qt's ICU library, on Linux, what the program never asks for. Wants gcc.

Its data are 32 MB, of which sorting, upper case and time zones of the program's languages are used. They are one "common data"
file (https://unicode-org.github.io/icu/userguide/icu_data/): a header, a table, and the items, sorted by name.
"""

import re
import struct
import tempfile
from collections.abc import Callable
from pathlib import Path

import libraries

_SYMBOL = re.compile(r"([0-9a-f]{16}) +(\S+) +OBJECT +GLOBAL .* (icudt\d+_dat)$", re.MULTILINE)
_TREES = ("coll", "zone")
"""Folders of which the spoken languages stay; the others (words for units, currencies, regions, dictionaries) go."""
_LANGUAGE = re.compile(r"([a-z]{2,3})(_.*)?\.res")
ALIGNED = 16
"""bytes; the items begin at multiples of it"""


def slim(library: Path, languages: set[str]) -> None:
    """Replace the data library by one with the items that stay."""
    found = _SYMBOL.search(libraries.said_by("readelf", "-W", "--dyn-syms", library))
    if found is None:
        raise ValueError(f"{library} holds no ICU data")
    start, size = int(found[1], 16), int(found[2], 0)
    less = kept(library.read_bytes()[start : start + size], lambda name: stays(name, languages))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").write_bytes(less)
        lines = (
            ".section .rodata",
            f".globl {found[3]}",
            f".type {found[3]}, @object",
            f".size {found[3]}, {len(less)}",
            f".balign {ALIGNED}",
            f"{found[3]}:",
            f'.incbin "{folder / "data"}"',
            '.section .note.GNU-stack,"",@progbits',
            "",
        )
        (folder / "data.s").write_text("\n".join(lines))
        libraries.run("gcc", "-shared", "-nostdlib", f"-Wl,-soname,{library.name}", "-o", folder / "library", folder / "data.s")
        library.write_bytes((folder / "library").read_bytes())


def stays(name: str, languages: set[str]) -> bool:
    """name: as in the table, e.g. icudt73l/coll/de.res"""
    *_, tree, file = ("", *name.split("/")[1:])
    if tree and tree not in _TREES:
        return False
    if file.endswith(".cnv"):  # alphabets before Unicode
        return False
    found = _LANGUAGE.fullmatch(file)
    return found is None or found[1] in languages


def kept(data: bytes, stay: Callable[[str], bool]) -> bytes:
    """The same data file with fewer items."""
    (header,) = struct.unpack_from("<H", data)
    (count,) = struct.unpack_from("<I", data, header)
    places = [struct.unpack_from("<II", data, header + 4 + 8 * i) for i in range(count)]
    ends = [begin for _, begin in places[1:]] + [len(data) - header]
    items = []
    for (name_at, begin), end in zip(places, ends, strict=True):
        name = data[header + name_at : data.index(b"\0", header + name_at)]
        if stay(name.decode("ascii")):
            items.append((name, data[header + begin : header + end]))
    return data[:header] + table(items)


def table(items: list[tuple[bytes, bytes]]) -> bytes:
    """The file after its header; items: names in their order, and contents."""
    names = 4 + 8 * len(items)
    begin = _aligned(names + sum(len(name) + 1 for name, _ in items))
    places, words, contents = struct.pack("<I", len(items)), b"", b""
    for name, content in items:
        places += struct.pack("<II", names + len(words), begin + len(contents))
        words += name + b"\0"
        contents += content + bytes(_aligned(len(content)) - len(content))
    return (places + words).ljust(begin, b"\0") + contents


def _aligned(size: int) -> int:
    return -(-size // ALIGNED) * ALIGNED
