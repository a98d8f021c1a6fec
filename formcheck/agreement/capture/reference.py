"""Motion capture as a reference: the file read, the clocks joined, the body's angles on the film's clock."""

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from formcheck.agreement.capture.body import of_coordinates, of_markers, pelvis_angles
from formcheck.agreement.capture.c3d_file import read_c3d
from formcheck.agreement.capture.recording import BadCapture, Capture
from formcheck.agreement.capture.text_files import read_table, read_trc
from formcheck.agreement.film import Film
from formcheck.agreement.measures import lying, top_side
from formcheck.agreement.reference import Reference, motion_on_film
from formcheck.agreement.timing.alignment import Clock, clock_by_movement
from formcheck.agreement.timing.motion import Track, motion_of_capture
from formcheck.frames import Floats
from formcheck.system.kept_words import kept
from formcheck.system.language import to_translate, tr

KINDS = (".mot", ".sto", ".trc", ".c3d")
LEAST_CORRELATION = 0.75
"""More than of a phone, whose axes must first be found: here signs and axes are known."""
BY_OFFSET = to_translate("name the capture's time at the film's first frame, where it is known: --offset")
GIVEN = to_translate("the offset that was given")
FEWEST = 20
"""Samples."""


def is_capture(path: Path) -> bool:
    return path.suffix.lower() in KINDS


def read_capture(path: Path) -> Capture:
    """BadCapture for what is none."""
    suffix = path.suffix.lower()
    if suffix in (".mot", ".sto"):
        columns, degrees = read_table(path)
        capture = of_coordinates(columns, degrees=degrees)
    else:
        capture = of_markers(read_trc(path) if suffix == ".trc" else read_c3d(path))
    times = capture.times_s
    if len(times) < FEWEST or not (np.diff(times) > 0).all():
        raise BadCapture(
            tr("{name}: its times do not rise, or it has fewer than {fewest} samples", name=path.name, fewest=FEWEST)
        )
    return capture


def capture_reference(film: Film, path: Path, *, offset_s: float | None = None) -> Reference:
    """offset_s: the capture's time at the film's first frame, where it is known; else it is found from the movement.

    UserError where the two do not belong together."""
    if offset_s is not None and not math.isfinite(offset_s):
        raise BadCapture(tr("--offset: a number of seconds was expected"))
    capture = read_capture(path)
    lies = lying(film.session)
    angles = {**capture.angles, **pelvis_angles(capture, top_side(film.session) if lies else 0)}
    clock = _clock(film, capture, angles) if offset_s is None else Clock(offset_s, 0.0, None, 0.0, 0.0, GIVEN)
    name = kept("motion capture, {kind} ({ending})", kind=capture.kind, ending=path.suffix.lower())
    return Reference(name, clock, clock.film_s(capture.times_s), angles)


def _clock(film: Film, capture: Capture, angles: Mapping[str, Floats]) -> Clock:
    motion = motion_on_film(film, tuple(angles))
    tracks = {name: Track(capture.times_s, angles[name]) for name in motion.names}
    spans = [(r.start_s, r.end_s) for r in film.session.reps]
    return clock_by_movement(motion, motion_of_capture(tracks), spans, least=LEAST_CORRELATION, otherwise=BY_OFFSET)
