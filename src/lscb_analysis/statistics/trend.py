"""Trends of flows: a quasi-Poisson slope, and whether the quarters of the year differ."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy
from numpy.typing import ArrayLike, NDArray

from lscb_analysis.statistics.intervals import LEVEL, byar

Numbers = NDArray[np.float64]
FEWEST_POINTS = 12
FEWEST_EVENTS = 100
QUARTERS = 4
YEARS_FOR_SEASONS = 3
MOST_ZEROS = 0.25
MARKER_YEARS = 5
MARKER_LEVEL = 0.998
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
    Raises ValueError with fewer than 12 points or one missing, with under 100 events in all,
    or with nothing in more than a quarter of the points: those are rare events, and a line
    through few points fits them too well.
    """
    found = _known(counts)
    if len(found) < FEWEST_POINTS:
        raise ValueError(f"a trend needs {FEWEST_POINTS} points, not {len(found)}")
    if found.sum() < FEWEST_EVENTS:
        raise ValueError(f"a trend needs {FEWEST_EVENTS} events, not {found.sum():g}")
    if (found == 0).mean() > MOST_ZEROS:
        raise ValueError(
            "a trend is not made of points with nothing in more than a quarter of them"
        )
    fit = _fit(found, bases, _design(len(found), is_seasonal))
    scatter = max(1.0, float(fit.pearson_chi2 / fit.df_resid))
    slope = float(fit.params[1]) * per_year
    spread = float(np.sqrt(fit.cov_params()[1, 1] / fit.scale * scatter)) * per_year
    half = float(scipy.stats.t.ppf((1 + level) / 2, fit.df_resid)) * spread
    p_value = float(2 * scipy.stats.t.sf(abs(slope / spread), fit.df_resid))
    low, high = np.exp(slope - half), np.exp(slope + half)
    return Trend(float(np.exp(slope)), float(low), float(high), p_value, scatter)


def seasonality(counts: ArrayLike, bases: ArrayLike | None = None) -> tuple[float, Numbers]:
    """Whether quarters differ: the p-value of a quasi-F test, and each quarter over their mean.

    `counts` begin with a first quarter; a log-linear trend is allowed for. The plain
    likelihood-ratio test takes scatter for seasons; this one divides by it.
    Raises ValueError without three complete years, with a point missing, or where some quarter
    of the year never had an event.
    """
    found = _known(counts)
    if len(found) < QUARTERS * YEARS_FOR_SEASONS:
        raise ValueError(f"seasons need {YEARS_FOR_SEASONS} complete years")
    if any(found[quarter::QUARTERS].sum() == 0 for quarter in range(QUARTERS)):
        raise ValueError("seasons need events in each quarter of the year")
    plain = _fit(found, bases, _design(len(found), False))
    seasonal = _fit(found, bases, _design(len(found), True))
    scatter = max(1.0, float(seasonal.pearson_chi2 / seasonal.df_resid))
    terms = QUARTERS - 1
    ratio = (plain.deviance - seasonal.deviance) / terms / scatter
    effects = np.concatenate([[0.0], np.asarray(seasonal.params[2:], dtype="float64")])
    effects = np.exp(effects - effects.mean())
    return float(scipy.stats.f.sf(ratio, terms, seasonal.df_resid)), effects


def detectable_change(events: float, scatter: float = 1.0) -> float:
    """The ratio over a whole series that four of five tests would find, with so many events.

    Infinite with none.

    >>> round(detectable_change(100), 1), round(detectable_change(400), 1)
    (2.6, 1.6)
    """
    return float(np.exp(POWER * np.sqrt(scatter / events))) if events > 0 else float("inf")


def annual_marker(
    counts: ArrayLike,
    bases: ArrayLike,
    *,
    is_proportion: bool = False,
    level: float = MARKER_LEVEL,
) -> tuple[str, float, float]:
    """The direction of the last five years: `rising`, `falling`, `none`, slope and chi-squared.

    `too few` with fewer than five years. A direction is told where chi-squared passes its 99.8 %
    point and the slope has the same sign whichever year is left out (no year alone makes the
    trend). Of rates the slope, for one person, is weighted by the variance that Byar's 95 %
    limits imply. Of proportions it is the plain slope of the log odds, and chi-squared is that of
    Cochran and Armitage; a year with none or with all takes half an event more on both sides
    in the log odds. Years are consecutive and must not overlap. Office for Health Improvement and
    Disparities, Fingertips: trend markers; Armitage (1955), Biometrics 11:375-386.
    Raises ValueError with fewer than two years, one missing, a base of 0, or, of proportions, a
    count above its base.

    >>> annual_marker([268, 281, 297, 331, 352], [60100, 60400, 60900, 61100, 61450])[0]
    'rising'
    >>> annual_marker([811, 842, 902, 951], [1180, 1175, 1190, 1201], is_proportion=True)[0]
    'too few'
    """
    found = np.asarray(counts, dtype="float64")[-MARKER_YEARS:]
    people = np.asarray(bases, dtype="float64")[-MARKER_YEARS:]
    if len(found) < 2 or not (np.isfinite(found) & (people > 0)).all():
        raise ValueError("a marker needs two years or more, none missing, with bases above 0")
    if is_proportion and (found > people).any():
        raise ValueError("a proportion has no more in its count than in its base")
    heights, weights = _log_odds(found, people) if is_proportion else _rates(found, people)
    slope, across = _slope(heights, weights)
    chi_squared = armitage(found, people) if is_proportion else slope**2 * across
    if len(found) < MARKER_YEARS:
        return "too few", slope, chi_squared
    if scipy.stats.chi2.sf(chi_squared, 1) >= 1 - level or not _holds(heights, weights):
        return "none", slope, chi_squared
    return ("rising" if slope > 0 else "falling"), slope, chi_squared


def armitage(counts: ArrayLike, bases: ArrayLike) -> float:
    """Chi-squared, on one degree of freedom, of a straight trend in proportions of equal steps.

    Armitage (1955), Biometrics 11:375-386, with the variance of all together; 0 where none
    or all are counted.

    >>> round(armitage([811, 842, 902, 951, 1010], [1180, 1175, 1190, 1201, 1222]), 4)
    81.4056
    """
    found, sizes = np.asarray(counts, dtype="float64"), np.asarray(bases, dtype="float64")
    share = found.sum() / sizes.sum()
    if share in (0, 1):
        return 0.0
    slope, across = _slope(found / sizes, sizes / (share * (1 - share)))
    return slope**2 * across


def _rates(counts: Numbers, bases: Numbers) -> tuple[Numbers, Numbers]:
    low, high = byar(counts)
    spread = (high - low) / (2 * scipy.stats.norm.ppf(0.975)) / bases
    return counts / bases, spread**-2


def _log_odds(counts: Numbers, bases: Numbers) -> tuple[Numbers, Numbers]:
    more = np.where((counts == 0) | (counts == bases), 0.5, 0.0)
    return np.log((counts + more) / (bases - counts + more)), np.ones(len(counts))


def _slope(heights: Numbers, weights: Numbers, at: ArrayLike | None = None) -> tuple[float, float]:
    """The weighted slope over equal steps (or those `at`), and the weighted squares across."""
    steps = np.arange(len(heights), dtype="float64") if at is None else np.asarray(at)
    middle = np.average(steps, weights=weights)
    across = float((weights * (steps - middle) ** 2).sum())
    return float((weights * (steps - middle) * heights).sum()) / across, across


def _holds(heights: Numbers, weights: Numbers) -> bool:
    """Whether the slope keeps its sign whichever year is left out."""
    years = np.arange(len(heights), dtype="float64")
    sign = _slope(heights, weights)[0] < 0
    for out in range(len(heights)):
        kept = years != out
        if (_slope(heights[kept], weights[kept], years[kept])[0] < 0) != sign:
            return False
    return True


def _known(counts: ArrayLike) -> Numbers:
    found = np.asarray(counts, dtype="float64")
    if not np.isfinite(found).all():
        raise ValueError("counts over time have to be complete, with none missing")
    return found


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
