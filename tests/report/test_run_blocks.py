"""The report of a run: both sides, curves over the gait cycle, the course; of any other session nothing of it."""

import math
from dataclasses import replace

import numpy as np
import pytest

from formcheck.measurement.running.cycles import SHARES, cycles
from formcheck.measurement.running.sides import by_sides
from formcheck.report.comparison import compare
from formcheck.report.document import Figure, Heading, Table
from formcheck.report.html import session_html
from formcheck.report.run_blocks import LISTED, run_blocks
from formcheck.report.session_report import session_document
from formcheck.results import Measurement, Rep, Session, Side, VideoInfo

STRIDE_S = 0.72


def a_run(stances: int) -> Session:
    """Left drops 9 degrees, right 4; the left one drops more and more."""
    reps = []
    for i in range(stances):
        side, mid_s = (Side.LEFT, Side.RIGHT)[i % 2], 1.0 + i * STRIDE_S / 2
        drop = 9.0 + 0.01 * i if side is Side.LEFT else 4.0
        found = {"pelvic_drop": Measurement(drop, "deg", 1.8), "step_width": Measurement(0.05, "m", 0.03)}
        reps.append(Rep(i + 1, side, mid_s - 0.12, mid_s, mid_s + 0.15, found))
    video = VideoInfo("run.mp4", 640, 480, 30.0, 60.0, 1800)
    summary = {"cadence_spm": Measurement(166.7, "steps/min", 1.0)}
    return Session(
        "0.3", "running", "standard", None, video, "full", 1800, {}, tuple(reps), sides=by_sides(reps), summary=summary
    )


def frames(session: Session) -> dict[str, list[float]]:
    """The pelvis sways once a stride: the right side is 5 degrees higher at right contact, lower at left contact."""
    times = np.arange(0, session.reps[-1].end_s + 1, 1 / 30)
    phase = 2 * math.pi * (times - session.reps[0].start_s) / STRIDE_S
    return {"t_s": times.tolist(), "pelvic_obliquity_right_up": (-5 * np.cos(phase)).tolist()}


def test_a_curve_has_its_sides_sign_and_place() -> None:
    session = a_run(30)
    found = cycles(session.reps, frames(session))
    assert set(found) == {"pelvic_drop"}
    for side in Side:
        np.testing.assert_allclose(found["pelvic_drop"][side].mean, 5 * np.cos(2 * math.pi * SHARES), atol=0.3)
        assert found["pelvic_drop"][side].cycles == 14


def test_the_page_shows_both_sides_the_cycle_and_the_course() -> None:
    session = a_run(40)
    blocks = run_blocks(session, frames(session))
    assert [b.text for b in blocks if isinstance(b, Heading)] == [
        "Both sides (estimated)",
        "What to do next",
        "Over the gait cycle",
        "First against last third (fatigue)",
    ]
    assert sum(isinstance(b, Figure) for b in blocks) == 1 + 2  # the cycle, and the course of two quantities
    sides, course = (b for b in blocks if isinstance(b, Table))
    assert sides.rows[0].cells[0] == "Pelvic drop"
    assert sides.rows[0].cells[3].startswith("5.2°")
    assert course.rows[1].cells[:4] == ("Pelvic drop, left", "9.1°", "9.3°", "+0.3°")
    assert course.rows[1].cells[4].startswith("does not count")
    assert "Cadence: 167 steps a minute" in session_html(session, series=frames(session))


def test_a_long_run_lists_its_first_stances_and_counts_all() -> None:
    document = session_document(a_run(LISTED + 40))
    tables = [b for b in document.blocks if isinstance(b, Table) and b.head[0] == "No."]
    assert len(tables[0].rows) == LISTED
    assert by_sides(a_run(LISTED + 40).reps)["left"]["pelvic_drop"].n == (LISTED + 40) // 2


def test_two_runs_are_compared_as_first_and_second() -> None:
    """Never one run's left foot against the other's right one."""
    before, after = a_run(40), replace(a_run(30), notices=("another day",))
    result = compare(before, after)
    assert result.titles == ("first", "second")
    assert [len(s.reps) for s in (result.left, result.right)] == [40, 30]
    assert {row.title for row in result.rows} >= {"Pelvic drop, left", "Pelvic drop, right"}
    assert compare(before, before).titles == ("left", "right")


@pytest.mark.parametrize("reps", [0, 1])
def test_without_sides_there_is_nothing(reps: int) -> None:
    assert run_blocks(a_run(reps), None) == []
