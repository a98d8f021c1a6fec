"""One session folder against one recording: from files to figures."""

from collections.abc import Sequence
from pathlib import Path

from formcheck.agreement.film import read_film
from formcheck.agreement.pairs import frame_pairs, repetition_pairs
from formcheck.agreement.pelvis.postures import Held
from formcheck.agreement.phone import phone_reference
from formcheck.agreement.results import Joined, Labels, SetResult
from formcheck.agreement.sensors.read import read_recording


def compare_with_sensor(
    session: Path,
    sensors: Sequence[Path],
    *,
    labels: Labels | None = None,
    taps_s: Sequence[float] = (),
    poses: Sequence[Held] = (),
) -> SetResult:
    """UserError where the two cannot be brought together, with the reason and what to do."""
    film = read_film(session)
    reference = phone_reference(film, read_recording(sensors), taps_s=taps_s, poses=poses)
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
