"""Makes the program's sounds, small WAV files of sine tones, into formcheck/gui/assets."""

import wave
from pathlib import Path

import numpy as np

RATE = 22_050
FOLDER = Path(__file__).parent.parent / "formcheck" / "gui" / "assets"
SOUNDS = {
    "good": [(784, 0.07), (1175, 0.14)],
    "limit": [(294, 0.14), (0, 0.05), (294, 0.22)],
    "count": [(587, 0.12)],
    "begin": [(587, 0.10), (880, 0.30)],
    "pause": [(659, 0.12), (494, 0.22)],
    "end": [(784, 0.12), (659, 0.12), (523, 0.30)],
    "tick": [(1047, 0.035)],
}
"""Name -> (frequency in Hz, seconds), 0 Hz for silence."""


def tone(frequency: float, seconds: float) -> np.ndarray:
    """A sine with soft edges, so that it does not click, and a little of its octave."""
    t = np.arange(int(RATE * seconds)) / RATE
    edge = np.clip(np.minimum(t, t[::-1]) / 0.012, 0, 1)
    return 0.45 * edge * (np.sin(2 * np.pi * frequency * t) + 0.25 * np.sin(4 * np.pi * frequency * t))


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, notes in SOUNDS.items():
        samples = np.concatenate([tone(*note) for note in notes])
        with wave.open(str(FOLDER / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes((samples * 32767).astype("<i2").tobytes())


if __name__ == "__main__":
    main()
