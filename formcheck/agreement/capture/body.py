"""The body's angles of a capture: from OpenSim's coordinates, and from the four markers of the pelvis."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from formcheck.agreement.capture.recording import BadCapture, Capture, Markers
from formcheck.agreement.pelvis.angles import roll_and_hike_of
from formcheck.agreement.pelvis.turns import unit
from formcheck.frames import Floats
from formcheck.measurement.angles import ANGLES
from formcheck.system.language import to_translate, tr

PELVIS = ("pelvis_tilt", "pelvis_list", "pelvis_rotation")
FRONT, BACK, SACRUM = ("asi", "asis"), ("psi", "psis"), ("sacr", "sacrum", "sacral")
Y_UP = np.array([0.0, 1.0, 0.0])
MOST_TILTED_DEG = 40.0
"""Between the axis of the pelvis that should be up, and the laboratory's nearest."""


def of_coordinates(columns: Mapping[str, Floats], *, degrees: bool) -> Capture:
    """columns: of a .mot, time among them. OpenSim: x forward, y up, z right; tilt, list and rotation in this order about the
    pelvis' own z, x and y (Rajagopal 2016, IEEE Trans Biomed Eng 63:2068)."""
    scale = 1.0 if degrees else 180.0 / np.pi
    angles = {name: scale * columns[name] for name in ANGLES if name in columns}
    for side in ("left", "right"):
        knee = columns.get(f"knee_angle_{side[0]}")
        if knee is not None:  # older models count flexion downward
            bent = scale * knee * (1.0 if abs(np.nanmax(knee)) >= abs(np.nanmin(knee)) else -1.0)
            angles.setdefault(f"knee_flexion_{side}", bent)
    if "lumbar_rotation" in columns:
        angles.setdefault("trunk_rotation_left", scale * columns["lumbar_rotation"])
    pelvis = _turned(*(np.radians(scale * columns[name]) for name in PELVIS)) if set(PELVIS) <= columns.keys() else None
    if pelvis is None and not angles:
        raise BadCapture(
            tr("none of its columns is known: {what}, knee_angle_r, or names of angles.csv are expected", what=", ".join(PELVIS))
        )
    return Capture(to_translate("OpenSim angles"), columns["time"], pelvis, Y_UP, angles)


def of_markers(markers: Markers) -> Capture:
    """BadCapture where the markers of the pelvis are missing."""
    named = {_plain(name): place for name, place in markers.places.items()}
    left, right = _marker(named, "l", FRONT), _marker(named, "r", FRONT)
    backs = [_marker(named, side, BACK) for side in "lr"]
    behind = next((named[s] for s in SACRUM if s in named), None)
    if backs[0] is not None and backs[1] is not None:
        behind = (backs[0] + backs[1]) / 2
    if left is None or right is None or behind is None:
        raise BadCapture(tr("the markers of the pelvis are missing: LASI, RASI, LPSI and RPSI (or SACR) are expected"))
    across = unit(left - right)
    backward = behind - (left + right) / 2
    head = unit(np.cross(across, backward))
    return Capture("markers", markers.times_s, np.stack([across, np.cross(head, across), head], axis=2), None, {})


def pelvis_angles(capture: Capture, top: int) -> dict[str, Floats]:
    """(n,) degrees by the names and signs of angles.csv; top: of those who lie, +1 the left side is up; 0: they stand."""
    if capture.pelvis is None:
        return {}
    up = _up(capture, top)
    left, back, head = np.einsum("nij,i->jn", capture.pelvis, up)
    if top:
        roll, hike = roll_and_hike_of(top * left, top * back, top * head)
        return {"pelvic_roll": top * roll, "pelvic_hike": top * hike}
    return {
        "pelvic_obliquity_right_up": -np.degrees(np.arcsin(np.clip(left, -1, 1))),
        "pelvis_rotation_left": _turned_left(capture.pelvis[:, :, 0], up),
    }


def _up(capture: Capture, top: int) -> Floats:
    """The laboratory's upward axis: as the file says, else the one nearest to what is up on a pelvis in this posture."""
    assert capture.pelvis is not None
    axis = top * capture.pelvis[:, :, 0] if top else capture.pelvis[:, :, 2]
    mean = unit(np.nanmedian(axis, axis=0))
    nearest = np.zeros(3)
    nearest[int(np.argmax(np.abs(mean)))] = np.sign(mean[int(np.argmax(np.abs(mean)))])
    up = nearest if capture.up is None else capture.up
    if np.degrees(np.arccos(np.clip(mean @ up, -1, 1))) > MOST_TILTED_DEG:
        if not top:
            raise BadCapture(
                tr("the pelvis in this capture does not stand; is it this set's, and are its markers named rightly?")
            )
        raise BadCapture(
            tr(
                "the pelvis in this capture does not lie on the side that the session says; is it this set's, and are its "
                "markers named rightly?"
            )
        )
    return up


def _turned_left(left: Floats, up: Floats) -> Floats:
    """(n,) how far the left axis (n, 3) has turned about up since it was first seen, counter-clockwise from above."""
    known = np.isfinite(left).all(axis=1)
    first = left[int(np.argmax(known))]
    ahead = unit(first - (first @ up) * up)
    angle = np.full(len(left), np.nan)
    angle[known] = np.unwrap(np.arctan2(left[known] @ np.cross(up, ahead), left[known] @ ahead))
    turned: Floats = np.degrees(angle)
    return turned


def _turned(tilt: Floats, list_: Floats, rotation: Floats) -> Floats:
    """(n, 3, 3) columns left, back, head of OpenSim's pelvis, radians."""
    turn = _about(tilt, 2) @ _about(list_, 0) @ _about(rotation, 1)
    return np.stack([-turn[:, :, 2], -turn[:, :, 0], turn[:, :, 1]], axis=2)


def _about(angle: Floats, axis: int) -> Floats:
    """(n, 3, 3) turns about a coordinate axis."""
    made = np.zeros((len(angle), 3, 3))
    j, k = (axis + 1) % 3, (axis + 2) % 3
    made[:, axis, axis] = 1.0
    made[:, j, j] = made[:, k, k] = np.cos(angle)
    made[:, k, j], made[:, j, k] = np.sin(angle), -np.sin(angle)
    return made


def _plain(name: str) -> str:
    """Subj1:R.ASIS_study -> rasis"""
    return re.sub(r"[^a-z]", "", name.split(":")[-1].lower().removesuffix("_study"))


def _marker(named: Mapping[str, Floats], side: str, words: Sequence[str]) -> Floats | None:
    return next((named[n] for word in words for n in (side + word, word + side) if n in named), None)
