from __future__ import annotations

import re
import tomllib
from dataclasses import replace

import pytest

from lscb_analysis.catalogue import (
    Breakdown,
    CatalogueError,
    Indicator,
    find_area,
    indicators,
    measured_themes,
    policy,
    themes,
)
from lscb_analysis.catalogue.indicators import _check_reference, _indicator
from lscb_analysis.catalogue.toml_file import entry, read_toml

PLANS = """
number = 8
title = "Plans started"
measure = "count"
unit = "plans"
definition = "Plans that started in the period."
rationale = "It explains the change."
source = "cp_plans"
dated_by = ["plan_start_date"]
periods = ["quarter"]
stage = "live"
"""


def load(toml: str) -> Indicator:
    """The entry that stands under [plans] in child_protection.toml."""
    return _indicator(
        "child_protection.toml [plans]", "plans", "child_protection", tomllib.loads(toml)
    )


def refusal(toml: str) -> str:
    with pytest.raises(CatalogueError) as refused:
        load(toml)
    return str(refused.value)


def without(key: str) -> str:
    return "\n".join(line for line in PLANS.splitlines() if not line.startswith(f"{key} "))


def test_an_entry_is_read_as_it_is_written():
    plans = load(PLANS)
    assert (plans.id, plans.theme, plans.number) == ("plans", "child_protection", 8)
    assert plans.dated_by == ("plan_start_date",)
    assert plans.profile == "dfe"  # the theme's own
    assert not plans.is_published_only


def test_an_unknown_key_is_refused_with_the_nearest_and_its_place():
    message = refusal(PLANS + 'polarty = "none"')
    assert message == (
        "child_protection.toml [plans]: unknown key 'polarty', did you mean polarity?"
    )


def test_a_key_that_the_loader_gives_is_not_suggested_for_itself():
    message = refusal(PLANS + 'theme = "domestic_abuse"')
    assert message.startswith("child_protection.toml [plans]: unknown key 'theme'")
    assert "did you mean theme" not in message


def test_an_unknown_key_of_the_numerator_is_refused_with_its_place():
    message = refusal(PLANS + "numerator = { were = { has_plan = true } }")
    assert message == (
        "child_protection.toml [plans] numerator: unknown key 'were', did you mean where?"
    )


@pytest.mark.parametrize("key", ["title", "number", "unit", "definition", "rationale", "stage"])
def test_a_missing_key_is_named(key):
    assert refusal(without(key)) == f"child_protection.toml [plans]: the key '{key}' is missing"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('measure = "stok"', "measure 'stok' is not one of"),
        ('polarity = "higher"', "polarity 'higher' is not one of"),
        ('stage = "alive"', "did you mean live?"),
        ('periods = ["quarters"]', "did you mean quarter?"),
        ('breakdowns = ["ethnic"]', "breakdowns 'ethnic' is not one of"),
        ('periods = "quarter"', "'periods' is 'quarter', not"),
        ('number = "8"', "'number' is '8', not"),
        ('profile = "as_published"', "needs a profile that protects"),
        ('profile = "dfes"', "did you mean dfe?"),
    ],
)
def test_a_value_that_cannot_be_is_refused(line, said):
    key = line.split(" ")[0]
    assert said in refusal(without(key) + "\n" + line)


@pytest.mark.parametrize(
    ("measure", "key"),
    [
        ("rate", "of"),
        ("share", "share_by"),
        ("proportion", "numerator"),
        ("duration", "value_column"),
    ],
)
def test_a_live_measure_needs_its_own_keys(measure, key):
    toml = PLANS.replace('measure = "count"', f'measure = "{measure}"')
    assert refusal(toml) == f"child_protection.toml [plans]: a live {measure} needs the key '{key}'"


def test_a_draft_says_why():
    toml = PLANS.replace('stage = "live"', 'stage = "draft"')
    assert "a draft count needs the key 'reason'" in refusal(toml)
    assert load(toml + 'reason = "no extract has it"').stage == "draft"


def test_an_indicator_with_neither_source_nor_series_is_refused():
    assert "a live count needs the key 'source'" in refusal(without("source"))


def test_a_live_indicator_without_a_source_is_only_published_and_says_why():
    toml = without("source") + '\npublished = "cpp_started"\npublished_period = "financial_year"\n'
    assert "a live count needs the key 'reason'" in refusal(toml)
    assert load(toml + 'reason = "not sent to us"').is_published_only


def test_a_published_series_needs_its_period():
    message = refusal(PLANS + 'published = "cpp_started"')
    assert "published_period '' is not one of date, financial_year, calendar_year" in message
    assert "no published series is" in refusal(PLANS + 'published_period = "date"')


def test_a_percentage_of_two_series_needs_both():
    numerator = 'published_period = "date"\npublished_numerator = "ended"\n'
    assert "'published_denominator' is needed with" in refusal(PLANS + numerator)
    assert load(PLANS + numerator + 'published_denominator = "all"').has_published


def test_a_published_category_is_one_of_the_indicators_own():
    toml = PLANS + (
        'breakdowns = ["sex"]\npublished_period = "date"\n'
        'published_breakdown = { "Femal" = "plans_girls" }'
    )
    assert "published_breakdown 'Femal' is not one of Female, Male" in refusal(toml)


def test_a_breakdown_needs_its_categories():
    with pytest.raises(CatalogueError, match=r"breakdowns.toml \[sex\]: the key 'categories'"):
        entry(Breakdown, "breakdowns.toml [sex]", {"title": "Sex", "column": "sex"}, id="sex")


def test_an_area_that_is_not_known_is_refused_with_its_code_where_a_name_was_given():
    assert find_area("E06000016").area == "Leicester"
    with pytest.raises(CatalogueError, match="its code is E06000016"):
        find_area("Leicester")
    with pytest.raises(CatalogueError, match="no area has the code 'E06000O16', did you mean"):
        find_area("E06000O16")


def test_every_theme_has_a_profile_that_policy_knows():
    assert {theme.profile for theme in themes().values()} <= set(policy().profiles)


def test_every_table_of_a_theme_is_an_entry():
    for theme in measured_themes():
        assert all(isinstance(table, dict) for table in read_toml(f"{theme}.toml").values())


@pytest.mark.parametrize(
    ("flows", "said"),
    [
        (("referal",), "did you mean referrals"),
        (("referrals",), "'flows' are a stock's two"),
    ],
)
def test_flows_are_a_stocks_two_counts_that_exist(flows, said):
    stock = replace(load(PLANS), measure="stock", flows=flows)
    with pytest.raises(CatalogueError, match=re.escape(said)):
        _check_reference(stock, indicators())


def test_a_count_has_no_flows():
    count = replace(load(PLANS), flows=("referrals", "cp_plan_ends"))
    with pytest.raises(CatalogueError, match="a stock's two"):
        _check_reference(count, indicators())
