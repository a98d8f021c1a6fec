"""Whose session it was and when: record.json beside session.json, so that a library can be rebuilt from its folders."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from formcheck.system import json_fields as fields
from formcheck.system.errors import UserError
from formcheck.system.files import write_atomic

FORMAT = "formcheck-record"
VERSION = 1
NAME = "record.json"
MAX_BYTES = 100_000


class BadRecord(UserError):
    """record.json makes no sense; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Record:
    uid: str
    """Identifies the session wherever its folder goes."""
    when: datetime
    """When the set was recorded, with its offset from UTC."""
    client: str | None = None
    """The client's uid; None in runner mode."""
    plan: str | None = None
    """The uid of the plan it was done for."""
    item: str | None = None
    """The uid of the plan's item."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a set is, and what of a plan it is: uids, all None for a set of the computer's owner's own."""

    client: str | None = None
    plan: str | None = None
    item: str | None = None


def write_record(folder: Path, record: Record) -> None:
    """Write record.json atomically. OSError where the folder cannot be written."""
    write_atomic(folder / NAME, dump(record))


def read_record(folder: Path) -> Record | None:
    """The record of a session folder, None where there is none. BadRecord if it makes no sense."""
    path = folder / NAME
    if not path.exists():
        return None

    def refuse(reason: str) -> UserError:
        return BadRecord(f"{path}: {reason}")

    return parse(fields.read_limited(path, MAX_BYTES, refuse), str(path))


def dump(record: Record) -> str:
    data = {
        "format": FORMAT,
        "version": VERSION,
        "uid": record.uid,
        "when": record.when.isoformat(),
        "client": record.client,
        "plan": record.plan,
        "item": record.item,
    }
    return json.dumps(data, indent=1) + "\n"


def parse(content: bytes, source: str) -> Record:
    """The reverse of dump(); BadRecord, naming `source`, for anything else."""
    return fields.parse(content, "a session's record", (FORMAT, VERSION), _record, lambda r: BadRecord(f"{source}: {r}"))


def _record(data: dict[str, Any]) -> Record:
    return Record(
        uid=fields.uid(data["uid"]),
        when=fields.moment(data["when"]),
        client=fields.optional(data.get("client"), fields.uid),
        plan=fields.optional(data.get("plan"), fields.uid),
        item=fields.optional(data.get("item"), fields.uid),
    )
