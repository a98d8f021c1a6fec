"""Recordings: true times, every size, and what happens when disk, folder or encoder are not there."""

import shutil
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import av
import numpy as np
import pytest
from fake_device import PATIENCE_S
from small_disk import small_disk

from formcheck.capture.video_file import VideoFile
from formcheck.planes import fitting, planes_of, waiting
from formcheck.recording import video_writer
from formcheck.recording.sink import BackgroundWriter
from formcheck.recording.video_writer import RecordingError, VideoWriter

NOISE = np.random.default_rng(0).integers(0, 255, (6, 480, 640, 3), np.uint8)


def picture(index: int, width: int = 64, height: int = 48) -> np.ndarray:
    image = np.full((height, width, 3), 60, np.uint8)
    image[:, (index * 4) % width :][:, :4] = 240
    return image


def read(path: Path) -> tuple[list[float], list[np.ndarray]]:
    with VideoFile(path) as video:
        frames = list(video.frames())
    return [f.timestamp_s for f in frames], [f.image for f in frames]


@pytest.mark.parametrize("fps", [3, 12, 29.97, 60])
def test_plays_back_at_true_speed(tmp_path: Path, fps: float) -> None:
    with VideoWriter(tmp_path / "a.mp4", (64, 48), fps_hint=30) as writer:
        for i in range(20):
            writer.write(picture(i), i / fps)
    times, images = read(tmp_path / "a.mp4")
    assert times == pytest.approx([i / fps for i in range(20)], abs=1e-3)
    assert all(abs(int(image[24, :, 1].argmax()) - (i * 4) % 64) <= 1 for i, image in enumerate(images))


@pytest.mark.parametrize(("fps", "apart_s"), [(10, 1.0), (30, 1.0), (120, 1.0), (240, 0.5)])
def test_every_second_a_picture_stands_alone_at_high_rates_more_often(tmp_path: Path, fps: int, apart_s: float) -> None:
    with VideoWriter(tmp_path / "a.mp4", (64, 48), fps_hint=fps) as writer:
        for i in range(round(2.5 * fps)):
            writer.write(picture(i // 8), i / fps)
    with av.open(str(tmp_path / "a.mp4")) as film:
        alone = [float((p.pts or 0) * (p.time_base or 0)) for p in film.demux(video=0) if p.is_keyframe and p.size]
    assert np.diff(alone) == pytest.approx(apart_s, abs=0.01)


def boxes(path: Path) -> list[str]:
    """Names of an MP4's top boxes in order."""
    data, at, names = path.read_bytes(), 0, []
    while at < len(data):
        names.append(data[at + 4 : at + 8].decode("latin-1"))
        at += int.from_bytes(data[at : at + 4], "big")
    return names


@pytest.mark.parametrize("encoder", ["libx264", "mpeg4"])
def test_a_finished_film_is_an_ordinary_mp4(tmp_path: Path, encoder: str) -> None:
    """Its index stands in front of its pictures, and its duration in its header: every player can seek in it."""
    path = tmp_path / "a.mp4"
    with VideoWriter(path, (64, 48), encoders=(encoder,)) as writer:
        for i in range(90):
            writer.write(picture(i), i / 30)
    assert "moof" not in boxes(path)
    assert boxes(path).index("moov") < boxes(path).index("mdat")
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        tick_s = float(stream.time_base or 0)
        assert (stream.duration or 0) * tick_s == pytest.approx(3.0, abs=0.05)
        assert stream.frames == 90
        film.seek(int(2.0 / tick_s), stream=stream)
        assert 1.0 <= (next(film.decode(stream)).time or 0) <= 2.0
    assert path.stat().st_mode & 0o077 == 0
    assert [p.name for p in tmp_path.iterdir()] == ["a.mp4"]


def test_without_room_the_film_stays_as_it_was_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
    with VideoWriter(tmp_path / "a.mp4", (64, 48)) as writer:
        for i in range(30):
            writer.write(picture(i), i / 30)
    assert "moof" in boxes(tmp_path / "a.mp4")
    assert len(read(tmp_path / "a.mp4")[0]) == 30


def test_what_a_kill_left_beside_the_film_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".a.mp4.x1y2z3w4").write_bytes(b"half a copy")
    with VideoWriter(tmp_path / "a.mp4", (64, 48)) as writer:
        writer.write(picture(0), 0.0)
    assert [p.name for p in tmp_path.iterdir()] == ["a.mp4"]


def test_irregular_times_and_a_long_gap_are_kept(tmp_path: Path) -> None:
    times = [0.0, 0.03, 0.2, 0.21, 5.0, 5.033, 65.0, 65.5]
    with VideoWriter(tmp_path / "a.mp4", (64, 48)) as writer:
        for i, time_s in enumerate(times):
            writer.write(picture(i), time_s)
    assert read(tmp_path / "a.mp4")[0] == pytest.approx(times, abs=1e-3)


def test_times_that_do_not_rise_do_no_harm(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.mp4", (64, 48)) as writer:
        for i, time_s in enumerate([1.0, 1.0, 0.5, 1.1]):
            writer.write(picture(i), time_s)
    times, _ = read(tmp_path / "a.mp4")
    assert len(times) == 4
    assert times[-1] == pytest.approx(0.1, abs=1e-3)


@pytest.mark.parametrize("size", [(1, 1), (17, 16), (63, 47), (641, 479), (1920, 1080)])
def test_odd_and_extreme_sizes(tmp_path: Path, size: tuple[int, int]) -> None:
    with VideoWriter(tmp_path / "a.mp4", size) as writer:
        for i in range(4):
            writer.write(picture(i, *size), i / 30)
    times, images = read(tmp_path / "a.mp4")
    assert len(times) == 4
    assert images[0].shape == (size[1] + size[1] % 2, size[0] + size[0] % 2, 3)


def test_a_picture_of_another_size_is_fitted(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.mp4", (64, 48)) as writer:
        writer.write(picture(0), 0.0)
        writer.write(picture(0, 320, 240), 0.1)
    assert len(read(tmp_path / "a.mp4")[0]) == 2


def test_it_is_h264_that_every_player_plays(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.mp4", (64, 48)) as writer:
        writer.write(picture(0), 0.0)
    assert writer.notice is None
    with av.open(str(tmp_path / "a.mp4")) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")


def test_a_missing_encoder_is_replaced_with_a_notice(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.mp4", (64, 48), encoders=("no-such-encoder", "mpeg4")) as writer:
        for i in range(10):
            writer.write(picture(i), i / 12)
    assert writer.notice is not None
    assert "mpeg4" in writer.notice
    assert read(tmp_path / "a.mp4")[0] == pytest.approx([i / 12 for i in range(10)], abs=1e-3)


def test_no_encoder_at_all(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="no video encoder"):
        VideoWriter(tmp_path / "a.mp4", (64, 48), encoders=("no-such-encoder",))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.mp4", (64, 48)) as writer:
        writer.write(picture(0), 0.0)
        assert (tmp_path / "a.mp4").stat().st_mode & 0o777 == 0o600


def test_closing_twice_and_writing_after(tmp_path: Path) -> None:
    writer = VideoWriter(tmp_path / "a.mp4", (64, 48))
    writer.write(picture(0), 0.0)
    writer.close()
    writer.close()
    with pytest.raises(RecordingError):
        writer.write(picture(1), 0.1)
    assert len(read(tmp_path / "a.mp4")[0]) == 1


def test_a_recording_without_a_picture_leaves_no_file(tmp_path: Path) -> None:
    VideoWriter(tmp_path / "a.mp4", (64, 48)).close()
    assert list(tmp_path.iterdir()) == []


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="folder"):
        VideoWriter(tmp_path / "gone" / "a.mp4", (64, 48))


def test_the_name_is_taken_by_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").mkdir()
    with pytest.raises(RecordingError):
        VideoWriter(tmp_path / "a.mp4", (64, 48))


def fill(writer: VideoWriter | BackgroundWriter, frames: int) -> None:
    for i in range(frames):
        writer.write(NOISE[i % 6], i / 30)


def test_a_full_disk_is_said_once_and_what_was_recorded_plays(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 2) as disk:
        writer = VideoWriter(disk / "a.mp4", (640, 480))
        with pytest.raises(RecordingError, match="disk is full"):
            fill(writer, 100)
        writer.close()  # nothing more to say
        written = writer.frames
        times, _ = read(disk / "a.mp4")
        assert times[-1] > written / 30 - 1.0


def test_a_full_disk_does_not_stop_what_else_goes_on(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1) as disk:
        sink = BackgroundWriter(VideoWriter(disk / "a.mp4", (640, 480)), live=False, waiting=4)
        fill(sink, 100)
        sink.close()
        assert sink.failure is not None
        assert "disk is full" in str(sink.failure)
        assert sink.frames < 100


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    """The same where nothing can be mounted: the system's limit on a file's size, in a child process."""
    if sys.platform == "win32":
        pytest.skip("has no such limit")
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "import numpy as np\n"
        "from formcheck.recording.video_writer import RecordingError, VideoWriter\n"
        "noise = np.random.default_rng(0).integers(0, 255, (6, 480, 640, 3), np.uint8)\n"
        "writer = VideoWriter(Path(sys.argv[1]), (640, 480))\n"
        "try:\n"
        "    for i in range(60): writer.write(noise[i % 6], i / 30)\n"
        "except RecordingError as error: print(error)\n"
        "writer.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.mp4")], capture_output=True, text=True, timeout=60, check=False
    )
    assert "too large" in done.stdout, done.stderr
    assert done.returncode == 0


def test_a_removed_folder_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video_writer, "_LOOK_S", 0.0)
    folder = tmp_path / "session"
    folder.mkdir()
    writer = VideoWriter(folder / "a.mp4", (64, 48))
    writer.write(picture(0), 0.0)
    shutil.rmtree(folder)
    with pytest.raises(RecordingError, match="removed"):
        writer.write(picture(1), 0.1)
    writer.close()


def test_in_the_background_nothing_is_lost(tmp_path: Path) -> None:
    with BackgroundWriter(VideoWriter(tmp_path / "a.mp4", (64, 48)), live=False, waiting=3) as sink:
        for i in range(90):
            sink.write(picture(i), i / 30)
    assert (sink.failure, sink.dropped, sink.frames) == (None, 0, 90)
    assert len(read(tmp_path / "a.mp4")[0]) == 90
    sink.close()
    sink.write(picture(0), 9.0)  # too late: no error, no frame
    assert sink.frames == 90


def test_pictures_are_made_in_the_background_in_order(tmp_path: Path) -> None:
    made: list[tuple[int, str]] = []

    def make(i: int) -> np.ndarray:
        made.append((i, threading.current_thread().name))
        return planes_of(picture(i), (64, 48))

    with BackgroundWriter(VideoWriter(tmp_path / "a.mp4", (64, 48)), live=False, waiting=3) as sink:
        for i in range(20):
            sink.write(partial(make, i), i / 30)
    assert made == [(i, "recording a.mp4") for i in range(20)]
    assert (sink.failure, sink.frames) == (None, 20)


def test_live_drops_are_counted_and_the_caller_never_waits(tmp_path: Path) -> None:
    goes_on = threading.Event()

    class Stalled(VideoWriter):
        def write(self, image: np.ndarray, timestamp_s: float) -> None:
            assert goes_on.wait(PATIENCE_S)
            super().write(image, timestamp_s)

    with BackgroundWriter(Stalled(tmp_path / "a.mp4", (64, 48)), live=True, waiting=5) as sink:
        for i in range(40):
            sink.write(picture(i), i / 30)
        assert sink.dropped in (34, 35)  # five wait, and one may be being written
        goes_on.set()
    assert sink.frames + sink.dropped == 40


def test_an_unforeseen_error_does_not_leave_the_caller_waiting(tmp_path: Path) -> None:
    class Broken(VideoWriter):
        def write(self, image: np.ndarray, timestamp_s: float) -> None:  # noqa: ARG002
            raise ZeroDivisionError

    with BackgroundWriter(Broken(tmp_path / "a.mp4", (64, 48)), live=False, waiting=2) as sink:
        for i in range(10):
            sink.write(picture(i), i / 30)
    assert "ZeroDivisionError" in str(sink.failure)


def test_pictures_wait_in_so_much_memory_whatever_their_size() -> None:
    assert fitting(12_000_000, (1280, 720), 60) * 1280 * 720 * 1.5 <= 12_000_000
    assert fitting(12_000_000, (160, 120), 60) == 60
    assert fitting(1, (1280, 720), 60) == 2


def test_all_pictures_between_two_poses_may_wait_but_no_more_than_memory_allows() -> None:
    """Ten poses a second: 24 pictures of a film of 240. A thread that waits for the pose would hold up the next one else."""
    assert waiting(240.0, (1280, 720)) >= 240 / 10
    assert 3 < waiting(30.0, (640, 480)) < 30
    assert waiting(240.0, (1920, 1080)) * 1920 * 1080 * 1.5 < 60_000_000
