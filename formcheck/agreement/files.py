"""agreement.json and pairs.csv: what a set's comparison leaves in its folder, written and read."""

import csv
import io
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from formcheck.agreement.pairs import Pair
from formcheck.agreement.results import Joined, Labels, Measured, SetResult, flags, framewise, measured
from formcheck.agreement.statistics.differences import Differences
from formcheck.agreement.statistics.proportions import Finding, Share
from formcheck.system.errors import UserError
from formcheck.system.files import write_export
from formcheck.system.language import tr

FORMAT, VERSION = "formcheck-agreement", 1
RESULT, PAIRS = "agreement.json", "pairs.csv"
MAX_BYTES = 50_000_000
COLUMNS = (
    "level",
    "rep",
    "side",
    "measure",
    "t_s",
    "program",
    "uncertainty",
    "reference",
    "fault",
    "limit",
    "flagged",
    "present",
)


def write_result(folder: Path, result: SetResult) -> None:
    """Both files, each whole or not at all. OSError where the folder cannot be written."""
    write_export(folder / RESULT, json.dumps(to_json(result), indent=1, allow_nan=False) + "\n")
    write_export(folder / PAIRS, pairs_csv(result))


def to_json(result: SetResult) -> dict[str, Any]:
    """Angles in degrees, times in seconds, shares 0-1, intervals 95 %; null where there is too little."""
    joined, labels = result.joined, result.labels
    return {
        "format": FORMAT,
        "version": VERSION,
        "program": result.program,
        "exercise": result.exercise,
        "variant": result.variant,
        "side": result.side,
        "labels": {"person": labels.person, "place": labels.place, "clothing": labels.clothing, "camera_deg": labels.camera_deg},
        "reference": joined.reference,
        "offset_s": round(joined.offset_s, 4),
        "offset_uncertainty_s": round(joined.offset_uncertainty_s, 4),
        "drift_ppm": round(joined.drift_ppm, 1),
        "correlation": joined.correlation,
        "clock_by": joined.clock_by,
        "mounting_by": joined.mounting_by,
        "measures": {name: _measured(m) for name, m in measured(result.pairs).items()},
        "frames": {name: _differences(d) for name, d in framewise(result.frames).items()},
        "flags": {fault: _finding(f) for fault, f in flags(result.pairs).items()},
        "notes": list(joined.notes),
    }


def _measured(made: Measured) -> dict[str, Any]:
    icc = made.intraclass
    return {
        "n": made.n,
        "not_assessable": made.not_assessable,
        **_differences(made.differences),
        "icc_2_1": None if icc is None else round(icc.agreement, 4),
        "icc_3_1": None if icc is None else round(icc.consistency, 4),
        "covered": made.covered.value,
        "covered_interval": made.covered.interval,
    }


def _differences(d: Differences | None) -> dict[str, Any]:
    if d is None:
        return dict.fromkeys(("bias", "bias_interval", "sd", "mae", "rmse", "loa", "loa_intervals", "mdc"))
    return {
        "bias": d.bias,
        "bias_interval": d.bias_interval,
        "sd": d.sd,
        "mae": d.mae,
        "rmse": d.rmse,
        "loa": d.loa,
        "loa_intervals": d.loa_intervals,
        "mdc": d.mdc,
    }


def _finding(made: Finding) -> dict[str, Any]:
    return {
        "sensitivity": _share(made.sensitivity),
        "specificity": _share(made.specificity),
        "not_assessable": made.not_assessable,
    }


def _share(share: Share) -> dict[str, Any]:
    return {"value": share.value, "hits": share.hits, "of": share.of, "interval": share.interval}


def pairs_csv(result: SetResult) -> str:
    """Repetitions first, then frames; cells are empty where there is no value."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for p in result.pairs:
        cells = (p.at_s, p.program, p.uncertainty, p.reference)
        limit = "" if math.isnan(p.limit) else f"{p.limit:g}"
        writer.writerow(
            ["repetition", p.rep, p.side, p.measure, *map(_cell, cells), p.fault, limit, _flag(p.flagged), _flag(p.present)]
        )
    for f in result.frames:
        values = (f"{f.t_s:.3f}", f"{f.program:.3f}", "", f"{f.reference:.3f}", "", "", "", "")
        writer.writerow(["frame", f.rep, "", f.measure, *values])
    return out.getvalue()


def read_result(folder: Path) -> SetResult:
    """A comparison's folder without its frames. UserError where it holds none that makes sense."""
    try:
        if max((folder / name).stat().st_size for name in (RESULT, PAIRS)) > MAX_BYTES:
            raise UserError(tr("{folder}: too large for a comparison", folder=folder))
        data = json.loads((folder / RESULT).read_text(encoding="utf-8"))
        with (folder / PAIRS).open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["level"] == "repetition"]
        if data["format"] != FORMAT or data["version"] != VERSION:
            raise UserError(tr("{what}: not a comparison that this program can read: update it", what=folder / RESULT))
        return _result(data, tuple(_pair(row) for row in rows))
    except OSError as error:
        raise UserError(
            tr(
                "{folder}: {strerror}; name a folder that `formcheck agreement … --out` wrote",
                folder=folder,
                strerror=error.strerror,
            )
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(
            tr("{folder}: a field is missing or wrong ({error!r:.120}); make the comparison again", folder=folder, error=error)
        ) from error


def _result(data: Mapping[str, Any], pairs: tuple[Pair, ...]) -> SetResult:
    labels = data["labels"]
    camera = labels["camera_deg"]
    joined = Joined(
        str(data["reference"]),
        float(data["offset_s"]),
        float(data["drift_ppm"]),
        float(data["offset_uncertainty_s"]),
        data["correlation"],
        str(data["clock_by"]),
        str(data["mounting_by"]),
        tuple(map(str, data["notes"])),
    )
    named = Labels(
        str(labels["person"]), str(labels["place"]), str(labels["clothing"]), None if camera is None else float(camera)
    )
    exercise, variant, side, program = (str(data[k]) for k in ("exercise", "variant", "side", "program"))
    return SetResult(exercise, variant, side, program, named, joined, pairs)


def _pair(row: Mapping[str, str]) -> Pair:
    return Pair(
        int(row["rep"]),
        row["side"],
        row["measure"],
        float(row["t_s"]),
        _number(row["program"]),
        _number(row["uncertainty"]),
        _number(row["reference"]),
        row["fault"],
        float(row["limit"]) if row["limit"] else math.nan,
        _truth(row["flagged"]),
        _truth(row["present"]),
    )


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _flag(value: bool | None) -> str:
    return "" if value is None else str(value).lower()


def _number(cell: str) -> float | None:
    value = float(cell) if cell else None
    if value is not None and not math.isfinite(value):
        raise ValueError(f"{cell} is not a number")
    return value


def _truth(cell: str) -> bool | None:
    return {"true": True, "false": False}.get(cell)
