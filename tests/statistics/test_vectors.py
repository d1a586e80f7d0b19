"""Answer keys of other programs and of papers, reproduced by our own functions."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from lscb_analysis.statistics.trend import seasonality
from tests.statistics.keyed import METHODS, individuals, rule_named

HELD = Path(__file__).parent / "vectors.json"
VECTORS = json.loads(HELD.read_text("utf-8"))["vectors"]
# The series that never varies: the key has no limits there, ours are its mean on purpose.
# Seasons: the key is the plain likelihood ratio, ours divides it by the scatter, as a test shows.
ELSEWHERE = {"constant_series", "seasonality_lrt"}


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
        wanted, got, known = np.broadcast_arrays(wanted, got, known)
        # what the key cannot give is missing here too, or 0 (Byar's lower limit of one event)
        assert (np.nan_to_num(got[~known], posinf=0, neginf=0) == 0).all()
        np.testing.assert_allclose(
            got[known], wanted[known], rtol=tolerance["rel"], atol=tolerance["abs"]
        )


def test_a_series_that_never_varies_has_limits_at_its_mean_where_the_key_has_none():
    [vector] = [each for each in VECTORS if each["id"] == "constant_series"]
    found = individuals(vector["inputs"])
    assert set(found["lpl"]) == set(found["upl"]) == {5.0}
    assert set(found["rules"]) == {""}


def test_seasons_are_tested_by_the_keys_likelihood_ratio_over_the_scatter():
    [vector] = [each for each in VECTORS if each["id"] == "seasonality_lrt"]
    inputs, expected = vector["inputs"], vector["expected"]
    p_value, _ = seasonality(inputs["count"], inputs["population"])
    residual = len(inputs["count"]) - 2 - expected["df"]
    scatter = expected["lr_chisq"] / expected["df"] / stats.f.isf(p_value, expected["df"], residual)
    assert 1 < scatter < 4
    assert stats.chi2.sf(expected["lr_chisq"], expected["df"]) == pytest.approx(expected["p"])
    assert p_value == pytest.approx(0.38, abs=0.005)  # statistics.md 3.7, computed in R


def test_no_key_is_held_that_nothing_looks_at():
    assert {each["method"] for each in VECTORS} - {"seasonality_lrt"} == set(METHODS)
