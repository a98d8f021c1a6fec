"""Moments of a session to paint."""

from formcheck.analysis.snapshot import AnalysisState, Snapshot
from formcheck.results import Finding, Severity, Side


def snapshot(
    state: AnalysisState = AnalysisState.READY, roll: float = 2.0, severity: Severity | None = None, obstacle: str | None = None
) -> Snapshot:
    active = () if severity is None else (Finding("pelvic_roll", severity, 1.0, roll, 10.0, "deg"),)
    return Snapshot(
        timestamp_s=1.0,
        state=state,
        side=Side.LEFT,
        values={"hip_opening": 20.0, "pelvic_roll": roll},
        phase=0.5,
        reps=(),
        finished=None,
        active=active,
        people=1,
        obstacle=obstacle,
    )
