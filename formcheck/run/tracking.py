"""Whom the pose tracker follows in an exercise."""

from pathlib import Path

from formcheck.exercises.contract import Exercise
from formcheck.pose.person import choose_lying, choose_standing
from formcheck.pose.tracker import PoseTracker


def tracker_for(exercise: Exercise, model: Path) -> PoseTracker:
    """A tracker that follows whoever can be doing this exercise."""
    return PoseTracker(model, choose_lying if exercise.posture.lies else choose_standing)
