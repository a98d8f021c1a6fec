"""Sessions to report on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from formcheck.report.progress import Sample
from formcheck.results import Finding, Limits, Measurement, Rep, Session, Severity, Side, VideoInfo

DAY = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
HIDDEN = "the trunk is hidden"


def rep(number: int, roll: float | None, uncertainty: float = 2.5) -> Rep:
    found: tuple[Finding, ...] = ()
    if roll is not None and roll > 10:
        severity = Severity.FAULT if roll - uncertainty > 15 else Severity.CAUTION
        found = (Finding("pelvic_roll", severity, 3.0 * number + 1, roll, 10.0, "deg"),)
    measured = Measurement(None, "deg", why=HIDDEN) if roll is None else Measurement(roll, "deg", uncertainty)
    return Rep(
        number,
        Side.LEFT,
        3.0 * number,
        3.0 * number + 1,
        3.0 * number + 2,
        {"hip_opening": Measurement(35.0, "deg", 4.0), "pelvic_roll": measured},
        found,
        {"pelvic_roll": HIDDEN} if roll is None else {},
    )


def session(*rolls: float | None, side: Side = Side.LEFT, program: str = "0.1.0") -> Session:
    """A clam set with these rolls; None could not be measured."""
    reps = tuple(replace(rep(i, roll), side=side) for i, roll in enumerate(rolls, 1))
    video = VideoInfo("my <b>clam</b>.mp4", 640, 480, 29.97, 3.0 * len(rolls) + 4, 90 * len(rolls))
    return Session(
        program, "clam", "standard", side, video, "full", 80, {"pelvic_roll": Limits(10.0, 15.0)}, reps, ("A notice.",)
    )


def sample(day: int, *rolls: float | None, side: Side = Side.LEFT, program: str = "0.1.0") -> Sample:
    return Sample(DAY + timedelta(days=day), session(*rolls, side=side, program=program))
