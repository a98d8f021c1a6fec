"""Comparisons that may be sent away: without names, faces, dates, places or film; read again, from several places at once."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from formcheck.agreement.files import read_result
from formcheck.agreement.pairs import Pair
from formcheck.agreement.results import CLOTHING, Joined, Labels, SetResult
from formcheck.system.errors import UserError
from formcheck.system.files import write_export
from formcheck.system.language import tr

FORMAT, VERSION = "formcheck-agreement-share", 1
MAX_BYTES = 100_000_000


def write_share(path: Path, sets: Sequence[SetResult]) -> None:
    """People get new codes; notes and places stay at home. OSError where the file cannot be written."""
    known = [s.labels.person for s in sets]
    codes = {person: f"P{k + 1}" for k, person in enumerate(dict.fromkeys(p for p in known if p))}
    data = {"format": FORMAT, "version": VERSION, "study": uuid4().hex, "sets": [_stripped(s, codes) for s in sets]}
    write_export(path, json.dumps(data, indent=1) + "\n")


def _stripped(one: SetResult, codes: dict[str, str]) -> dict[str, Any]:
    return {
        "exercise": one.exercise,
        "variant": one.variant,
        "side": one.side,
        "program": one.program,
        "reference": one.joined.reference,
        "person": codes.get(one.labels.person, ""),
        "clothing": one.labels.clothing if one.labels.clothing in CLOTHING else "",
        "camera_deg": one.labels.camera_deg,
        "pairs": [{k: None if v != v else v for k, v in asdict(replace(p, at_s=0.0)).items()} for p in one.pairs],
    }


def read_sets(paths: Sequence[Path]) -> list[SetResult]:
    """Of folders that a comparison wrote and of files that write_share() wrote. UserError for anything else."""
    out: list[SetResult] = []
    for path in paths:
        out += [read_result(path)] if path.is_dir() else _shared(path)
    return out


def _shared(path: Path) -> list[SetResult]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UserError(tr("{path}: too large for shared comparisons", path=path))
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != FORMAT or data["version"] != VERSION:
            raise UserError(tr("{path}: not comparisons that this program can read: update it", path=path))
        return [_set(one, str(data["study"])) for one in data["sets"]]
    except OSError as error:
        raise UserError(
            tr("{path}: {strerror}; name folders or files of `formcheck agreement`", path=path, strerror=error.strerror)
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(tr("{path}: a field is missing or wrong ({error!r:.120})", path=path, error=error)) from error


def _set(one: dict[str, Any], study: str) -> SetResult:
    person = f"{study}/{one['person']}" if one["person"] else ""
    camera = None if one["camera_deg"] is None else float(one["camera_deg"])
    labels = Labels(person, study, str(one["clothing"]), camera)
    pairs = tuple(Pair(**(p | {"limit": float("nan") if p["limit"] is None else float(p["limit"])})) for p in one["pairs"])
    joined = Joined(str(one["reference"]), 0.0, 0.0, 0.0, None, "")
    return SetResult(str(one["exercise"]), str(one["variant"]), str(one["side"]), str(one["program"]), labels, joined, pairs)
