"""Angles that did not come from the film, on the film's clock, by the names and signs of angles.csv."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from formcheck.agreement.film import Film
from formcheck.agreement.measures import delay, parts
from formcheck.agreement.timing.alignment import Clock
from formcheck.agreement.timing.motion import FilmMotion, Track, film_motion
from formcheck.exercises.body_angle import Part
from formcheck.frames import Floats
from formcheck.system.errors import UserError
from formcheck.system.language import tr

LEAST_MEASURED = 0.3
"""Share of frames in which an angle must be measured to be laid over the reference."""


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    name: str
    """The app, or the kind of capture file."""
    clock: Clock
    times_s: Floats
    """(n,) on the film's clock."""
    angles: Mapping[str, Floats]
    """(n,) degrees, NaN where not known, any constant offset."""
    mounting_by: str = ""
    """How the sensor's place on the body was found; empty where that does not matter."""
    until_s: float = float("inf")
    """On the film; later the sensor was not in its place any more."""
    notes: tuple[str, ...] = ()

    def of_measure(self, part: Part) -> Floats | None:
        """(n,) in the sign of a measure of session.json, None where the reference does not know it."""
        return part.sign * self.angles[part.angle] if part.angle in self.angles else None


def motion_on_film(film: Film, angles: tuple[str, ...]) -> FilmMotion:
    """The session's own running values of these angles. UserError where none of them was measured."""
    session = film.session
    tracks = {}
    for measure, part in parts(session, session.side).items():
        values = film.series.get(measure)
        if part.angle in angles and values is not None and np.isfinite(values).mean() > LEAST_MEASURED:
            late = delay(measure)
            tracks[part.angle] = Track(film.times_s, part.sign * values, late.mean_s, late.sd_s)
    if not tracks:
        raise UserError(
            tr("nothing that this reference can check was measured in this {exercise} session", exercise=session.exercise)
        )
    return film_motion(tracks, [(rep.start_s, rep.end_s) for rep in session.reps])
