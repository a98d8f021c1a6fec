"""What pictures can come from, and how each is opened."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from formcheck.capture.address import CameraAddress
from formcheck.capture.camera import Camera, CameraInfo
from formcheck.capture.live import LiveSource
from formcheck.capture.network import NetworkCamera
from formcheck.capture.playback import VideoAsCamera
from formcheck.capture.saved_cameras import SavedCamera
from formcheck.gui.sets.control_bar import SourceChoice
from formcheck.library.store.folders import default_root
from formcheck.system.language import tr
from formcheck.system.passwords import kept_password
from formcheck.system.resources import folder
from formcheck.system.settings import Settings


def demo_choice() -> SourceChoice:
    """The clip that travels with the program."""
    return SourceChoice(tr("Demo clip"), video=folder("assets") / "demo.mp4", demo=True)


def fresh_demo_folder() -> Path:
    """Where the demo's set is written: apart from the user's own, and only until the next demo. OSError if it is in use."""
    place = default_root() / "demo"
    if place.exists():
        shutil.rmtree(place)
    return place


def camera_choices(cameras: list[CameraInfo]) -> list[SourceChoice]:
    """Cameras by name; two of one name are numbered."""
    names = [camera.name for camera in cameras]
    return [
        SourceChoice(c.name if names.count(c.name) == 1 else f"{c.name} ({names[: i + 1].count(c.name)})", camera=c)
        for i, c in enumerate(cameras)
    ]


def network_choices(saved: Iterable[SavedCamera]) -> list[SourceChoice]:
    """Cameras on the network that the user added."""
    return [SourceChoice(camera.name, network=camera) for camera in saved]


def video_choice(path: Path) -> SourceChoice:
    """A file played as if it were a camera."""
    return SourceChoice(path.name, video=path)


def missing_camera() -> SourceChoice:
    """Waits for a camera to be plugged in."""
    return SourceChoice(tr("No camera found"), camera=CameraInfo(0, "", 0))


def password_of(address: CameraAddress) -> str:
    """As the keyring has it; empty where there is none."""
    return (kept_password(address.url, address.user) or "") if address.user else ""


def opener(choice: SourceChoice, settings: Settings) -> Callable[[], LiveSource]:
    """Opens the source; to be called in the worker's thread. SourceError if a file has no pictures."""
    if choice.video is not None:
        video = choice.video
        return lambda: VideoAsCamera(video)
    if choice.network is not None:
        saved = choice.network
        return lambda: NetworkCamera(saved.name, saved.address, password_of(saved.address))
    camera = choice.camera
    assert camera is not None
    width, height = settings.camera_size
    return lambda: Camera(camera, width=width, height=height)
