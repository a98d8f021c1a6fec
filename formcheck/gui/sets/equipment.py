"""What sets are measured with: cameras, the pose model and who is followed, the voice. Tests put others in their place."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from formcheck.capture.camera import CameraInfo, ask_permission, list_cameras
from formcheck.capture.live import LiveSource
from formcheck.capture.saved_cameras import SavedCamera, saved_cameras
from formcheck.gui.sets.control_bar import SourceChoice
from formcheck.gui.sets.sources import opener
from formcheck.gui.sound.voice import Voice, system_voice
from formcheck.pose.model import model_file
from formcheck.pose.tracker import PoseTracker
from formcheck.run.tracking import tracker_for
from formcheck.system.settings import Settings

Progress = Callable[[int, int], None]
"""(bytes so far, bytes in all) of a model that is being fetched."""


def find_model(settings: Settings, progress: Progress) -> Path:
    """The pose model that the settings name, else the program's own, fetched if need be. UserError where that fails."""
    return model_file(settings.model_path, progress)


@dataclass(frozen=True, slots=True)
class Equipment:
    list_cameras: Callable[[], list[CameraInfo]] = list_cameras
    saved_cameras: Callable[[], tuple[SavedCamera, ...]] = saved_cameras
    """Those on the network."""
    ask_permission: Callable[[], object] = ask_permission
    """Before a camera is opened, in the window's thread."""
    open_source: Callable[[SourceChoice, Settings], Callable[[], LiveSource]] = opener
    """Gives what opens the source; that is called in the worker's thread."""
    find_model: Callable[[Settings, Progress], Path] = find_model
    make_tracker: Callable[..., PoseTracker] = tracker_for
    make_voice: Callable[[], Voice] = system_voice
