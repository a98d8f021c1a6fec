"""Clips for the benchmarks, made of others: cut, enlarged, or at a higher rate."""

from pathlib import Path

import av
import cv2
import numpy as np

FPS = 30


def enlarged(clip: Path, size: tuple[int, int], target: Path) -> None:
    """The clip at another size and 30 frames a second, its pictures repeated or left out as need be."""
    with av.open(str(clip)) as old, av.open(str(target), "w") as new:
        stream = new.add_stream("libx264", rate=FPS, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        sent = 0
        for decoded in old.decode(video=0):
            image = np.asarray(cv2.resize(decoded.to_ndarray(format="bgr24"), size), np.uint8)
            while sent <= float(decoded.time or 0) * FPS:
                new.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="bgr24")))
                sent += 1
        new.mux(stream.encode(None))


def first_seconds(clip: Path, seconds: float, target: Path) -> None:
    """The beginning of the clip, its pictures copied as they are encoded."""
    with av.open(str(clip)) as old, av.open(str(target), "w") as new:
        stream = old.streams.video[0]
        copy = new.add_stream_from_template(stream)
        for packet in old.demux(stream):
            if packet.dts is not None and packet.pts is not None and float(packet.pts * (packet.time_base or 0)) < seconds:
                packet.stream = copy
                new.mux(packet)


def faster_filmed(clip: Path, fps: int, target: Path) -> None:
    """The clip as a camera of more frames a second sees it: between two pictures they are blended, with a sensor's noise."""
    noise = [np.random.default_rng(i).normal(0.0, 2.0, (64, 64, 3)) for i in range(8)]
    with av.open(str(clip)) as old, av.open(str(target), "w") as new:
        source = old.streams.video[0]
        stream = new.add_stream("libx264", rate=fps, options={"preset": "veryfast", "crf": "22"})
        stream.width, stream.height, stream.pix_fmt = source.width, source.height, "yuv420p"
        sent, before, before_s = 0, None, 0.0
        for decoded in old.decode(source):
            now, now_s = decoded.to_ndarray(format="bgr24").astype(np.float32), float(decoded.time or 0)
            while before is not None and sent / fps < now_s:
                share = (sent / fps - before_s) / max(now_s - before_s, 1e-9)
                grain = np.tile(noise[sent % 8], (source.height // 64 + 1, source.width // 64 + 1, 1))
                image = before + share * (now - before) + grain[: source.height, : source.width]
                picture = np.clip(image, 0, 255).astype(np.uint8)
                new.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="bgr24")))
                sent += 1
            before, before_s = now, now_s
        new.mux(stream.encode(None))
