"""Formcheck watches hip exercises through a webcam and says whether the pelvis stayed still."""

__version__ = "0.1.0"
