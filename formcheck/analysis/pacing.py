"""Leads a person through the phases of each repetition: which one it is now, and how far it has gone."""

from dataclasses import dataclass
from enum import StrEnum

from formcheck.tempo import Tempo

REST_S = 1.0
"""Between two repetitions, and before the first."""


class Phase(StrEnum):
    REST = "rest"
    UP = "up"
    HOLD = "hold"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Beat:
    """Where the pace is now."""

    phase: Phase
    share: float
    """0 at the phase's beginning, 1 at its end."""
    began: bool
    """The phase begins with this frame."""
    tempo: Tempo


class Pacer:
    """Feed update() while a set runs. The pace waits for the person: a repetition that begins early starts its first phase, and
    the next one begins only when the person is back at rest."""

    def __init__(self, tempo: Tempo) -> None:
        self._tempo = tempo
        self._phase = Phase.REST
        self._since_s: float | None = None
        self._was_moving = False

    def update(self, now_s: float, *, moving: bool) -> Beat:
        """moving: whether the person is in a repetition."""
        began = self._since_s is None
        since_s = now_s if self._since_s is None else self._since_s
        begun, self._was_moving = moving and not self._was_moving, moving
        if self._phase is Phase.REST and moving:
            since_s = now_s  # still on the way down: the rest begins when that is over
            if begun:
                self._phase, began = Phase.UP, True
        while now_s - since_s >= self._lasts_s:
            since_s += self._lasts_s
            self._phase, began = self._next(), True
        self._since_s = since_s
        return Beat(self._phase, (now_s - since_s) / self._lasts_s, began, self._tempo)

    def stop(self) -> None:
        """The set is paused: it goes on with a rest."""
        self._phase, self._since_s, self._was_moving = Phase.REST, None, False

    @property
    def _lasts_s(self) -> float:
        tempo = self._tempo
        lengths = {Phase.REST: REST_S, Phase.UP: tempo.up_s, Phase.HOLD: tempo.hold_s, Phase.DOWN: tempo.down_s}
        return lengths[self._phase]

    def _next(self) -> Phase:
        if self._phase is Phase.UP and not self._tempo.hold_s:
            return Phase.DOWN
        return {Phase.REST: Phase.UP, Phase.UP: Phase.HOLD, Phase.HOLD: Phase.DOWN, Phase.DOWN: Phase.REST}[self._phase]
