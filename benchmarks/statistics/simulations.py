"""What our methods say where nothing has happened: the simulations behind the briefings' words.

    python benchmarks/statistics/simulations.py [--repetitions 2000] [--seed 2017]

Prints a table: one row is one world and one question asked of it by the package's own functions
(or, marked so, by a method that the briefings do not use). Each world has a generator of its own
from the seed, so a row does not depend on which others are run.
"""

from __future__ import annotations

import argparse
import time
import warnings
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lscb_analysis.statistics.change import dispersion, ratio_change
from lscb_analysis.statistics.durations import lasting
from lscb_analysis.statistics.forecast import forecast, year_end_total
from lscb_analysis.statistics.intervals import rate_ratio
from lscb_analysis.statistics.process import chart_for, process, stage_of
from lscb_analysis.statistics.rules import OUTSIDE, rules_met
from lscb_analysis.statistics.spc import Limits, p_prime, u_prime
from lscb_analysis.statistics.trend import quasi_poisson_trend

Numbers = NDArray[np.float64]
SEED = 2017
REPETITIONS = 2000
DAYS = 365
QUARTER = 91
STEPS = 4


class Row(NamedTuple):
    """One answer: which claim of the design, of what, by what, expected and found."""

    claim: int
    world: str
    asked: str
    expected: str
    found: float
    unit: str = "%"


def chance(seed: int, *names: object) -> np.random.Generator:
    return np.random.default_rng([seed, zlib.crc32(repr(names).encode())])


def flow(
    random: np.random.Generator, points: int, mean: float | Numbers = 60.0, phi: float = 1
) -> Numbers:
    """Counts around a mean, with phi times the variance of independent events."""
    means = np.broadcast_to(np.asarray(mean, dtype="float64"), (points,))
    if phi == 1:
        return random.poisson(means).astype("float64")
    return random.negative_binomial(means / (phi - 1), 1 / phi).astype("float64")


def stock(random: np.random.Generator, points: int, carried: float = 0.8) -> Numbers:
    """A level that carries over from quarter to quarter around the same mean."""
    level = random.normal() / np.sqrt(1 - carried**2)
    found = []
    for _ in range(points):
        level = carried * level + random.normal()
        found.append(400 + 10 * level)
    return np.array(found)


def share(answers: Iterator[bool]) -> float:
    return 100 * float(np.mean(list(answers)))


def told(rules: list[str]) -> list[str]:
    """The rules that a chart of so many points may tell: outside its limits alone, under 13."""
    if stage_of(len(rules)) == "all":
        return rules
    return [rule if rule == OUTSIDE else "" for rule in rules]


def claim_2(repetitions: int, seed: int) -> Iterator[Row]:
    """Limits on a stock flag what is not there; its flows and steps do not."""
    random = chance(seed, 2)
    series = [stock(random, 20) for _ in range(repetitions)]
    rules = [process(each).rules for each in series]
    world = "stock, AR(1) 0.8, 20 quarters"
    yield Row(2, world, "XmR, any point flagged (not used)", "88", share(map(any, rules)))
    latest = (bool(each[-1]) for each in rules)
    yield Row(2, world, "XmR, latest point flagged (not used)", "38", share(latest))
    ours = (chart_for(each, is_stock=True) != "flows" for each in series)
    yield Row(2, world, "ours: has limits of its own", "0", share(ours))
    steps = [process(random.normal(0, 12, 20)).rules for _ in range(repetitions)]
    world = "steps of a random walk, 20"
    yield Row(2, world, "XmR, any point flagged", "14", share(map(any, steps)))
    latest = (bool(each[-1]) for each in steps)
    yield Row(2, world, "XmR, latest point flagged", "under 2.5", share(latest))


def prime(found: Limits, counts: Numbers, bases: Numbers) -> list[str]:
    return told(rules_met(counts / bases, found)[0])


def percentages(random: np.random.Generator, points: int) -> list[str]:
    bases = random.integers(40, 120, points).astype("float64")
    counts = random.binomial(bases.astype(int), 0.8).astype("float64")
    return prime(p_prime(counts, bases), counts, bases)


def rates(random: np.random.Generator, points: int) -> list[str]:
    bases = 60_000 * 1.005 ** np.arange(points)
    counts = flow(random, points, 60 * bases / bases[0], 3)
    return prime(u_prime(counts, bases), counts, bases)


CHARTS: dict[str, Callable[[np.random.Generator, int], list[str]]] = {
    "XmR, normal": lambda random, points: told(process(random.normal(60, 8, points)).rules),
    "XmR, counts, phi 1": lambda random, points: told(process(flow(random, points)).rules),
    "XmR, counts, phi 3": lambda random, points: told(process(flow(random, points, phi=3)).rules),
    "p', 80 % of 40 to 120": percentages,
    "u', phi 3, growing population": rates,
}


def claim_3(repetitions: int, seed: int) -> Iterator[Row]:
    """Some point of a chart is often flagged by chance, the latest one seldom."""
    for name, made in CHARTS.items():
        for points, any_point in ((10, ""), (20, "15"), (40, "33")):
            random = chance(seed, 3, name, points)
            rules = [made(random, points) for _ in range(repetitions)]
            world = f"no change, {name}, {points} quarters"
            if any_point and name == "XmR, normal":
                yield Row(3, world, "any point flagged", any_point, share(map(any, rules)))
            latest = (bool(each[-1]) for each in rules)
            yield Row(3, world, "ours: latest point flagged", "under 2.5", share(latest))


def poisson_p(counts: Numbers) -> float:
    """The p-value of a trend as if events were independent: not used in briefings."""
    import statsmodels.api as sm

    design = sm.add_constant(np.arange(len(counts), dtype="float64"))
    return float(sm.GLM(counts, design, family=sm.families.Poisson()).fit().pvalues[1])


def exact_is_clear(now: float, before: float) -> bool:
    """Whether a ratio of counts is clear as if events were independent: not used alone."""
    _, low, high = rate_ratio([now], [1.0], [before], [1.0])
    return not low[0] <= 1 <= high[0]


def claim_4(repetitions: int, seed: int) -> Iterator[Row]:
    """Counts that scatter more than independent events: plain Poisson tests find too much."""
    for phi in (1, 3, 6):
        random = chance(seed, 4, phi)
        series = [flow(random, 20, phi=phi) for _ in range(repetitions)]
        world = f"no change, counts of 60, phi {phi}, 20 quarters"
        if phi == 3:
            plain = (poisson_p(each) < 0.05 for each in series)
            yield Row(4, world, "Poisson trend, p < .05 (not used)", "29", share(plain))
        ours = (quasi_poisson_trend(each).p_value < 0.05 for each in series)
        yield Row(4, world, "ours: quasi-Poisson trend, p < .05", "under 7", share(ours))
        if phi == 3:
            plain = (exact_is_clear(each[-1], each[-5]) for each in series)
            yield Row(4, world, "year on year, exact Poisson (not used)", "24", share(plain))
        for points in (9, 20):
            used = [each[-points:] for each in series]
            ours = (
                ratio_change(each[-1], each[-5], scatter=dispersion(each[:-1])).is_clear(1)
                for each in used
            )
            asked = f"ours: year on year clear, {points} quarters known"
            yield Row(4, world, asked, "near 5", share(ours))


def plans(random: np.random.Generator, growth: float) -> tuple[float, float]:
    """The mean of plans that closed in the last quarter, and our median over eight quarters.

    The same process in every world (Weibull, median 218 days, mean 286); starts grow by so
    much a year.
    """
    end = 14 * DAYS
    day = np.arange(end)
    start = np.repeat(day, random.poisson(240 / DAYS * growth ** ((day - end) / DAYS)))
    days = np.ceil(300.5 * random.weibull(1.15, len(start)))
    stop = start + days
    closed = days[(stop > end - QUARTER) & (stop <= end)]
    begins = end - 8 * QUARTER
    seen = stop > begins
    entered = np.maximum(begins - start[seen], 0)
    has_ended = stop[seen] <= end
    lasted = np.where(has_ended, days[seen], end - start[seen])
    found = lasting(lasted, has_ended, entered=entered)
    return float(closed.mean()), found.quantile(0.5)


def claim_7(repetitions: int, seed: int) -> Iterator[Row]:
    """The mean of closed plans moves with the number of starts, the median with late entry not."""
    expected = {1.2: ("grow 20 %", "257"), 1.0: ("hold", "285"), 0.8: ("fall 20 %", "331")}
    for growth, (name, mean) in expected.items():
        random = chance(seed, 7, growth)
        found = np.array([plans(random, growth) for _ in range(max(repetitions // 10, 2))])
        world = f"plans that last as long, starts {name} a year"
        closed, median = found.mean(axis=0)
        yield Row(7, world, "mean of closed plans (not used)", mean, closed, "days")
        yield Row(7, world, "ours: median with late entry", "218 to 222", median, "days")


def trend_and_season(random: np.random.Generator, points: int) -> Numbers:
    quarter = np.arange(points)
    return flow(random, points, 60 * 1.01**quarter * (1 + 0.15 * np.sin(quarter * np.pi / 2)), 2)


def stepped(random: np.random.Generator, points: int) -> Numbers:
    return flow(random, points, np.where(np.arange(points) < points // 2, 60.0, 80.0), 2)


WORLDS: dict[str, tuple[bool, Callable[[np.random.Generator, int], Numbers]]] = {
    "flat flow": (False, lambda random, points: flow(random, points, phi=2)),
    "flow with trend and season": (False, trend_and_season),
    "stock, random walk": (
        True,
        lambda random, points: 400 + np.cumsum(random.normal(0, 12, points)),
    ),
    "stock, AR(1) 0.8": (True, stock),
    "flow with a step": (False, stepped),
}


def trend_and_season_model(points: Numbers) -> tuple[Numbers, Numbers]:
    """The 80 % limits of ETS(A,A,A), by statsmodels: not used in briefings."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of the convergence that is the point here
        model = ETSModel(
            pd.Series(points), error="add", trend="add", seasonal="add", seasonal_periods=4
        )
        found = model.fit(disp=0).get_prediction(len(points), len(points) + STEPS - 1)
        frame = found.summary_frame(alpha=0.2)
    return frame["pi_lower"].to_numpy(), frame["pi_upper"].to_numpy()


def claim_9(repetitions: int, seed: int, points: int = 20) -> Iterator[Row]:
    """Backtested ranges hold what they say; those of a model with trend and season do not."""
    for name, (is_stock, made) in WORLDS.items():
        random = chance(seed, 9, name)
        ours, theirs, years = [], [], []
        for _ in range(max(repetitions // 10, 2)):
            series = made(random, points + STEPS)
            known, coming = series[:points], series[points:]
            found = forecast(known, STEPS, is_stock=is_stock)
            assert found is not None  # there are points enough
            ours.append((coming >= found.lower) & (coming <= found.upper))
            lower, upper = trend_and_season_model(known)
            theirs.append((coming >= lower) & (coming <= upper))
            low, high = year_end_total([], found)
            years.append(low <= coming.sum() <= high)
        world = f"{name}, {points} quarters, 1 to 4 ahead"
        yield Row(9, world, "80 % range of ETS(A,A,A) holds (not used)", "52 to 63", rated(theirs))
        yield Row(9, world, "ours: 80 % range holds", "75 or more", rated(ours))
        if not is_stock:
            yield Row(9, world, "ours: 80 % range of the year's total", "75 or more", rated(years))


def rated(answers: list) -> float:
    return 100 * float(np.mean(answers))


CLAIMS = {2: claim_2, 3: claim_3, 4: claim_4, 7: claim_7, 9: claim_9}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=REPETITIONS, help="series a world")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", type=int, nargs="*", choices=sorted(CLAIMS), default=[])
    given = parser.parse_args()
    begun = time.perf_counter()
    print("| claim | world | asked | expected | found |\n|---|---|---|---|---|")
    for number, claim in CLAIMS.items():
        if given.only and number not in given.only:
            continue
        for row in claim(given.repetitions, given.seed):
            found = f"{row.found:.1f} {row.unit}"
            print(f"| {row.claim} | {row.world} | {row.asked} | {row.expected} | {found} |")
    print(f"\n{given.repetitions} repetitions, seed {given.seed}, ", end="")
    print(f"{time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
