"""Who trains: a pseudonymous code, a name that stays on this computer, and what was consented to."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from formcheck.library.errors import BadClient
from formcheck.system import json_fields as fields

FORMAT = "formcheck-client"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Consent:
    """What a client agreed to, when, and in which words."""

    when: datetime
    recording: bool
    """To measure and keep figures."""
    video: bool
    """To keep video too."""
    words: str
    """The text that was agreed to."""


CONSENT_WORDS = (
    "I agree that my movements are measured with a camera and that the figures are kept on this computer only. I was told that "
    "this is movement feedback, not a diagnosis, and that I can have everything deleted or handed to me at any time."
)
VIDEO_WORDS = "I also agree that videos of my sessions are kept on this computer."


@dataclass(frozen=True, slots=True)
class Client:
    uid: str
    code: str
    """The pseudonym under which reports and exports speak of the client."""
    name: str = ""
    consent: Consent | None = None
    """None until it was given; without it nothing is recorded for the client."""
    exports: tuple[str, ...] = ()
    """Files to which this client's data was exported: named again when the client is deleted."""


def dump(client: Client) -> str:
    consent = client.consent
    data = {
        "format": FORMAT,
        "version": VERSION,
        "uid": client.uid,
        "code": client.code,
        "name": client.name,
        "consent": consent
        and {"when": consent.when.isoformat(), "recording": consent.recording, "video": consent.video, "words": consent.words},
        "exports": list(client.exports),
    }
    return json.dumps(data, indent=1) + "\n"


def parse(content: bytes, source: str) -> Client:
    """The reverse of dump(); BadClient, naming `source`, for anything else."""
    return fields.parse(content, "a client's file", (FORMAT, VERSION), _client, lambda r: BadClient(f"{source}: {r}"))


def _client(data: dict[str, Any]) -> Client:
    return Client(
        uid=fields.uid(data["uid"]),
        code=fields.name(data["code"]),
        name=fields.text(data.get("name", ""), 200),
        consent=fields.optional(data.get("consent"), _consent),
        exports=tuple(fields.text(e) for e in fields.items(data.get("exports", []))),
    )


def _consent(data: Any) -> Consent:
    return Consent(
        fields.moment(data["when"]), fields.flag(data["recording"]), fields.flag(data["video"]), fields.text(data["words"])
    )
