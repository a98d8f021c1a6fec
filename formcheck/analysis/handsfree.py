"""When a set starts, pauses and ends without anybody touching the computer. A state machine of seconds, no Qt."""

from dataclasses import dataclass
from enum import StrEnum

from formcheck.analysis.snapshot import AnalysisState

COUNTDOWN_S = 3.0
AWAY_S = 1.5
"""Out of the picture for this long pauses the set."""
SAT_UP_S = 2.0
"""Out of the exercise's position for this long ends it."""
GONE_S = 30.0
"""Away for this long ends the set."""
HAND_S = 1.5
"""A hand held up for this long is a signal."""
HAND_END_S = 4.0
"""Held on for this long it ends the set."""


class Stage(StrEnum):
    CHECKING = "checking"
    COUNTDOWN = "countdown"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Seen:
    """What one frame says to the state machine."""

    time_s: float
    ready: bool
    """All set-up checks pass."""
    state: AnalysisState
    hand: bool = False


class HandsFree:
    """Checking -> countdown -> running <-> paused -> done."""

    def __init__(self, *, checks: bool = True) -> None:
        """checks: False starts at once, without checks and countdown."""
        self.stage = Stage.CHECKING if checks else Stage.RUNNING
        self.by_hand = False
        """Whether a pause was asked for; one that was not ends by itself."""
        self._since_s: float | None = None
        self._began_s: dict[str, float] = {}
        """Conditions that hold now (away, up, hand) and when each began."""
        self._hand_used = False
        self._asked = False
        self._ended = False
        self._was_in_position = False

    def signal(self) -> None:
        """A key, a foot pedal or the button: start, pause, go on."""
        self._asked = True

    def end(self) -> None:
        """For good; from any thread, also in the middle of an update()."""
        self._ended = True
        self.stage = Stage.DONE

    def update(self, seen: Seen) -> Stage:
        self._advance(seen)
        if self._ended:
            self.stage = Stage.DONE
        return self.stage

    def _advance(self, seen: Seen) -> Stage:
        if self.stage is Stage.DONE:
            return self.stage
        asked = self._asked or self._hand(seen)
        self._asked = False
        if self.stage is Stage.PAUSED and seen.time_s - self._began_s.get("hand", seen.time_s) >= HAND_END_S:
            return self._enter(Stage.DONE, seen)
        if self.stage is Stage.CHECKING:
            if seen.ready or asked:
                self._enter(Stage.COUNTDOWN, seen)
        elif self.stage is Stage.COUNTDOWN:
            self._count_down(seen, asked)
        else:
            self._run(seen, asked)
        return self.stage

    def countdown_s(self, now_s: float) -> float | None:
        """Seconds left of the countdown."""
        if self.stage is not Stage.COUNTDOWN or self._since_s is None:
            return None
        return max(0.0, COUNTDOWN_S - (now_s - self._since_s))

    def _count_down(self, seen: Seen, asked: bool) -> None:
        if asked or seen.state is AnalysisState.NOBODY:
            self._enter(Stage.CHECKING, seen)
        elif self.countdown_s(seen.time_s) == 0.0:
            self._enter(Stage.RUNNING, seen)

    def _run(self, seen: Seen, asked: bool) -> None:
        away_s = self._lasting("away", seen.state is AnalysisState.NOBODY, seen.time_s)
        up_s = self._lasting("up", seen.state is AnalysisState.WRONG_POSITION, seen.time_s)
        in_position = seen.state not in (AnalysisState.NOBODY, AnalysisState.WRONG_POSITION)
        self._was_in_position = self._was_in_position or in_position
        if away_s > GONE_S or (up_s > SAT_UP_S and self._was_in_position and not self.by_hand):
            self._enter(Stage.DONE, seen)
        elif self.stage is Stage.RUNNING and (asked or away_s > AWAY_S):
            self.by_hand = asked
            self._enter(Stage.PAUSED, seen)
        elif self.stage is Stage.PAUSED and (asked or (in_position and not self.by_hand)):
            self.by_hand = False
            self._enter(Stage.RUNNING, seen)

    def _enter(self, stage: Stage, seen: Seen) -> Stage:
        self.stage = stage
        self._since_s = seen.time_s
        return stage

    def _lasting(self, condition: str, holds: bool, now_s: float) -> float:
        """How long a condition has held without a break, seconds."""
        if not holds:
            self._began_s.pop(condition, None)
            return 0.0
        return now_s - self._began_s.setdefault(condition, now_s)

    def _hand(self, seen: Seen) -> bool:
        held_s = self._lasting("hand", seen.hand, seen.time_s)
        if not seen.hand:
            self._hand_used = False
        if held_s < HAND_S or self._hand_used:
            return False
        self._hand_used = True
        return True
