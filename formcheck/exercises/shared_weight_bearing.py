"""Quantities and faults that the exercises on the feet have alike."""

from formcheck.exercises.body_angle import toward_left
from formcheck.exercises.contract import Fault, PoseRate, Quantity, Region
from formcheck.results import Limits

KNEE_VALGUS = Quantity("knee_valgus", "Knee valgus (FPPA)", sign="inward", most=50.0, detectable=8.9)
"""Munro 2012 (J Sport Rehabil 21:7): 7.5-8.9 degrees; the larger one."""
OTHER_SIDE_UP = toward_left("pelvic_obliquity_right_up", of_left=1)
"""Positive where the repetition's own side is the lower one."""
OWN_SIDE_UP = toward_left("pelvic_obliquity_right_up", of_left=-1)
"""Positive where the other side is the lower one."""
OWN_SIDE_LEAN = toward_left("trunk_lean_left", of_left=1)
WALK_QUANTITIES = (
    Quantity("step_width", "Step width", "ratio", "narrowest ankle gap over the gap at the start", absolute=True),
    KNEE_VALGUS,
    Quantity("trunk_lean", "Trunk lean", sign="to the moving side", most=50.0, angle=OWN_SIDE_LEAN),
    Quantity("pelvic_drop", "Pelvic drop", sign="moving side down", most=25.0, angle=OTHER_SIDE_UP),
)
WALK_FAULTS = (
    Fault(
        "trunk_lean",
        "Trunk leans",
        "trunk_lean",
        Limits(10.0, 13.0),
        "as in the single-leg squat: Nakagawa 2012 (10.2519/jospt.2012.3987)",
        "You are swaying: keep your chest over your pelvis.",
        direction=0,
        priority=1,
        region=Region.TRUNK,
    ),
    Fault(
        "band_slack",
        "Band goes slack",
        "step_width",
        Limits(0.9, 0.8, "ratio"),
        "our proposal; no published number",
        "Your feet come too close: keep the band tight.",
        direction=-1,
        priority=2,
        region=Region.FEET,
    ),
    Fault(
        "knee_valgus",
        "Knee falls inward",
        "knee_valgus",
        Limits(10.0, 15.0),
        "as in the single-leg squat: Munro 2012 (J Sport Rehabil 21:7)",
        "Your knees are falling inward: press them out against the band.",
        priority=3,
        region=Region.LEGS,
    ),
)

WALK_RATE = PoseRate(live_hz=15.0, most_hz=15.0)
"""A step is told from where the feet rest: also at twice the pace every count stays exact, and no angle is further off.
Live, with ten, a step at the limit of its width was read as too narrow."""
