"""Markers of a .c3d, by ezc3d, which is installed only where it is asked for: pip install formcheck[c3d]."""

from pathlib import Path
from typing import Any

import numpy as np

from formcheck.agreement.capture.recording import BadCapture, Markers
from formcheck.system.language import tr


def read_c3d(path: Path) -> Markers:
    """BadCapture where ezc3d is not installed, or the file is none."""
    try:
        import ezc3d
    except ImportError as error:
        raise BadCapture(tr("a .c3d needs one package more: pip install 'formcheck[c3d]'; or export it as .trc")) from error
    if not path.is_file():
        raise BadCapture(tr("{path}: no such file; name the file of the motion capture", path=path))
    try:
        data: Any = ezc3d.c3d(str(path))
        points = data["data"]["points"]
        rate = float(data["parameters"]["POINT"]["RATE"]["value"][0])
        names = _labels(data["parameters"]["POINT"])
    except (OSError, RuntimeError, ValueError, LookupError, TypeError) as error:
        raise BadCapture(tr("{name}: not a .c3d that can be read ({error!s:.80})", name=path.name, error=error)) from error
    if rate <= 0 or not points.size:
        raise BadCapture(tr("{name}: no markers in it", name=path.name))
    seen = np.moveaxis(points[:3], 0, -1)  # (markers, frames, 3)
    places = {
        name: np.where((place == 0).all(axis=1, keepdims=True), np.nan, place) for name, place in zip(names, seen, strict=False)
    }
    return Markers(np.arange(points.shape[2]) / rate, places)


def _labels(point: Any) -> list[str]:
    """More than 255 markers have their names in LABELS2 and so on."""
    more = [f"LABELS{k}" for k in range(2, 20) if f"LABELS{k}" in point]
    return [str(name) for key in ("LABELS", *more) for name in point[key]["value"]]
