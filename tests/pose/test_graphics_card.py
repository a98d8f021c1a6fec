"""Poses on the graphics card: tried where asked for, and found by the processor where there is none, with a word."""

from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.pose.model import model_file
from formcheck.pose.tracker import NO_GRAPHICS_CARD
from formcheck.run.offline.poses import PosesOfFile
from formcheck.system.resources import folder

CLIP = folder("assets") / "demo.mp4"


def test_whoever_asks_for_it_gets_poses_and_a_word_where_there_is_none() -> None:
    with PosesOfFile(VideoFile(CLIP), EXERCISES["clam"], model_file(), graphics_card=True) as poses:
        found = [pose for _, (_, pose) in zip(range(8), poses, strict=False)]
        assert poses.notice in (None, NO_GRAPHICS_CARD)
    assert all(pose is not None and pose.detected for pose in found[:4])


def test_nothing_is_said_where_nobody_asked() -> None:
    with PosesOfFile(VideoFile(CLIP), EXERCISES["clam"], model_file()) as poses:
        next(iter(poses))
        assert poses.notice is None
