"""Real files of every kind a user may have, whole and damaged."""

import socket
import threading
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from films import corners, make_film, make_sound, moving, quarters, turn_by_metadata

from formcheck.capture import upright
from formcheck.capture.source import SourceError
from formcheck.capture.video_file import VideoFile
from formcheck.frames import Colours, Frame
from formcheck.planes import planes_of
from formcheck.recording.video_writer import VideoWriter

UPRIGHT = ["red", "green", "blue", "white"]


def read(path: Path, **options: object) -> tuple[list[Frame], VideoFile]:
    with VideoFile(path, **options) as video:  # type: ignore[arg-type]
        return list(video.frames()), video


def test_every_frame_with_its_time(tmp_path: Path) -> None:
    frames, video = read(make_film(tmp_path / "a.mp4", [moving(i) for i in range(40)]))
    assert [f.index for f in frames] == list(range(40))
    assert [f.timestamp_s for f in frames] == pytest.approx([i / 30 for i in range(40)], abs=1e-3)
    assert frames[0].image.shape == (48, 64, 3)
    assert frames[0].image.dtype == np.uint8
    assert (video.info.width, video.info.height, video.info.frames) == (64, 48, 40)
    assert video.info.fps == pytest.approx(30, rel=0.02)
    assert video.info.duration_s == pytest.approx(40 / 30, rel=0.05)
    assert video.notice is None


def test_variable_frame_rate_keeps_its_times_from_the_first_frame_on(tmp_path: Path) -> None:
    times = [5.0, 5.04, 5.3, 5.31, 5.9, 6.5, 6.6]
    frames, _ = read(make_film(tmp_path / "a.mp4", [moving(i) for i in range(7)], times))
    assert [f.timestamp_s for f in frames] == pytest.approx([t - 5.0 for t in times], abs=2e-3)


@pytest.mark.parametrize(
    ("turn", "expected", "size"),
    [
        (1, ["blue", "red", "white", "green"], (48, 64)),
        (2, ["white", "blue", "green", "red"], (64, 48)),
        (3, ["green", "white", "red", "blue"], (48, 64)),
    ],
)
def test_a_phone_held_sideways_is_turned_upright(tmp_path: Path, turn: int, expected: list[str], size: tuple[int, int]) -> None:
    path = make_film(tmp_path / "phone.mp4", [quarters()] * 5)
    turn_by_metadata(path, turn)
    frames, video = read(path)
    assert (video.info.width, video.info.height) == size
    assert frames[3].image.shape == (size[1], size[0], 3)
    assert corners(frames[3].image) == expected


def test_mirrored_is_flipped_back_after_turning(tmp_path: Path) -> None:
    path = make_film(tmp_path / "selfie.mp4", [quarters()] * 3)
    assert corners(read(path)[0][0].image) == UPRIGHT
    assert corners(read(path, mirrored=True)[0][0].image) == ["green", "red", "white", "blue"]
    turn_by_metadata(path, 1)
    assert corners(read(path, mirrored=True)[0][0].image) == ["red", "blue", "green", "white"]


def can_write(codec: str) -> bool:
    try:
        return bool(av.codec.Codec(codec, "w"))
    except Exception:
        return False


@pytest.mark.parametrize(
    ("name", "codec", "pix_fmt", "source_format", "channels"),
    [
        ("hevc.mp4", "libx265", "yuv420p", "bgr24", 3),
        ("ten_bits.mkv", "ffv1", "yuv420p10le", "bgr24", 3),
        ("grey.mkv", "ffv1", "gray", "gray", 1),
        ("deep_grey.mkv", "ffv1", "gray16le", "gray16le", 1),
        ("full_range.avi", "mjpeg", "yuvj420p", "bgr24", 3),
        ("web.webm", "libvpx-vp9", "yuv420p", "bgr24", 3),
    ],
)
def test_other_formats(tmp_path: Path, name: str, codec: str, pix_fmt: str, source_format: str, channels: int) -> None:
    if not can_write(codec):
        pytest.skip(f"this build of PyAV has no {codec} to make the file with")
    images = [moving(i) for i in range(8)]
    if channels == 1:
        dtype = np.uint16 if "16" in source_format else np.uint8
        images = [i[:, :, 1].astype(dtype) * (257 if dtype is np.uint16 else 1) for i in images]
    frames, video = read(make_film(tmp_path / name, images, codec=codec, pix_fmt=pix_fmt, source_format=source_format))
    assert len(frames) == 8
    assert video.notice is None
    for index, frame in enumerate(frames):
        assert frame.image.shape == (48, 64, 3)
        brightest = int(frame.image.astype(int).sum(axis=(0, 2)).argmax())
        assert abs(brightest - index * 3) <= 1


def test_gif_and_odd_sizes(tmp_path: Path) -> None:
    images = [moving(i, 61, 47) for i in range(6)]
    gif = make_film(tmp_path / "a.gif", images, codec="gif", pix_fmt="rgb8", source_format="rgb24", fps=10)
    frames, _ = read(gif)
    assert [f.timestamp_s for f in frames] == pytest.approx([i / 10 for i in range(6)], abs=0.011)
    odd = make_film(tmp_path / "odd.mkv", images, codec="ffv1", pix_fmt="bgr0", source_format="bgr24")
    for film in (gif, odd):
        frames, video = read(film)
        assert frames[0].image.shape == (47, 61, 3)
        assert (video.info.width, video.info.height) == (61, 47)


def test_a_video_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    noise = np.random.default_rng(1)
    images = [noise.integers(0, 255, (48, 64, 3), np.uint8) for _ in range(120)]
    whole = make_film(tmp_path / "a.mp4", images, container_options={"movflags": "faststart"}, g=10)
    part = tmp_path / "part.mp4"
    part.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    frames, video = read(part)
    assert 30 < len(frames) < 90
    assert video.notice is not None
    assert f"breaks off at {len(frames) / 30:.1f} s" in video.notice


def test_damage_in_the_middle_costs_only_the_damaged_part(tmp_path: Path) -> None:
    noise = np.random.default_rng(1)
    images = [noise.integers(0, 255, (48, 64, 3), np.uint8) for _ in range(120)]
    path = make_film(tmp_path / "a.mp4", images, container_options={"movflags": "faststart"}, g=10)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 20_000] = noise.integers(0, 255, 20_000, np.uint8).tobytes()
    path.write_bytes(data)
    frames, _ = read(path)
    assert len(frames) > 60
    assert frames[-1].timestamp_s > 3.8
    assert (np.diff([f.timestamp_s for f in frames]) > 0).all()


def bad_files(folder: Path) -> dict[str, Path]:
    text = folder / "text.mp4"
    text.write_text("This is not a video.\n" * 200)
    plain = folder / "notes.txt"
    plain.write_text("Neither is this.\n" * 200)
    empty = folder / "empty.mp4"
    empty.touch()
    film = make_film(folder / "film.mp4", [moving(i) for i in range(30)])
    headless = folder / "headless.mp4"  # its index stands at the end, and is cut off
    headless.write_bytes(film.read_bytes()[: film.stat().st_size // 2])
    no_frames = folder / "no_frames.mp4"
    make_film(no_frames, [moving(0)], container_options={"movflags": "empty_moov+frag_keyframe"})
    data = no_frames.read_bytes()
    no_frames.write_bytes(data[: data.index(b"moof") - 4])
    return {
        "missing": folder / "missing.mp4",
        "folder": folder,
        "text": text,
        "plain": plain,
        "empty": empty,
        "sound": make_sound(folder / "sound.m4a"),
        "headless": headless,
        "no_frames": no_frames,
    }


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("missing", "no such file"),
        ("folder", "is a folder"),
        ("text", "not a video"),
        ("plain", "not a video"),
        ("empty", "empty"),
        ("sound", "only sound"),
        ("headless", "not a video, or is damaged"),
        ("no_frames", "no picture|no video"),
    ],
)
def test_no_picture_to_be_had_is_said_in_one_line(tmp_path: Path, kind: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason) as caught:
        VideoFile(bad_files(tmp_path)[kind])
    assert "\n" not in str(caught.value)


def test_a_playlist_never_reaches_the_network(tmp_path: Path) -> None:
    reached = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(1.0)

        def wait() -> None:
            try:
                server.accept()[0].close()
                reached.set()
            except TimeoutError:
                pass

        waiting = threading.Thread(target=wait)
        waiting.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.ts"
        for name in ("list.m3u8", "list.mp4"):
            path = tmp_path / name
            path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{address}\n#EXT-X-ENDLIST\n")
            with pytest.raises(SourceError):
                VideoFile(path)
        waiting.join()
    assert not reached.is_set()


def test_closing_early_does_not_hang(tmp_path: Path) -> None:
    path = make_film(tmp_path / "a.mp4", [moving(i) for i in range(300)])
    others = set(threading.enumerate())
    with VideoFile(path) as video:
        frames = video.frames()
        for _ in range(3):
            next(frames)
        video.close()
        assert set(threading.enumerate()) <= others
        assert list(frames) == []
    VideoFile(path).close()


def test_an_unforeseen_error_while_decoding_keeps_what_was_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_film(tmp_path / "a.mp4", [moving(i) for i in range(30)])
    made = []
    convert = upright.Upright.__call__

    def fails(self: object, decoded: av.VideoFrame) -> np.ndarray:
        made.append(decoded)
        if len(made) > 10:
            raise ZeroDivisionError
        return convert(self, decoded)  # type: ignore[arg-type, return-value]

    monkeypatch.setattr(upright.Upright, "__call__", fails)
    frames, video = read(path)
    assert len(frames) == 10
    assert "breaks off" in (video.notice or "")


def test_frames_come_once(tmp_path: Path) -> None:
    with VideoFile(make_film(tmp_path / "a.mp4", [moving(0)] * 3)) as video:
        assert len(list(video.frames())) == 3
        with pytest.raises(RuntimeError):
            next(video.frames())


def test_starting_in_the_middle_gives_the_same_frames(tmp_path: Path) -> None:
    path = make_film(tmp_path / "a.mp4", [moving(i) for i in range(90)], g=12)
    whole, _ = read(path)
    part, _ = read(path, start_s=1.5)
    expected = [f for f in whole if f.timestamp_s >= 1.5]
    assert [f.timestamp_s for f in part] == pytest.approx([f.timestamp_s for f in expected])
    assert all((a.image == b.image).all() for a, b in zip(part, expected, strict=True))


def test_a_very_large_video_is_worked_with_at_a_smaller_size(tmp_path: Path) -> None:
    path = make_film(tmp_path / "4k.mp4", [quarters(3840, 2160)] * 2, preset="ultrafast")
    turn_by_metadata(path, 1)
    frames, video = read(path)
    assert frames[0].image.shape == (1920, 1080, 3)
    assert (video.info.width, video.info.height) == (1080, 1920)
    assert corners(frames[0].image) == ["blue", "red", "white", "green"]


def test_pixels_that_are_not_square_are_made_so(tmp_path: Path) -> None:
    path = tmp_path / "wide.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.codec_context.sample_aspect_ratio = Fraction(2)
        for i in range(3):
            frame = av.VideoFrame.from_ndarray(moving(i), format="bgr24")
            frame.pts = i
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    frames, _ = read(path)
    assert frames[0].image.shape == (48, 128, 3)


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_picture_that_is_only_filmed_needs_no_image(tmp_path: Path, turn: int) -> None:
    """Its planes come as they were decoded, turned as its image is."""
    path = make_film(tmp_path / "phone.mp4", [quarters()] * 3)
    if turn:
        turn_by_metadata(path, turn)
    frame = read(path, mirrored=turn == 2)[0][1]
    planes = planes_of(frame.picture, frame.size)
    assert frame.size == frame.image.shape[1::-1]
    off = np.abs(planes.astype(int) - planes_of(frame.image, frame.size))
    assert np.percentile(off, 95) <= 3
    assert planes.flags.writeable
    assert (planes_of(frame.picture, frame.size) == planes).all()


def test_an_annotated_film_has_the_colours_of_its_source(tmp_path: Path) -> None:
    """High-definition films have other numbers for the same colour, and say so."""
    colours = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709"}
    path = make_film(tmp_path / "hd.mp4", [quarters()] * 3, **colours)
    (frame, *_), _ = read(path)
    with VideoWriter(tmp_path / "copy.mp4", frame.size, colours=frame.colours) as writer:
        writer.write(planes_of(frame.picture, frame.size), 0.0)
    (copied, *_), _ = read(tmp_path / "copy.mp4")
    assert frame.colours == copied.colours == Colours(1, 1, 1)
    assert np.abs(frame.image.astype(int) - copied.image).mean() < 4


@pytest.mark.parametrize(("mirrored", "turn"), [(False, 0), (True, 1)])
def test_in_red_green_blue_it_is_the_same_picture(tmp_path: Path, mirrored: bool, turn: int) -> None:
    path = make_film(tmp_path / "a.mp4", [quarters()] * 2)
    if turn:
        turn_by_metadata(path, turn)
    (frame, _), _ = read(path, mirrored=mirrored)
    assert not isinstance(frame.picture, np.ndarray)
    assert (frame.rgb() == frame.image[..., ::-1]).all()
    assert (Frame(frame.image, 0, 0.0).rgb() == frame.rgb()).all()
