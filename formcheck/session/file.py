"""session.json: what stands in it, written and read.

docs/session.schema.json is made from SessionFile (scripts/session_schema.py).
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from formcheck.results import MAX_QUANTITIES, MAX_REPS, Count, Limits, Measurements, Rep, Session, Side, SideFigures, VideoInfo
from formcheck.session.layout import REPS, SESSION
from formcheck.session.tables import reps_csv
from formcheck.system.errors import UserError
from formcheck.system.files import write_atomic
from formcheck.system.json_format import Format, Id, Number, Words, plain, read, to_text
from formcheck.system.language import to_translate, tr
from formcheck.tempo import Tempo

FORMAT = Format("formcheck-session", to_translate("a formcheck session"), version=1, max_bytes=50_000_000)


CADENCE = "cadence_spm"
"""The measurement of the whole set that stands in the summary by itself as well."""


class BadSessionFile(UserError):
    """The file is not a session this program can read; the message says why in one line."""


class Tracking(msgspec.Struct, frozen=True, omit_defaults=True):
    model: Words
    """What found the joints: "full" is the program's own pose model."""
    frames_with_pose: Count
    poses_found: Count | None = None
    """On how many frames the network looked for a pose; on the others it was filled in. Absent before version 0.2."""
    program: Id | None = None
    """The version of formcheck that followed the person, where another one measured from what was kept of it."""


class Summary(msgspec.Struct, frozen=True, omit_defaults=True):
    reps: Count
    clean_reps: Count
    measurements: Measurements = msgspec.field(default_factory=dict)
    """Of the whole set, for exercises that have such figures."""
    cadence_spm: Number | None = None
    """Steps a minute, of a run."""
    sides: SideFigures = msgspec.field(default_factory=dict)
    """left, right, difference (left less right) -> measurement -> mean over the side's repetitions, where sides change."""


class SessionFile(msgspec.Struct, frozen=True):
    """One set of one exercise as formcheck measured it. More fields may be added; these keep their names and meaning."""

    program: Id
    """Version of formcheck."""
    exercise: Id
    variant: Id
    side: Side | None
    video: VideoInfo
    tracking: Tracking
    thresholds: Annotated[Mapping[Id, Limits], Meta(max_length=MAX_QUANTITIES)]
    """Fault -> the limits it was judged by."""
    reps: Annotated[tuple[Rep, ...], Meta(max_length=MAX_REPS)]
    summary: Summary | None = None
    notices: Annotated[tuple[Words, ...], Meta(max_length=100)] = ()
    view: Id | None = None
    """From where it was filmed: front or behind; absent where the exercise leaves no choice."""
    looks_like: Id | None = None
    """The exercise that was surely done, where another one was chosen; absent else."""
    tempo: Tempo | None = None
    """Seconds of each phase that the repetitions were held against; absent where there was no tempo."""
    format: str = FORMAT.name
    version: int = FORMAT.version


def session_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of session.json."""
    schema = msgspec.json.schema(SessionFile)
    properties = schema["$defs"]["SessionFile"]["properties"]
    properties |= {"format": {"const": FORMAT.name}, "version": {"const": FORMAT.version}}
    schema["$defs"]["SessionFile"]["required"] += ["format", "version"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "formcheck session", **schema}


def write_session(folder: Path, session: Session) -> None:
    """Write session.json, reps.csv beside it, each atomically. OSError where the folder cannot be written."""
    write_atomic(folder / SESSION, to_text(to_json(session)))
    write_atomic(folder / REPS, reps_csv(session))


def read_session(folder: Path) -> Session:
    """The session of a folder (or of a session.json itself). BadSessionFile if there is none that makes sense."""
    path = folder / SESSION if folder.is_dir() else folder
    if not path.is_file():
        raise BadSessionFile(
            tr("{path}: cannot be read (there is none); choose a folder that holds a {session}", path=path, session=SESSION)
        )
    return session_of(read(path, FORMAT, SessionFile, lambda reason: BadSessionFile(f"{path}: {reason}")), path)


def session_of(found: SessionFile, path: Path) -> Session:
    """The session that stands in a file. path: for the message of BadSessionFile."""
    session = Session(
        program=found.program,
        exercise=found.exercise,
        variant=found.variant,
        side=found.side,
        video=found.video,
        model=found.tracking.model,
        frames_with_pose=found.tracking.frames_with_pose,
        poses_found=found.tracking.poses_found,
        summary=found.summary.measurements if found.summary else {},
        sides=found.summary.sides if found.summary else {},
        view=found.view,
        looks_like=found.looks_like,
        tempo=found.tempo,
        followed_by=found.tracking.program,
        thresholds=found.thresholds,
        reps=found.reps,
        notices=found.notices,
    )
    if len({name for rep in session.reps for name in rep.measurements}) > MAX_QUANTITIES:
        raise BadSessionFile(tr("{path}: more than {max_quantities} measurements", path=path, max_quantities=MAX_QUANTITIES))
    return session


def unnamed(session: Session) -> Session:
    """The same without what its film or its camera was called."""
    right = session.put_right
    right = replace(right, found=unnamed(right.found)) if right is not None else None
    return replace(session, video=replace(session.video, name=""), put_right=right)


def to_file(session: Session) -> SessionFile:
    """The reverse of session_of()."""
    return SessionFile(
        program=session.program,
        exercise=session.exercise,
        variant=session.variant,
        side=session.side,
        video=session.video,
        tracking=Tracking(session.model, session.frames_with_pose, session.poses_found, session.followed_by),
        thresholds=session.thresholds,
        reps=session.reps,
        summary=_summary(session),
        view=session.view,
        looks_like=session.looks_like,
        tempo=session.tempo,
        notices=session.notices,
    )


def to_json(session: Session) -> dict[str, Any]:
    """The session as it stands in session.json."""
    return file_as_json(to_file(session))


def file_as_json(file: SessionFile) -> dict[str, Any]:
    data: dict[str, Any] = _rounded(plain(file))
    head = {"format": data.pop("format"), "version": data.pop("version")}
    data["video"] = {name: value for name, value in data["video"].items() if value is not None and (name, value) != ("from_s", 0)}
    for absent in ("view", "looks_like", "tempo"):
        if data[absent] is None:
            del data[absent]
    reps = [_without_blanks(rep) for rep in data["reps"]]
    return head | data | {"reps": reps, "summary": _without_blanks(data["summary"])}


def _summary(session: Session) -> Summary:
    cadence = session.summary.get(CADENCE)
    spm = None if cadence is None else cadence.value
    return Summary(len(session.reps), session.clean_reps, session.summary, spm, session.sides)


def rep_to_json(rep: Rep) -> dict[str, Any]:
    """A repetition as it stands in session.json."""
    return _without_blanks(_rounded(plain(rep)))


def rep_from_json(line: str) -> Rep:
    """The reverse of rep_to_json() for a line of JSON; ValueError for what it could not have written."""
    return msgspec.json.decode(line, type=Rep)


def _without_blanks(data: dict[str, Any]) -> dict[str, Any]:
    """A repetition or a summary; what a measurement does not have is not named, but for its value."""
    if data.get("off_pace", ...) is None:
        del data["off_pace"]
    if "measurements" not in data:
        return data
    known = {name: {k: v for k, v in m.items() if v is not None or k == "value"} for name, m in data["measurements"].items()}
    return data | {"measurements": known}


def _rounded(data: Any) -> Any:
    """Every number to three decimals."""
    if isinstance(data, dict):
        return {key: _rounded(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_rounded(value) for value in data]
    return round(data, 3) if isinstance(data, float) else data
