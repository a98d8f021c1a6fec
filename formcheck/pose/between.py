"""The poses of frames between two on which one was found: on the straight line from the one to the other."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from formcheck.frames import Frame, PoseFrame
from formcheck.pose.schedule import Work

LONGEST_S = 0.5
"""Over a longer gap nobody is assumed to have moved evenly."""
Planned = tuple[Frame, Work, PoseFrame | None]


def fill_between(frames: Iterable[Planned]) -> Iterator[tuple[Frame, PoseFrame | None]]:
    """(frame, what was planned for it, its pose if one was looked for) -> every frame in order, with a pose if it is measured.

    Frames are held back until the next found pose. A filled-in pose says so (`found` is False); where either neighbour saw
    nobody, or they lie too far apart, nobody is there.
    """
    last: PoseFrame | None = None
    held: list[Planned] = []
    for item in frames:
        held.append(item)
        if item[2] is not None:
            yield from _filled(held, last, item[2])
            held.clear()
            last = item[2]
    yield from _filled(held, last, None)


def _filled(held: list[Planned], before: PoseFrame | None, after: PoseFrame | None) -> Iterator[tuple[Frame, PoseFrame | None]]:
    for frame, work, pose in held:
        yield frame, pose or (between(frame, before, after) if work is Work.MEASURE else None)


def between(frame: Frame, before: PoseFrame | None, after: PoseFrame | None) -> PoseFrame:
    """The pose of a frame from its neighbours'. After the last found pose, that one is held."""
    if before is not None and after is None and frame.timestamp_s - before.timestamp_s <= LONGEST_S:
        return replace(before, index=frame.index, timestamp_s=frame.timestamp_s, found=False)
    nobody = replace(PoseFrame.nobody(frame), found=False)
    if before is None or after is None or not (before.detected and after.detected):
        return nobody
    length_s = after.timestamp_s - before.timestamp_s
    if not 0 < length_s <= LONGEST_S:
        return nobody
    share = (frame.timestamp_s - before.timestamp_s) / length_s
    return replace(
        before,
        index=frame.index,
        timestamp_s=frame.timestamp_s,
        image_xy=before.image_xy + share * (after.image_xy - before.image_xy),
        world_xyz=before.world_xyz + share * (after.world_xyz - before.world_xyz),
        visibility=before.visibility + share * (after.visibility - before.visibility),
        found=False,
    )
