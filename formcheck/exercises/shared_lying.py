"""Quantities and faults that the exercises lying on one side have alike."""

from formcheck.exercises.body_angle import same
from formcheck.exercises.contract import PACE, Fault, Quantity, Region
from formcheck.results import Limits

UP_AND_DOWN = Quantity(PACE, "Shorter of rise and return", "s")
HIP_HIKES = Fault(
    "pelvic_hike",
    "Hip hikes",
    "pelvic_hike",
    Limits(8.0, 14.0),
    "sidelying abduction: 13.9 degrees free, 5.6 stabilised (Cynn 2006, Arch Phys Med Rehabil 87:1454)",
    "Your top hip pulls up toward the ribs: keep the waist long.",
    priority=2,
    region=Region.PELVIS,
)
TOO_FAST = Fault(
    "too_fast",
    "Too fast",
    "pace_s",
    Limits(0.8, 0.8, "s"),
    "Human Kinetics, Total Control: at least 2 s each way; below 0.8 s the muscles no longer control it (our reading)",
    "Slower: two seconds up, two seconds down.",
    direction=-1,
    priority=5,
)


def pelvis_quantities(*, roll: float, hike: float) -> tuple[Quantity, Quantity]:
    """roll, hike: their smallest detectable differences, degrees."""
    return (
        Quantity(
            "pelvic_roll",
            "Pelvic roll",
            sign="the top side rolls backward",
            most=60.0,
            detectable=roll,
            angle=same("pelvic_roll"),
        ),
        Quantity(
            "pelvic_hike",
            "Pelvic hike",
            sign="the top side moves toward the head",
            most=35.0,
            detectable=hike,
            angle=same("pelvic_hike"),
        ),
    )
