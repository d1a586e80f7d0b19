"""The CIN census's rules: each finds what it is for, and lets pass what is right."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from lscb_analysis.sources import cin_census
from lscb_analysis.sources.cin_census_rules import RULES
from lscb_analysis.sources.rules import missing_for, run_rules
from tests.sources.extracts import CONTEXT
from tests.sources.rules_cin_census import (
    cases_of_children,
    cases_of_enquiries,
    cases_of_episodes,
    cases_of_plans,
)
from tests.sources.rules_cin_census.drawing import Case, drawn

ALL = [
    each.CASES
    for each in (cases_of_children, cases_of_episodes, cases_of_enquiries, cases_of_plans)
]
CASES: dict[str, Case] = {
    f"cin_census.{name}": case for cases in ALL for name, case in cases.items()
}
BY_ID = {rule.id: rule for rule in RULES}


def told_by(rule: str, example: str, folder: Path) -> pd.DataFrame:
    """The findings of one rule on an example that has rows it looks at."""
    sent, _ = cin_census.tables_sent(drawn(example, folder), CONTEXT)
    assert len(sent[BY_ID[rule].table].rows)
    return run_rules([BY_ID[rule]], sent, CONTEXT, cin_census.covers("", CONTEXT.quarter))


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_finds_what_it_is_for(rule: str, tmp_path: Path):
    found = told_by(rule, CASES[rule][0], tmp_path)
    assert len(found)
    assert set(found["severity"]) == {"warning"}
    of_return = BY_ID[rule].table == "header"
    assert found["row"].str.startswith("Header[1]" if of_return else "Child[").all()
    if not of_return and rule != "cin_census.id_blank":
        assert found["child"].str.startswith("LSCBID").all()


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_lets_pass_what_is_right(rule: str, tmp_path: Path):
    assert told_by(rule, CASES[rule][1], tmp_path).empty


def test_every_rule_has_an_example_that_fails_and_one_that_passes():
    assert set(CASES) == set(BY_ID)
    assert sum(len(cases) for cases in ALL) == len(CASES)


def test_the_ids_of_rules_are_unique():
    assert len(BY_ID) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_cites_the_number_that_the_dfe_gives_it(rule):
    assert re.fullmatch(r"DfE CIN census validation rule \d{3,4}Q?", rule.origin)


def test_every_rule_can_run_on_a_census(tmp_path: Path):
    sent, _ = cin_census.tables_sent(drawn("child", tmp_path), CONTEXT)
    tables = {name: table.rows for name, table in sent.items()}
    assert [missing_for(rule, tables) for rule in RULES] == [[] for _ in RULES]
