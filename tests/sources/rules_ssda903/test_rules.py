"""SSDA903's rules: each finds what it is for, and lets pass what is right."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from lscb_analysis.sources import ssda903
from lscb_analysis.sources.rules import run_rules
from lscb_analysis.sources.ssda903_layouts import TABLES
from lscb_analysis.sources.ssda903_rules import RULES, rules_for
from tests.sources.extracts import CONTEXT
from tests.sources.rules_ssda903 import cases_of_children, cases_of_episodes, cases_of_tables
from tests.sources.rules_ssda903.drawing import Case, Example, drawn

ALL = [cases_of_children.CASES, cases_of_episodes.CASES, cases_of_tables.CASES]
CASES: dict[str, Case] = {f"ssda903.{name}": case for cases in ALL for name, case in cases.items()}
BY_ID = {rule.id: rule for rule in RULES}


def told_by(rule: str, example: Example) -> pd.DataFrame:
    """The findings of one rule on an example."""
    sent, _ = ssda903.tables_sent(drawn(example), CONTEXT)
    return run_rules([BY_ID[rule]], sent, CONTEXT, ssda903.covers("", CONTEXT.quarter))


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_finds_what_it_is_for(rule: str):
    fails, _ = CASES[rule]
    found = told_by(rule, fails)
    assert len(found)
    assert set(found["severity"]) == {"warning"}
    assert set(found["file"]) == {f"{BY_ID[rule].table}.csv"}
    assert found["row"].str.isdecimal().all()
    assert found["child"].str.startswith("LSCBID").all()


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_lets_pass_what_is_right(rule: str):
    _, passes = CASES[rule]
    assert passes[BY_ID[rule].table]
    assert told_by(rule, passes).empty


def test_every_rule_has_an_example_that_fails_and_one_that_passes():
    assert set(CASES) == set(BY_ID)
    assert sum(len(cases) for cases in ALL) == len(CASES)


def test_the_ids_of_rules_are_unique():
    assert len(BY_ID) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_where_it_comes_from_and_looks_at_columns_that_there_are(rule):
    assert re.search(
        r"(DfE SSDA903 validation rule|csc-validator-be-903 check) \w*\d|EPI", rule.origin
    )
    named = [(need.partition(".")[0], need.partition(".")[2]) for need in rule.needs]
    assert all(column in TABLES[table].columns for table, column in named)
    assert rule.column in TABLES[rule.table].columns


def test_a_rule_that_lacks_a_table_says_so():
    _, findings = ssda903.read(drawn({"episodes": cases_of_episodes.ADOPTED}), CONTEXT)
    notes = findings[findings["rule"].eq("ssda903.adopted_without_ad1")]
    assert notes["severity"].tolist() == ["note"]
    assert "could not run" in notes["found"].iloc[0]


def test_rules_of_a_table_that_comes_later_are_not_asked_for_before():
    before, after = ({rule.id for rule in rules_for(year, frozenset())} for year in (2016, 2023))
    assert "ssda903.no_worker" in after - before
    assert "ssda903.deprivation_overlap" not in after
    assert "ssda903.deprivation_overlap" in {rule.id for rule in rules_for(2026, frozenset())}
