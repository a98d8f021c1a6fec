"""Who trains: a pseudonymous code, a name that stays on this computer, and what was consented to."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from formcheck.library.errors import BadClient
from formcheck.system.json_format import Format, Moment, Name, Text, Uid, Words, check_moment, decode, encode
from formcheck.system.language import to_translate, tr

FORMAT = Format("formcheck-client", to_translate("a client's file"))


@dataclass(frozen=True, slots=True)
class Consent:
    """What a client agreed to, when, and in which words."""

    when: Moment
    recording: bool
    """To measure and keep figures."""
    video: bool
    """To keep video too."""
    words: Text
    """The text that was agreed to."""

    def __post_init__(self) -> None:
        check_moment(self.when)


CONSENT_WORDS = (
    "I agree that my movements are measured with a camera and that the figures are kept on this computer only. I was told that "
    "this is movement feedback, not a diagnosis, and that I can have everything deleted or handed to me at any time."
)
VIDEO_WORDS = "I also agree that videos of my sessions are kept on this computer."


@dataclass(frozen=True, slots=True)
class Former:
    """A code that a client had."""

    code: Name
    until: Moment

    def __post_init__(self) -> None:
        check_moment(self.until)


@dataclass(frozen=True, slots=True)
class Client:
    uid: Uid
    code: Name
    """The pseudonym under which reports and exports speak of the client."""
    name: Words = ""
    consent: Consent | None = None
    """None until it was given; without it nothing is recorded for the client."""
    exports: Annotated[tuple[Text, ...], Meta(max_length=10_000)] = ()
    """Files to which this client's data was exported: named again when the client is deleted."""
    former: Annotated[tuple[Former, ...], Meta(max_length=1_000)] = ()
    """Codes that older reports speak of, oldest first."""

    @property
    def known_as(self) -> str:
        """The code, with those that older reports speak of."""
        before = ", ".join(tr("{code} until {until:%Y-%m-%d}", code=f.code, until=f.until) for f in self.former)
        return tr("{code} (before: {former})", code=self.code, former=before) if before else self.code


def dump(client: Client) -> str:
    return encode(FORMAT, client)


def parse(content: bytes, source: str) -> Client:
    """The reverse of dump(); BadClient, naming `source`, for anything else."""
    return decode(content, FORMAT, Client, lambda reason: BadClient(f"{source}: {reason}"))
