"""What our functions give for the inputs of an answer key, under the key's own names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import stats

from lscb_analysis.statistics import intervals
from lscb_analysis.statistics.change import SMALL, ratio_change, smallest_clear_change
from lscb_analysis.statistics.durations import median_with_limits
from lscb_analysis.statistics.forecast import naive, seasonal_naive
from lscb_analysis.statistics.funnel import Funnel, exact_limits, funnel
from lscb_analysis.statistics.levels import fit_level
from lscb_analysis.statistics.process import Rebase, process
from lscb_analysis.statistics.rare import c_chart, dispersion_test, g_chart, t_chart
from lscb_analysis.statistics.rules import RuleSettings
from lscb_analysis.statistics.spc import TO_SIGMA, p_prime, xmr
from lscb_analysis.statistics.standardised import standardised_rate
from lscb_analysis.statistics.trend import annual_marker, quasi_poisson_trend

TRENDS = {"rising": "Increasing", "falling": "Decreasing", "none": "No significant change"}
TRANSFORMS = {"log": "log", "cloglog": "loglog", "linear": "plain"}
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
    told, slope, chi_squared = annual_marker(
        inputs["count"],
        inputs["denominator"],
        is_proportion=inputs["value_type"] == "proportion",
    )
    found = {"beta": slope * inputs["multiplier"], "chisq": chi_squared}
    return found | {"recent_trend": TRENDS.get(told, "Cannot be calculated")}


def slope(inputs: dict) -> dict:
    made = quasi_poisson_trend(inputs["count"], inputs["population"])
    widths = stats.t.ppf(0.975, len(inputs["count"]) - 2) * 2
    return {
        "slope": np.log(made.yearly) / 4,
        "quasi_se": np.log(made.upper / made.lower) / 4 / widths,
        "rate_ratio_per_quarter": made.yearly**0.25,
        "annual_pct": (made.yearly - 1) * 100,
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
        times, events = zip(*mine, strict=True)
        found.append([median_with_limits(times, events, method=each) for each in TRANSFORMS])
    limits = {
        f"{side}_{name}": [each[at][place] for each in found]
        for at, name in enumerate(TRANSFORMS.values())
        for place, side in ((1, "lower"), (2, "upper"))
    }
    return {"median": [each[0][0] for each in found]} | limits


def level_of(inputs: dict) -> dict:
    made = fit_level(inputs["y"])
    return {"sigma2_eps": made.noise, "sigma2_eta": made.drift}


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
    lowest, highest = intervals.byar(inputs["x"], level=0.998)
    return {"lower95": low, "upper95": high, "lower998": lowest, "upper998": highest}


def published(inputs: dict) -> dict:
    low, high = intervals.published_rate(
        inputs["x"], inputs["n"], inputs["multiplier"], inputs["confidence"]
    )
    return {"lower": low, "upper": high}


def standardised(inputs: dict) -> dict:
    found = {}
    for name, level in (("95", 0.95), ("998", 0.998)):
        value, low, high = standardised_rate(
            inputs["x"], inputs["n"], inputs["standard"], inputs["multiplier"], level=level
        )
        found |= {"value": value, f"lower{name}": low, f"upper{name}": high}
    return found


def exact_funnel(inputs: dict) -> dict:
    given = inputs["expected"]
    found = [exact_limits(given, 1.0, p, False, bounded=False) for p in inputs["p"]]
    return {"limits": np.column_stack(found)}


def without_screening(inputs: dict) -> dict:
    made = xmr(inputs["y"][: inputs["freeze"]], screened=False, to_limits=3 / TO_SIGMA)
    return {"cl": made.mean, "lcl": made.lower[0], "ucl": made.upper[0]}


METHODS: dict[str, Callable[[dict], dict]] = {
    "byars_ci": byars,
    "c_chart": charted(c_chart),
    "clopper_pearson_ci": limits_of(intervals.clopper_pearson, "x", "n"),
    "directly_standardised_rate": standardised,
    "diff_proportions_newcombe_ci": sized(intervals.difference, "x1", "n1", "x2", "n2"),
    "exact_poisson_ci": limits_of(intervals.poisson_count, "x"),
    "forecast_naive": ahead(naive),
    "forecast_seasonal_naive": ahead(seasonal_naive),
    "funnel_exact_poisson_limits": exact_funnel,
    "funnel_overdispersed_PR": proportions_funnel,
    "funnel_overdispersed_SR_CQC": rates_funnel,
    "funnel_sqrt_corrected_limits": squared_limits,
    "g_chart": charted(g_chart),
    "i_chart": without_screening,
    "kaplan_meier_median": medians,
    "local_level_mle": level_of,
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
