"""Records the shipped voice with espeak-ng: every cue, set-up sentence, number and word that a set can need, as Opus files.

    python scripts/make_voice.py [--language de]

Needs espeak-ng (apt-get install espeak-ng). Writes assets/voice/LANGUAGE/*.opus and index.json, {words: file}.
"""

import argparse
import ast
import hashlib
import inspect
import json
import re
import subprocess
import tempfile
from dataclasses import astuple
from pathlib import Path

import av
import numpy as np

from formcheck.analysis import setup
from formcheck.exercises import EXERCISES
from formcheck.exercises.posture import Posture
from formcheck.system.language import catalogue, languages, tr, use_language
from formcheck.voice import coach
from formcheck.voice.engines import ESPEAK_NAMES
from formcheck.voice.recordings import RATE_HZ, decode, phrase_key

BIT_RATE = 14_000
SILENT = 0.01
"""Samples quieter than this share of full scale are cut off at both ends."""
NUMBERS = (*range(61), 90, 120, 180)
PLURALS = (1, 2, 5)
"""Numbers that ask for each form of the languages."""


def sentences() -> list[str]:
    """All that can be said in the language in use, each once; of sentences with figures the parts between those."""
    faults = [text for exercise in EXERCISES.values() for fault in exercise.faults for text in (fault.cue, fault.title)]
    postures = [text for posture in Posture for text in astuple(posture.value)]
    whole = [tr(text) for text in (*faults, *postures, *set_up_words())]
    parts = [part for text in said_by_coach() for part in re.split(r"\{\w+\}", text)]
    said = [*map(str, NUMBERS), *whole, *parts]
    return list({phrase_key(text): text for text in said if phrase_key(text)}.values())


def said_by_coach() -> list[str]:
    """The sentences of voice/coach.py, with the names of their figures."""
    found = []
    for node in ast.walk(ast.parse(inspect.getsource(coach))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "trn", "to_translate"):
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if node.func.id == "trn":
                found += [catalogue().ngettext(texts[0], texts[1], n) for n in PLURALS]
            else:
                found += map(tr, texts)
    return found


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
    use_language(language)
    if language not in languages():
        parser.error("compile the catalogues first: python scripts/strings.py --compile")
    speaker = ESPEAK_NAMES.get(language[:2], language[:2])
    folder = Path(__file__).parents[1] / "assets" / "voice" / language
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.opus"):
        old.unlink()
    index = {}
    for text in sentences():
        name = f"{hashlib.sha256(' '.join(phrase_key(text)).encode()).hexdigest()[:12]}.opus"
        record(text, speaker, folder / name)
        index[text] = name
    (folder / "index.json").write_text(json.dumps(index, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(index)} recordings, {sum(f.stat().st_size for f in folder.iterdir()) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
