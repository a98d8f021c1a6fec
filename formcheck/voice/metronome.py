"""A metronome for runs: ticks a little above the runner's own cadence.

The ticks of minutes are one sound file, so that none comes early or late: a program that is started for each tick would shake by
tens of milliseconds.
"""

import logging
import shutil
import sys
import tempfile
import time
import wave
import weakref
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from formcheck.measurement.running.sides import cadence
from formcheck.results import Rep
from formcheck.voice.recordings import Played, system_player
from formcheck.voice.speaker import Speech

QUICKER = 1.05
"""Ticks per step of the runner's own cadence: Heiderscheit 2011 (10.1249/MSS.0b013e3181ebedf4) had runners step 5 and 10 %
quicker, which takes load from hip and knee."""
LISTENED = (6, 46)
"""From which of the run's stances on, and up to which, the runner's own cadence is taken: about a quarter of a minute. Later ones
follow the metronome, and would lead it on and on."""
TICK = Path(__file__).parents[1] / "gui" / "assets" / "tick.wav"
"""One of the window's tones."""
LASTS_S = 300.0
"""Of one sound file; it is played again when it is over."""

log = logging.getLogger(__name__)


class Metronome:
    """Call begin() before each set, update() while it runs, stop() at its end."""

    def __init__(self, play: Callable[[Path], Speech], tick: Path) -> None:
        """play: begins to play a WAV file and returns at once. tick: a WAV file of one short tick, 16-bit mono."""
        self._play, self._tick = play, tick
        self._work = Path(tempfile.mkdtemp(prefix="formcheck-metronome-"))
        weakref.finalize(self, shutil.rmtree, self._work, ignore_errors=True)
        self._playing: Speech | None = None
        self._sounds: tuple[int, float] | None = None
        self._ends_s = 0.0
        self._broken = False
        self.per_minute: int | None = None
        """Ticks a minute; None while the runner's own cadence is not known."""

    @property
    def sounds(self) -> bool:
        """Whether it is to be heard now."""
        return self._playing is not None

    def begin(self) -> None:
        """Another run: its cadence is not known yet."""
        self.stop()
        self.per_minute, self._broken = None, False

    def update(self, reps: Sequence[Rep], *, on: bool, volume: float) -> None:
        """reps: the run's stances so far. on: whether it is to be heard. volume: 0-1."""
        if self.per_minute is None and len(reps) >= LISTENED[1]:
            own = cadence(reps[slice(*LISTENED)]).value
            self.per_minute = round(QUICKER * own) if own is not None else None
        if not on or self.per_minute is None:
            self.stop()
        elif self._playing is None or self._sounds != (self.per_minute, volume):
            self._start(self.per_minute, volume)
        elif self._playing.done():
            self._broken = time.monotonic() < self._ends_s - 1.0
            self._start(self.per_minute, volume)

    def stop(self) -> None:
        if self._playing is not None and not self._playing.done():
            self._playing.stop()
        self._playing = None

    def _start(self, per_minute: int, volume: float) -> None:
        self.stop()
        if self._broken:  # the player ends at once: there is no sound to be had
            return
        path = self._work / "ticks.wav"
        try:
            write_ticks(path, self._tick, per_minute, volume)
            self._playing = self._play(path)
        except OSError as error:
            log.warning("the metronome failed: %s", error.strerror)
            self._broken = True
        self._sounds, self._ends_s = (per_minute, volume), time.monotonic() + LASTS_S


def system_metronome() -> Metronome | None:
    """What this computer can tick with; None where nothing plays a file."""
    program = system_player()
    if program is None and sys.platform != "win32":
        return None
    return Metronome(lambda path: Played(path, program), TICK)


def write_ticks(path: Path, tick: Path, per_minute: float, volume: float, lasts_s: float = LASTS_S) -> None:
    """A WAV file in which each tick begins within one sample of its time, the first at once."""
    with wave.open(str(tick)) as source:
        rate = source.getframerate()
        sound = (np.frombuffer(source.readframes(source.getnframes()), "<i2") * volume).astype("<i2")
    samples = np.zeros(round(lasts_s * rate), "<i2")
    for i in range(int(lasts_s * per_minute / 60.0)):
        at = round(i * 60.0 * rate / per_minute)
        room = samples[at : at + len(sound)]
        room[:] = sound[: len(room)]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
