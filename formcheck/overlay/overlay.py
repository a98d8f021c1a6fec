"""All that is painted on one frame: who is followed, how many repetitions, what moved that should not have."""

import math
from collections.abc import Mapping, Sequence

from formcheck.analysis.snapshot import AnalysisState, Snapshot
from formcheck.exercises.contract import Exercise
from formcheck.frames import Image, PoseFrame
from formcheck.overlay.banner import Banner
from formcheck.overlay.gauge import Gauge
from formcheck.overlay.skeleton import Highlight, Skeleton
from formcheck.overlay.style import BLACK, Area, Colour, Style
from formcheck.overlay.text import panel, paste
from formcheck.results import Finding, Limits, Severity, Side
from formcheck.system.kept_words import shown
from formcheck.system.language import tr

SIGNS: Mapping[Severity, str] = {Severity.CAUTION: "!", Severity.FAULT: "✗"}
"""Before a cue, so that its colour is not alone."""


class Overlay:
    """(frame, pose, snapshot) -> a new picture. Of what came before it knows only where the words stood.

    limits: fault -> limits where they differ from the exercise's own.
    """

    def __init__(self, limits: Mapping[str, Limits] | None = None) -> None:
        self._style = Style()
        self._limits = limits or {}
        self._skeleton = Skeleton(self._style)
        self._gauge = Gauge(self._style)
        self._banner = Banner()

    def annotate(self, image: Image, pose: PoseFrame | None, snapshot: Snapshot, exercise: Exercise) -> Image:
        """Paints on a copy of `image` (H, W, 3) BGR; what is NaN is not painted."""
        painted = image.copy()
        self.paint(painted, pose, snapshot, exercise)
        return painted

    def paint(self, image: Image, pose: PoseFrame | None, snapshot: Snapshot, exercise: Exercise) -> Sequence[Area]:
        """Paints into `image` (H, W, 3) BGR, and says where; what is NaN is not painted."""
        finding = snapshot.active[0] if snapshot.active else None
        areas = [self.paint_person(image, pose, snapshot, exercise)] if pose is not None else []
        guard = next((fault for fault in exercise.faults if fault.quantity == exercise.guarded), None)
        if guard is not None:
            value = snapshot.values.get(exercise.guarded, math.nan)
            areas.append(self._gauge.annotate(image, guard.excess(value), self._limits.get(guard.name, guard.limits)))
        head = self._head(image, snapshot, exercise)
        areas += head
        areas.append(self._say(image, pose, snapshot, finding, exercise, head[0][3] if head else 0))
        return [area for area in areas if area is not None]

    def paint_person(self, image: Image, pose: PoseFrame, snapshot: Snapshot, exercise: Exercise) -> Area | None:
        """Only the skeleton and what stands out on it, into `image`, for a window that says the rest itself; and where."""
        finding = snapshot.active[0] if snapshot.active else None
        if not pose.detected:
            return None
        return self._skeleton.annotate(image, pose.image_xy, self._state_colour(snapshot), self._highlight(finding, exercise))

    def _head(self, image: Image, snapshot: Snapshot, exercise: Exercise) -> list[Area]:
        """Count and title, and where they are; how many stances a run has had says nothing to anybody."""
        height, width = image.shape[:2]
        size, style = (width, height), self._style
        areas: list[Area] = []
        room = width
        if not exercise.compares_sides:
            count = panel(str(len(snapshot.reps)), style.letter_px(size, 2.2), width, style.text, style.panel)
            areas, room = [paste(image, count, 0, 0)], width - count.shape[1]
        words = _title(tr(exercise.title), snapshot.side)
        title = panel(words, style.letter_px(size, 0.8), room, style.text, style.panel)
        if title.shape[0] < height // 3:
            areas.append(paste(image, title, width - title.shape[1], 0))
        return areas

    def _say(
        self, image: Image, pose: PoseFrame | None, snapshot: Snapshot, finding: Finding | None, exercise: Exercise, top: int
    ) -> Area | None:
        """One thing is said at a time: what keeps the program from judging first, then what it finds."""
        colour, background = self._style.text, self._style.panel
        words = _waiting(snapshot.state, exercise) or shown(snapshot.obstacle or "")
        if not words and finding is not None:
            words = f"{SIGNS[finding.severity]} {tr(exercise.fault(finding.fault).cue)}"
            colour, background = BLACK, self._severity_colour(finding)
        if not words:
            return None
        height, width = image.shape[:2]
        letter_px, said = self._style.letter_px((width, height)), words
        return self._banner.put(
            image,
            lambda widest: panel(said, letter_px, widest, colour, background),
            pose.image_xy if pose is not None else None,
            (top, self._gauge.room((width, height))),
        )

    def _state_colour(self, snapshot: Snapshot) -> Colour:
        if snapshot.active:
            return self._severity_colour(snapshot.active[0])
        return {AnalysisState.MOVING: self._style.moving, AnalysisState.READY: self._style.rest}.get(
            snapshot.state, self._style.unknown
        )

    def _severity_colour(self, finding: Finding) -> Colour:
        return self._style.fault if finding.severity is Severity.FAULT else self._style.caution

    def _highlight(self, finding: Finding | None, exercise: Exercise) -> Highlight | None:
        if finding is None:
            return None
        region = exercise.fault(finding.fault).region
        return None if region is None else Highlight(region, self._severity_colour(finding))


def _waiting(state: AnalysisState, exercise: Exercise) -> str:
    """What is waited for; empty where nothing is."""
    if state is AnalysisState.NOBODY:
        return tr("Nobody in the picture")
    if state is AnalysisState.WRONG_POSITION:
        return tr(exercise.posture_of(None).words.return_to)
    return tr("Looking for the working side.") if state is AnalysisState.FINDING_SIDE else ""


def _title(exercise: str, side: Side | None) -> str:
    if side is None:
        return exercise
    left = side is Side.LEFT
    return tr("{exercise}, left side", exercise=exercise) if left else tr("{exercise}, right side", exercise=exercise)
