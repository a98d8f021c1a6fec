"""Records the shipped voice with espeak-ng: every cue, set-up sentence, number and word that a set can need, as Opus files.

    python scripts/make_voice.py [--language en]

Needs espeak-ng (apt-get install espeak-ng). Writes assets/voice/LANGUAGE/*.opus and index.json, {words: file}.
"""

import argparse
import ast
import hashlib
import inspect
import json
import subprocess
import tempfile
from dataclasses import astuple
from pathlib import Path

import av
import numpy as np

from formcheck.analysis import setup
from formcheck.exercises import EXERCISES
from formcheck.exercises.posture import Posture
from formcheck.voice import coach
from formcheck.voice.recordings import RATE_HZ, decode, phrase_key

BIT_RATE = 14_000
SILENT = 0.01
"""Samples quieter than this share of full scale are cut off at both ends."""
WORDS = ("Go.", "Paused.", "Rest.", "seconds", "repetition", "repetitions", "clean", "in the last", "times", "once", "next")
OVER = "The set is over. No repetition was counted."


def sentences() -> list[str]:
    """All that can be said, each once."""
    faults = [text for exercise in EXERCISES.values() for fault in exercise.faults for text in (fault.cue, fault.title)]
    postures = [text for posture in Posture for text in astuple(posture.value)]
    numbers = [str(n) for n in range(61)] + ["90", "120", "180"]
    said = [*numbers, *WORDS, coach.PRAISE, *coach.LEFT.values(), OVER, *faults, *postures, *set_up_words()]
    return list({phrase_key(text): text for text in said}.values())


def set_up_words() -> list[str]:
    """The sentences that the set-up checks return."""
    returns = [node for node in ast.walk(ast.parse(inspect.getsource(setup))) if isinstance(node, ast.Return)]
    found = [n.value for r in returns for n in ast.walk(r) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [text for text in found if " " in text]


def record(text: str, language: str, file: Path) -> None:
    with tempfile.TemporaryDirectory() as work:
        wav = Path(work) / "spoken.wav"
        subprocess.run(["espeak-ng", "-v", language, "-s", "165", "-w", str(wav), "--", text], check=True)
        samples = decode(wav)
    loud = np.flatnonzero(np.abs(samples) > SILENT)
    samples = samples[max(0, loud[0] - 160) : loud[-1] + 800]
    with av.open(str(file), "w") as container:
        stream = container.add_stream("libopus", rate=RATE_HZ, layout="mono")
        stream.bit_rate = BIT_RATE
        frame = av.AudioFrame.from_ndarray(samples[None].astype(np.float32), format="flt", layout="mono")
        frame.sample_rate = RATE_HZ
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", default="en")
    language = parser.parse_args().language
    folder = Path(__file__).parents[1] / "assets" / "voice" / language
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.opus"):
        old.unlink()
    index = {}
    for text in sentences():
        name = f"{hashlib.sha256(' '.join(phrase_key(text)).encode()).hexdigest()[:12]}.opus"
        record(text, language, folder / name)
        index[text] = name
    (folder / "index.json").write_text(json.dumps(index, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(index)} recordings, {sum(f.stat().st_size for f in folder.iterdir()) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
