"""One session folder against one recording: from files to figures."""

from collections.abc import Sequence
from pathlib import Path

from formcheck.agreement.capture.reference import capture_reference, is_capture
from formcheck.agreement.film import read_film
from formcheck.agreement.pairs import frame_pairs, repetition_pairs
from formcheck.agreement.pelvis.postures import Held
from formcheck.agreement.phone import phone_reference
from formcheck.agreement.results import Joined, Labels, SetResult
from formcheck.agreement.sensors.read import read_recording
from formcheck.system.errors import UserError
from formcheck.system.language import tr


def compare_with_reference(
    session: Path,
    files: Sequence[Path],
    *,
    labels: Labels | None = None,
    taps_s: Sequence[float] = (),
    poses: Sequence[Held] = (),
    offset_s: float | None = None,
) -> SetResult:
    """files: a phone's export, or one file of motion capture, for which offset_s may be known.

    UserError where the two cannot be brought together, with the reason and what to do."""
    film = read_film(session)
    if any(map(is_capture, files)):
        if len(files) > 1:
            raise UserError(tr("name one file of motion capture, and no phone beside it"))
        reference = capture_reference(film, files[0], offset_s=offset_s)
    elif offset_s is not None:
        raise UserError(tr("--offset is for motion capture; a phone's time is found from taps or the movement: --taps"))
    else:
        reference = phone_reference(film, read_recording(files), taps_s=taps_s, poses=poses)
    clock = reference.clock
    return SetResult(
        film.session.exercise,
        film.session.variant,
        str(film.session.side or ""),
        film.session.program,
        labels or Labels(),
        Joined(
            reference.name,
            clock.offset_s,
            clock.drift_ppm,
            clock.uncertainty_s,
            clock.correlation,
            clock.by,
            reference.mounting_by,
            reference.notes,
        ),
        tuple(repetition_pairs(film, reference)),
        tuple(frame_pairs(film, reference)),
    )
