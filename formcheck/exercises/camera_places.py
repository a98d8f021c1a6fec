"""Where the camera belongs, for exercises that share a place."""

from formcheck.exercises.contract import CameraPlace

LYING = CameraPlace(
    azimuth_deg=(-20.0, 20.0),
    height_m=(0.3, 1.0),
    distance_m=(1.8, 3.0),
    words="Put the camera straight in front of you, level with your hips, two to three metres away, "
    "head and feet in the picture.",
)
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
