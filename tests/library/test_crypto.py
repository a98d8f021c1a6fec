"""Locked files open with their passphrase, and with nothing else."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.library.encryption.crypto import CHUNK, HEADER, MAGIC, TAG, Keys
from formcheck.library.errors import Locked

CHEAP = (4, 1, 1)
KEYS = Keys.new("four words are good", CHEAP)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 17])
def test_every_size_comes_back(size: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    locked = KEYS.lock_bytes(content)
    assert KEYS.unlock_bytes(locked) == content
    assert content[:64] not in locked or size < 64


def test_opens_elsewhere_with_the_passphrase_alone() -> None:
    locked = KEYS.lock_bytes(b"hello")
    assert Keys.of("four words are good", io.BytesIO(locked)).unlock_bytes(locked) == b"hello"
    with pytest.raises(Locked, match="does not open"):
        Keys.of("four words are gone", io.BytesIO(locked))


def test_the_same_passphrase_typed_in_another_form() -> None:
    locked = Keys.new("café au lait, bitte", CHEAP).lock_bytes(b"x")
    assert Keys.of("cafe\u0301 au lait, bitte", io.BytesIO(locked)).unlock_bytes(locked) == b"x"


def test_short_passphrases_are_refused() -> None:
    with pytest.raises(Locked, match="at least 10"):
        Keys.new("too short")


@settings(max_examples=200)
@given(st.data())
def test_no_change_goes_unseen(data: st.DataObject) -> None:
    locked = bytearray(KEYS.lock_bytes(b"some content"))
    at = data.draw(st.integers(0, len(locked) - 1))
    locked[at] ^= data.draw(st.integers(1, 255))
    if MAGIC + bytes([4, 1, 1]) == bytes(locked[: len(MAGIC) + 3]):  # a dearer scrypt is slow, and refused above a bound
        with pytest.raises(Locked):
            Keys(b"four words are good", KEYS._own).unlock_bytes(bytes(locked))


def test_chunks_can_be_neither_cut_off_nor_swapped() -> None:
    locked = KEYS.lock_bytes(b"a" * CHUNK + b"b" * CHUNK + b"c")
    size = CHUNK + TAG
    first, second, rest = locked[HEADER : HEADER + size], locked[HEADER + size : HEADER + 2 * size], locked[HEADER + 2 * size :]
    for changed in (first + second, second + first + rest, first, b"", first + rest):
        with pytest.raises(Locked, match="incomplete"):
            KEYS.unlock_bytes(locked[:HEADER] + changed)


def test_a_costly_header_is_refused_at_once() -> None:
    locked = bytearray(KEYS.lock_bytes(b"x"))
    locked[len(MAGIC)] = 60
    with pytest.raises(Locked, match="cost"):
        KEYS.unlock_bytes(bytes(locked))


def test_a_new_passphrase_shuts_out_the_old_one() -> None:
    locked = KEYS.lock_bytes(b"hello")
    fresh = KEYS.renewed("quite another one")
    assert fresh.unlock_bytes(locked) == b"hello", "what a change has not reached yet still opens"
    out = io.BytesIO()
    fresh.rewrap(io.BytesIO(locked), out)
    assert Keys.of("quite another one", io.BytesIO(out.getvalue())).unlock_bytes(out.getvalue()) == b"hello"
    with pytest.raises(Locked):
        Keys.of("four words are good", io.BytesIO(out.getvalue()))
