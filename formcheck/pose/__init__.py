"""Pose estimation: the only place that knows MediaPipe."""
