"""Films in high dynamic range (HLG, PQ; Dolby Vision as phones film it is HLG) in the colours and brightness of an ordinary one.

Formulas: ITU-R BT.2100 (transfer functions), BT.2087 (primaries), BT.2408 (an ordinary picture's white is 203 cd/m² in a bright
one). What is brighter than that is compressed rather than cut off.
"""

import tempfile
from pathlib import Path

import numpy as np
from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, ColorTrc

from formcheck.frames import Floats

WHITE_NITS = 203.0
"""cd/m² of an ordinary picture's white (BT.2408)."""
PEAK_NITS = 1000.0
"""cd/m² of the brightest light that is told apart: the display that HLG is made for, and more than phones film in PQ."""
KNEE = 0.6
"""Share of the ordinary white up to which brightness stays as it is."""
POINTS = 33
"""Of the table along each colour."""
_TO_BT709 = np.array([[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]])
"""Linear light of BT.2020's primaries in BT.709's (BT.2087)."""
_LUMINANCE = np.array([0.2627, 0.6780, 0.0593])
"""Of BT.2020's primaries."""


def is_bright(frame: VideoFrame) -> bool:
    """Whether the picture is in high dynamic range."""
    return frame.color_trc in (ColorTrc.ARIB_STD_B67, ColorTrc.SMPTE2084)


class ToneMap:
    """One film's pictures, tone-mapped and in the size (width, height) px that is asked for."""

    def __init__(self, like: VideoFrame, size: tuple[int, int]) -> None:
        self._size = size
        self._kind = _kind(like)
        self._graph = self._made(like)

    def __call__(self, frame: VideoFrame) -> VideoFrame:
        if _kind(frame) != self._kind:  # the film changes on its way
            self._kind, self._graph = _kind(frame), self._made(frame)
        self._graph.vpush(frame)
        return self._graph.vpull()

    def _made(self, like: VideoFrame) -> Graph:
        graph = Graph()
        range_ = "full" if like.color_range == ColorRange.JPEG else "limited"
        width, height = map(str, self._size)
        with tempfile.TemporaryDirectory(prefix="formcheck-") as folder:
            table = Path(folder) / "table.cube"
            table.write_text(_cube(to_ordinary(_grid(), ColorTrc(like.color_trc))), encoding="ascii")
            size = {"width": width, "height": height, "flags": "bilinear"}
            graph.link_nodes(
                graph.add_buffer(width=like.width, height=like.height, format=like.format, time_base=like.time_base),
                graph.add("scale", **size, in_color_matrix="bt2020", in_range=range_, out_range="full"),
                graph.add("format", pix_fmts="gbrp10le"),
                graph.add("lut3d", file=str(table), interp="trilinear"),
                graph.add("buffersink"),
            ).configure()
        return graph


def _kind(frame: VideoFrame) -> tuple[int, int, str, int, int]:
    return frame.width, frame.height, frame.format.name, int(frame.color_trc), int(frame.color_range)


def to_ordinary(colours: Floats, transfer: ColorTrc) -> Floats:
    """(..., 3) R'G'B' 0-1 of BT.2020 in HLG or PQ -> R'G'B' 0-1 of BT.709 as sRGB screens show it."""
    light = _hlg_light(colours) if transfer == ColorTrc.ARIB_STD_B67 else _pq_light(colours)
    light = light / WHITE_NITS
    brightest = np.maximum(light.max(axis=-1, keepdims=True), 1e-6)
    light = light * (_compressed(brightest) / brightest)  # by one factor, so that hues stay
    light = np.clip(light @ _TO_BT709.T, 0.0, 1.0)
    shown: Floats = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return shown


def _hlg_light(colours: Floats) -> Floats:
    """cd/m² on a display of PEAK_NITS."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(colours <= 0.5, colours**2 / 3, (np.exp((colours - c) / a) + b) / 12)
    luminance = (scene @ _LUMINANCE)[..., None]
    return np.asarray(PEAK_NITS * np.maximum(luminance, 1e-9) ** 0.2 * scene)


def _pq_light(colours: Floats) -> Floats:
    """cd/m²."""
    m1, m2, c1, c2, c3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875
    p = colours ** (1 / m2)
    return np.asarray(10_000.0 * (np.maximum(p - c1, 0.0) / (c2 - c3 * p)) ** (1 / m1))


def _compressed(light: Floats) -> Floats:
    """Light in shares of the ordinary white -> 0-1: as it is up to the knee, then ever less, 1 at the peak."""
    peak = PEAK_NITS / WHITE_NITS
    over = np.clip((light - KNEE) / (peak - KNEE), 0.0, 1.0)
    room = (1 - KNEE) / (peak - KNEE)
    bend = 1 / room - 1  # the curve leaves the knee with slope 1
    return np.where(light <= KNEE, light, KNEE + (1 - KNEE) * over * (1 + bend) / (1 + bend * over))


def _grid() -> Floats:
    """(POINTS**3, 3) colours in the order of a .cube file: red runs fastest."""
    axis = np.linspace(0.0, 1.0, POINTS)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    return np.stack([red, green, blue], axis=-1).reshape(-1, 3)


def _cube(colours: Floats) -> str:
    return f"LUT_3D_SIZE {POINTS}\n" + "\n".join(f"{r:.5f} {g:.5f} {b:.5f}" for r, g, b in colours.tolist()) + "\n"
