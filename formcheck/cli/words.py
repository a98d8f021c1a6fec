"""Words that --help and the commands' output share. Imports nothing: --help waits for no library."""

DISCLAIMER = "Movement feedback and education, not medical advice."

EXERCISE_IDS = (
    "clam",
    "sidelying-er",
    "banded-rotation",
    "single-leg-squat",
    "lateral-band-walk",
    "monster-walk",
    "pivot",
)
"""Spelled out, since the table of exercises loads numpy, which --help need not wait for."""
