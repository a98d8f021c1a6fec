"""Says one thing at a time, the most urgent first, and never late: words that would come after their moment are dropped."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from types import TracebackType
from typing import Protocol, Self

log = logging.getLogger(__name__)
LATEST_S = 0.7
"""Words that would begin later than this after their moment are dropped: the movement they speak of is over."""
POLL_S = 0.02


class Urgency(IntEnum):
    """Lower is more urgent."""

    WARNING = 0
    """What moves now that should not."""
    COMMAND = 1
    """Countdown, begin, pause, end."""
    SETUP = 2
    COUNT = 3
    PRAISE = 4


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words, and the moment they belong to on the speaker's clock."""

    words: str
    urgency: Urgency
    at_s: float
    latest_s: float = LATEST_S
    """How long after its moment it still makes sense."""


class Speech(Protocol):
    """Words that are being spoken."""

    def done(self) -> bool: ...

    def stop(self) -> None: ...


class Engine(Protocol):
    """A voice. start() returns at once; None where it cannot say these words."""

    name: str

    def start(self, words: str, volume: float) -> Speech | None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said, and when its speaking began."""

    utterance: Utterance
    began_s: float


@dataclass(slots=True)
class _State:
    waiting: list[Utterance] = field(default_factory=list)
    current: Utterance | None = None
    ended: bool = False


class Speaker:
    """Speaks in a thread of its own; say() never waits. Use as a context manager, or call close()."""

    def __init__(self, engine: Engine, *, volume: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        """volume: 0 to 1."""
        self.volume = volume
        self.spoken: deque[Spoken] = deque(maxlen=200)
        self.dropped: deque[Utterance] = deque(maxlen=200)
        self._engine, self._clock = engine, clock
        self._state = _State()
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="speaker", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def now_s(self) -> float:
        """The clock that `Utterance.at_s` is on."""
        return self._clock()

    def say(self, utterance: Utterance) -> None:
        """Words to be said as soon as nothing more urgent is being said. What is less urgent is broken off for them."""
        with self._changed:
            self._state.waiting.append(utterance)
            self._changed.notify_all()

    def finish(self, timeout_s: float) -> bool:
        """Wait until all is said; whether it was in time."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._state.waiting and self._state.current is None, timeout_s)

    def close(self) -> None:
        """Stop at once."""
        with self._changed:
            self._state.ended = True
            self._changed.notify_all()
        self._thread.join(timeout=2.0)
        self._engine.close()

    def _run(self) -> None:
        while (utterance := self._next()) is not None:
            try:
                speech = self._engine.start(utterance.words, self.volume)
                if speech is not None:
                    self.spoken.append(Spoken(utterance, self._clock()))
                    self._listen(utterance, speech)
            except OSError as error:  # the voice's program is gone: the set goes on without it
                log.warning("the voice failed: %s", error.strerror)
            with self._changed:
                self._state.current = None
                self._changed.notify_all()

    def _next(self) -> Utterance | None:
        """The most urgent of those that are still in time; waits for one. None when closed."""
        with self._changed:
            while True:
                self._changed.wait_for(lambda: self._state.waiting or self._state.ended)
                if self._state.ended:
                    return None
                self._drop_late()
                if self._state.waiting:
                    first = min(self._state.waiting, key=lambda u: (u.urgency, u.at_s))
                    self._state.waiting.remove(first)
                    self._state.current = first
                    return first

    def _drop_late(self) -> None:
        now_s = self._clock()
        late = [u for u in self._state.waiting if now_s - u.at_s > u.latest_s]
        self.dropped.extend(late)
        self._state.waiting = [u for u in self._state.waiting if u not in late]
        self._changed.notify_all()  # finish() may wait for these

    def _listen(self, utterance: Utterance, speech: Speech) -> None:
        """Until the words are over, or must give way."""
        while not speech.done():
            with self._changed:
                self._changed.wait(POLL_S)
                urgent = any(u.urgency < utterance.urgency for u in self._state.waiting)
                if self._state.ended or urgent:
                    speech.stop()
                    return
