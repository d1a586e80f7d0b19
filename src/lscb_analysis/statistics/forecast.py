"""Where the year will end: the simplest model that has forecast well, or none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

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
    """One model's forecast: the mean of each step, and the spread of its one-step errors."""

    mean: Numbers
    spread: Numbers


@dataclass(frozen=True)
class Forecast:
    """The chosen model's forecast, with what its backtest says of it.

    `lower` and `upper` are the 80 % range of each step; `hits` of `trials` one-step forecasts
    from earlier origins lay within theirs. `error` is its mean absolute error over naive's.
    """

    model: str
    mean: Numbers
    lower: Numbers
    upper: Numbers
    hits: int
    trials: int
    error: float


Model = Callable[[Numbers, int], Ahead]


def naive(points: Numbers, steps: int) -> Ahead:
    """The last point again, with the spread of a random walk.

    >>> naive(np.array([3.0, 5.0, 4.0]), 2).mean.tolist()
    [4.0, 4.0]
    """
    sigma = _root_mean(np.diff(points))
    return Ahead(np.full(steps, points[-1]), sigma * np.sqrt(np.arange(1, steps + 1)))


def seasonal_naive(points: Numbers, steps: int) -> Ahead:
    """The same quarter of last year again."""
    sigma = _root_mean(points[QUARTERS:] - points[:-QUARTERS])
    last = points[-QUARTERS:]
    years = np.arange(steps) // QUARTERS + 1
    return Ahead(np.resize(last, steps), sigma * np.sqrt(years))


def local_level(points: Numbers, steps: int) -> Ahead:
    """A level that drifts, with noise around it: Durbin and Koopman's local level model."""
    found = fit_level(points)
    return Ahead(np.full(steps, found.last), found.spread(steps))


def smoothed(points: Numbers, steps: int) -> Ahead:
    """Simple exponential smoothing with additive errors, ETS(A,N,N)."""
    found = fit_smoothing(points)
    return Ahead(np.full(steps, found.last), found.spread(steps))


def level_with_seasons(points: Numbers, steps: int) -> Ahead:
    """A local level around the quarters' usual shares of their year's mean."""
    quarter = np.arange(len(points)) % QUARTERS
    usual = np.array([points[quarter == each].mean() for each in range(QUARTERS)])
    effects = usual - usual.mean()
    found = local_level(points - effects[quarter], steps)
    coming = np.arange(len(points), len(points) + steps) % QUARTERS
    return Ahead(found.mean + effects[coming], found.spread)


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
    is the wider of the model's and of the errors seen in the backtest at that step, not under
    0. No model has a trend: with so few points they forecast worse. Never to be used across
    a known change of policy. Method: Hyndman and Athanasopoulos (2021), Forecasting:
    principles and practice, 3rd ed., 5.10.
    """
    found = np.asarray(points, dtype="float64")
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
    z = float(stats.norm.ppf((1 + level) / 2))
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
    )


def year_end_total(
    known: ArrayLike, found: Forecast, *, level: float = LEVEL, seed: int = 0
) -> tuple[float, float]:
    """The range of a year's total: its known quarters and the simulated remainder, rounded.

    Steps are drawn with errors that share half their variance, as a level that drifts gives.
    """
    chance = np.random.default_rng(seed)
    z = float(stats.norm.ppf((1 + level) / 2))
    spread = (found.upper - found.mean) / z
    steps = len(found.mean)
    shared, own = chance.standard_normal((PATHS, 1)), chance.standard_normal((PATHS, steps))
    paths = found.mean + spread * (shared + own) / np.sqrt(2)
    totals = np.asarray(known, dtype="float64").sum() + np.maximum(paths, 0).sum(axis=1)
    low, high = np.quantile(totals, [(1 - level) / 2, (1 + level) / 2])
    return float(np.floor(low + 0.5)), float(np.floor(high + 0.5))


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
    z = float(stats.norm.ppf((1 + level) / 2))
    for row, origin in enumerate(origins):
        ahead = model(points[:origin], steps)
        coming = points[origin : origin + steps]
        missed[row, : len(coming)] = coming - ahead.mean[: len(coming)]
        within[row] = abs(missed[row, 0]) <= z * ahead.spread[0]
    return missed, within


def _quantile(errors: Numbers, level: float) -> float:
    known = errors[np.isfinite(errors)]
    return float(np.quantile(known, level)) if len(known) else 0.0


def _root_mean(errors: Numbers) -> float:
    return float(np.sqrt((errors**2).mean()))
