"""Left and right midstance of a rendered runner as mean pictures: his own, the pelvis' line with the right tilt."""

from pathlib import Path

import numpy as np
import pytest
from runners import FOLDER, analysed, observations, runner

from formcheck.measurement.running.sides import by_sides
from formcheck.report.midstance import LINE, Midstance, midstance_pictures, midstances
from formcheck.results import Session, Side, VideoInfo
from formcheck.session.layout import RAW, SIGNALS
from formcheck.session.signals import SignalsWriter


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Session]:
    run, path = runner("dev_run_behind_left_drop"), tmp_path_factory.mktemp("run")
    seen = list(observations(run, seconds=6.0, pictures=True))
    writer = SignalsWriter(path / SIGNALS, lambda act: act())
    for o in seen:
        writer.add(o.timestamp_s, o)
    writer.finish()
    (path / RAW).write_bytes((FOLDER / f"{run.name}.mp4").read_bytes())
    reps = analysed(iter(seen)).reps
    width, height = run.truth["size"]
    video = VideoInfo(RAW, width, height, 30.0, 6.0, 180)
    return path, Session("0.3", "running", "standard", None, video, "full", 180, {}, reps, sides=by_sides(reps), view="behind")


@pytest.fixture(scope="module")
def both(folder: tuple[Path, Session]) -> tuple[Midstance, ...]:
    return midstances(*folder)


def line_tilt(image: np.ndarray) -> float:
    """Of the coloured line in the picture, degrees, + clockwise."""
    rows, columns = np.nonzero((np.abs(image.astype(int) - LINE) < 12).all(axis=2))
    return float(np.degrees(np.arctan(np.polyfit(columns, rows, 1)[0])))


def test_both_sides_are_shown_with_the_pelvis_line(both: tuple[Midstance, ...]) -> None:
    left, right = both
    assert (left.side, right.side) == (Side.LEFT, Side.RIGHT)
    assert left.stances > 3
    assert right.stances > 3
    assert line_tilt(left.image) == pytest.approx(left.drop_deg, abs=1.0)  # from behind his right side is at the right, and low
    assert line_tilt(right.image) == pytest.approx(-right.drop_deg, abs=1.0)
    assert "Left midstance" in left.words


def test_a_report_has_a_picture_of_each(folder: tuple[Path, Session]) -> None:
    assert len(midstance_pictures(*folder)) == 2


def test_the_runner_stands_still_in_the_mean(both: tuple[Midstance, ...]) -> None:
    """A mean of stances that lie over each other keeps its edges."""
    left, _ = both
    middle = left.image[left.image.shape[0] // 4 : left.image.shape[0] // 2]
    assert middle.std() > 30


def test_without_film_or_sides_there_is_none(folder: tuple[Path, Session], tmp_path: Path) -> None:
    assert midstances(tmp_path, folder[1]) == ()
