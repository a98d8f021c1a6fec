"""One live set without a window: what it keeps, what it says, and what a gap, another person or a full disk do to it."""

import shutil
import time
from itertools import pairwise
from pathlib import Path

import pytest
from live_cases import PlayedSet, clam_set, lying, opening, picture
from small_disk import small_disk

from formcheck.analysis.handsfree import Stage
from formcheck.capture.video_file import VideoFile
from formcheck.run.live.recovery import cut_off_sets, keep
from formcheck.session.file import read_session, to_json
from formcheck.session.layout import JOURNAL
from formcheck.session.ownership import Owner
from formcheck.system.folder_lock import NAME, is_unfinished

FPS = 20


def play(live: PlayedSet, from_s: float, to_s: float, pose=opening) -> None:  # type: ignore[no-untyped-def]
    for i in range(round(from_s * FPS), round(to_s * FPS)):
        if live.hands_free.stage is Stage.DONE:
            return
        frame = picture(i, i / FPS)
        live.feed(frame, pose(frame))
        while live.backlog > 0.5:  # faster than life: let the encoder follow
            time.sleep(0.002)


def film_times(folder: Path) -> list[float]:
    with VideoFile(folder / "annotated.mp4") as film:
        return [frame.timestamp_s for frame in film.frames()]


def test_the_repetition_it_ends_with_is_kept(tmp_path: Path) -> None:
    live = clam_set(tmp_path, record=False)
    play(live, 0.0, 7.1)  # the fourth has just come down, and has not settled
    assert len(live.measured.reps) == 3
    session = live.close()
    assert len(session.reps) == 4
    assert to_json(read_session(live.folder)) == to_json(session)


def test_from_its_first_moment_the_folder_is_whole_and_marked_and_the_mark_goes(tmp_path: Path) -> None:
    live = clam_set(tmp_path)
    play(live, 0.0, 0.1)
    assert read_session(live.folder).reps == ()
    assert is_unfinished(live.folder)
    play(live, 0.1, 2.5)
    assert len((live.folder / JOURNAL).read_text().splitlines()) == 1
    live.close()
    assert sorted(p.name for p in live.folder.iterdir()) == [
        "angles.csv",
        "annotated.mp4",
        "record.json",
        "reps.csv",
        "series.csv",
        "session.json",
        "signals.npz",
    ]


def test_a_computer_that_slept_ends_the_set_and_says_so(tmp_path: Path) -> None:
    live = clam_set(tmp_path)
    play(live, 0.0, 4.6)
    frame = picture(92, 604.6)  # asleep in the middle of the third repetition
    update = live.feed(frame, opening(frame))
    assert update.stage is Stage.DONE
    session = live.close()
    assert len(session.reps) == 2
    assert "10 min" in " ".join(session.notices)
    assert session.video.duration_s == pytest.approx(4.55, abs=0.01)
    assert film_times(live.folder)[-1] == pytest.approx(4.55, abs=0.06)


def test_a_camera_that_is_away_for_a_moment_leaves_a_gap_and_no_repetition_in_it(tmp_path: Path) -> None:
    live = clam_set(tmp_path)
    play(live, 0.0, 4.4)
    play(live, 20.6, 25.2)  # it comes back in the middle of another repetition
    session = live.close()
    assert live.hands_free.stage is Stage.RUNNING
    assert not [rep for rep in session.reps if rep.start_s < 20.0 < rep.end_s]
    assert [round(rep.start_s) for rep in session.reps] == [0, 2, 22, 24]
    times = film_times(live.folder)
    assert times[-1] == pytest.approx(25.15, abs=0.06)
    assert max(b - a for a, b in pairwise(times)) == pytest.approx(16.25, abs=0.1)


def test_one_leaves_another_comes_and_both_stay_without_a_false_repetition(tmp_path: Path) -> None:
    live = clam_set(tmp_path, record=False)
    play(live, 0.0, 4.5)
    play(live, 4.5, 5.5, lambda frame: type(lying(frame)).nobody(frame))
    play(live, 5.5, 9.0, lambda frame: lying(frame, shift_px=45))  # somebody else, elsewhere, who holds still
    for i in range(9 * FPS, 13 * FPS):  # both: who is followed changes four times
        frame = picture(i, i / FPS)
        live.feed(frame, lying(frame, shift_px=45 if i // FPS % 2 else 0))
    session = live.close()
    assert [round(rep.start_s) for rep in session.reps] == [0, 2]


def test_a_disk_that_fills_up_costs_the_film_and_not_the_session(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 2) as disk:
        live = clam_set(disk / "sessions")
        play(live, 0.0, 9.1)  # the film alone is larger than the disk
        assert "disk is full" in live.problem
        session = live.close()
        assert len(session.reps) == 5
        assert to_json(read_session(live.folder)) == to_json(session)  # saved in the reserve
        assert len((live.folder / "series.csv").read_text().splitlines()) == round(9.1 * FPS) + 1
        assert 0.8 < film_times(live.folder)[-1] < 8.0
        assert not is_unfinished(live.folder)


def test_a_disk_that_is_full_at_the_end_is_said_and_what_was_saved_is_offered_again(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 3) as disk:
        live = clam_set(disk / "sessions", record=False)
        play(live, 0.0, 3.6)
        (live.folder / NAME).write_bytes(b"")
        with pytest.raises(OSError, match="No space"):
            (disk / "other").write_bytes(bytes(4_000_000))
        play(live, 3.6, 7.1)
        assert len(live.close().reps) == 4
        assert "make room" in live.problem
        (disk / "other").unlink()
        (found,) = cut_off_sets(disk / "sessions")
        assert len(keep(found.folder).reps) in (2, 3)  # the last if its line found room


def test_three_pictures_a_second_make_no_false_repetition_and_a_film_that_keeps_time(tmp_path: Path) -> None:
    live = clam_set(tmp_path)
    for i in range(30):
        frame = picture(i, i / 3)
        live.feed(frame, lying(frame))
    assert live.close().reps == ()
    assert film_times(live.folder) == pytest.approx([i / 3 for i in range(30)], abs=0.002)


def test_a_folder_removed_in_mid_set_is_said_and_the_set_goes_on(tmp_path: Path) -> None:
    live = clam_set(tmp_path / "sessions")
    play(live, 0.0, 2.0)
    shutil.rmtree(live.folder)
    play(live, 2.0, 5.5)
    assert "cannot be saved" in live.problem
    assert len(live.close().reps) == 3


def test_a_client_s_set_names_no_camera(tmp_path: Path) -> None:
    own, clients = clam_set(tmp_path / "own"), clam_set(tmp_path / "clinic", owner=Owner("a" * 32))
    for live in (own, clients):
        play(live, 0.0, 2.5)
        live.close()
    name = read_session(own.folder).video.name
    assert name
    assert read_session(clients.folder).video.name == ""
    assert not any(name.encode() in p.read_bytes() for p in clients.folder.iterdir())
