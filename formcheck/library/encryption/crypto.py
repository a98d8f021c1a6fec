"""Locks bytes and files of any size with a passphrase: AES-256-GCM and scrypt, from the `cryptography` library.

A locked file opens with the passphrase alone, wherever it is copied. It begins with all that is needed:

    magic | scrypt cost (log2 n, r, p) | salt 16 | nonce 12 | library key, wrapped 48 | file salt 32 | chunks

The passphrase gives, through scrypt and the salt, the key that unwraps the library key; library key and file salt give, through
HKDF, the file's own key. A chunk's nonce is its number and whether it is the last, so that chunks can be neither swapped nor cut
off (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
"""

import io
import os
import struct
import unicodedata
from dataclasses import dataclass, field
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from formcheck.library.errors import Locked
from formcheck.system.language import tr

MAGIC = b"formcheck-locked\x01"
CHUNK = 1 << 20
TAG = 16
MIN_LENGTH = 10
COST = (16, 8, 1)
"""log2 n, r, p of scrypt: 64 MB and some tenths of a second per guess."""
MAX_COST = (20, 16, 4)
"""A file that asks for more is refused rather than obeyed."""
_HEAD = struct.Struct(f"{len(MAGIC)}sBBB16s12s48s")
HEADER = _HEAD.size + 32


@dataclass(frozen=True, slots=True)
class _Wrapped:
    """The library key as it stands in every file."""

    cost: tuple[int, int, int]
    salt: bytes
    nonce: bytes
    key: bytes

    def pack(self) -> bytes:
        return _HEAD.pack(MAGIC, *self.cost, self.salt, self.nonce, self.key)


@dataclass(slots=True)
class Keys:
    """A passphrase and the library keys it has opened so far."""

    _passphrase: bytes = field(repr=False)
    _own: _Wrapped
    _opened: dict[_Wrapped, bytes] = field(default_factory=dict, repr=False)

    @classmethod
    def new(cls, passphrase: str, cost: tuple[int, int, int] | None = None) -> "Keys":
        """A fresh library key under a new passphrase. Locked if that is too short.

        cost: (log2 n, r, p); COST where none is given.
        """
        secret = _secret(passphrase)
        if len(passphrase) < MIN_LENGTH:
            raise Locked(
                tr("the passphrase needs at least {min_length} characters; four words are a good one", min_length=MIN_LENGTH)
            )
        cost = cost or COST
        key = AESGCM.generate_key(256)
        salt, nonce = os.urandom(16), os.urandom(12)
        wrapped = _Wrapped(cost, salt, nonce, AESGCM(_stretch(secret, salt, cost)).encrypt(nonce, key, MAGIC))
        return cls(secret, wrapped, {wrapped: key})

    @classmethod
    def of(cls, passphrase: str, locked: BinaryIO) -> "Keys":
        """The keys of a locked file, standing at its start. Locked if the passphrase does not open it."""
        wrapped, _ = _read_header(locked)
        keys = cls(_secret(passphrase), wrapped)
        keys._library_key(wrapped)
        return keys

    def lock(self, plain: BinaryIO, locked: BinaryIO) -> None:
        """Read `plain` to its end, write it locked."""
        salt = os.urandom(32)
        locked.write(self._own.pack() + salt)
        cipher = self._cipher(self._own, salt)
        number, chunk = 0, plain.read(CHUNK)
        while True:
            following = plain.read(CHUNK)
            locked.write(cipher.encrypt(_nonce(number, last=not following), chunk, None))
            if not following:
                return
            number, chunk = number + 1, following

    def unlock(self, locked: BinaryIO, plain: BinaryIO) -> None:
        """The reverse of lock(). Locked if the passphrase is another one, or the file was changed or cut off.

        What was written to `plain` before that is genuine, but incomplete: discard it.
        """
        wrapped, salt = _read_header(locked)
        cipher = self._cipher(wrapped, salt)
        number, chunk = 0, locked.read(CHUNK + TAG)
        while True:
            following = locked.read(CHUNK + TAG)
            try:
                plain.write(cipher.decrypt(_nonce(number, last=not following), chunk, None))
            except InvalidTag as error:
                raise Locked(tr("a locked file was changed, is incomplete, or was locked with another passphrase")) from error
            if not following:
                return
            number, chunk = number + 1, following

    def renewed(self, passphrase: str) -> "Keys":
        """Keys to the same library key under another passphrase. They still open what rewrap() has not reached yet."""
        fresh = Keys.new(passphrase, self._own.cost)
        key, nonce = self._library_key(self._own), os.urandom(12)
        stretched = _stretch(fresh._passphrase, fresh._own.salt, fresh._own.cost)
        own = _Wrapped(fresh._own.cost, fresh._own.salt, nonce, AESGCM(stretched).encrypt(nonce, key, MAGIC))
        return Keys(fresh._passphrase, own, {own: key})

    def rewrap(self, locked: BinaryIO, target: BinaryIO) -> None:
        """Copy a locked file of this library so that it opens with this passphrase, and no longer with an older one."""
        _, salt = _read_header(locked)
        target.write(self._own.pack() + salt)
        while chunk := locked.read(CHUNK):
            target.write(chunk)

    def lock_bytes(self, content: bytes) -> bytes:
        out = io.BytesIO()
        self.lock(io.BytesIO(content), out)
        return out.getvalue()

    def unlock_bytes(self, content: bytes) -> bytes:
        """Locked as unlock()."""
        out = io.BytesIO()
        self.unlock(io.BytesIO(content), out)
        return out.getvalue()

    def _cipher(self, wrapped: _Wrapped, salt: bytes) -> AESGCM:
        return AESGCM(HKDF(SHA256(), 32, salt, b"formcheck file").derive(self._library_key(wrapped)))

    def _library_key(self, wrapped: _Wrapped) -> bytes:
        if wrapped not in self._opened:
            try:
                stretched = _stretch(self._passphrase, wrapped.salt, wrapped.cost)
                self._opened[wrapped] = AESGCM(stretched).decrypt(wrapped.nonce, wrapped.key, MAGIC)
            except InvalidTag as error:
                if wrapped is self._own or self._own not in self._opened:
                    raise Locked(tr("the passphrase does not open this; check capitals and keyboard layout")) from error
                self._opened[wrapped] = self._opened[self._own]  # left from before a change of passphrase, or not ours at all
        return self._opened[wrapped]


def is_locked(content: bytes) -> bool:
    """Whether this is the beginning of a locked file."""
    return content.startswith(MAGIC)


def _read_header(locked: BinaryIO) -> tuple[_Wrapped, bytes]:
    head = locked.read(HEADER)
    if len(head) < HEADER or not head.startswith(MAGIC):
        raise Locked(tr("not a file that formcheck locked, or one that was cut off"))
    _, n, r, p, salt, nonce, key = _HEAD.unpack(head[: _HEAD.size])
    if not all(1 <= c <= most for c, most in zip((n, r, p), MAX_COST, strict=True)):
        raise Locked(tr("a locked file was changed: its cost makes no sense"))
    return _Wrapped((n, r, p), salt, nonce, key), head[_HEAD.size :]


def _secret(passphrase: str) -> bytes:
    return unicodedata.normalize("NFKC", passphrase).encode()


def _stretch(secret: bytes, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    return Scrypt(salt=salt, length=32, n=1 << cost[0], r=cost[1], p=cost[2]).derive(secret)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
