"""Answer keys of other programs and of papers, reproduced by our own functions."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lscb_analysis.statistics import intervals
from lscb_analysis.statistics.change import SMALL, ratio_change, smallest_clear_change
from lscb_analysis.statistics.durations import median_with_limits
from lscb_analysis.statistics.forecast import naive, seasonal_naive
from lscb_analysis.statistics.funnel import Funnel, funnel
from lscb_analysis.statistics.process import Rebase, process
from lscb_analysis.statistics.rare import c_chart, dispersion_test, g_chart, t_chart
from lscb_analysis.statistics.rules import RuleSettings
from lscb_analysis.statistics.spc import p_prime
from lscb_analysis.statistics.trend import annual_marker, quasi_poisson_trend

HELD = Path(__file__).parent / "vectors.json"
VECTORS = json.loads(HELD.read_text("utf-8"))["vectors"]
TRENDS = {"rising": "Increasing", "falling": "Decreasing", "none": "No significant change"}
Z = {"80": 1.2815515655446004, "95": 1.959963984540054}


def limits_of(function: Callable[..., Any], *columns: str) -> Callable[[dict], dict]:
    def found(inputs: dict) -> dict:
        given = [inputs[name] for name in columns]
        low, high = function(*given, level=inputs.get("confidence", 0.95))
        scale = inputs.get("multiplier", 1)
        return {"lower": low * scale, "upper": high * scale}

    return found


def sized(function: Callable[..., Any], *columns: str) -> Callable[[dict], dict]:
    def found(inputs: dict) -> dict:
        size, low, high = function(*(inputs[name] for name in columns))
        name = "diff" if "n1" in inputs else "ratio"
        return {name: size, "lower": low, "upper": high}

    return found


def charted(function: Callable[..., Any], **given: Any) -> Callable[[dict], dict]:
    def found(inputs: dict) -> dict:
        out = set(inputs.get("exclude_index1", []))
        points = [y for at, y in enumerate(inputs.get("y", inputs.get("x")), 1) if at not in out]
        chart = function(points, **given)
        return {"cl": chart.mean, "lcl": chart.lower[0], "ucl": chart.upper[0]}

    return found


def rule_named(label: str) -> str:
    named = {"Common Cause": "", "Above UCL": "outside", "Below LCL": "outside"}
    if label in named:
        return named[label]
    return "shift" if "Points" in label else "trend" if "Trend" in label else "two in three"


def individuals(inputs: dict, *, counts_outside: bool = False) -> dict:
    made = process(
        inputs["y"],
        screened=inputs.get("screen_outliers", True),
        settings=RuleSettings(counts_outside=counts_outside),
        rebases=[Rebase(at - 1, "drawn") for at in inputs.get("rebase_at_index1", [])],
        baseline=inputs.get("fix_after_n_points"),
    )
    return {"mean": made.mean, "lpl": made.lower, "upl": made.upper, "rules": made.rules}


def proportions_funnel(inputs: dict) -> dict:
    made = funnel(inputs["numerator"], inputs["denominator"], is_proportion=True)
    found = {"phi": made.scatter, "tau2": made.between, "target": made.rate, "z": made.scores}
    for name, level in (("95", 0.95), ("998", 0.998)):
        low, high = made.limits(inputs["denominator"], level)
        found |= {f"odll{name}": low, f"odul{name}": high}
    return found


def rates_funnel(inputs: dict) -> dict:
    made = funnel(inputs["observed"], inputs["expected_events"], is_proportion=False, rate=1.0)
    return {"phi": made.scatter, "tau2": made.between, "z": made.scores}


def squared_limits(inputs: dict) -> dict:
    made = Funnel(1.0, inputs["tau2"], 1.0, np.array([]), False)
    found = {}
    for name, level in (("95", 0.95), ("998", 0.998)):
        low, high = made.limits(inputs["expected_events"], level)
        found |= {f"ll{name}": low, f"ul{name}": high}
    return found


def ahead(function: Callable[..., Any]) -> Callable[[dict], dict]:
    def found(inputs: dict) -> dict:
        made = function(np.array(inputs["y"], dtype=float), inputs["h"])
        limits = {
            f"{side}{level}": made.mean + sign * z * made.spread
            for level, z in Z.items()
            for side, sign in (("lower", -1), ("upper", 1))
        }
        return {"mean": made.mean} | limits

    return found


def yearly(inputs: dict) -> dict:
    told, slope, chi_squared = annual_marker(inputs["count"], inputs["denominator"])
    found = {"beta": slope * inputs["multiplier"], "chisq": chi_squared}
    return found | {"recent_trend": TRENDS.get(told, "Cannot be calculated")}


def slope(inputs: dict) -> dict:
    made = quasi_poisson_trend(inputs["count"], inputs["population"])
    return {
        "rate_ratio_per_quarter": made.yearly**0.25,
        "pearson_dispersion": made.scatter,
        "quasi_p": made.p_value,
    }


def ratios(inputs: dict) -> dict:
    made = [
        ratio_change(x1, x2, exposure=t1 / t2)
        for x1, t1, x2, t2 in zip(*(inputs[name] for name in ("x1", "t1", "x2", "t2")), strict=True)
        if min(x1, x2) >= SMALL
    ]
    kept = [min(pair) >= SMALL for pair in zip(inputs["x1"], inputs["x2"], strict=True)]
    names = {"ratio": "size", "lower": "lower", "upper": "upper"}
    return {key: [getattr(each, name) for each in made] for key, name in names.items()} | {
        "kept": kept
    }


def medians(inputs: dict) -> dict:
    groups = dict.fromkeys(inputs["group"])
    rows = list(zip(inputs["time"], inputs["event"], inputs["group"], strict=True))
    found = []
    for group in groups:
        mine = [(time, event) for time, event, of in rows if of == group]
        found.append(median_with_limits(*zip(*mine, strict=True)))
    return {
        "median": [each[0] for each in found],
        "lower_loglog": [each[1] for each in found],
        "upper_loglog": [each[2] for each in found],
    }


def clear_changes(inputs: dict) -> dict:
    made = [smallest_clear_change(count) for count in inputs["base_count"]]
    return {
        "smallest_rise_to": [rise for rise, _ in made],
        "largest_fall_to": [fall for _, fall in made],
    }


def scatter(inputs: dict) -> dict:
    chi_squared, p_value = dispersion_test(inputs["count"])
    return {"dispersion_chisq": chi_squared, "dispersion_p": p_value}


def p_primes(inputs: dict) -> dict:
    made = p_prime(inputs["x"], inputs["n"])
    return {"cl": made.mean, "lcl": made.lower, "ucl": made.upper}


def byars(inputs: dict) -> dict:
    low, high = intervals.byar(inputs["x"])
    return {"lower95": low, "upper95": high}


def published(inputs: dict) -> dict:
    low, high = intervals.published_rate(
        inputs["x"], inputs["n"], inputs["multiplier"], inputs["confidence"]
    )
    return {"lower": low, "upper": high}


METHODS: dict[str, Callable[[dict], dict]] = {
    "byars_ci": byars,
    "c_chart": charted(c_chart),
    "clopper_pearson_ci": limits_of(intervals.clopper_pearson, "x", "n"),
    "diff_proportions_newcombe_ci": sized(intervals.difference, "x1", "n1", "x2", "n2"),
    "exact_poisson_ci": limits_of(intervals.poisson_count, "x"),
    "forecast_naive": ahead(naive),
    "forecast_seasonal_naive": ahead(seasonal_naive),
    "funnel_overdispersed_PR": proportions_funnel,
    "funnel_overdispersed_SR_CQC": rates_funnel,
    "funnel_sqrt_corrected_limits": squared_limits,
    "g_chart": charted(g_chart),
    "kaplan_meier_median": medians,
    "min_detectable_count": clear_changes,
    "ohid_trend_marker": yearly,
    "p_prime_chart": p_primes,
    "phe_rate": published,
    "poisson_trend": slope,
    "poisson_trend_small": scatter,
    "rate_ratio_exact_ci": sized(intervals.rate_ratio, "x1", "t1", "x2", "t2"),
    "rate_ratio_wald_ci": ratios,
    "t_chart": charted(t_chart),
    "t_chart_unscreened": charted(t_chart, screened=False),
    "wilson_ci": limits_of(intervals.wilson, "x", "n"),
    "xmr_nhs": individuals,
    "xmr_nhs_mdc2023": lambda inputs: individuals(inputs, counts_outside=True),
}
# The series that never varies: the key has no limits there, ours are its mean on purpose.
# The level of the Nile is fitted by another optimiser: tests/statistics/test_forecast.py has it.
ELSEWHERE = {"constant_series", "nile_local_level_dk"}


@pytest.mark.parametrize(
    "vector", [each for each in VECTORS if each["id"] not in ELSEWHERE], ids=lambda each: each["id"]
)
def test_the_answer_key_is_met(vector: dict):
    found = METHODS[vector["method"]](vector["inputs"])
    expected, tolerance = dict(vector["expected"]), vector["tolerance"]
    if "special_cause_type" in expected:
        labels = expected.pop("special_cause_type")
        assert found["rules"] == [rule_named(label) for label in labels]
    kept = found.get("kept")
    for name, answers in expected.items():
        if isinstance(answers, str):
            assert found[name] == answers
            continue
        wanted = np.atleast_1d(np.array(answers, dtype=float))
        wanted = wanted[kept] if kept else wanted
        got = np.atleast_1d(np.array(found[name], dtype=float))
        known = np.isfinite(wanted)
        assert known.any()
        wanted, got, known = np.broadcast_arrays(wanted, got, known)
        np.testing.assert_allclose(
            got[known], wanted[known], rtol=tolerance["rel"], atol=tolerance["abs"]
        )


def test_a_series_that_never_varies_has_limits_at_its_mean_where_the_key_has_none():
    [vector] = [each for each in VECTORS if each["id"] == "constant_series"]
    found = individuals(vector["inputs"])
    assert set(found["lpl"]) == set(found["upl"]) == {5.0}
    assert set(found["rules"]) == {""}


def test_no_key_is_held_that_nothing_looks_at():
    assert {each["method"] for each in VECTORS} - {"local_level_mle"} == set(METHODS)
