"""Joints as .trc and angles as .mot: the two text formats that OpenSim, Sports2D and Pose2Sim read, made of a session's files.

Both are OpenSim's: its readers (TRCFileAdapter, STOFileAdapter) fix the header's lines and the order of the columns. What was
not seen is NaN.
"""

from pathlib import Path

import numpy as np

from formcheck.frames import Floats, Landmark, Observation
from formcheck.session.signals import read_signals
from formcheck.session.tables import read_series
from formcheck.signals.kinematics import torso_length
from formcheck.system.errors import UserError
from formcheck.system.files import USUAL, replaced_by
from formcheck.system.language import tr

MARKERS = tuple(landmark.name.lower() for landmark in Landmark)
"""As MediaPipe calls them."""


def write_trc(signals: Path, target: Path) -> None:
    """The joints of signals.npz in metres: X to the right and Y upward in the picture from its lower left corner, Z toward the
    camera from the middle of the hips.

    X and Y are the picture's, by the one scale that gives the trunk the length which the pose model takes it to have: people and
    distances may be some 10 % larger or smaller. Z is the model's guess. BadSignals or OSError.
    """
    times_s, scale = _times_and_scale(signals)
    with replaced_by(target, mode=USUAL) as new, new.open("w", encoding="ascii", newline="\n") as file:
        file.write(_trc_head(target.name, times_s))
        for number, observation in enumerate(read_signals(signals), 1):
            xyz = _metres(observation, scale).ravel()
            file.write(f"{number}\t{observation.timestamp_s:.4f}\t{_cells(xyz, 5)}\n")


def write_mot(angles: Path, target: Path) -> None:
    """The angles of angles.csv, in degrees, by the same names. UserError where the table makes no sense; OSError.

    OpenSim's TimeSeriesTable takes NaN, its older Storage ends at the first.
    """
    table = read_series(angles)
    if table is None:
        raise UserError(tr("{angles}: is no table of angles", angles=angles))
    times_s = table.pop("t_s")
    head = ("Coordinates", "version=1", f"nRows={len(times_s)}", f"nColumns={len(table) + 1}", "inDegrees=yes", "endheader")
    with replaced_by(target, mode=USUAL) as new, new.open("w", encoding="ascii", newline="\n") as file:
        file.write("\n".join(head) + "\n" + "\t".join(["time", *table]) + "\n")
        for time_s, row in zip(times_s, np.array(list(table.values())).T, strict=True):
            file.write(f"{time_s:.4f}\t{_cells(row, 3)}\n")


def _times_and_scale(signals: Path) -> tuple[Floats, float]:
    """(n,) the frames' times, and metres per px: the model's trunk beside the picture's, in the median frame."""
    times_s, scales = [], []
    for observation in read_signals(signals):
        times_s.append(observation.timestamp_s)
        scales.append(torso_length(observation.pose.world_xyz) / max(torso_length(observation.pose.image_xy), 1e-9))
    known = [scale for scale in scales if np.isfinite(scale)]
    return np.array(times_s), float(np.median(known)) if known else 1.0


def _metres(observation: Observation, scale: float) -> Floats:
    """(33, 3)"""
    pose = observation.pose
    up = pose.image_size[1] - pose.image_xy[:, 1]
    return np.column_stack([scale * pose.image_xy[:, 0], scale * up, -pose.world_xyz[:, 2]])


def _trc_head(name: str, times_s: Floats) -> str:
    """name: of the file itself, which the format asks for."""
    rate = (len(times_s) - 1) / (times_s[-1] - times_s[0]) if len(times_s) > 1 else 1.0
    keys = "DataRate CameraRate NumFrames NumMarkers Units OrigDataRate OrigDataStartFrame OrigNumFrames"
    values = f"{rate:.3f} {rate:.3f} {len(times_s)} {len(MARKERS)} m {rate:.3f} 1 {len(times_s)}"
    axes = "\t".join(f"{axis}{number}" for number in range(1, len(MARKERS) + 1) for axis in "XYZ")
    lines = (
        f"PathFileType\t4\t(X/Y/Z)\t{_plain(name)}",
        keys.replace(" ", "\t"),
        values.replace(" ", "\t"),
        "Frame#\tTime\t" + "\t\t\t".join(MARKERS) + "\t\t",
        f"\t\t{axes}",
        "",
    )
    return "\n".join(lines) + "\n"


def _plain(name: str) -> str:
    """A file's name as one word of ASCII, as old readers want it."""
    return "".join(c if c.isascii() and c.isprintable() and c != " " else "_" for c in name)


def _cells(values: Floats, digits: int) -> str:
    return "\t".join(f"{value:.{digits}f}" if np.isfinite(value) else "NaN" for value in values)
