"""The address of a camera on the network, as a user types it; the password is kept apart from it."""

from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from formcheck.system.errors import UserError
from formcheck.system.language import tr

SCHEMES = ("http", "https", "rtsp")
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class CameraAddress:
    """Where a camera on the network serves its picture."""

    url: str
    """Without user and password: it may be shown, logged and saved."""
    user: str = ""

    @property
    def host(self) -> str:
        """Host and port, for sentences to the user."""
        return urlsplit(self.url).netloc

    @property
    def is_rtsp(self) -> bool:
        return self.url.startswith("rtsp:")

    def with_password(self, password: str) -> str:
        """The full address for the decoder. Never show or log it."""
        if not self.user:
            return self.url
        parts = urlsplit(self.url)
        sign_in = f"{quote(self.user, safe='')}:{quote(password, safe='')}@"
        return urlunsplit(parts._replace(netloc=sign_in + parts.netloc))


def is_address(text: str) -> bool:
    """Whether `text` is meant as an address, not as a camera's name or a file."""
    return "://" in text


def parse_address(text: str) -> tuple[CameraAddress, str]:
    """(address, password or an empty string) from what the user typed. UserError says what is wrong with it."""
    text = text.strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise UserError(tr("this is no address: {error}; an example: rtsp://192.168.1.20:8554/live", error=error)) from error
    if parts.scheme.lower() not in SCHEMES:
        raise UserError(tr("a camera's address begins with http://, https:// or rtsp://"))
    if not parts.hostname or len(text) > LONGEST or not text.isprintable() or " " in text:
        raise UserError(tr("the address names no camera; an example: http://192.168.1.20:8080/video"))
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    netloc = host if port is None else f"{host}:{port}"
    clean = SplitResult(parts.scheme.lower(), netloc, parts.path, parts.query, "")
    address = CameraAddress(urlunsplit(clean), unquote(parts.username or ""))
    return address, unquote(parts.password or "")
