"""The session folder's files: session.json (read and written), reps.csv and series.csv (written)."""

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from formcheck.results import Finding, Limits, Measurement, Rep, Session, Severity, Side, VideoInfo
from formcheck.system.errors import UserError
from formcheck.system.files import write_atomic

FORMAT = "formcheck-session"
VERSION = 1
NAME = "session.json"
MAX_BYTES = 50_000_000


class BadSessionFile(UserError):
    """The file is not a session this program can read; the message says why in one line."""


def write_session(folder: Path, session: Session) -> None:
    """Write session.json, reps.csv beside it, each atomically. OSError where the folder cannot be written."""
    write_atomic(folder / NAME, json.dumps(to_json(session), indent=1, allow_nan=False) + "\n")
    write_atomic(folder / "reps.csv", reps_csv(session))


def read_session(folder: Path) -> Session:
    """The session of a folder (or of a session.json itself). BadSessionFile if there is none that makes sense."""
    path = folder / NAME if folder.is_dir() else folder
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadSessionFile(f"{path}: too large for a session file")
        data = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_constant)
    except OSError as error:
        raise BadSessionFile(f"{path}: cannot be read ({error.strerror}); choose a folder that holds a {NAME}") from error
    except (ValueError, RecursionError) as error:
        raise BadSessionFile(f"{path}: not a session file ({error})") from error
    try:
        return from_json(data)
    except BadSessionFile as error:
        raise BadSessionFile(f"{path}: {error}") from error
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise BadSessionFile(f"{path}: a field is missing or wrong ({error!r:.200})") from error


def to_json(session: Session) -> dict[str, Any]:
    """The session as SESSION_FORMAT version 1."""
    video = session.video
    return {
        "format": FORMAT,
        "version": VERSION,
        "program": session.program,
        "exercise": session.exercise,
        "variant": session.variant,
        "side": session.side,
        "video": {
            "name": video.name,
            "width": video.width,
            "height": video.height,
            "fps": round(video.fps, 3),
            "duration_s": round(video.duration_s, 3),
            "frames": video.frames,
        },
        "tracking": {"model": session.model, "frames_with_pose": session.frames_with_pose},
        "thresholds": {k: {"caution": v.caution, "fault": v.fault, "unit": v.unit} for k, v in session.thresholds.items()},
        "reps": [rep_to_json(rep) for rep in session.reps],
        "summary": {"reps": len(session.reps), "clean_reps": session.clean_reps},
        "notices": list(session.notices),
    }


def from_json(data: Any) -> Session:
    """The reverse of to_json(); BadSessionFile, KeyError, TypeError or ValueError for what it could not have written."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadSessionFile("not a formcheck session")
    if data.get("version") != VERSION:
        raise BadSessionFile(
            f"written in format version {data.get('version')!r:.20}, this program reads version {VERSION}: update it"
        )
    video, tracking = data["video"], data["tracking"]
    return Session(
        program=_text(data["program"]),
        exercise=_text(data["exercise"]),
        variant=_text(data["variant"]),
        side=_side(data["side"]),
        video=VideoInfo(
            _text(video["name"]),
            _count(video["width"]),
            _count(video["height"]),
            _number(video["fps"]),
            _number(video["duration_s"]),
            _count(video["frames"]),
        ),
        model=_text(tracking["model"]),
        frames_with_pose=_count(tracking["frames_with_pose"]),
        thresholds={
            _text(k): Limits(_number(v["caution"]), _number(v["fault"]), _text(v["unit"])) for k, v in data["thresholds"].items()
        },
        reps=tuple(rep_from_json(r) for r in data["reps"]),
        notices=tuple(_text(n) for n in data.get("notices", ())),
    )


def reps_csv(session: Session) -> str:
    """One row per repetition: times, each measurement with its uncertainty (empty where not measured), findings."""
    names = sorted({name for rep in session.reps for name in rep.measurements})
    head = ["number", "side", "start_s", "peak_s", "end_s", "clean", "findings", "not_assessable"]
    rows = [
        [rep.number, rep.side or "", rep.start_s, rep.peak_s, rep.end_s, rep.clean]
        + [";".join(f"{f.fault}:{f.severity}" for f in rep.findings), ";".join(rep.not_assessable)]
        + [x for n in names for x in _value_and_uncertainty(rep.measurements.get(n))]
        for rep in session.reps
    ]
    return _csv(head + [x for n in names for x in (n, f"{n}_uncertainty")], rows)


def series_csv(quantities: Sequence[str], rows: Iterable[tuple[float, Mapping[str, float], float]]) -> str:
    """One row per frame: (t_s, running quantities, phase 0-1); NaN is written as nothing."""
    return _csv(
        ["t_s", *quantities, "phase"],
        [[f"{t:.3f}", *(_cell(values.get(q, math.nan)) for q in quantities), f"{phase:.3f}"] for t, values, phase in rows],
    )


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def _cell(value: float) -> str:
    return f"{value:.3f}" if math.isfinite(value) else ""


def _value_and_uncertainty(measurement: Measurement | None) -> tuple[object, object]:
    if measurement is None or measurement.value is None:
        return "", ""
    return round(measurement.value, 3), "" if measurement.uncertainty is None else round(measurement.uncertainty, 3)


def rep_to_json(rep: Rep) -> dict[str, Any]:
    """A repetition as in SESSION_FORMAT version 1."""
    return {
        "number": rep.number,
        "side": rep.side,
        "start_s": round(rep.start_s, 3),
        "peak_s": round(rep.peak_s, 3),
        "end_s": round(rep.end_s, 3),
        "measurements": {name: _measurement_json(m) for name, m in rep.measurements.items()},
        "findings": [
            {
                "fault": f.fault,
                "severity": f.severity,
                "at_s": round(f.at_s, 3),
                "value": round(f.value, 3),
                "limit": f.limit,
                "unit": f.unit,
            }
            for f in rep.findings
        ],
        "not_assessable": dict(rep.not_assessable),
    }


def _measurement_json(m: Measurement) -> dict[str, Any]:
    if m.value is None:
        return {"value": None, "unit": m.unit, "why": m.why}
    out: dict[str, Any] = {"value": round(m.value, 3), "unit": m.unit}
    if m.uncertainty is not None:
        out["uncertainty"] = round(m.uncertainty, 3)
    if m.at_s is not None:
        out["at_s"] = round(m.at_s, 3)
    return out


def rep_from_json(data: Any) -> Rep:
    """The reverse of rep_to_json(); KeyError, TypeError, ValueError or AttributeError for what it could not have written."""
    return Rep(
        number=_count(data["number"]),
        side=_side(data["side"]),
        start_s=_number(data["start_s"]),
        peak_s=_number(data["peak_s"]),
        end_s=_number(data["end_s"]),
        measurements={_text(name): _measurement(m) for name, m in data["measurements"].items()},
        findings=tuple(
            Finding(
                _text(f["fault"]),
                Severity(f["severity"]),
                _number(f["at_s"]),
                _number(f["value"]),
                _number(f["limit"]),
                _text(f["unit"]),
            )
            for f in data["findings"]
        ),
        not_assessable={_text(k): _text(v) for k, v in data.get("not_assessable", {}).items()},
    )


def _measurement(data: Any) -> Measurement:
    optional = {k: _number(data[k]) for k in ("uncertainty", "at_s") if data.get(k) is not None}
    value = None if data["value"] is None else _number(data["value"])
    return Measurement(value, _text(data["unit"]), why=_text(data["why"]) if value is None else None, **optional)


def _side(value: Any) -> Side | None:
    return None if value is None else Side(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 10_000:
        raise ValueError("a text was expected")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"a number was expected, not {value!r:.50}")
    return float(value)


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**53:
        raise ValueError(f"a whole number was expected, not {value!r:.50}")
    return value


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")
