"""Charts and funnels beside the same rules and formulas worked out one point after the other."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from lscb_analysis.statistics.change import dispersion
from lscb_analysis.statistics.funnel import exact_limits, funnel
from lscb_analysis.statistics.rare import dispersion_test, exact_c_chart, g_chart, t_chart
from lscb_analysis.statistics.rules import RuleSettings, rules_met
from lscb_analysis.statistics.spc import Limits, p_prime, u_prime, xmr

SEEDS = range(24)


def random(seed: int) -> np.random.Generator:
    return np.random.default_rng([31, seed])


def by_hand(points: list[float], screened: bool) -> tuple[float, float]:
    """The mean and the average moving range of a chart, one point after the other."""
    ranges = [abs(later - earlier) for earlier, later in pairwise(points)]
    average = sum(ranges) / len(ranges)
    if screened and average > 0:
        kept = [each for each in ranges if each < 3.267 * average]
        average = sum(kept) / len(kept)
    return sum(points) / len(points), average


def series(seed: int) -> list[float]:
    """Points with ties, outliers and steps: every third whole numbers, every fifth constant."""
    chance = random(seed)
    points = chance.normal(20, 4, int(chance.integers(3, 30)))
    points[len(points) // 2 :] += chance.choice([0, 6])
    points[-1] += chance.choice([0, 0, 30])
    if seed % 5 == 4:
        points[:] = 7.3
    return [float(each) for each in (np.round(points / 4) if seed % 3 else points)]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("screened", [True, False])
def test_limits_are_those_worked_out_by_hand(seed, screened):
    points = series(seed)
    found = xmr(points, screened=screened)
    mean, average = by_hand(points, screened)
    if average == 0 and len(set(points)) > 1:  # screening would leave no variation at all
        average = by_hand(points, False)[1]
    assert found.mean == pytest.approx(mean)
    assert found.upper - found.mean == pytest.approx([2.66 * average] * len(points), abs=1e-9)


def rule_of(points: list[float], at: int, limits: Limits, run: int, counts_outside: bool) -> str:
    """The rule that a point meets, looked for around that point alone."""
    sigma = float(limits.upper[0] - limits.mean) / 3
    away = [point - limits.mean for point in points]
    if abs(away[at]) > 3 * sigma:
        return "outside"
    for start in range(max(0, at - run + 1), min(at, len(points) - run) + 1):
        steps = [later - earlier for earlier, later in pairwise(points[start : start + run])]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            return "trend"
    for start in range(max(0, at - 2), min(at, len(points) - 3) + 1):
        three = away[start : start + 3]
        same = all(each > 0 for each in three) or all(each < 0 for each in three)
        far = [
            abs(each) > 2 * sigma and (counts_outside or abs(each) <= 3 * sigma) for each in three
        ]
        if same and sum(far) >= 2 and far[at - start]:
            return "two in three"
    for start in range(max(0, at - run + 1), min(at, len(points) - run) + 1):
        part = away[start : start + run]
        if all(each > 0 for each in part) or all(each < 0 for each in part):
            return "shift"
    return ""


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize(("run", "counts_outside"), [(7, False), (6, True)])
def test_rules_are_those_looked_for_point_by_point(seed, run, counts_outside):
    points = [each + 0.01 for each in series(seed)] if seed % 5 != 4 else series(seed)
    limits = xmr(points)
    found, sides = rules_met(points, limits, RuleSettings(run, counts_outside))
    wanted = [rule_of(points, at, limits, run, counts_outside) for at in range(len(points))]
    assert found == wanted
    assert [side != 0 for side in sides] == [rule != "" for rule in wanted]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("is_proportion", [True, False])
def test_limits_with_bases_are_laneys_with_a_floor(seed, is_proportion):
    chance = random(seed)
    bases = chance.integers(20, 400, 15).astype(float)
    shares = np.clip(chance.normal(0.3, [0.0, 0.08][seed % 2], 15), 0, 1)
    counts = chance.binomial(bases.astype(int), shares).astype(float)
    mean = counts.sum() / bases.sum()
    sigma = [np.sqrt((mean * (1 - mean) if is_proportion else mean) / base) for base in bases]
    z = [(c / b - mean) / s for c, b, s in zip(counts, bases, sigma, strict=True)]
    scatter = by_hand(z, True)[1] / 1.128
    found = (p_prime if is_proportion else u_prime)(counts, bases)
    wanted = [mean + 3 * each * max(scatter, 1) for each in sigma]
    assert found.upper == pytest.approx(wanted)
    assert found.mean - found.lower == pytest.approx(found.upper - found.mean)


@pytest.mark.parametrize("seed", SEEDS)
def test_charts_of_rare_events_are_those_of_their_formulas(seed):
    chance = random(seed)
    counts = chance.poisson([2, 9, 30][seed % 3], 10) + (seed % 3 == 0)
    found = exact_c_chart(counts)
    mean = counts.mean()
    for limit, share in ((found.lower[0], 0.00135), (found.upper[0], 0.99865)):
        assert stats.poisson.cdf(limit, mean) >= share > stats.poisson.cdf(limit - 1, mean)
    days = np.ceil(chance.exponential(60, 20))
    times = t_chart(days)
    middle, average = by_hand([float(day) ** (1 / 3.6) for day in days], True)
    assert times.mean == pytest.approx(middle**3.6)
    assert times.upper[0] == pytest.approx((middle + 3 * average / 1.128) ** 3.6)
    between = g_chart(days)
    assert between.mean == np.median(days)
    assert between.upper[0] == pytest.approx(
        days.mean() + 3 * np.sqrt(days.mean() * (days.mean() + 1))
    )
    wanted = stats.chisquare(counts)
    assert dispersion_test(counts) == pytest.approx((wanted.statistic, wanted.pvalue))
    assert dispersion(counts) == pytest.approx(max(wanted.statistic / (len(counts) - 1), 1))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("is_proportion", [True, False])
def test_funnels_are_those_of_their_formulas(seed, is_proportion):
    chance = random(seed)
    bases = chance.integers(300, 3000, 25)
    counts = chance.binomial(bases, np.clip(chance.normal(0.2, 0.04, 25), 0, 1))
    rate = counts.sum() / bases.sum()
    found = funnel(counts, bases, is_proportion=is_proportion)
    z = [
        (np.arcsin(np.sqrt(c / b)) - np.arcsin(np.sqrt(rate))) * 2 * np.sqrt(b)
        if is_proportion
        else (np.sqrt(c / b / rate) - 1) * 2 * np.sqrt(b * rate)
        for c, b in zip(counts, bases, strict=True)
    ]
    low, high = np.quantile(z, [0.1, 0.9])
    phi = np.mean([min(max(each, low), high) ** 2 for each in z])
    weights = 4 * bases * (1 if is_proportion else rate)
    below = weights.sum() - (weights**2).sum() / weights.sum()
    assert found.scatter == pytest.approx(phi)
    assert found.between == pytest.approx(max(0, (25 * phi - 24) / below), abs=1e-15)
    by_chance = found.limits(bases, 0.998, spread=False)
    wide = found.limits(bases, 0.998)
    if found.between > 0.001:
        assert (wide[0] < by_chance[0]).all()
        assert (wide[1] > by_chance[1]).all()


@pytest.mark.parametrize("base", [5, 12, 40, 150, 700, 2500])
@pytest.mark.parametrize("rate", [0.02, 0.2, 0.5, 0.97])
@pytest.mark.parametrize("share", [0.001, 0.025, 0.975, 0.999])
def test_an_exact_limit_lies_between_the_counts_around_the_share(base, rate, share):
    limit = float(exact_limits([base], rate, share, True)[0]) * base
    before, after = np.floor(limit), np.ceil(limit)
    assert stats.binom.cdf(before - 1, base, rate) <= share + 1e-9
    assert stats.binom.cdf(after + 1, base, rate) >= share - 1e-9
