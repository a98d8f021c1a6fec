"""A long set holds on to nothing but its repetitions, and none takes longer to save. scripts/soak.py plays two hours."""

import gc
import time
from collections import Counter
from pathlib import Path

import pytest
from live_cases import PlayedSet, clam_set, opening, picture

from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises import EXERCISES
from formcheck.frames import Frame, Observation, PoseFrame, SurfaceFrame
from formcheck.results import Rep, Side
from formcheck.run.live import folder as set_folder
from formcheck.run.live.folder import SetFolder
from formcheck.run.loop import MeasuredFrame
from formcheck.session.layout import JOURNAL
from formcheck.session.ownership import Owner

OF_A_FRAME = (Frame, PoseFrame, SurfaceFrame, Observation, Snapshot, MeasuredFrame)
FPS = 10


def played(live: PlayedSet, from_s: int, to_s: int) -> Counter[type]:
    """How many of what belongs to single frames is alive afterwards."""
    for i in range(from_s * FPS, to_s * FPS):
        frame = picture(i, i / FPS)
        live.feed(frame, opening(frame))
        while live.backlog > 0.5:
            time.sleep(0.001)
    gc.collect()
    return Counter(type(one) for one in gc.get_objects() if type(one) in OF_A_FRAME)


def test_what_belongs_to_a_frame_is_let_go(tmp_path: Path) -> None:
    live = clam_set(tmp_path)
    first, later = played(live, 0, 20), played(live, 20, 36)
    assert len(live.close().reps) == 18
    assert sum(first.values()) > 0
    for kind in OF_A_FRAME:
        assert later[kind] <= first[kind] + 2 * FPS, kind  # the moment within a repetition makes that difference


def test_a_whole_session_that_takes_long_to_save_is_saved_seldom_and_the_journal_has_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = []

    def slowly(_folder: Path, session: object) -> None:
        time.sleep(0.05)
        saved.append(session)

    monkeypatch.setattr(set_folder, "write_session", slowly)
    folder = SetFolder(EXERCISES["clam"])
    folder.make(tmp_path, "clam", Owner())
    for n in range(1, 21):
        folder.add_rep(Rep(n, Side.LEFT, n, n + 0.4, n + 0.9, {}), object)  # type: ignore[arg-type]
    journal = (folder.path / JOURNAL).read_text().splitlines()
    folder.close(None)
    assert len(journal) == 20
    assert len(saved) == 1
