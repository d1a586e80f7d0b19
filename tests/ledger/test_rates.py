from __future__ import annotations

from lscb_analysis.ledger.rates import implied_populations, rates_that_fail, two_populations
from tests.ledger.drawing import figures, findings, ids, relations

RATES = """
    id | label             | value | unit            | period
    C1 | Children in need  | 2,722 | children        | 31 March 2016
    R1 | CIN per 10,000    | 337   | per 10,000 0-17 | 31 March 2016
    C2 | Plans             | 518   | children        | 31 March 2016
    R2 | CPP per 10,000    | {}    | per 10,000 0-17 | {}
"""
DECLARED = "relation | figure | made of\nrate | R1 | C1\nrate | R2 | C2"


def test_a_rate_and_its_count_imply_a_population():
    report = figures(RATES.format("65.63", "31 March 2016"))
    implied = implied_populations(report, relations(DECLARED, report))
    assert implied["rate"].tolist() == ["R1", "R2"]
    assert [round(float(each)) for each in implied["least"]] == [80_652, 78_921]
    assert [round(float(each)) for each in implied["most"]] == [80_892, 78_933]


def test_two_populations_of_one_date_are_a_finding_with_the_rates_like_for_like():
    found = findings(two_populations, RATES.format("65.63", "31 March 2016"), DECLARED)
    assert ids(found) == ["R1; C1; R2; C2"]
    assert "on that of R1, R2 would be 64.13" in found["action"].iloc[0]


def test_rates_whose_populations_overlap_are_no_finding():
    assert findings(two_populations, RATES.format("64.13", "31 March 2016"), DECLARED).empty


def test_rates_of_two_dates_may_have_two_populations():
    assert findings(two_populations, RATES.format("65.63", "31 March 2015"), DECLARED).empty


def test_a_rate_is_held_against_the_population_that_is_printed():
    report = """
        id | label      | value  | unit       | period
        C  | Plans      | 408    | children   | 31 March 2017
        N  | Population | 81,862 | children   | 31 March 2017
        R  | Rate       | {}     | per 10,000 | 31 March 2017
    """
    declared = "relation | figure | made of\nrate | R | C / N"
    assert findings(rates_that_fail, report.format("49.84"), declared).empty
    found = findings(rates_that_fail, report.format("63.28"), declared)
    assert ids(found) == ["R; C; N"]
    assert found["expected"].tolist() == ["49.84"]
