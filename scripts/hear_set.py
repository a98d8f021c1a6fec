"""Runs a whole set on a clip that is served as an RTSP camera, hands-free, loses the camera once, and listens to what is said.

    python scripts/hear_set.py CLIP EXERCISE OUT [--reps N] [--lose-after SECONDS]

Needs ffmpeg and PulseAudio (pulseaudio, pactl, parec). What is said goes to a null sink whose monitor is recorded into
OUT/heard.wav. Prints each utterance with the seconds from its moment to its first sound, and the table of the set.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
import wave
from pathlib import Path

import numpy as np

from formcheck.analysis.handsfree import Stage
from formcheck.capture.address import parse_address
from formcheck.capture.network import NetworkCamera
from formcheck.cli.output import print_session
from formcheck.exercises import EXERCISES
from formcheck.pose.model import model_file, model_name
from formcheck.run.live.live_set import LiveSet, LiveUpdate, SetPlan
from formcheck.run.live.run import run_set
from formcheck.run.tracking import tracker_for
from formcheck.voice.coach import Coach
from formcheck.voice.engines import find_voice
from formcheck.voice.speaker import Speaker, Spoken

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))
from streams import RtspServer, StreamServer

RATE, BYTES = 22_050, 2
LOUD = 400
"""Of 32767: a null sink is silent in between."""


class Ear:
    """Records the monitor of a null sink."""

    def __init__(self, work: Path) -> None:
        self._environment = os.environ | {"PULSE_RUNTIME_PATH": str(work), "HOME": str(work)}
        os.environ.update(self._environment)
        subprocess.run(
            ["pulseaudio", "-n", "--start", "--exit-idle-time=-1", "--load=module-native-protocol-unix",
             "--load=module-null-sink sink_name=ear"], check=True,
        )  # fmt: skip
        time.sleep(1.0)
        command = ["parec", "-d", "ear.monitor", "--raw", "--format=s16le", f"--rate={RATE}", "--channels=1", "--latency-msec=20"]
        self._parec = subprocess.Popen(command, stdout=subprocess.PIPE)
        self._data = bytearray()
        self._began_s: float | None = None
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._parec.stdout is not None
        while data := self._parec.stdout.read1(4096):  # type: ignore[attr-defined]
            now_s = time.monotonic()
            self._data += data
            if self._began_s is None:
                self._began_s = now_s - len(data) / BYTES / RATE

    def close(self) -> None:
        self._parec.terminate()
        self._parec.wait()
        subprocess.run(["pulseaudio", "--kill"], check=False)

    def onset_s(self, after_s: float, until_s: float) -> float | None:
        """When the first sound within a time begins, on the clock of time.monotonic()."""
        assert self._began_s is not None
        samples = np.abs(np.frombuffer(bytes(self._data), "<i2").astype(int))
        first, last = (int((t - self._began_s) * RATE) for t in (after_s, until_s))
        loud = np.flatnonzero(samples[max(first, 0) : last] > LOUD)
        return None if not len(loud) else after_s + float(loud[0]) / RATE

    def write(self, path: Path) -> None:
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(BYTES)
            file.setframerate(RATE)
            file.writeframes(bytes(self._data))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clip", type=Path)
    parser.add_argument("exercise", choices=tuple(EXERCISES))
    parser.add_argument("out", type=Path)
    parser.add_argument("--reps", type=int, default=6)
    parser.add_argument("--lose-after", type=float, default=12.0, help="of the set; the camera is back four seconds later")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work, RtspServer(options.clip, fps=20) as camera:
        ear = Ear(Path(work))
        try:
            spoken, begun_s = run(options, camera)
            time.sleep(0.5)
        finally:
            ear.close()
        ear.write(options.out / "heard.wav")
    waits = []
    for i, one in enumerate(spoken):
        until_s = spoken[i + 1].began_s if i + 1 < len(spoken) else one.began_s + 3.0
        heard_s = ear.onset_s(one.began_s, until_s)
        wait_s = None if heard_s is None else heard_s - one.utterance.at_s
        waits += [] if wait_s is None else [wait_s]
        words = "not heard" if wait_s is None else f"heard after {wait_s:.2f} s"
        print(f"{one.utterance.at_s - begun_s:7.2f} s  {one.utterance.words:<60} {words}")
    print(f"{len(waits)} of {len(spoken)} heard; median {np.median(waits):.2f} s, longest {max(waits):.2f} s to the first sound")


def run(options: argparse.Namespace, camera: StreamServer) -> tuple[list[Spoken], float]:
    exercise, model = EXERCISES[options.exercise], model_file(None)
    limits = {fault.name: fault.limits for fault in exercise.faults}
    folder = options.out / "set"
    plan = SetPlan(exercise, None, None, limits, options.out, "RTSP", folder=folder, record=True)
    voice = find_voice()
    assert voice is not None
    print(f"voice: {voice.name}")
    source = NetworkCamera("phone", *parse_address(camera.url))
    speaker, coach = Speaker(voice), Coach(exercise, planned=options.reps)
    begun_s, lost = time.monotonic(), threading.Event()

    def lose() -> None:
        print(f"{time.monotonic() - begun_s:7.2f} s  [the camera is switched off]")
        camera.stop()
        time.sleep(4.0)
        camera.start()
        print(f"{time.monotonic() - begun_s:7.2f} s  [the camera is on again]")

    def update(now: LiveUpdate) -> None:
        for utterance in coach.update(now, speaker.now_s()):
            speaker.say(utterance)
        if now.elapsed_s > options.lose_after and not lost.is_set():
            lost.set()
            threading.Thread(target=lose, daemon=True).start()
        if now.stage is Stage.RUNNING and len(now.result.snapshot.reps) >= options.reps:
            one.hands_free.end()

    with tracker_for(exercise, model) as tracker, source, speaker:
        one = LiveSet(plan, model_name(model))
        run_set(one, source, tracker, update)
        session = one.close()
        for utterance in coach.end(session.reps if session is not None else (), speaker.now_s()):
            speaker.say(utterance)
        speaker.finish(10.0)
    assert session is not None
    print_session(session)
    print(f"dropped as late: {[u.words for u in speaker.dropped]}")
    return list(speaker.spoken), begun_s


if __name__ == "__main__":
    main()
