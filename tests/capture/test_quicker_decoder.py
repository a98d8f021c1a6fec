"""Who decodes a film: graphics cards' interfaces that this computer cannot use, decoders of other pictures, one that gives up."""

from pathlib import Path
from types import SimpleNamespace

import av
import pytest
from av.codec.hwaccel import hwdevices_available
from av.video.frame import VideoFrame
from films import make_film, moving

from formcheck.capture import quicker_decoder as quicker_decoder_module
from formcheck.capture.decoding import PROCESSOR, Decoder, Decoding
from formcheck.capture.quicker_decoder import _tried, quicker_decoder
from formcheck.capture.video_file import CARD_FAILED, VideoFile
from formcheck.system.kept_words import kept


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return make_film(tmp_path / "a.mp4", [moving(i) for i in range(60)], g=12, bf=2)


def test_what_cannot_be_opened_here_is_the_processors(film: Path) -> None:
    """Real interfaces; on a computer with a card that is quicker it is taken, and gives the same pictures."""
    chosen = quicker_decoder(film)
    assert chosen == PROCESSOR or chosen.device in hwdevices_available()
    with VideoFile(film, decoder=chosen) as video, VideoFile(film) as usual:
        pairs = list(zip(video.frames(), usual.frames(), strict=True))
    assert len(pairs) == 60
    assert all((a.image == b.image).all() for a, b in pairs)


def test_an_interface_that_does_not_exist(film: Path) -> None:
    assert quicker_decoder(film, ["no-such-card"]) == PROCESSOR


def test_a_file_that_is_no_film_is_left_to_whoever_opens_it(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"nothing" * 100)
    assert quicker_decoder(tmp_path / "a.mp4") == PROCESSOR


def on_the_processor(monkeypatch: pytest.MonkeyPatch, **options: str) -> None:
    """In a card's place a decoder of FFmpeg's own: the choice and the way on are real, but for the card."""

    def opened(self: Decoding) -> None:
        self.container = av.open(str(self._path))
        self.stream, self.others = self.container.streams.video[0], ""
        if self._decoder.device:
            self.stream.codec_context.options = options

    monkeypatch.setattr(Decoding, "_open", opened)


def test_other_pictures_are_refused(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quicker, but without the filter that smooths a block's edges."""
    on_the_processor(monkeypatch, skip_loop_filter="all")
    _, usual = _tried(film, PROCESSOR)
    _, other = _tried(film, Decoder("card", "yuv420p"))
    assert [tick for tick, _ in usual] == [tick for tick, _ in other]
    assert usual != other
    assert quicker_decoder(film, ["card"]) == PROCESSOR


@pytest.mark.parametrize("late", ["card", ""])
def test_the_quicker_of_two_is_taken(film: Path, monkeypatch: pytest.MonkeyPatch, late: str) -> None:
    """By a clock that only the decoders move."""
    on_the_processor(monkeypatch)
    real, now_s = Decoding._brought, 0.0

    def brought(self: Decoding, picture: VideoFrame) -> VideoFrame:
        nonlocal now_s
        now_s += 0.006 if self._decoder.device == late else 0.005
        return real(self, picture)

    monkeypatch.setattr(Decoding, "_brought", brought)
    monkeypatch.setattr(quicker_decoder_module, "time", SimpleNamespace(perf_counter=lambda: now_s))
    assert quicker_decoder(film, ["card"]).device == ("" if late else "card")


@pytest.mark.parametrize("after", [0, 1, 25, 59])
@pytest.mark.parametrize("start_s", [0.0, 0.7])
def test_a_card_that_gives_up_loses_nothing(film: Path, monkeypatch: pytest.MonkeyPatch, after: int, start_s: float) -> None:
    with VideoFile(film, start_s=start_s) as usual:
        expected = [(f.timestamp_s, f.image) for f in usual.frames()]
    on_the_processor(monkeypatch)
    real, given = Decoding._brought, 0

    def failing(self: Decoding, picture: VideoFrame) -> VideoFrame:
        nonlocal given
        if self._decoder.device:
            given += 1
            if given > after + 1:
                raise av.error.ExternalError(1, "the card is gone")
        return real(self, picture)

    monkeypatch.setattr(Decoding, "_brought", failing)
    with VideoFile(film, start_s=start_s, decoder=Decoder("card")) as video:
        seen = [(f.timestamp_s, f.image) for f in video.frames()]
    assert [t for t, _ in seen] == [t for t, _ in expected]
    assert all((a == b).all() for (_, a), (_, b) in zip(seen, expected, strict=True))
    assert (video.notice == kept(CARD_FAILED)) == (given > after + 1)
