"""Left against right: which differences count, which side is named, and when none is."""

from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.report.compared import Comparison
from formcheck.report.comparison import best_and_worst, compare
from formcheck.report.comparison_report import compare_folders, comparison_document, repetition_pictures
from formcheck.report.comparison_words import text_table
from formcheck.report.document import Pictures
from formcheck.report.html import document_html
from formcheck.report.pdf import document_pdf
from formcheck.results import Measurement, Rep, Session, Side, VideoInfo
from formcheck.session.file import write_session
from formcheck.session.notes import Notes, write_notes
from formcheck.system.errors import UserError
from formcheck.system.resources import folder

LEFT, RIGHT = Side.LEFT, Side.RIGHT
Values = dict[str, list[float | None]]


def session(side: Side | None, values: Values, exercise: str = "clam", uncertainty: float = 2.0) -> Session:
    """Quantity -> value per repetition, None where it was not measured."""
    units = {"step_width": "ratio", "pace_s": "s", "hip_lead_s": "s"}
    count = max(len(v) for v in values.values())
    reps = tuple(
        Rep(
            i + 1, side, 3.0 * i, 3.0 * i + 1, 3.0 * i + 2,
            {
                name: Measurement(v[i], units.get(name, "deg"), uncertainty, at_s=3.0 * i + 1)
                if v[i] is not None
                else Measurement(None, "deg", why="hidden")
                for name, v in values.items()
            },
        )
        for i in range(count)
    )  # fmt: skip
    video = VideoInfo("a.mp4", 640, 480, 30.0, 30.0, 900)
    return Session("0.1.0", exercise, "standard", side, video, "full", 900, {}, reps)


def named(comparison: Comparison) -> dict[str, str]:
    return {r.quantity: r.less_control.title for r in comparison.rows if r.less_control}


NAMES = [
    # more roll on one side, well beyond 5.4 degrees and twice the spread
    pytest.param("clam", "pelvic_roll", [4, 5, 6], [14, 15, 16], "right", id="roll"),
    pytest.param("clam", "pelvic_roll", [14, 15, 16], [4, 5, 6], "left", id="roll, the other way"),
    # either way is a fault: forward rolls of one side and backward rolls of the same side do not cancel
    pytest.param("sidelying-er", "pelvic_roll", [-14, 15, -16], [2, -2, 1], "left", id="size of a roll either way"),
    # too little is the fault
    pytest.param("lateral-band-walk", "step_width", [0.7, 0.71, 0.72], [0.98, 1.0, 1.0], "left", id="narrow steps"),
    pytest.param("banded-rotation", "hip_lead_s", [-0.6, -0.6, -0.5], [0.0, 0.1, 0.0], "left", id="shoulders first"),
]


@pytest.mark.parametrize(("exercise", "quantity", "left", "right", "side"), NAMES)
def test_names_a_side(exercise: str, quantity: str, left: list[float], right: list[float], side: str) -> None:
    width = 0.05 if quantity in ("step_width", "hip_lead_s") else 2.0
    result = compare(
        session(LEFT, {quantity: list(left)}, exercise, width), session(RIGHT, {quantity: list(right)}, exercise, width)
    )
    assert named(result) == {quantity: side}
    assert f"The {side} side shows less control" in text_table(result)


QUIET = [
    pytest.param("clam", "pelvic_roll", [4, 5, 6], [6, 7, 8], id="2 degrees are less than the 5.4 that can be detected"),
    pytest.param("clam", "pelvic_roll", [1, 8, 15], [9, 14, 21], id="6.7 degrees, but repetitions differ by more"),
    pytest.param("clam", "hip_opening", [30, 30, 31], [50, 50, 51], id="a range of motion is not control"),
    pytest.param("clam", "pace_s", [0.5, 0.5, 0.5], [9.0, 9.0, 9.0], id="pace is not control"),
    pytest.param("clam", "pelvic_hike", [-12, -12, -13], [0, 0, 1], id="the far side of zero is no compensation"),
    pytest.param("banded-rotation", "hip_lead_s", [0.0, 0.0, 0.0], [9.0, 9.0, 9.0], id="leading by much is no fault"),
    pytest.param("clam", "pelvic_roll", [4, 5, None], [24, 25, None], id="two repetitions have no spread"),
    pytest.param("single-leg-squat", "knee_valgus", [4, 4, 4], [12, 12, 12], id="8 degrees, published limit of detection 8.9"),
]


@pytest.mark.parametrize(("exercise", "quantity", "left", "right"), QUIET)
def test_names_no_side(exercise: str, quantity: str, left: list[float | None], right: list[float | None]) -> None:
    result = compare(session(LEFT, {quantity: left}, exercise), session(RIGHT, {quantity: right}, exercise))
    assert named(result) == {}
    words = text_table(result).lower()
    assert "no side shows less control" in words
    assert "less control" not in words.replace("no side shows less control", "")


def test_range_of_motion_says_only_which_moves_further() -> None:
    result = compare(session(LEFT, {"hip_opening": [30, 30, 31]}), session(RIGHT, {"hip_opening": [50, 50, 51]}))
    assert "right side moves further" in text_table(result)


def test_figures_where_no_difference_was_measured() -> None:
    left = session(LEFT, {"pelvic_roll": [4, 5, 6]})
    (row,) = compare(left, session(RIGHT, {"pelvic_roll": [12, 15, 18]}, uncertainty=4.0), detectable={}).rows
    assert row.left.mean == 5
    assert row.right.sd == 3
    assert row.difference == -10
    assert row.spread == pytest.approx(5**0.5)  # of 1 and 9
    assert row.detectable == pytest.approx(2**0.5 * 3)  # of half-widths 2 and 4
    assert row.threshold == pytest.approx(2 * 5**0.5)
    assert row.real


def test_measured_detectable_difference_wins() -> None:
    left, right = session(LEFT, {"pelvic_roll": [4, 5, 6]}), session(RIGHT, {"pelvic_roll": [14, 15, 16]})
    assert named(compare(left, right, {("clam", "pelvic_roll"): 11.0})) == {}


def test_not_assessable_repetitions_are_left_out_and_counted() -> None:
    left = session(LEFT, {"pelvic_roll": [4, None, 5, 6, None]})
    result = compare(left, session(RIGHT, {"pelvic_roll": [14, 15, 16]}))
    assert [n for n, _ in result.rows[0].left.values] == [1, 3, 4]
    assert "left out as not assessable: 2 of 5 repetitions (2, 5)" in text_table(result)


def test_only_the_exercise_s_own_quantities_are_compared() -> None:
    left, right = (session(side, {"pelvic_roll": [4, 5, 6], "hat_size": [1, 1, 1]}) for side in (LEFT, RIGHT))
    assert [row.quantity for row in compare(left, right).rows] == ["pelvic_roll"]


def test_limits_are_minded() -> None:
    result = compare(session(LEFT, {"pelvic_roll": [0, 0, 0]}), session(RIGHT, {"pelvic_roll": [6, 6, 6]}))
    assert "both within the limit" in result.verdicts[0]


def test_sessions_given_the_wrong_way_round() -> None:
    left, right = session(LEFT, {"pelvic_roll": [4, 5, 6]}), session(RIGHT, {"pelvic_roll": [14, 15, 16]})
    exchanged = compare(right, left)
    assert exchanged.rows == compare(left, right).rows
    assert "exchanged" in exchanged.notices[0]


def test_both_sides_of_one_set() -> None:
    sided = session(None, {"pelvic_roll": [4, 5, 6, 14, 15, 16]})
    both = replace(sided, reps=tuple(replace(rep, side=LEFT if rep.number < 4 else RIGHT) for rep in sided.reps))
    right = session(RIGHT, {"pelvic_roll": [14, 15, 16]})
    within = compare(both, both)
    assert named(within) == {"pelvic_roll": "right"}
    assert [rep.number for rep in within.left.reps] == [1, 2, 3]
    assert [r.left.values for r in compare(both, right).rows] == [r.left.values for r in within.rows]
    assert compare(right, both).exchanged


def test_two_sessions_of_one_side() -> None:
    result = compare(session(LEFT, {"pelvic_roll": [4, 5, 6]}), session(LEFT, {"pelvic_roll": [14, 15, 16]}))
    assert named(result) == {"pelvic_roll": "second"}
    assert "not two sides" in result.notices[0]


def test_different_rulers_are_said() -> None:
    left = session(LEFT, {"pelvic_roll": [4, 5, 6]})
    assert "0.0.9" in compare(replace(left, program="0.0.9"), session(RIGHT, {"pelvic_roll": [4, 5, 6]})).notices[0]


def test_feet_of_one_monster_walk() -> None:
    both = session(None, {"trunk_lean": [2, 12, 3, 13, 2, 12]}, "monster-walk")
    reps = tuple(replace(rep, side=LEFT if i % 2 == 0 else RIGHT) for i, rep in enumerate(both.reps))
    walk = replace(both, reps=reps)
    assert named(compare(walk, walk)) == {"trunk_lean": "right"}


@pytest.mark.parametrize(
    ("left", "right", "word"),
    [
        pytest.param(session(LEFT, {"pelvic_roll": [4]}), session(RIGHT, {"pelvic_roll": [4]}, "sidelying-er"), "same exercise"),
        pytest.param(session(LEFT, {"pelvic_roll": []}), session(RIGHT, {"pelvic_roll": [4]}), "no repetition"),
        pytest.param(session(None, {"pelvic_roll": [4]}), session(RIGHT, {"pelvic_roll": [4]}), "--side"),
        pytest.param(session(LEFT, {"x": [4]}, "juggling"), session(RIGHT, {"x": [4]}, "juggling"), "juggling"),
    ],
)
def test_what_cannot_be_compared(left: Session, right: Session, word: str) -> None:
    with pytest.raises(UserError, match=word):
        compare(left, right)


def test_best_and_worst_repetitions() -> None:
    best, worst = best_and_worst(session(LEFT, {"pelvic_roll": [9, 1, None, 20, 4, 12]}))
    assert [r.number for r in best] == [2, 5]
    assert [r.number for r in worst] == [4, 6]
    best, worst = best_and_worst(session(LEFT, {"pelvic_roll": [9, 1, 3]}))
    assert [[r.number for r in x] for x in (best, worst)] == [[2], [1]]
    assert [len(x) for x in best_and_worst(session(LEFT, {"pelvic_roll": [None, 1]}))] == [0, 0]


def test_no_percentages_and_no_predictions() -> None:
    words = text_table(compare(session(LEFT, {"pelvic_roll": [0, 0, 1]}), session(RIGHT, {"pelvic_roll": [9, 9, 9]})))
    assert "%" not in words
    assert not any(word in words.lower() for word in ("injur", "risk", "predict", "weak"))


def test_document_says_the_same(tmp_path: Path) -> None:
    result = compare(session(LEFT, {"pelvic_roll": [4, 5, None, 6]}), session(RIGHT, {"pelvic_roll": [14, 15, 16]}))
    document = comparison_document(result)
    page = document_html(document)
    for words in ("The right side shows less control", "Pelvic roll", "1 of 4 repetitions", "not medical advice"):
        assert words in page
    document_pdf(document, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_session_folders(tmp_path: Path) -> None:
    """Notes are minded, and the video goes with its side even where the folders are given the wrong way round."""
    left, right = tmp_path / "left", tmp_path / "right"
    left.mkdir()
    right.mkdir()
    write_session(left, session(LEFT, {"pelvic_roll": [4, 5, 6, 30]}))
    write_session(right, session(RIGHT, {"pelvic_roll": [14, 15, 16]}))
    write_notes(left, Notes(excluded={4: "talked to the dog"}))
    (right / "annotated.mp4").write_bytes((folder("assets") / "demo.mp4").read_bytes())
    comparison, document = compare_folders(right, left)
    assert [n for n, _ in comparison.rows[0].left.values] == [1, 2, 3]
    captions = [p.caption for b in document.blocks if isinstance(b, Pictures) for p in b.pictures]
    assert captions[0] == "Right, best: repetition 1, pelvic roll 14° ± 2°"
    assert all(c.startswith("Right") for c in captions)


def test_pictures_of_the_best_and_the_worst() -> None:
    values: Values = {"pelvic_roll": [9, 1, 20, 4, 12, 2]}
    result = compare(session(LEFT, values), session(RIGHT, values))
    pictures = repetition_pictures(result, folder("assets") / "demo.mp4", None)
    assert [p.caption.partition(", pelvic")[0] for p in pictures] == [
        "Left, best: repetition 2",
        "Left, best: repetition 6",
        "Left, worst: repetition 3",
        "Left, worst: repetition 5",
    ]
    assert all(p.data.startswith(b"\xff\xd8") for p in pictures)
