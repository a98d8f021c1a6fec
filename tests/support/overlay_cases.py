"""Moments of a session to paint."""

from formcheck.analysis.snapshot import Snapshot, Watching
from formcheck.results import Finding, Severity, Side


def snapshot(
    watching: Watching = Watching.READY, roll: float = 2.0, severity: Severity | None = None, obstacle: str | None = None
) -> Snapshot:
    active = () if severity is None else (Finding("pelvic_roll", severity, 1.0, roll, 10.0, "deg"),)
    return Snapshot(
        timestamp_s=1.0,
        watching=watching,
        side=Side.LEFT,
        values={"hip_opening": 20.0, "pelvic_roll": roll},
        phase=0.5,
        reps=(),
        finished=None,
        active=active,
        people=1,
        obstacle=obstacle,
    )
