"""The child death rules: each finds what it is for, and lets pass what is right."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from lscb_analysis.sources import child_deaths
from lscb_analysis.sources.board_rules import check
from lscb_analysis.sources.child_death_rules import RULES
from lscb_analysis.sources.child_death_sent import tables_sent
from tests.sources.rules_child_deaths.cases import CASES, DEATH, FACTOR, FORM, REVIEW
from tests.sources.rules_child_deaths.drawing import LATER, Example, drawn

BY_ID = {rule.id: rule for rule in RULES}
NAMED = {f"child_deaths.{name}": case for name, case in CASES.items()}
A_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}")


def told_by(rule: str, example: Example) -> pd.DataFrame:
    """The findings of one rule on an example."""
    return check([BY_ID[rule]], tables_sent(drawn(example), LATER), LATER)


@pytest.mark.parametrize("rule", NAMED)
def test_a_rule_finds_what_it_is_for_and_shows_no_date(rule: str):
    fails, _ = NAMED[rule]
    found = told_by(rule, fails)
    assert len(found)
    assert set(found["found"]) == {BY_ID[rule].found}
    assert set(found["file"]) == {f"{BY_ID[rule].table}.csv"}
    assert found["row"].str.isdecimal().all()
    assert found["letter"].ne("").all()
    assert not A_DATE.search(found.to_csv())


@pytest.mark.parametrize("rule", NAMED)
def test_a_rule_lets_pass_what_is_right(rule: str):
    _, passes = NAMED[rule]
    assert passes[BY_ID[rule].table]
    assert told_by(rule, passes).empty


def test_every_rule_has_an_example_that_fails_and_one_that_passes():
    assert set(NAMED) == set(BY_ID)


def test_the_ids_of_rules_are_unique():
    assert len(BY_ID) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_where_it_comes_from(rule):
    assert len(rule.origin) > 10
    assert f"{rule.table}.{rule.column}" in rule.needs


def test_what_is_right_breaks_no_rule():
    right = {"notifications": DEATH, "reviews": REVIEW, "factors": FACTOR, "forms": FORM}
    _, findings = child_deaths.read(drawn(right), LATER)
    assert findings.loc[findings["rule"].ne(""), "rule"].tolist() == []


def test_a_rule_that_lacks_a_table_says_so():
    _, findings = child_deaths.read(drawn({"notifications": DEATH}), LATER)
    notes = findings[findings["rule"].eq("child_deaths.form_twice")]
    assert notes["severity"].tolist() == ["note"]
    assert "could not run" in notes["found"].iloc[0]


def test_where_no_child_deaths_were_sent_no_rule_is_asked_for():
    assert child_deaths.read([], LATER)[1].empty
