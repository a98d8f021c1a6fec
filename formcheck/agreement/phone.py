"""A phone on the pelvis as a reference: the clocks joined, its place found, the pelvis' angles read."""

from collections.abc import Mapping, Sequence

import numpy as np

from formcheck.agreement.film import Film
from formcheck.agreement.measures import lying, top_side
from formcheck.agreement.pelvis import angles, turns
from formcheck.agreement.pelvis.mounting import Mounting, lying_mounting, standing_mounting
from formcheck.agreement.pelvis.orientation import Orientation, orientation
from formcheck.agreement.pelvis.postures import Held, find_poses, up_at_starts
from formcheck.agreement.reference import Reference, motion_on_film
from formcheck.agreement.sensors.recording import Flags, Kind, Recording
from formcheck.agreement.timing.alignment import Clock, NoCommonMovement, clock_by_movement
from formcheck.agreement.timing.correlation import mounting_at
from formcheck.agreement.timing.motion import RATE, FilmMotion, ReferenceMotion, motion_of_phone
from formcheck.agreement.timing.taps import clock_by_taps, find_taps
from formcheck.frames import Floats
from formcheck.system.errors import UserError
from formcheck.system.kept_words import kept
from formcheck.system.language import to_translate, tr

LYING = ("pelvic_roll", "pelvic_hike")
TURN, OBLIQUITY = "pelvis_rotation_left", "pelvic_obliquity_right_up"
FELL_DEG = 25.0
"""A repetition that begins with the phone turned by more than this from where the set began was not done with it in place."""
SLIPPED_DEG = 8.0
LEAST_REPETITIONS = 3


def phone_reference(film: Film, recording: Recording, *, taps_s: Sequence[float] = (), poses: Sequence[Held] = ()) -> Reference:
    """taps_s: film times of the first tap or of all three; poses: still poses named by hand. UserError where it cannot be."""
    session = film.session
    if not session.reps:
        raise UserError(tr("no repetition was found in this session, so there is nothing to compare"))
    sensor = orientation(recording)
    tilts = LYING if lying(session) else (OBLIQUITY,)
    motion = motion_on_film(film, (*tilts, TURN))
    theirs = motion_of_phone(sensor, tilts)
    spans = [(rep.start_s, rep.end_s) for rep in session.reps]
    clock = _clock(motion, theirs, spans, recording, taps_s)
    on_phone = [(float(a), float(b)) for a, b in clock.reference_s(np.array(spans))]
    rest, kept, notes = _in_place(sensor, on_phone)
    found: dict[str, Floats] = {} if lying(session) else {TURN: angles.turned_left(sensor)}
    mounting = None
    if any(name in motion.names for name in tilts):
        mounting = _mounting(film, sensor, rest, on_phone[:kept], _axes(motion, theirs, clock), poses)
        found |= _tilts(sensor, mounting, top_side(session) if lying(session) else 0)
    return Reference(
        recording.app,
        clock,
        clock.film_s(sensor.times_s),
        found,
        mounting.found_by if mounting else "",
        session.reps[kept].start_s if kept < len(spans) else float("inf"),
        (*recording.notes, *sensor.notes, *notes, *(mounting.notes if mounting else ())),
    )


def _clock(
    film: FilmMotion,
    phone: ReferenceMotion,
    spans: Sequence[tuple[float, float]],
    recording: Recording,
    taps_s: Sequence[float],
) -> Clock:
    try:
        movement = clock_by_movement(film, phone, spans)
    except NoCommonMovement:
        if not taps_s:
            raise
        movement = None
    if movement is not None and not taps_s:
        return movement
    if Kind.ACCELERATION not in recording.streams:
        raise UserError(
            tr("taps are felt by the accelerometer, which this export lacks; leave --taps away, or record acceleration too")
        )
    return clock_by_taps(find_taps(recording), taps_s, movement)


def _in_place(sensor: Orientation, spans: Sequence[tuple[float, float]]) -> tuple[Floats, int, list[str]]:
    """Up on the phone as the set's repetitions begin, how many of them the phone stayed in place for, and notes."""
    ups = up_at_starts(sensor, [start for start, _ in spans])
    known: Flags = np.isfinite(ups[:, 0])
    if known.sum() < LEAST_REPETITIONS:
        raise UserError(
            tr(
                "the recording covers {sum} repetitions of {n}; record from before the set to its end",
                sum=known.sum(),
                n=len(spans),
            )
        )
    early = ups[known][: max(LEAST_REPETITIONS, int(known.sum()) // 2)]
    rest = turns.unit(np.median(early, axis=0))
    off = np.degrees(np.arccos(np.clip(np.sum(ups * rest, axis=1), -1, 1)))
    held = int(max(np.flatnonzero(np.atleast_1d(off <= FELL_DEG)), default=-1)) + 1
    if held < LEAST_REPETITIONS:
        raise UserError(
            tr(
                "the phone turned by {nanmax:.0f} degrees on the body within the first repetitions; tie it tighter",
                nanmax=np.nanmax(off),
            )
        )
    notes = []
    if held < len(spans):
        turned = np.nanmax(np.append(off[held:], 0.0))
        lost = {"number": held + 1, "n": len(spans) - held}
        if turned:
            words = to_translate(
                "before repetition {number} the phone had left its place by {degrees:.0f} degrees: the last {n} repetitions are "
                "left out"
            )
            notes.append(kept(words, **lost, degrees=turned))
        else:
            words = to_translate(
                "before repetition {number} the phone recorded nothing any more: the last {n} repetitions are left out"
            )
            notes.append(kept(words, **lost))
    slipped = np.nanmax(off[:held])
    if slipped > SLIPPED_DEG:
        words = to_translate(
            "repetitions began with the phone up to {degrees:.0f} degrees apart: strap it tighter, or begin each alike"
        )
        notes.append(kept(words, degrees=slipped))
    return rest, held, notes


def _mounting(
    film: Film,
    sensor: Orientation,
    rest: Floats,
    spans: list[tuple[float, float]],
    film_axes: Mapping[str, Floats],
    poses: Sequence[Held],
) -> Mounting:
    session = film.session
    held = find_poses(sensor, rest, spans[0][0], lying=lying(session), named=poses)
    tilts = angles.tilts_within(sensor, spans)
    if lying(session):
        return lying_mounting(rest, top_side(session), held, tilts, film_axes)
    return standing_mounting(rest, held, tilts, film_axes)


def _tilts(sensor: Orientation, mounting: Mounting, top: int) -> dict[str, Floats]:
    """top: 0 for those who stand."""
    if not top:
        return {OBLIQUITY: -angles.left_up(sensor, mounting.axes)}
    roll, hike = angles.roll_and_hike(sensor, mounting.axes, top)
    return {name: values for name, values in zip(LYING, (roll, hike), strict=True) if name in mounting.tells}


def _axes(film: FilmMotion, phone: ReferenceMotion, clock: Clock) -> Mapping[str, Floats]:
    shift = round((clock.offset_s + film.times_s[0] - phone.times_s[0]) * RATE)
    return mounting_at(film, phone, shift)
