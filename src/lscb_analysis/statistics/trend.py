"""Trends of flows: a quasi-Poisson slope, and whether the quarters of the year differ."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from lscb_analysis.statistics.intervals import LEVEL

Numbers = NDArray[np.float64]
FEWEST_POINTS = 12
FEWEST_EVENTS = 100
QUARTERS = 4
YEARS_FOR_SEASONS = 3
POWER = 9.7  # exp(9.7 sqrt(phi / N)): the change over a series that 80 % of tests would find


@dataclass(frozen=True)
class Trend:
    """A yearly change as a ratio, with limits; `p_value` of no trend; dispersion `scatter`."""

    yearly: float
    lower: float
    upper: float
    p_value: float
    scatter: float

    @property
    def is_clear(self) -> bool:
        """Whether no change lies outside the limits."""
        return not self.lower <= 1 <= self.upper


def quasi_poisson_trend(
    counts: ArrayLike,
    bases: ArrayLike | None = None,
    *,
    per_year: int = QUARTERS,
    is_seasonal: bool = False,
    level: float = LEVEL,
) -> Trend:
    """The trend of a flow: the yearly ratio of a log-linear model, with limits from its scatter.

    `counts` are equally spaced, oldest first, none missing; `bases` populations (the offset).
    `is_seasonal` adds a term for each quarter. Dispersion from Pearson's chi-squared, not
    under 1, with t limits (R's glm, family quasipoisson). For flows only: a stock carries
    over from quarter to quarter, and no test on it holds its level.
    Raises ValueError with fewer than 12 points, or with under 100 events in all.
    """
    found = np.asarray(counts, dtype="float64")
    if len(found) < FEWEST_POINTS:
        raise ValueError(f"a trend needs {FEWEST_POINTS} points, not {len(found)}")
    if found.sum() < FEWEST_EVENTS:
        raise ValueError(f"a trend needs {FEWEST_EVENTS} events, not {found.sum():g}")
    fit = _fit(found, bases, _design(len(found), is_seasonal))
    scatter = max(1.0, float(fit.pearson_chi2 / fit.df_resid))
    slope = float(fit.params[1]) * per_year
    spread = float(np.sqrt(fit.cov_params()[1, 1] / fit.scale * scatter)) * per_year
    half = float(stats.t.ppf((1 + level) / 2, fit.df_resid)) * spread
    p_value = float(2 * stats.t.sf(abs(slope / spread), fit.df_resid))
    low, high = np.exp(slope - half), np.exp(slope + half)
    return Trend(float(np.exp(slope)), float(low), float(high), p_value, scatter)


def seasonality(counts: ArrayLike, bases: ArrayLike | None = None) -> tuple[float, Numbers]:
    """Whether quarters differ: the p-value of a quasi-F test, and each quarter over their mean.

    `counts` begin with a first quarter; a log-linear trend is allowed for. The plain
    likelihood-ratio test takes scatter for seasons; this one divides by it.
    Raises ValueError without three complete years.
    """
    found = np.asarray(counts, dtype="float64")
    if len(found) < QUARTERS * YEARS_FOR_SEASONS:
        raise ValueError(f"seasons need {YEARS_FOR_SEASONS} complete years")
    plain = _fit(found, bases, _design(len(found), False))
    seasonal = _fit(found, bases, _design(len(found), True))
    scatter = max(1.0, float(seasonal.pearson_chi2 / seasonal.df_resid))
    terms = QUARTERS - 1
    ratio = (plain.deviance - seasonal.deviance) / terms / scatter
    effects = np.concatenate([[0.0], np.asarray(seasonal.params[2:], dtype="float64")])
    effects = np.exp(effects - effects.mean())
    return float(stats.f.sf(ratio, terms, seasonal.df_resid)), effects


def detectable_change(events: float, scatter: float = 1.0) -> float:
    """The ratio over a whole series that four of five tests would find, with so many events.

    >>> round(detectable_change(100), 1), round(detectable_change(400), 1)
    (2.6, 1.6)
    """
    return float(np.exp(POWER * np.sqrt(scatter / events)))


def annual_marker(
    counts: ArrayLike, bases: ArrayLike, *, level: float = 0.998
) -> tuple[str, float, float]:
    """The direction of yearly rates: `rising`, `falling`, `none`, with slope and chi-squared.

    `too few` with fewer than five years. The slope, of the rate for one person, is weighted by the
    variance that Byar's 95 % limits imply, and tested at 99.8 % (Office for Health Improvement
    and Disparities, Fingertips: recent trends, rates). Years must not overlap.

    >>> annual_marker([268, 281, 297, 331, 352], [60100, 60400, 60900, 61100, 61450])[0]
    'rising'
    """
    from lscb_analysis.statistics.intervals import byar

    found, people = np.asarray(counts, dtype="float64"), np.asarray(bases, dtype="float64")
    low, high = byar(found)
    spread = (high - low) / (2 * stats.norm.ppf(0.975)) / people
    weights = spread**-2
    rates, years = found / people, np.arange(len(found), dtype="float64")
    middle = np.average(years, weights=weights)
    across = float((weights * (years - middle) ** 2).sum())
    slope = float((weights * (years - middle) * rates).sum()) / across
    chi_squared = slope**2 * across
    if len(found) < 5:
        return "too few", slope, chi_squared
    if stats.chi2.sf(chi_squared, 1) >= 1 - level:
        return "none", slope, chi_squared
    return ("rising" if slope > 0 else "falling"), slope, chi_squared


def _design(points: int, is_seasonal: bool) -> Numbers:
    columns = [np.ones(points), np.arange(points, dtype="float64")]
    if is_seasonal:
        quarter = np.arange(points) % QUARTERS
        columns += [(quarter == number).astype("float64") for number in range(1, QUARTERS)]
    return np.column_stack(columns)


def _fit(counts: Numbers, bases: ArrayLike | None, design: Numbers) -> Any:
    import statsmodels.api as sm

    offset = None if bases is None else np.log(np.asarray(bases, dtype="float64"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # statsmodels warns of a perfect fit, which is no fault
        return sm.GLM(counts, design, family=sm.families.Poisson(), offset=offset).fit()
