"""People who judged the same set: from the files that the window saves to kappa and percent."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from agreement_cases import true_set, write_set

from formcheck.agreement.raters import PROGRAM, compare_raters
from formcheck.agreement.ratings import BadRating, Rating, Verdict, rating_of, read_rating, write_rating
from formcheck.cli.main import run
from formcheck.results import Session, Side
from formcheck.system.errors import UserError

P, A, U = Verdict.PRESENT, Verdict.ABSENT, Verdict.UNSURE
ROLLS = [20, 2, 20, 1, 3, 20, 2, 2]


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return write_set(tmp_path / "set", true_set("clam", Side.LEFT, pelvic_roll=ROLLS, pelvic_hike=[0.0] * 8))


def rating(session: Session, rater: str, *rolls: Verdict) -> Rating:
    """Verdicts on the roll of the first repetitions."""
    verdicts: Mapping[int, Mapping[str, Verdict]] = {k + 1: {"pelvic_roll": v} for k, v in enumerate(rolls)}
    return rating_of(session, rater, verdicts)


def test_between_people_with_themselves_and_the_program(session: Session) -> None:
    first = rating(session, "A", P, A, P, A, A, P, A, U)
    second = rating(session, "B", P, A, A, A, A, P, P, A)
    again = rating(session, "A", P, A, P, A, A, A, A, A)
    made = {(c.first, c.second): c for c in compare_raters([first, second, again]) if c.fault == "pelvic_roll"}
    apart = made["A", "B"]
    assert (apart.agreement.same.hits, apart.agreement.same.of, apart.unsure) == (5, 7, 1)
    # by hand: both present 2, A only 1, B only 1, neither 3; by chance (3·3 + 4·4) / 49
    assert apart.agreement.kappa == pytest.approx((5 / 7 - 25 / 49) / (1 - 25 / 49))
    assert (made["A", "A"].agreement.same.hits, made["A", "A"].agreement.same.of) == (6, 7)
    assert made["A", PROGRAM].agreement.kappa == 1.0  # who found the three of 20 degrees
    assert (made["B", PROGRAM].agreement.same.hits, made["B", PROGRAM].agreement.same.of) == (6, 8)


def test_from_files_to_a_report(session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    write_rating(files[0], rating(session, "A", P, A, P, A))
    write_rating(files[1], rating(session, "B", P, A, A, A))
    assert read_rating(files[0]).verdicts == {
        1: {"pelvic_roll": P},
        2: {"pelvic_roll": A},
        3: {"pelvic_roll": P},
        4: {"pelvic_roll": A},
    }
    assert run(["agreement", "--raters", *map(str, files), "--out", str(tmp_path / "out")]) == 0
    assert "3 of 4" in capsys.readouterr().out
    data = json.loads((tmp_path / "out" / "raters.json").read_text())
    kappas = {(c["first"], c["second"]): c["kappa"] for c in data["compared"] if c["fault"] == "pelvic_roll"}
    assert kappas["A", "B"] == pytest.approx(0.5)
    assert (tmp_path / "out" / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("session")
def test_what_cannot_be_compared_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRating, match="not a rating"):
        read_rating(tmp_path / "set" / "session.json")
    with pytest.raises(UserError, match="files that the window saved"):
        compare_raters([])
