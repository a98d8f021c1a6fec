"""Formulas against worked examples that were published with their figures."""

import math

import numpy as np
import pytest

from formcheck.agreement.statistics.correlation import intraclass
from formcheck.agreement.statistics.differences import differences
from formcheck.agreement.statistics.grouped import bootstrap, components
from formcheck.agreement.statistics.proportions import Share, finding
from formcheck.agreement.statistics.quantiles import t_quantile
from formcheck.agreement.statistics.raters import rater_agreement

SHROUT_FLEISS = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7.0]])
"""Shrout and Fleiss 1979, table 2."""
WRIGHT = np.array([494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427.0])
MINI = np.array([512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451.0])
"""Peak flow by two meters, l/min: Bland and Altman 1986, table 1."""


@pytest.mark.parametrize(
    ("share", "freedom", "value"),
    [(0.975, 1, 12.706), (0.975, 2, 4.303), (0.975, 16, 2.120), (0.95, 10, 1.812), (0.975, 30, 2.042), (0.975, 1000, 1.962)],
)
def test_students_t(share: float, freedom: float, value: float) -> None:
    assert t_quantile(share, freedom) == pytest.approx(value, abs=0.001)  # any printed table


def test_limits_of_agreement() -> None:
    made = differences(WRIGHT, MINI)
    assert made is not None
    assert made.bias == pytest.approx(-2.1, abs=0.05)
    assert made.sd == pytest.approx(38.8, abs=0.05)
    assert made.bias_interval == pytest.approx((-22.0, 17.8), abs=0.1)  # the paper's own, with t = 2.12
    assert made.loa == pytest.approx((-2.1 - 1.96 * 38.8, -2.1 + 1.96 * 38.8), abs=0.1)
    low, high = made.loa_intervals[1]
    assert (high - low) / 2 == pytest.approx(2.12 * math.sqrt(3 / 17) * 38.8, rel=0.02)  # the paper's approximation
    assert made.mdc == pytest.approx(1.96 * math.sqrt(2) * 38.8, rel=1e-3)
    assert made.rmse**2 == pytest.approx(made.bias**2 + made.sd**2 * 16 / 17)


def test_one_pair_has_no_limits() -> None:
    assert differences(np.array([1.0]), np.array([2.0])) is None


def test_intraclass_correlation() -> None:
    made = intraclass(SHROUT_FLEISS)
    assert made is not None
    assert made.agreement == pytest.approx(0.29, abs=0.005)  # Shrout and Fleiss 1979, table 4
    assert made.consistency == pytest.approx(0.71, abs=0.005)


def test_what_does_not_vary_has_no_correlation() -> None:
    assert intraclass(np.ones((5, 2))) is None
    assert intraclass(np.empty((0, 2))) is None


def test_spread_within_and_between_people() -> None:
    made = components(list(SHROUT_FLEISS))
    assert made is not None
    assert made.within_sd**2 == pytest.approx(6.26, abs=0.01)  # the paper's mean square within targets
    assert made.alike == pytest.approx(0.17, abs=0.005)  # its ICC(1,1)
    assert components([np.array([1.0, 2.0])]) is None
    assert components([np.array([1.0]), np.array([2.0])]) is None


@pytest.mark.parametrize(
    ("hits", "of", "interval"),
    [(81, 263, (0.2553, 0.3662)), (15, 148, (0.0624, 0.1605)), (0, 20, (0.0, 0.1611)), (1, 29, (0.0061, 0.1718))],
)
def test_shares(hits: int, of: int, interval: tuple[float, float]) -> None:
    assert Share(hits, of).interval == pytest.approx(interval, abs=5e-5)  # Newcombe 1998, table I, method 3


def test_nothing_judged_has_no_share() -> None:
    made = finding([(None, True), (None, False)])
    assert made.sensitivity.interval is None
    assert made.not_assessable == 2


def test_findings_against_a_reference() -> None:
    made = finding([(True, True)] * 9 + [(False, True)] + [(True, False)] * 2 + [(False, False)] * 6 + [(None, True)])
    assert (made.sensitivity.hits, made.sensitivity.of) == (9, 10)
    assert (made.specificity.hits, made.specificity.of) == (6, 8)


def test_two_raters() -> None:
    first = ["yes"] * 24 + ["no"] * 15
    second = ["yes"] * 22 + ["no"] * 2 + ["yes"] * 4 + ["no"] * 11
    made = rater_agreement(first, second)  # Sim and Wright 2005, Phys Ther 85:257, table 1
    assert made.same.value == pytest.approx(0.846, abs=0.001)
    assert made.kappa == pytest.approx(0.67, abs=0.005)
    assert made.kappa_interval is not None
    assert made.kappa_interval[0] < 0.67 < made.kappa_interval[1]


def test_how_sure_kappa_is() -> None:
    """The interval's formula against what resampling the same table shows."""
    table = np.repeat([0, 1, 2, 3], [22, 2, 4, 11])  # Sim and Wright 2005, table 1: both yes, yes and no, no and yes, both no
    rng = np.random.default_rng(3)
    kappas = []
    for _ in range(1000):
        drawn = rng.choice(table, len(table))
        kappa = rater_agreement(list(drawn // 2), list(drawn % 2)).kappa
        assert kappa is not None
        kappas.append(kappa)
    made = rater_agreement(list(table // 2), list(table % 2))
    assert made.kappa_interval is not None
    assert made.kappa is not None
    assert made.kappa - made.kappa_interval[0] == pytest.approx(1.96 * np.std(kappas), rel=0.1)


def test_raters_who_never_differ_are_not_sure_for_that() -> None:
    made = rater_agreement(["yes", "no", "no"], ["yes", "no", "no"])
    assert made.kappa == pytest.approx(1.0)
    assert made.kappa_interval is None


def test_two_raters_who_only_ever_say_yes() -> None:
    assert rater_agreement(["yes"] * 5, ["yes"] * 5).kappa is None


def test_people_are_drawn_whole() -> None:
    rng = np.random.default_rng(0)
    people = {p: rng.normal(p % 2 * 10, 0.1, (8, 1)) for p in range(12)}
    together = bootstrap(people, lambda rows: float(rows.mean()))
    assert together is not None
    apart = (together[1] - together[0]) / 2
    assert apart == pytest.approx(1.96 * 5 / math.sqrt(12), rel=0.25)  # by people; by rows it would be a third of that
    assert bootstrap(dict(list(people.items())[:4]), lambda rows: float(rows.mean())) is None
