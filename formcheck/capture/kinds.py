"""Kinds of video files: what a folder run takes, what the window offers and what may be dropped on it. Imports nothing heavy."""

from pathlib import Path

VIDEO_KINDS = (
    *(".3g2", ".3gp", ".asf", ".avi", ".divx", ".dv", ".f4v", ".flv", ".gif", ".m2t", ".m2ts", ".m2v", ".m4v", ".mjpeg", ".mkv"),
    *(".mov", ".mp4", ".mpe", ".mpeg", ".mpg", ".mts", ".mxf", ".ogm", ".ogv", ".qt", ".ts", ".vob", ".webm", ".wmv"),
)
"""Endings of names. A single file may be called anything: it is tried."""


def is_video_name(path: Path) -> bool:
    return path.suffix.lower() in VIDEO_KINDS
