"""Where the year will end: the simplest model that has forecast well, or none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike, NDArray

from lscb_analysis.statistics.levels import fit_level, fit_smoothing

Numbers = NDArray[np.float64]
FEWEST_POINTS = 8
FEWEST_ORIGINS = 4
ORIGINS_BACK = 12
NEARLY_AS_GOOD = 1.05  # the simplest model within 5 % of the best is taken
FOR_SEASONS = 16
QUARTERS = 4
LEVEL = 0.8
PATHS = 2000


@dataclass(frozen=True)
class Ahead:
    """One model's forecast: the mean of each step, and the standard error of each.

    `shared` is the part of each step's variance that all later steps have too: the level may
    have gone astray by then, and it stays where it went.
    """

    mean: Numbers
    spread: Numbers
    shared: Numbers


@dataclass(frozen=True)
class Forecast:
    """The chosen model's forecast, with what its backtest says of it.

    `lower` and `upper` are the 80 % range of each step; `hits` of `trials` one-step forecasts
    from earlier origins lay within theirs. `error` is its mean absolute error over naive's,
    `together` how the errors of any two steps go together (their correlations), `whole` the size
    that the error of all steps in sum held to in four of five trials.
    """

    model: str
    mean: Numbers
    lower: Numbers
    upper: Numbers
    hits: int
    trials: int
    error: float
    together: Numbers
    whole: float


Model = Callable[[Numbers, int], Ahead]


def naive(points: Numbers, steps: int) -> Ahead:
    """The last point again, with the spread of a random walk.

    >>> naive(np.array([3.0, 5.0, 4.0]), 2).mean.tolist()
    [4.0, 4.0]
    """
    sigma = _root_mean(np.diff(points))
    variance = sigma**2 * np.arange(1, steps + 1, dtype="float64")
    return Ahead(np.full(steps, points[-1]), np.sqrt(variance), variance)


def seasonal_naive(points: Numbers, steps: int) -> Ahead:
    """The same quarter of last year again."""
    sigma = _root_mean(points[QUARTERS:] - points[:-QUARTERS])
    last = points[-QUARTERS:]
    years = np.arange(steps) // QUARTERS + 1
    return Ahead(np.resize(last, steps), sigma * np.sqrt(years), np.zeros(steps))


def local_level(points: Numbers, steps: int) -> Ahead:
    """A level that drifts, with noise around it: Durbin and Koopman's local level model."""
    found = fit_level(points)
    spread = found.spread(steps)
    return Ahead(np.full(steps, found.last), spread, np.maximum(spread**2 - found.noise, 0))


def smoothed(points: Numbers, steps: int) -> Ahead:
    """Simple exponential smoothing with additive errors, ETS(A,N,N)."""
    found = fit_smoothing(points)
    moved = found.weight * found.error**2 * (1 + np.arange(steps, dtype="float64") * found.weight)
    return Ahead(np.full(steps, found.last), found.spread(steps), moved)


def level_with_seasons(points: Numbers, steps: int) -> Ahead:
    """A local level around the quarters' usual shares of their year's mean."""
    quarter = np.arange(len(points)) % QUARTERS
    usual = np.array([points[quarter == each].mean() for each in range(QUARTERS)])
    effects = usual - usual.mean()
    found = local_level(points - effects[quarter], steps)
    coming = np.arange(len(points), len(points) + steps) % QUARTERS
    return Ahead(found.mean + effects[coming], found.spread, found.shared)


STOCK_MODELS: dict[str, Model] = {"naive": naive, "local level": local_level}
FLOW_MODELS: dict[str, Model] = {
    "naive": naive,
    "seasonal naive": seasonal_naive,
    "local level": local_level,
    "exponential smoothing": smoothed,
}
SEASONAL_MODELS: dict[str, Model] = {"local level with quarters": level_with_seasons}


def forecast(
    points: ArrayLike, steps: int, *, is_stock: bool, level: float = LEVEL
) -> Forecast | None:
    """The forecast of so many steps by the model that rolling origins choose, or None.

    `points` are quarters, oldest first, none missing. None under 8 points or 4 origins: no
    forecast can be justified then. Each model is fitted again at each of the last 12 origins;
    of those whose one-step error is within 5 % of the least the simplest is taken. The range
    is the wider of the model's and of the errors seen in the backtest at that step (of k errors
    the one that is (k + 1) × 80 % from the smallest, rounded up), not under 0. No model has a
    trend: with so few points they forecast worse. Never to be used across a known change of
    policy. Method: Hyndman and Athanasopoulos (2021), Forecasting: principles and practice,
    3rd ed., 5.10. Raises ValueError where a point is missing or there is no step.
    """
    found = np.asarray(points, dtype="float64")
    if not np.isfinite(found).all():
        raise ValueError("a forecast needs complete points, with none missing")
    if steps < 1:
        raise ValueError("a forecast is of one step or more")
    models = _models(len(found), is_stock)
    origins = range(max(FEWEST_POINTS, len(found) - ORIGINS_BACK), len(found))
    if len(found) < FEWEST_POINTS or len(origins) < FEWEST_ORIGINS:
        return None
    tried = {name: _tried(model, found, origins, steps, level) for name, model in models.items()}
    errors = {name: float(np.nanmean(np.abs(each[0][:, 0]))) for name, each in tried.items()}
    best = min(errors.values())
    chosen = next(name for name in models if errors[name] <= best * NEARLY_AS_GOOD)
    missed, within = tried[chosen]
    ahead = models[chosen](found, steps)
    z = float(scipy.stats.norm.ppf((1 + level) / 2))
    seen = np.array([_quantile(np.abs(missed[:, step]), level) for step in range(steps)])
    half = np.maximum(z * ahead.spread, seen)
    scale = errors["naive"]
    return Forecast(
        chosen,
        ahead.mean,
        np.maximum(ahead.mean - half, 0),
        ahead.mean + half,
        int(within.sum()),
        len(within),
        errors[chosen] / scale if scale > 0 else 1.0,
        _together(ahead),
        _quantile(np.abs(missed.sum(axis=1)), level),
    )


def year_end_total(
    known: ArrayLike, found: Forecast, *, level: float = LEVEL, seed: int = 0
) -> tuple[float, float]:
    """The range of a year's total: its known quarters and the simulated remainder, rounded.

    Steps are drawn together as the model has them: where the level goes astray it stays, noise
    around it does not. Each step has its forecast's range, and is not under 0. The range is at
    least as wide as the errors that such totals had in the backtest.
    """
    chance = np.random.default_rng(seed)
    z = float(scipy.stats.norm.ppf((1 + level) / 2))
    spread = (found.upper - found.mean) / z
    drawn = chance.multivariate_normal(np.zeros(len(spread)), found.together, PATHS)
    paths = np.maximum(found.mean + spread * drawn, 0)
    low, high = np.quantile(paths.sum(axis=1), [(1 - level) / 2, (1 + level) / 2])
    middle, sofar = found.mean.sum(), np.asarray(known, dtype="float64").sum()
    low, high = max(min(low, middle - found.whole), 0), max(high, middle + found.whole)
    return float(np.floor(sofar + low + 0.5)), float(np.floor(sofar + high + 0.5))


def _together(ahead: Ahead) -> Numbers:
    """The correlations of the steps' errors: two share what the earlier one's level may err."""
    step = np.arange(len(ahead.spread))
    covariance = ahead.shared[np.minimum.outer(step, step)]
    covariance[step, step] = ahead.spread**2
    size = np.where(ahead.spread > 0, ahead.spread, 1)
    found = covariance / np.outer(size, size)
    found[step, step] = 1
    return found


def _models(points: int, is_stock: bool) -> dict[str, Model]:
    if is_stock:
        return STOCK_MODELS
    return FLOW_MODELS | (SEASONAL_MODELS if points >= FOR_SEASONS else {})


def _tried(
    model: Model, points: Numbers, origins: range, steps: int, level: float
) -> tuple[Numbers, NDArray[np.bool_]]:
    """The errors of a model from each origin, by step; whether one step ahead was in range."""
    missed = np.full((len(origins), steps), np.nan)
    within = np.zeros(len(origins), dtype=bool)
    z = float(scipy.stats.norm.ppf((1 + level) / 2))
    for row, origin in enumerate(origins):
        ahead = model(points[:origin], steps)
        coming = points[origin : origin + steps]
        missed[row, : len(coming)] = coming - ahead.mean[: len(coming)]
        within[row] = abs(missed[row, 0]) <= z * ahead.spread[0]
    return missed, within


def _quantile(errors: Numbers, level: float) -> float:
    """The size that a next error of the same kind exceeds at most so often: not interpolated.

    The plain quantile of few errors is too small (Vovk, Gammerman and Shafer 2005, Algorithmic
    Learning in a Random World, 2): of 12, the eleventh holds 80 %, not one below the tenth.
    """
    known = np.sort(errors[np.isfinite(errors)])
    at = int(np.ceil((len(known) + 1) * level))
    return float(known[min(at, len(known)) - 1]) if len(known) else 0.0


def _root_mean(errors: Numbers) -> float:
    return float(np.sqrt((errors**2).mean()))
