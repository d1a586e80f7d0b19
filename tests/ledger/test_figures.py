from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.ledger import figures_of
from lscb_analysis.ledger.units import are_people, quantity_of, things_in
from tests.drawn import table


@pytest.mark.parametrize(
    "header",
    [
        "id | label | value | unit | period",
        "Figure ID | LABEL | Value | Units | Time period",
        "Ref | Description | As printed | Unit of measure | Reporting period",
    ],
)
def test_columns_are_known_however_they_are_spelt(header):
    figures, found = figures_of(table(f"{header}\nA | Referrals | 3,561 | referrals | 2016/17"))
    assert figures.loc["A", ["label", "text", "number"]].tolist() == ["Referrals", "3,561", 3561]
    assert found.empty


def test_a_figure_without_an_id_goes_by_its_row_number():
    raw = table("label | value\nReferrals | 10").set_axis([7], axis=0)
    assert figures_of(raw)[0].index.tolist() == ["7"]


def test_an_id_in_two_rows_is_a_finding_and_both_are_kept():
    figures, found = figures_of(table("id | label | value\nA | One | 1\nA | Two | 2"))
    assert figures.index.tolist() == ["A", "A (2)"]
    assert found["figures"].tolist() == ["A (2); A"]


def test_a_table_without_values_is_a_finding_that_names_the_column():
    figures, found = figures_of(table("label | unit\nReferrals | referrals"))
    assert figures.empty
    assert found["severity"].tolist() == ["failed"]
    assert "no column value" in found["found"].iloc[0]


def test_a_cell_that_is_no_number_is_a_finding_and_the_others_are_read():
    figures, found = figures_of(table("id | label | value\nA | One | 106,00\nB | Two | 2"))
    assert found["figures"].tolist() == ["A"]
    assert figures.at["A", "number"] is None
    assert figures.at["B", "number"] == 2


def test_a_number_column_helps_where_the_text_has_none():
    raw = pd.DataFrame({"label": ["Meets"], "value": ["quarterly"], "value_num": ["4"]})
    assert figures_of(raw)[0]["number"].tolist() == [4]


@pytest.mark.parametrize(
    ("unit", "quantity"),
    [
        ("percent", "percent"),
        ("per 10,000 0-17", "rate"),
        ("GBP", "money"),
        ("days", "measure"),
        ("percentage points", "measure"),
        ("date range", "text"),
        ("children", "count"),
    ],
)
def test_a_unit_says_what_kind_of_quantity_it_is(unit, quantity):
    assert quantity_of(unit, "5", "") == quantity


def test_children_and_individuals_are_both_people_and_families_are_not():
    assert things_in("children") == things_in("individuals")
    assert things_in("families") != things_in("children")
    assert are_people("young people")
    assert not are_people("contacts")
