"""Our functions and other ways to the same number, on inputs drawn from a seed."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import optimize, stats
from statsmodels.stats.contingency_tables import Table
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.rates import test_poisson_2indep as two_counts

from lscb_analysis.statistics import intervals
from lscb_analysis.statistics.change import ratio_change, smallest_clear_change
from lscb_analysis.statistics.durations import lasting
from lscb_analysis.statistics.standardised import standardised_rate
from lscb_analysis.statistics.trend import annual_marker, armitage, quasi_poisson_trend, seasonality

# of the other programs: a model of two counts fits them perfectly, a ratio to 0 is infinite
pytestmark = [
    pytest.mark.filterwarnings("ignore:Perfect separation"),
    pytest.mark.filterwarnings("ignore:divide by zero:RuntimeWarning"),
    pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning"),
]
RANDOM = np.random.default_rng(20170331)
PAIRS = [(0, 1), (1, 1), (0, 40), (1, 40), (40, 40), (39, 40), (1, 2)] + [
    (int(RANDOM.integers(0, base + 1)), int(base)) for base in RANDOM.integers(2, 900, 30)
]
COUNTS = [0, 1, 2, 9, 10, *RANDOM.integers(0, 2000, 25).tolist()]
SEEDS = range(24)


def random(seed: int) -> np.random.Generator:
    return np.random.default_rng([31, seed])


@pytest.mark.parametrize(("count", "base"), PAIRS)
@pytest.mark.parametrize("level", [0.95, 0.998])
def test_limits_of_a_proportion_solve_their_own_equations(count, base, level):
    low, high = (float(limit[0]) for limit in intervals.wilson(count, base, level))
    z = stats.norm.ppf((1 + level) / 2)
    for limit in (low, high):  # where the score test is just not met, or the end of the scale
        score = (count / base - limit) ** 2 * base - z**2 * limit * (1 - limit)
        assert score == pytest.approx(0, abs=1e-9 * max(base, 20))
    assert low <= count / base <= high
    exact = stats.binomtest(count, base).proportion_ci(level, method="exact")
    found = [float(limit[0]) for limit in intervals.clopper_pearson(count, base, level)]
    assert found == pytest.approx([exact.low, exact.high], abs=1e-9)


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("level", [0.95, 0.998])
def test_exact_limits_of_a_count_leave_half_of_the_rest_on_each_side(count, level):
    low, high = (float(limit[0]) for limit in intervals.poisson_count(count, level))
    tail = (1 - level) / 2
    assert stats.poisson.cdf(count, high) == pytest.approx(tail)
    assert low == 0 if count == 0 else stats.poisson.sf(count - 1, low) == pytest.approx(tail)
    if count >= 10:  # OHID's technical guide: within 0.2 % of the exact limits at 95 %
        near = [float(limit[0]) for limit in intervals.byar(count, level)]
        assert near == pytest.approx([low, high], rel=0.002 if level == 0.95 else 0.02)


@pytest.mark.parametrize(("count", "base"), PAIRS)
def test_differences_and_ratios_are_those_of_statsmodels_and_scipy(count, base):
    other, other_base = PAIRS[(PAIRS.index((count, base)) * 7 + 3) % len(PAIRS)]
    gap, *limits = intervals.difference(count, base, other, other_base)
    wanted = confint_proportions_2indep(count, base, other, other_base, method="newcomb")
    assert float(gap[0]) == pytest.approx(count / base - other / other_base)
    assert [float(limit[0]) for limit in limits] == pytest.approx(wanted, abs=1e-9)
    if count + other == 0:
        return
    found = [float(each[0]) for each in intervals.rate_ratio(count, base, other, other_base)]
    test = stats.binomtest(count, count + other, 0.5).proportion_ci(0.95, method="exact")
    odds = [end / (1 - end) if end < 1 else np.inf for end in test]
    ratio = count / other if other else np.inf
    wanted = [each * other_base / base for each in (ratio, *odds)]
    assert found == pytest.approx(wanted)


@pytest.mark.parametrize("count", COUNTS[:22])
def test_the_smallest_clear_change_is_the_first_that_an_exact_test_calls_clear(count):
    def p_value(after: int) -> float:
        if after + count == 0:
            return 1.0
        return float(two_counts(after, 1, count, 1, method="exact-cond").pvalue)

    count = min(count, 300)
    rise, fall = smallest_clear_change(count)
    assert p_value(rise) <= 0.05 < p_value(rise - 1)
    if fall is None:
        assert p_value(0) > 0.05
    else:
        assert p_value(fall) <= 0.05 < p_value(fall + 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_ratio_with_scatter_is_that_of_a_quasi_poisson_model(seed):
    now, before = random(seed).integers(20, 400, 2)
    scatter = 1 + float(random(seed).exponential(2))
    fit = sm.GLM([now, before], [[1, 1], [1, 0]], family=sm.families.Poisson()).fit(
        scale=scatter, tol=1e-14
    )
    found = ratio_change(now, before, scatter=scatter)
    wanted = [fit.params[1], *fit.conf_int()[1]]
    assert np.log([found.size, found.lower, found.upper]) == pytest.approx(wanted, rel=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("is_seasonal", [True, False])
def test_trends_and_seasons_are_those_of_a_quasi_poisson_model(seed, is_seasonal):
    chance = random(seed)
    points = int(chance.integers(12, 30))
    bases = 60_000 * 1.003 ** np.arange(points)
    counts = chance.negative_binomial(30, 0.3, points).astype(float)
    seasons = np.eye(4)[np.arange(points) % 4][:, 1:]
    design = np.column_stack([np.ones(points), np.arange(points)])
    both = np.column_stack([design, seasons])
    family, offset = sm.families.Poisson(), np.log(bases)
    model = sm.GLM(counts, both if is_seasonal else design, family=family, offset=offset)
    fit = model.fit(scale="X2", use_t=True)
    assert fit.scale > 1  # under 1 ours is wider on purpose
    found = quasi_poisson_trend(counts, bases, is_seasonal=is_seasonal)
    wanted = np.exp(np.array([fit.params[1], *fit.conf_int()[1]]) * 4)
    assert [found.yearly, found.lower, found.upper] == pytest.approx(wanted, rel=1e-6)
    assert (found.p_value, found.scatter) == pytest.approx((fit.pvalues[1], fit.scale), rel=1e-6)
    if is_seasonal:
        plain = sm.GLM(counts, design, family=family, offset=offset).fit()
        ratio = (plain.deviance - fit.deviance) / 3 / fit.scale
        p_value, effects = seasonality(counts, bases)
        assert p_value == pytest.approx(stats.f.sf(ratio, 3, points - 5), rel=1e-6)
        assert np.log(effects[1:] / effects[0]) == pytest.approx(fit.params[2:], abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_markers_are_those_of_other_programs(seed):
    chance = random(seed)
    bases = chance.integers(200, 1300, 5)
    rising = np.clip(0.5 + 0.04 * chance.normal() * np.arange(5), 0.02, 0.98)
    counts = chance.binomial(bases, rising)
    table = Table(np.column_stack([counts, bases - counts]))
    test = table.test_ordinal_association(row_scores=np.arange(5), col_scores=np.array([1, 0]))
    several = bases.sum() / (bases.sum() - 1)  # theirs has the variance without replacement
    assert armitage(counts, bases) == pytest.approx(test.zscore**2 * several)
    told, slope, chi_squared = annual_marker(counts, bases, is_proportion=True)
    assert slope == pytest.approx(np.polyfit(range(5), np.log(counts / (bases - counts)), 1)[0])
    assert chi_squared == pytest.approx(armitage(counts, bases))
    if chi_squared < stats.chi2.isf(0.002, 1):
        assert told == "none"
    low, high = intervals.byar(counts)
    errors = (high - low) / (2 * stats.norm.ppf(0.975))
    fit = sm.WLS(counts / bases, sm.add_constant(np.arange(5)), weights=(bases / errors) ** 2).fit(
        cov_type="fixed scale"
    )
    _, slope, chi_squared = annual_marker(counts, bases)
    assert slope == pytest.approx(fit.params[1])
    assert chi_squared == pytest.approx(fit.tvalues[1] ** 2)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("is_late", [True, False])
def test_spells_are_those_of_the_product_over_days(seed, is_late):
    chance = random(seed)
    count = int(chance.integers(2, 60))
    days = np.ceil(chance.exponential(30, count))  # ties on purpose
    ended = chance.random(count) < 0.7
    ended[0] = True
    entered = np.floor(days * chance.random(count) * 0.8) if is_late else np.zeros(count)
    found = lasting(days, ended, entered=entered if is_late else None)
    share, spread, at = 1.0, 0.0, {}
    for day in sorted(set(days[ended])):
        open_then = int(((entered < day) & (days >= day)).sum())
        ends = int((ended & (days == day)).sum())
        share *= 1 - ends / open_then
        spread += ends / open_then / (open_then - ends) if open_then > ends else np.nan
        at[day] = (share, share * np.sqrt(spread), open_then)
    assert found.times.tolist() == list(at)
    assert found.share == pytest.approx([each[0] for each in at.values()])
    assert found.at_risk.tolist() == [each[2] for each in at.values()]
    positive = found.share > 1e-12
    wanted = np.array([each[1] for each in at.values()])
    assert found.error[positive] == pytest.approx(wanted[positive])
    first = next((day for day, each in at.items() if each[0] <= 0.5 + 1e-12), np.nan)
    if not any(abs(each[0] - 0.5) < 1e-9 for each in at.values()):
        assert found.quantile(0.5) == pytest.approx(first, nan_ok=True)
    else:
        assert found.quantile(0.5) > first


def test_a_share_of_exactly_half_for_a_while_has_its_middle_as_median():
    assert lasting([1, 2, 3, 4], [1, 1, 1, 1]).quantile(0.5) == 2.5
    assert lasting([1, 2, 9, 9], [1, 1, 0, 0]).quantile(0.5) == 5.5
    assert np.isnan(lasting([1, 9, 9, 9], [1, 0, 0, 0]).quantile(0.5))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("method", ["byar", "exact"])
def test_a_standardised_rate_is_the_weighted_sum_of_its_bands(seed, method):
    chance = random(seed)
    bands = int(chance.integers(1, 8))
    people, standard = chance.integers(300, 9000, bands), chance.integers(1, 9, bands) * 1000
    counts = chance.poisson(people * 0.01) + 4
    rate, low, high = standardised_rate(counts, people, standard, 1000, method=method)
    total, events = standard.sum(), counts.sum()
    rows = list(zip(counts, people, standard, strict=True))
    wanted = sum(w * c / n for c, n, w in rows) / total
    variance = sum(w**2 * c / n**2 for c, n, w in rows) / total**2
    if events < 10:
        assert np.isnan(rate).all()
        return
    limits = (intervals.byar if method == "byar" else intervals.poisson_count)(events)
    ends = [wanted + np.sqrt(variance / events) * (float(end[0]) - events) for end in limits]
    assert [float(each[0]) / 1000 for each in (rate, low, high)] == pytest.approx([wanted, *ends])
    if bands == 1:  # one band is a plain rate
        assert float(low[0]) == pytest.approx(float(limits[0][0]) * 1000 / people[0])


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_limits_of_a_standardised_rate_hold_what_they_say(level):
    chance = random(99)
    people, risks = np.array([9000, 5000, 2500]), np.array([0.001, 0.002, 0.006])
    standard = np.array([4000, 5000, 6000])
    counts = chance.poisson(people * risks, (4000, 3))
    _, low, high = standardised_rate(
        counts, np.broadcast_to(people, counts.shape), standard, 1, level=level
    )
    true = (standard * risks).sum() / standard.sum()
    known = np.isfinite(low)
    assert ((low <= true) & (true <= high))[known].mean() == pytest.approx(level, abs=0.05)


def test_a_score_interval_is_found_by_a_root_finder_too():
    """One more way: the end is where the score test is just met."""
    low, _ = intervals.wilson(13, 80)
    root = optimize.brentq(
        lambda share: (13 / 80 - share) / np.sqrt(share * (1 - share) / 80) - 1.959963984540054,
        1e-6,
        13 / 80,
    )
    assert float(low[0]) == pytest.approx(root)
