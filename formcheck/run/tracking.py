"""Whom the pose tracker follows in an exercise."""

from pathlib import Path

from formcheck.exercises.contract import Exercise
from formcheck.pose.person import Chooser, choose_lying, choose_standing
from formcheck.pose.tracker import PoseTracker


def tracker_for(exercise: Exercise, model: Path, choose: Chooser | None = None, *, graphics_card: bool = False) -> PoseTracker:
    """A tracker that follows whoever can be doing this exercise, or whom `choose` says."""
    return PoseTracker(model, choose or (choose_lying if exercise.posture.lies else choose_standing), graphics_card=graphics_card)
