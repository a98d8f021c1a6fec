"""When the advisor suggests a next step, and when it stays quiet."""

from dataclasses import replace

import pytest

from formcheck.analysis.progression import Criteria, suggest, title
from formcheck.exercises import EXERCISES
from formcheck.exercises.contract import VariantRef
from formcheck.results import Finding, Rep, Session, Severity, Side, VideoInfo

LEFT, RIGHT = Side.LEFT, Side.RIGHT


def done(
    exercise: str, variant: str = "standard", *, side: Side | None = LEFT, clean: int = 10, found: int = 0, unseen: int = 0
) -> Session:
    """A set with so many repetitions of each kind."""
    finding = Finding("pelvic_roll", Severity.CAUTION, 1.0, 12.0, 10.0, "deg")
    kinds: list[tuple[tuple[Finding, ...], dict[str, str]]] = (
        [((), {})] * clean + [((finding,), {})] * found + [((), {"pelvic_roll": "hidden"})] * unseen
    )
    reps = tuple(Rep(i + 1, side, i, i + 0.4, i + 0.9, {}, f, n) for i, (f, n) in enumerate(kinds))
    video = VideoInfo("a.mp4", 640, 480, 30.0, 20.0, 600)
    return Session("0.1.0", exercise, variant, side, video, "full", 600, {}, reps)


SUGGESTS = [
    ("sidelying-er", "standard", ["hip-neutral", "table-edge"]),
    ("sidelying-er", "hip-neutral", ["hip-90"]),
    ("sidelying-er", "table-edge", ["hip-90"]),
    ("clam", "standard", ["sidelying-er", "banded"]),
    ("banded-rotation", "close", ["straight"]),
    ("banded-rotation", "straight", ["monster-walk", "lateral-band-walk"]),
    ("monster-walk", "ankles", ["single-leg-squat", "pivot"]),
    ("lateral-band-walk", "ankles", ["single-leg-squat", "pivot"]),
    ("single-leg-squat", "step-down", ["pivot"]),
]


@pytest.mark.parametrize(("exercise", "variant", "following"), SUGGESTS)
def test_suggests(exercise: str, variant: str, following: list[str]) -> None:
    suggestion = suggest(exercise, variant, [done(exercise, variant)] * 3)
    assert suggestion is not None
    assert [s.variant if s.exercise == exercise else s.exercise for s in suggestion.next] == following
    assert all(title(s) in suggestion.words for s in suggestion.next)
    assert "for you and your therapist to decide" in suggestion.words


CLAM = done("clam")
QUIET = [
    pytest.param([], id="nothing done"),
    pytest.param([CLAM] * 2, id="two sets"),
    pytest.param([CLAM, CLAM, done("clam", clean=9)], id="nine repetitions"),
    pytest.param([CLAM, CLAM, done("clam", clean=8, found=2)], id="80 % clean"),
    pytest.param([CLAM, CLAM, done("clam", clean=8, unseen=2)], id="two could not be judged"),
    pytest.param([CLAM, CLAM, done("clam", clean=0, unseen=10)], id="a set that could not be judged"),
    pytest.param([CLAM, CLAM, CLAM, done("clam", clean=5, found=5)], id="the last set was not clean"),
    pytest.param([CLAM, CLAM, done("clam", "banded")], id="another variant does not count"),
    pytest.param([CLAM, CLAM, done("sidelying-er")], id="another exercise does not count"),
    pytest.param([CLAM] * 3 + [done("clam", side=RIGHT)], id="the other side has one set only"),
]


@pytest.mark.parametrize("sessions", QUIET)
def test_stays_quiet(sessions: list[Session]) -> None:
    assert suggest("clam", "standard", sessions) is None


def test_old_sets_are_forgotten() -> None:
    assert suggest("clam", "standard", [done("clam", clean=1, found=9), CLAM, done("sidelying-er"), CLAM, CLAM]) is not None


def test_a_clean_set_may_hold_one_finding_in_ten() -> None:
    assert suggest("clam", "standard", [CLAM, CLAM, done("clam", clean=9, found=1)]) is not None


def test_both_sides_are_named() -> None:
    suggestion = suggest("clam", "standard", [CLAM, done("clam", side=RIGHT)] * 3)
    assert suggestion is not None
    assert "on both sides" in suggestion.words


def both(clean_left: int, clean_right: int) -> Session:
    """A set with repetitions of both sides."""
    left, right = (done("clam", side=side, clean=clean) for side, clean in ((LEFT, clean_left), (RIGHT, clean_right)))
    return replace(left, side=None, reps=left.reps + right.reps)


def test_a_set_of_both_sides_is_one_of_each() -> None:
    suggestion = suggest("clam", "standard", [CLAM, CLAM, done("clam", side=RIGHT), done("clam", side=RIGHT), both(10, 10)])
    assert suggestion is not None
    assert "on both sides" in suggestion.words
    assert suggest("clam", "standard", [both(10, 10), both(10, 10), both(10, 4)]) is None


def test_criteria_can_be_set() -> None:
    short = [done("clam", clean=4, found=1)]
    assert suggest("clam", "standard", short) is None
    assert suggest("clam", "standard", short, Criteria(sets=1, reps=5, clean_share=0.8)) is not None
    with pytest.raises(ValueError, match="criteria"):
        Criteria(clean_share=0.0)


def test_the_line_ends() -> None:
    assert suggest("pivot", "standard", [done("pivot")] * 3) is None


LINE = {VariantRef(e.id, v.name): v.next for e in EXERCISES.values() for v in e.variants}


def test_the_line_names_what_exists_and_has_no_circle() -> None:
    assert {ref for following in LINE.values() for ref in following} <= set(LINE)

    def longest(ref: VariantRef, seen: tuple[VariantRef, ...] = ()) -> int:
        assert ref not in seen
        return 1 + max((longest(s, (*seen, ref)) for s in LINE[ref]), default=0)

    assert longest(VariantRef("clam", "standard")) > 6


def test_every_variant_has_its_place_in_the_line() -> None:
    following = {ref for some in LINE.values() for ref in some}
    assert [ref for ref in LINE if not LINE[ref] and ref not in following] == []
