"""angles.csv says of a standing person what can be seen from where the camera stands."""

import pytest
from standing_body import Turn, observations

from formcheck.measurement.angles import BodyAngles

FRONTAL = {"trunk_lean_left", "fppa_left", "fppa_right"}


@pytest.mark.parametrize(("azimuth", "told"), [(0.0, True), (15.0, True), (40.0, False), (-40.0, False)])
def test_angles_of_the_frontal_plane_are_told_from_the_front_alone(azimuth: float, told: bool) -> None:
    angles = BodyAngles()
    found = [angles.update(o) for o in observations([Turn(pelvis=5.0)], azimuth=azimuth)]
    assert (set(found[-1]) >= FRONTAL) is told
    assert not told or set(found[0]) >= FRONTAL
    assert {"knee_flexion_left", "knee_flexion_right"} <= set(found[-1])
