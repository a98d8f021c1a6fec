"""A folder of films on a real scheduler with two real worker processes, one of which is killed in mid-film."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path

import pytest
from films import first_seconds

from formcheck.pose.model import model_file
from formcheck.run.offline.analyze import analyze_video
from formcheck.run.offline.batch import Choice, analyze_folder, look_through
from formcheck.run.offline.cluster import workers_at
from formcheck.session.file import read_session, to_json
from formcheck.system.errors import UserError
from formcheck.system.resources import folder

pytest.importorskip("distributed")
LOOPBACK = ["--host", "127.0.0.1"]


def until(happened: Callable[[], object], seconds: float = 240.0) -> None:
    end_s = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end_s
        time.sleep(0.01)


class Cluster:
    """Processes on the loopback; every one ends with the test."""

    def __init__(self, home: Path) -> None:
        self._home, self._stack = home, ExitStack()
        self._file = home / "scheduler.json"
        self._start("scheduler", *LOOPBACK, "--port", "0", "--no-dashboard", "--no-show", "--scheduler-file", str(self._file))
        until(self._file.exists)
        self.address = json.loads(self._file.read_text())["address"]
        self.workers = [
            self._start("worker", *LOOPBACK, self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard") for _ in "12"
        ]

    def close(self) -> None:
        self._stack.close()

    def _start(self, what: str, *options: str) -> "subprocess.Popen[bytes]":
        log = self._stack.enter_context((self._home / f"{what}-{len(list(self._home.iterdir()))}.log").open("wb"))
        environment = os.environ | {"DASK_TEMPORARY_DIRECTORY": str(self._home)}
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *options]
        process = subprocess.Popen(command, env=environment, cwd=self._home, stdout=log, stderr=log)
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "cluster").mkdir()
    started = Cluster(tmp_path / "cluster")
    yield started
    started.close()


def test_a_worker_that_is_killed_costs_no_film_and_changes_no_digit(cluster: Cluster, tmp_path: Path) -> None:
    films = tmp_path / "films"
    films.mkdir()
    for name, seconds in (("a", 2.5), ("b", 2.0), ("c", 1.0)):
        first_seconds(folder("assets") / "demo.mp4", seconds, films / f"{name}.mp4")
    videos, choice = look_through(films).videos, Choice("clam", model_file(), how={"annotated": False})
    alone, together = tmp_path / "alone", tmp_path / "together"
    here = dict(analyze_folder(films, videos, alone, choice))
    from distributed import Client

    with Client(cluster.address) as client:  # type: ignore[no-untyped-call]
        until(lambda: len(client.scheduler_info()["workers"]) == 2)
        client.run(import_module, analyze_video.__module__)  # so that both begin at once
        first = analyze_folder(films, videos, together, choice, workers_at(cluster.address))

        def kill() -> None:
            until(lambda: len(list(together.glob("*/.unfinished-*"))) == 2)  # both are at a film
            cluster.workers[0].kill()

        killer = threading.Thread(target=kill)
        killer.start()
        there = dict(first)
        killer.join()
    assert cluster.workers[0].wait() != 0
    assert set(there) == set(here) == set(videos)
    for video in videos:
        session = there[video].session
        assert session is not None, there[video].why
        assert session == here[video].session
        assert to_json(read_session(together / video.stem)) == to_json(read_session(alone / video.stem))
        assert (together / video.stem / "series.csv").read_text() == (alone / video.stem / "series.csv").read_text()
        assert not list((together / video.stem).glob(".unfinished-*"))


def test_an_address_where_nobody_answers_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("formcheck.run.offline.cluster.CONNECT_S", 0.5)
    with pytest.raises(UserError, match="no Dask scheduler"), workers_at("tcp://127.0.0.1:9"):
        pass
