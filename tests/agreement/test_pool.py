"""Many sets together: people count, not repetitions; what is sent away names nobody."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.agreement.files import write_result
from formcheck.agreement.pairs import Pair
from formcheck.agreement.pool import pool, strata
from formcheck.agreement.results import Joined, Labels, SetResult
from formcheck.agreement.share import read_sets, write_share
from formcheck.cli.main import run
from formcheck.system.errors import UserError


def of_person(person: str, off: float, seed: int) -> SetResult:
    rng = np.random.default_rng(seed)
    values = rng.uniform(0, 20, 8)
    said = [Pair(k + 1, "left", "pelvic_roll", 1.5, v + off + rng.normal(0, 0.5), 3.0, v) for k, v in enumerate(values)]
    labels = Labels(person, "Anytown clinic", "tight" if seed % 2 else "loose", 5.0 * seed)
    joined = Joined("phyphox", 12.0, 0.0, 0.01, 0.9, "movement", "", ("recorded by Dr Who",))
    return SetResult("clam", "standard", "left", "0.2.0", labels, joined, tuple(said))


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    made = []
    for k, off in enumerate([-3.0, 3.0, -3.0, 3.0, -3.0, 3.0]):
        made.append(tmp_path / f"set{k}")
        made[-1].mkdir()
        write_result(made[-1], of_person(f"Jane Doe {k}", off, k))
    return made


def test_people_count_not_repetitions(folders: list[Path]) -> None:
    (one,) = pool(read_sets(folders))
    assert (one.people, one.sets, one.all.n) == (6, 6, 48)
    assert one.spread is not None
    assert one.spread.within_sd == pytest.approx(0.5, abs=0.15)
    assert one.spread.between_sd == pytest.approx(3.3, abs=0.4)  # six means of -3 and 3
    assert one.bias_interval is not None
    assert one.bias_interval[1] - one.bias_interval[0] > 3.5  # by repetitions it would be 1.7
    assert one.loa is not None
    assert one.loa[1] - one.loa[0] == pytest.approx(2 * 1.96 * np.hypot(3.3, 0.5), rel=0.15)
    assert all(sure is not None and sure[0] < limit < sure[1] for limit, sure in zip(one.loa, one.loa_intervals, strict=True))
    assert {title for _, title, *_ in strata(read_sets(folders))} == {"camera", "clothing"}


def test_what_is_sent_away_names_nobody_and_is_read_again(folders: list[Path], tmp_path: Path) -> None:
    share, out = tmp_path / "share.json", tmp_path / "out"
    assert run(["agreement", "--pool", *map(str, folders), "--out", str(out), "--share", str(share)]) == 0
    text = share.read_text()
    assert not [word for word in ("Jane", "Doe", "Anytown", "Who", str(tmp_path)) if word in text]
    (here,), (both_places,) = pool(read_sets(folders)), pool(read_sets([share, *folders]))
    (there,) = pool(read_sets([share]))
    assert there.all == here.all
    assert (both_places.people, both_places.all.n) == (12, 96)
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF")


def test_a_name_typed_as_clothing_is_not_sent_away(folders: list[Path], tmp_path: Path) -> None:
    """Results that were written by hand, or by an earlier version, may hold any word there."""
    sets = [replace(one, labels=replace(one.labels, clothing="Jane's shirt")) for one in read_sets(folders)]
    write_share(tmp_path / "share.json", sets)
    assert "Jane" not in (tmp_path / "share.json").read_text()


def test_what_is_no_comparison_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="formcheck agreement"):
        read_sets([tmp_path])
    (tmp_path / "a.json").write_text('{"format": "formcheck-agreement-share", "version": 1}')
    with pytest.raises(UserError, match="missing or wrong"):
        read_sets([tmp_path / "a.json"])
