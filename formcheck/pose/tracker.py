"""Follows one person through a stream of frames with MediaPipe's Pose Landmarker.

MediaPipe follows whomever it saw first, so someone kneeling behind the person who lies may be tracked instead. Whenever a
person has to be found, all are detected in the single picture (finder.py), one is chosen, and the tracker is shown only that
one. From then on it looks around now and then: who else is there, and does the followed one still fit the exercise?
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from formcheck.frames import Floats, Frame, Image, PoseFrame
from formcheck.pose.continuity import Continuity
from formcheck.pose.finder import Finder, without
from formcheck.pose.landmarker import Landmarker, Pose, VideoLandmarker
from formcheck.pose.native_log import native_log_held_back
from formcheck.pose.person import TORSO, Chooser, is_ghost, lies, torso_span
from formcheck.signals.body import exchanged
from formcheck.system.language import to_translate

SEARCH_S = (0.1, 0.5)
"""How long after a search that found nobody to search again: soon at first, for one who was lost but a moment ago, then
seldom, since searching costs several times a tracked frame."""
SOON_S = 1.0
LOOK_AROUND_S = 3.0
"""How often to count the people while one is followed."""
DOUBT_S = (1.0, 2.0)
"""How often to look for somebody who fits better while the followed one does not: soon at first, then less often. Who lies before
somebody kneeling was found in every third look on a real film."""

NO_GRAPHICS_CARD = to_translate("No graphics card could be used to find poses here; the processor found them.")


class PoseTracker:
    """Frame -> PoseFrame. Synchronous; use it from one thread, but for follow(). Frames' times may not go back."""

    def __init__(self, model: Path, choose: Chooser, *, graphics_card: bool = False) -> None:
        """graphics_card: try to follow on it; the other, rare work is the processor's."""
        self.choose = choose
        with native_log_held_back(), ThreadPoolExecutor(2) as pool:  # each takes a fifth of a second
            finder = pool.submit(Landmarker, model, 4)
            tracker = pool.submit(VideoLandmarker, model, graphics_card=graphics_card)
            self._finder, self._tracker = Finder(finder.result()), tracker.result()
        self.notice = NO_GRAPHICS_CARD if graphics_card and not self._tracker.on_graphics_card else None
        """What the user should know, for the session."""
        self._continuity = Continuity()
        self._last: Floats | None = None
        self._others: list[Floats] = []
        """Where the others were when they were last looked for."""
        self._mixed_up = False
        """Whether one who fits was lost while others were near: from then on those are painted over in every picture."""
        self._people = 0
        self._search_s = -np.inf
        self._lost_s = -np.inf
        self._look_s = np.inf
        self._doubt_s = DOUBT_S[0]
        self._warm = False
        self._asked: Chooser | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._finder.close()
        self._tracker.close()

    def follow(self, choose: Chooser) -> None:
        """Choose anew, by another rule, from the next frame on. May be called from any thread."""
        self._asked = choose

    def process(self, frame: Frame) -> PoseFrame:
        asked, self._asked = self._asked, None
        if asked is not None:
            self.choose = asked
            self._drop(-np.inf)
        if self._warm:
            return self._process(frame)
        with native_log_held_back():  # the first picture makes MediaPipe talk once more
            self._warm = True
            return self._process(frame)

    def _process(self, frame: Frame) -> PoseFrame:
        rgb = frame.rgb()
        now_s = frame.timestamp_s
        pose = self._track(rgb, now_s) if self._last is not None else None
        if pose is not None and now_s >= self._look_s:
            pose = self._look_around(rgb, pose, now_s)
        if pose is None and now_s >= self._search_s:
            pose = self._search(rgb, now_s)
        if pose is None:
            return PoseFrame.nobody(frame)
        self._last = pose.image_xy
        if self._continuity.swapped(pose.image_xy, now_s):
            pose = Pose(exchanged(pose.image_xy), exchanged(pose.world_xyz), exchanged(pose.visibility))
        size = (rgb.shape[1], rgb.shape[0])
        return PoseFrame(frame.index, now_s, size, pose.image_xy, pose.world_xyz, pose.visibility, self._people)

    def _track(self, rgb: Image, now_s: float) -> Pose | None:
        """The followed person in the next frame; None, and nobody is followed, if they are lost."""
        shown = without(rgb, self._others, self._last) if self._mixed_up else rgb
        pose = self._tracker.next(shown, now_s)
        if pose is None or self._strayed(pose.image_xy):
            self._mixed_up |= bool(self._others) and self._last is not None and self.choose.fits(self._last)
            self._drop(now_s)
            return None
        return pose

    def _search(self, rgb: Image, now_s: float) -> Pose | None:
        found = self._finder.everybody(rgb)
        self._people = len(found)
        chosen = self.choose([pose.image_xy for pose in found], (rgb.shape[1], rgb.shape[0]))
        if chosen is None:
            self._search_s = now_s + SEARCH_S[now_s - self._lost_s > SOON_S]
            return None
        return self._begin(rgb, found, chosen, now_s)

    def _begin(self, rgb: Image, found: list[Pose], chosen: int, now_s: float) -> Pose:
        """Set the tracker on one of those found: in its first picture the others are painted over."""
        self._look_s = now_s + (LOOK_AROUND_S if self.choose.fits(found[chosen].image_xy) else self._doubt_s)
        self._others = [pose.image_xy for i, pose in enumerate(found) if i != chosen]
        self._tracker.forget(rgb, now_s)
        self._last = found[chosen].image_xy
        pose = self._tracker.next(without(rgb, self._others, self._last), now_s)
        if pose is None or self._strayed(pose.image_xy):  # it sees another, or nobody: the next frame will show
            return found[chosen]
        return pose

    def _look_around(self, rgb: Image, pose: Pose, now_s: float) -> Pose:
        """Count the people; go over to somebody else if the followed one does not fit the exercise and they do."""
        if self.choose.fits(pose.image_xy):
            self._others = self._finder.others(rgb, pose.image_xy)
            self._people = 1 + len(self._others)
            self._look_s, self._doubt_s = now_s + LOOK_AROUND_S, DOUBT_S[0]
            return pose
        found = self._finder.everybody(rgb)
        chosen = self.choose([other.image_xy for other in found], (rgb.shape[1], rgb.shape[0]))
        self._look_s = now_s + self._doubt_s
        self._doubt_s = min(2 * self._doubt_s, DOUBT_S[1])
        if chosen is not None:
            self._people = len(found)
            other = found[chosen].image_xy
            if self.choose.fits(other) and not is_ghost(other, [pose.image_xy]):
                self._continuity = Continuity()
                return self._begin(rgb, found, chosen, now_s)
        return pose

    def _strayed(self, xy: Floats) -> bool:
        """Whether the tracker has jumped to somebody else since the last frame."""
        if self._last is None:
            return False
        jump = float(np.linalg.norm(xy[list(TORSO)].mean(axis=0) - self._last[list(TORSO)].mean(axis=0)))
        span = torso_span(self._last)
        return jump > 0.6 * span or (jump > 0.3 * span and lies(xy) != lies(self._last))

    def _drop(self, now_s: float) -> None:
        self._last = None
        self._search_s = -np.inf
        self._lost_s = now_s
        self._doubt_s = DOUBT_S[0]
