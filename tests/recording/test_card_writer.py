"""Who encodes a film: graphics cards' encoders that this computer cannot use, one in a card's place, one that gives up."""

from collections.abc import Mapping
from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.capture.video_file import VideoFile
from formcheck.planes import Planes, planes_of
from formcheck.recording import card_writer, video_writer
from formcheck.recording.card_writer import CARD_FAILED, CardWriter, quicker_card
from formcheck.recording.sink import BackgroundWriter
from formcheck.recording.video_writer import CARDS, EncoderError, VideoWriter
from formcheck.system.kept_words import kept

SIZE = (160, 120)


@pytest.fixture
def room() -> Planes:
    """A smooth picture with something in it."""
    x, y = np.meshgrid(np.arange(SIZE[0]), np.arange(SIZE[1]))
    image = np.stack([x * 0.6, y * 0.8, (x + y) * 0.4], axis=-1).astype(np.uint8)
    image[40:80, 50:90] = (40, 60, 200)
    return planes_of(image, SIZE)


@pytest.fixture
def in_place_of_cards(monkeypatch: pytest.MonkeyPatch) -> dict[str, Mapping[str, str]]:
    """Encoders of the processor that are taken for a card's."""
    cards: dict[str, Mapping[str, str]] = {}
    for module in (card_writer, video_writer):
        monkeypatch.setattr(module, "CARDS", cards)
    return cards


def test_what_cannot_encode_here_is_not_used(room: Planes) -> None:
    """Real encoders; on a computer with a card that is quicker it is taken."""
    assert quicker_card(room) in ("", *CARDS)
    assert quicker_card(room, cards=["no-such-encoder"]) == ""


def test_the_quicker_of_two_is_taken(room: Planes, in_place_of_cards: dict[str, Mapping[str, str]]) -> None:
    in_place_of_cards["libx264"] = {"preset": "veryslow", "qp": "24"}
    assert quicker_card(room) == ""
    in_place_of_cards["mpeg4"] = {"qmin": "2", "qmax": "31"}
    usual = video_writer._OPTIONS["libx264"]
    try:
        video_writer._OPTIONS["libx264"] = {"preset": "veryslow", "qp": "24", "threads": "1"}
        assert quicker_card(room) == "mpeg4"
    finally:
        video_writer._OPTIONS["libx264"] = usual


def test_one_that_writes_something_else_is_refused(room: Planes, in_place_of_cards: dict[str, Mapping[str, str]]) -> None:
    in_place_of_cards["mpeg4"] = {"flags": "+gray+qscale", "qmin": "31", "qmax": "31", "bf": "0"}
    noise = np.random.default_rng(0).integers(0, 255, room.shape, np.uint8)
    assert card_writer._tried("mpeg4", noise, None) is None


@pytest.mark.parametrize("after", [0, 1, 20, 40])
def test_a_card_that_gives_up_loses_nothing(
    tmp_path: Path, room: Planes, in_place_of_cards: dict[str, Mapping[str, str]], monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """It holds ten pictures back, as cards do; after=40: it fails when it is to give them out."""
    in_place_of_cards["libx264"] = {"preset": "ultrafast", "qp": "20", "rc-lookahead": "10", "threads": "1"}
    real, given = VideoWriter._mux, 0

    def failing(self: VideoWriter, container: av.container.OutputContainer, frame: av.VideoFrame | None) -> None:
        nonlocal given
        if self._card and given >= after:
            self._abandon()
            raise EncoderError("the card is gone")
        given += bool(self._card)
        real(self, container, frame)

    monkeypatch.setattr(VideoWriter, "_mux", failing)
    writer = CardWriter(tmp_path / "a.mp4", SIZE, "libx264")
    with BackgroundWriter(writer, live=False) as sink:
        for i in range(40):
            sink.write(card_writer._moved(room, 4 * i), i / 25)
    assert (sink.failure, sink.frames, sink.notice) == (None, 40, kept(CARD_FAILED))
    assert [p.name for p in tmp_path.iterdir()] == ["a.mp4"]
    with VideoFile(tmp_path / "a.mp4") as video:
        frames = list(video.frames())
    assert [f.timestamp_s for f in frames] == pytest.approx([i / 25 for i in range(40)], abs=1e-3)
    for i, frame in enumerate(frames):
        assert card_writer._differ(planes_of(frame.picture, SIZE), card_writer._moved(room, 4 * i)) < 3
