"""Cameras on the network, against real streams that ffmpeg serves on the loopback."""

import time
from collections import deque
from pathlib import Path

import numpy as np
import pytest
from fake_device import PATIENCE_S, until
from films import make_film, moving
from streams import MjpegServer, RtspServer, StreamServer, free_port, needs_ffmpeg

from formcheck.capture import network
from formcheck.capture.address import parse_address
from formcheck.capture.live import CameraState
from formcheck.capture.network import NetworkCamera

pytestmark = needs_ffmpeg


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_film(tmp_path_factory.mktemp("clip") / "clip.mp4", [moving(i, 320, 240) for i in range(60)])


def camera(url: str) -> NetworkCamera:
    return NetworkCamera("phone", *parse_address(url))


@pytest.mark.parametrize(("server", "fps"), [(MjpegServer, 12), (RtspServer, 30)])
def test_the_rate_and_times_are_those_of_the_stream(server: type[StreamServer], fps: int, clip: Path) -> None:
    """A busy computer sends and takes unevenly: some two seconds are as the stream's."""
    times: deque[float] = deque(maxlen=2 * fps)
    with server(clip, fps=fps) as served, camera(served.url) as phone:
        heard = phone.listen(room=100_000)

        def in_step() -> bool:
            frame = heard.get(PATIENCE_S)
            assert frame is not None
            times.append(frame.timestamp_s)
            assert (np.diff(times) > 0).all()
            return len(times) == 2 * fps and abs((times[-1] - times[0]) / (len(times) - 1) * fps - 1) < 0.15

        until(in_step)
    assert phone.info.width == 320


@pytest.mark.parametrize("server", [MjpegServer, RtspServer])
def test_a_camera_that_was_switched_off_is_found_again(server: type[StreamServer], clip: Path) -> None:
    with server(clip) as served, camera(served.url) as phone:
        until(lambda: phone.captured >= 5)
        before_s = phone.read_latest(PATIENCE_S).timestamp_s
        served.stop()
        until(lambda: phone.state is CameraState.LOST)
        served.start()
        count = phone.captured
        until(lambda: phone.captured > count)
        assert phone.read_latest(PATIENCE_S).timestamp_s > before_s


def test_a_stall_counts_as_lost_and_ends_by_itself(clip: Path) -> None:
    with RtspServer(clip) as served, camera(served.url) as phone:
        until(lambda: phone.captured >= 5)
        served.stalled.set()
        until(lambda: phone.state is CameraState.LOST)
        time.sleep(3.0)
        served.stalled.clear()
        until(lambda: phone.state is CameraState.STREAMING)


@pytest.mark.parametrize("server", [MjpegServer, RtspServer])
def test_a_password_is_asked_for_and_never_shown(server: type[StreamServer], clip: Path) -> None:
    with server(clip, password="tr0ub4dor") as served:
        with camera(served.url.replace("//", "//me:wrong-one@")) as phone:
            until(lambda: phone.state is CameraState.WRONG_PASSWORD)
            assert "wrong-one" not in phone.detail + repr(phone.info)
        with camera(served.url.replace("//", "//me:tr0ub4dor@")) as phone:
            until(lambda: phone.captured > 0)
            assert "tr0ub4dor" not in phone.detail + repr(phone.info)


def test_half_a_picture_ends_nothing(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "RETRY_S", 3600.0)  # it goes on without waiting as after a loss
    with MjpegServer(clip, broken=True) as served, camera(served.url) as phone:
        until(lambda: phone.captured >= 40)


def test_nobody_there() -> None:
    with camera(f"rtsp://127.0.0.1:{free_port()}/x") as phone:
        until(lambda: phone.state is CameraState.REFUSED)


def test_a_page_is_no_video(clip: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html>" + "hello " * 500)

    class Page(MjpegServer):
        def serve(self, connection) -> None:  # type: ignore[no-untyped-def]
            self.request(connection)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n" + page.read_bytes())
            connection.close()

    with Page(clip) as served, camera(served.url) as phone:
        until(lambda: phone.state is CameraState.NO_VIDEO)


def test_no_other_place_is_ever_connected_to(clip: Path) -> None:
    with MjpegServer(clip) as other, MjpegServer(clip, redirect=other.url) as served, camera(served.url) as phone:
        until(lambda: phone.state is CameraState.REFUSED)
    assert not other.asked

    class Playlist(MjpegServer):
        def serve(self, connection) -> None:  # type: ignore[no-untyped-def]
            self.request(connection)
            body = f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{other.url}\n#EXT-X-ENDLIST\n".encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/vnd.apple.mpegurl\r\nContent-Length: {len(body)}\r\n\r\n"
            connection.sendall(head.encode() + body)

    with MjpegServer(clip) as other, Playlist(clip) as served, camera(served.url) as phone:
        until(lambda: phone.state is CameraState.NO_VIDEO)
        assert not other.asked


@pytest.mark.parametrize("redirects", ["DESCRIBE", "SETUP", "PLAY"])
def test_an_rtsp_camera_that_names_another_place_is_not_followed_there(redirects: str, clip: Path) -> None:
    with RtspServer(clip) as elsewhere:
        with RtspServer(clip, redirect=elsewhere.url, redirects=redirects) as served, camera(served.url) as phone:
            until(lambda: phone.state is CameraState.REFUSED)
            assert any(redirects in line for line in served.asked)
            assert phone.captured == 0
        assert elsewhere.asked == []
