"""Writes docs/exercises/: a page and three drawings per exercise, straight from the table of exercises.

Run it after changing an exercise: python scripts/draw_exercises.py. A test compares the pages with the table.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import cv2

from formcheck.analysis.progression import title
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import Exercise, Fault, Quantity
from formcheck.exercises.posture import Posture
from formcheck.frames import Image
from formcheck.measurement.running.place import OBLIQUE_DEG
from formcheck.overlay.camera_place import draw_camera_place
from formcheck.overlay.figures import draw_position
from formcheck.report.words import DISCLAIMER, number
from formcheck.signals.camera_angle import limit_deg

DOCS = Path(__file__).parent.parent / "docs" / "exercises"
POSITION_SIZE = (480, 360)
CAMERA_SIZE = (640, 360)


def _limit_deg(exercise: Exercise) -> float:
    return OBLIQUE_DEG if exercise.posture in (Posture.RUNNING, Posture.WALKING) else limit_deg(lies=exercise.posture.lies)


def page(exercise: Exercise) -> str:
    """One exercise's page in Markdown."""
    guide, camera = exercise.guide, exercise.camera
    return "\n".join(
        [
            f"# {exercise.title}",
            "",
            guide.purpose,
            "",
            "| Start | End |",
            "|---|---|",
            f"| ![Start position]({exercise.id}-start.png) | ![End position]({exercise.id}-end.png) |",
            "",
            "Blue works. The arrow is the movement, the dashed line keeps its direction, the pale shape is where it started.",
            "",
            f"**Start.** {guide.start}",
            "",
            f"**Movement.** {guide.movement}",
            "",
            f"**How it should feel.** {guide.feel}",
            "",
            "**Avoid**",
            "",
            *(f"- {words}" for words in guide.avoid),
            "",
            f"**When to stop.** {guide.stop}",
            "",
            "## Camera",
            "",
            f"![Place of the camera from above and from the side]({exercise.id}-camera.png)",
            "",
            f"{_sentence(camera.words)} Distance {_span(camera.distance_m)} m, lens {_span(camera.height_m)} m above the floor, "
            f"at most {max(map(abs, camera.azimuth_deg)):.0f}° to the side. The angle is read off the body, some 7° off; "
            f"where it reads more than {_limit_deg(exercise):.0f}°, nothing is assessed.",
            "",
            "## What is measured",
            "",
            "| Measure | Unit | Positive means |",
            "|---|---|---|",
            *(f"| {_measure(exercise, q)} | {q.unit} | {q.sign or '-'} |" for q in exercise.quantities),
            "",
            "Every value is an estimate from a picture and comes with its 90 % interval: see [validity](../validity.md).",
            "",
            "## What is flagged",
            "",
            "| Finding | Caution | Fault | Cue | Where the limits come from |",
            "|---|---|---|---|---|",
            *(_flagged(f) for f in sorted(exercise.faults, key=lambda f: f.priority)),
            "",
            "A fault is said only where the value less its uncertainty passes the fault limit. The limits can be changed in the "
            "settings.",
            "",
            *(_leads(exercise) if exercise.compares_sides else _variants(exercise)),
            "",
            f"*{DISCLAIMER}*",
            "",
        ]
    )


def index(exercises: Mapping[str, Exercise]) -> str:
    """The list of pages."""
    lines = [f"- [{e.title}]({e.id}.md): {e.guide.purpose}" for e in exercises.values()]
    return "\n".join(["# Exercises", "", *lines, "", "Made by `scripts/draw_exercises.py`.", ""])


def pages() -> dict[str, str]:
    """File name -> content, of every page."""
    return {"README.md": index(EXERCISES)} | {f"{e.id}.md": page(e) for e in EXERCISES.values()}


def drawings(exercise: Exercise) -> Iterator[tuple[str, Image]]:
    """(file name, picture) of an exercise's drawings."""
    yield f"{exercise.id}-start.png", draw_position(exercise, "start", POSITION_SIZE)
    yield f"{exercise.id}-end.png", draw_position(exercise, "end", POSITION_SIZE)
    yield f"{exercise.id}-camera.png", draw_camera_place(exercise.camera, exercise.posture.lies, CAMERA_SIZE)


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:].rstrip(".") + "."


def _span(values: tuple[float, float]) -> str:
    return f"{values[0]:g}-{values[1]:g}"


def _measure(exercise: Exercise, quantity: Quantity) -> str:
    roles = {exercise.movement: "the movement", exercise.guarded: "guarded"}
    role = f" ({roles[quantity.name]})" if quantity.name in roles else ""
    return f"{quantity.title}{role}, `{quantity.name}`"


def _flagged(fault: Fault) -> str:
    way = {1: "above", -1: "below", 0: "either way above"}[fault.direction]
    caution, hard = (number(value, fault.limits.unit) for value in (fault.limits.caution, fault.limits.fault))
    return f"| {fault.title}, `{fault.name}` | {way} {caution} | {way} {hard} | {fault.cue} | {fault.source} |"


def _variants(exercise: Exercise) -> Iterator[str]:
    yield "## Variants and what may come next"
    yield ""
    yield "| Variant | In words | Expected range | A next step could be |"
    yield "|---|---|---|---|"
    for variant in exercise.variants:
        following = " or ".join(f"[{title(ref)}]({ref.exercise}.md)" for ref in variant.next) or "-"
        span = f"{_span(variant.expected_deg)}°" if variant.expected_deg else "-"
        yield f"| {variant.title}, `{variant.name}` | {variant.words} | {span} | {following} |"
    yield ""
    yield "A next step is suggested after three sets of at least ten repetitions with 90 % clean; whether to take it is for "
    yield "the person and their therapist to decide."


IN_THE_WAY = (
    ("Seen from the side", "stances are counted and not judged, with where the camera belongs"),
    ("A shirt that hangs out, or of the trousers' colour", "no pelvic drop, with what to wear"),
    ("A rail, a console or another treadmill before the pelvis", "no pelvic drop; named where its face has any structure"),
    (
        "A hand that holds on to the treadmill",
        "its stances are not judged and count in no mean; not seen where the body hides it",
    ),
    ("Feet or head outside the picture", "nothing is judged, with which way to turn the camera"),
    ("A tilted camera", "the trunk's lean is put right where door frames and walls tell the tilt, and it is said from 1.5° on"),
    ("A camera that moves, or a film that is cut again and again", "nothing is judged; it is said"),
    ("Fewer than 24 pictures a second, or slow motion", "no stance, with what to do"),
    ("A mirrored film", "not seen: left and right are exchanged unless `--mirrored` is said"),
)
"""What keeps a run from being judged, and what is said of it."""


def _leads(exercise: Exercise) -> Iterator[str]:
    """Of a run: its variants, what else its figures are shown as, and where they lead."""
    yield "## Variants"
    yield ""
    yield "| Variant | In words |"
    yield "|---|---|"
    for variant in exercise.variants:
        yield f"| {variant.title}, `{variant.name}` | {variant.words} |"
    yield ""
    yield "## What is shown"
    yield ""
    yield "- While it runs: both sides' figures as bars, the cadence, the last stances one by one. A cue comes at most once in"
    yield "  eight strides, for what half of them have. A metronome 5 % quicker than your own first cadence can be switched on."
    yield "- In the review: from stance to stance, to contact, midstance and toe-off; both midstances as mean pictures of ten"
    yield "  stances; the gait cycle left against right with its spread; the course over the run, first against last minute. The"
    yield "  same in the report. Contact and toe-off are placed by midstance: landmarks do not show them."
    yield "- Two runs, such as before and after six weeks: the films at the same phase of the gait cycle, side by side or over"
    yield "  each other, both mean curves, and each side's difference against the smallest detectable one."
    yield ""
    yield "## What stands in the way"
    yield ""
    yield "| In the picture | What comes of it |"
    yield "|---|---|"
    for seen, said in IN_THE_WAY:
        yield f"| {seen} | {said} |"
    if not any(fault.leads_to for fault in exercise.faults):
        return
    yield ""
    yield "## What to do next"
    yield ""
    yield "| Where a side shows this | these train against it |"
    yield "|---|---|"
    for fault in exercise.faults:
        if fault.leads_to:
            yield f"| {fault.title} | {', '.join(f'[{EXERCISES[r.exercise].title}]({r.exercise}.md)' for r in fault.leads_to)} |"
    yield ""
    yield "It is said where the mean of a side's stances passes the caution limit and half of those that could be judged, ten at "
    yield "least, show it. Whether to train it is for the person and their therapist to decide."


def main() -> int:
    DOCS.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")
    for exercise in EXERCISES.values():
        for name, image in drawings(exercise):
            if not cv2.imwrite(str(DOCS / name), image, [cv2.IMWRITE_PNG_COMPRESSION, 9]):
                print(f"{DOCS / name}: cannot be written", file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
