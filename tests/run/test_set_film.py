"""The annotated film of an analysis: each picture once, at its own time, with what was known then, whoever encodes it."""

from pathlib import Path

import numpy as np
import pytest
from overlay_cases import snapshot

from formcheck.capture.video_file import VideoFile
from formcheck.exercises import EXERCISES
from formcheck.frames import Frame, PoseFrame
from formcheck.run.film import WRITTEN_BY_PROCESSOR, SetFilm
from formcheck.run.loop import MeasuredFrame
from formcheck.session.layout import ANNOTATED
from formcheck.system.kept_words import kept

SIZE = (320, 240)


def picture(index: int) -> np.ndarray:
    """Its brightness tells its number, where no overlay is painted."""
    return np.full((SIZE[1], SIZE[0], 3), 40 + 4 * index, np.uint8)


def filmed(folder: Path, *, live: bool = False, graphics_card: bool = False) -> tuple[SetFilm, list[Frame]]:
    """Each picture is measured as nobody's, at every third of the 30."""
    film = SetFilm(EXERCISES["clam"], {}, hide_face=False, live=live, graphics_card=graphics_card)
    measured = None
    for i in range(30):
        frame = Frame(picture(i), i, i / 60)
        if measured is None:
            film.start(folder, frame)
        if i % 3 == 0:
            measured = MeasuredFrame(frame, PoseFrame.nobody(frame), snapshot(roll=float(i)))
        assert measured is not None
        film.add((frame,), measured)
    film.close()
    with VideoFile(folder / ANNOTATED) as video:
        return film, list(video.frames())


@pytest.mark.parametrize("live", [True, False])
def test_each_picture_once_and_at_its_time(tmp_path: Path, live: bool) -> None:
    film, frames = filmed(tmp_path, live=live)
    assert (film.failure, film.dropped, film.notices) == (None, 0, [])
    assert [f.timestamp_s for f in frames] == pytest.approx([i / 60 for i in range(30)], abs=1e-3)
    bare = [float(f.image[200:, :80].mean()) for f in frames]
    assert bare == pytest.approx([40 + 4 * i for i in range(30)], abs=3)


def test_painted_in_the_background_it_is_the_same_film(tmp_path: Path) -> None:
    for name in ("live", "offline"):
        (tmp_path / name).mkdir()
    _, live = filmed(tmp_path / "live", live=True)
    _, offline = filmed(tmp_path / "offline")
    assert all((a.image == b.image).all() for a, b in zip(live, offline, strict=True))


def test_asked_of_the_graphics_card_it_is_whole_and_says_who_wrote_it(tmp_path: Path) -> None:
    film, frames = filmed(tmp_path, graphics_card=True)
    assert len(frames) == 30
    assert film.notices in ([], [kept(WRITTEN_BY_PROCESSOR)])
