"""Where the camera belongs for the standing exercises."""

from formcheck.exercises.contract import CameraPlace

STANDING = CameraPlace(
    azimuth_deg=(-20.0, 20.0),
    height_m=(0.6, 1.2),
    distance_m=(2.5, 4.0),
    words="Put the camera straight in front of you at hip height, three to four steps away, head and feet in the picture.",
)
WALKING = CameraPlace(
    azimuth_deg=(-15.0, 15.0),
    height_m=(0.6, 1.3),
    distance_m=(3.0, 5.0),
    words="Put the camera straight in front of you at hip height, four to five steps away, so that head and feet stay in the "
    "picture all the way.",
)
TURNING = CameraPlace(
    azimuth_deg=(-20.0, 20.0),
    height_m=(0.8, 1.4),
    distance_m=(2.2, 3.5),
    words="Put the camera straight in front of you at hip to chest height, about three steps away, head and feet in the picture.",
)
