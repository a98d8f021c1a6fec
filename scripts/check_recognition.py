"""What is said of sets for which the right, and each wrong, exercise and side was chosen.

    python scripts/check_recognition.py SESSION_DIR…

The folders are sessions of their right exercise (formcheck analyze), with signals.npz. The right choice must never be doubted,
not even for a moment; a wrong one should be.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from formcheck.analysis.recognition import Recognition
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Exercise
from formcheck.frames import Observation
from formcheck.results import Side
from formcheck.session.file import read_session
from formcheck.session.signals import read_signals


def said(seen: Sequence[Observation], exercise: Exercise, side: Side | None) -> tuple[bool, Recognition]:
    """Whether the choice was doubted at any moment, and what is said at the end."""
    recognition, doubted = Recognition(exercise, side, exercise.posture), False
    for observation in seen:
        recognition.update(observation)
        doubted |= recognition.objection is not None
    return doubted, recognition


def main(folders: Sequence[str]) -> None:
    counts: Counter[str] = Counter()
    for folder in map(Path, folders):
        session, seen = read_session(folder), list(read_signals(folder / "signals.npz"))
        own = EXERCISES[session.exercise]
        doubted, _ = said(seen, own, session.side)
        counts["right choices"] += 1
        counts["right choices doubted"] += doubted
        if doubted:
            print(f"{folder.name}: the right choice was doubted")
        if session.side is not None:
            counts[f"{own.id}: wrong side"] += 1
            counts[f"{own.id}: wrong side said"] += said(seen, own, session.side.other)[1].objection is not None
        for other in EXERCISES.values():
            if other.id != own.id and other.posture.lies == own.posture.lies and other.seen_in is not None:
                rather = said(seen, other, None)[1].other_exercise
                counts[f"{own.id} as {other.id}"] += 1
                counts[f"{own.id} as {other.id} named"] += rather is own
                counts["named as a third exercise"] += rather not in (None, own)
    for words, count in sorted(counts.items()):
        print(f"{words}: {count}")


if __name__ == "__main__":
    main(sys.argv[1:])
