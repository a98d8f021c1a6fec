"""Where the camera stands is read off the body, near enough to tell a good place from a bad one."""

import numpy as np
import pytest
from lying_views import VIEWS, lying_seen

from formcheck.frames import LANDMARKS
from formcheck.signals.camera_angle import limit_deg, lying_view, off_front_deg


@pytest.mark.parametrize("name", VIEWS)
def test_of_a_lying_person(name: str) -> None:
    truth, pose = VIEWS[name][0], lying_seen(name)
    view = lying_view(pose.image_xy, pose.world_xyz)
    assert view is not None
    assert view.facing
    assert view.toward_feet == pytest.approx(truth, abs=17.0)
    assert (off_front_deg(pose, lies=True) > limit_deg(lies=True)) is (abs(truth) > 30)


def test_nobody_has_no_view() -> None:
    assert lying_view(np.full((LANDMARKS, 2), np.nan), np.full((LANDMARKS, 3), np.nan)) is None
