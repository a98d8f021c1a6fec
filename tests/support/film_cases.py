"""Repetitions of a film, or of single pictures, with the real network, by the way that a user's film goes."""

from collections.abc import Iterable
from pathlib import Path

from formcheck.analysis.analyzer import Analyzer
from formcheck.capture.video_file import VideoFile
from formcheck.exercises.contract import Exercise
from formcheck.frames import Frame
from formcheck.pose.model import model_file
from formcheck.results import Rep
from formcheck.run.loop import run
from formcheck.run.offline.film_set import FilmSet
from formcheck.run.offline.poses import PosesOfFile
from formcheck.run.tracking import tracker_for


def reps_of_film(video: Path, exercise: Exercise) -> tuple[Rep, ...]:
    return set_of_film(video, exercise).reps


def set_of_film(video: Path, exercise: Exercise) -> Analyzer:
    """All that was measured."""
    film = FilmSet(Analyzer(exercise))
    with PosesOfFile(VideoFile(video), exercise, model_file()) as poses:
        for _ in run(film.to_measure(poses), film):
            pass
    return film.finish().analyzer


def reps_of_frames(frames: Iterable[Frame], exercise: Exercise) -> tuple[Rep, ...]:
    """A pose is looked for in each."""
    film = FilmSet(Analyzer(exercise))
    with tracker_for(exercise, model_file()) as tracker:
        for _ in run(((frame, tracker.process(frame)) for frame in frames), film):
            pass
    return film.finish().reps
