"""Fills a library with an example: two clients, one of them with weeks of sets on both sides and a plan. For screenshots."""

import math
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from formcheck import __version__
from formcheck.exercises import EXERCISES
from formcheck.library.clients import CONSENT_WORDS, Consent
from formcheck.library.plans import Item, Plan
from formcheck.library.store.sync import open_library
from formcheck.results import Finding, Limits, Measurement, Rep, Session, Severity, Side, VideoInfo
from formcheck.session.file import write_session

WEEKS = 5
LIMITS = {f.name: f.limits for f in EXERCISES["clam"].faults} | {"pelvic_roll": Limits(8.0, 12.0)}


def fill_library(sessions: Path) -> str:
    """The uid of the client with sets and plan."""
    now = datetime.now().astimezone()
    with open_library(sessions=sessions) as library, tempfile.TemporaryDirectory() as work:
        client = library.new_client("K-17", "Ann Example")
        library.give_consent(client.uid, Consent(now - timedelta(days=30), True, False, CONSENT_WORDS))
        library.new_client("K-18", "Ben Example")
        plan = example_plan(client.uid)
        library.put_plan(plan)
        for week in range(WEEKS):
            for side, item in ((Side.LEFT, plan.items[0]), (Side.RIGHT, plan.items[1])):
                folder = Path(work) / f"{week}{side}"
                folder.mkdir()
                write_session(folder, example_session(week, side))
                when = now - timedelta(days=7 * (WEEKS - 1 - week), minutes=20 if side is Side.LEFT else 5)
                last = week == WEEKS - 1 and side is Side.RIGHT  # still to be done, so that the plan has a next set
                library.add_session(
                    folder, keep_video=False, client=client.uid, when=when, plan=plan.uid, item=None if last else item.uid
                )
        return client.uid


def example_plan(client: str) -> Plan:
    limits = {"pelvic_roll": LIMITS["pelvic_roll"]}
    left = Item("1" * 32, "clam", "standard", Side.LEFT, 3, 12, 60.0, 2.0, 2.0, 1.0, "green", 4, limits)
    right = replace(left, uid="2" * 32, side=Side.RIGHT)
    squat = Item("3" * 32, "single-leg-squat", "standard", Side.LEFT, 2, 8, 90.0, band="", per_week=2)
    return Plan("4" * 32, "Weeks 1 to 4", (left, right, squat), client, "Slow, and the pelvis stays where it is.")


def example_session(week: int, side: Side) -> Session:
    """The left side improves from week to week; the first session was measured by an older version."""
    roll = (15.0 - 2.6 * week) if side is Side.LEFT else 6.0 - 0.4 * week
    reps = tuple(_rep(n, side, roll + 1.5 * math.sin(3 * n + week), 31 + week + math.sin(n)) for n in range(1, 13))
    video = VideoInfo("camera", 1280, 720, 30.0, 40.0, 1200)
    program = "0.0.9" if week == 0 else __version__
    return Session(program, "clam", "standard", side, video, "full", 1190, LIMITS, reps)


def _rep(number: int, side: Side, roll: float, opening: float) -> Rep:
    limits = LIMITS["pelvic_roll"]
    fault = roll - 2.5 > limits.fault
    passed = limits.fault if fault else limits.caution
    finding = Finding("pelvic_roll", Severity.FAULT if fault else Severity.CAUTION, 3.0 * number + 1, roll, passed, "deg")
    measured = {"pelvic_roll": Measurement(roll, "deg", 2.5), "hip_opening": Measurement(opening, "deg", 4.0)}
    start_s = 3.0 * number
    return Rep(number, side, start_s, start_s + 1.2, start_s + 2.4, measured, (finding,) if roll > limits.caution else ())
