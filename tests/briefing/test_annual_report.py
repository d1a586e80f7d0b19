"""The annual report: each item's year beside the year before, its quarters, others, and gaps."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pandas as pd
import pytest

from lscb_analysis.briefing import (
    Briefing,
    BriefingError,
    data_pack,
    open_briefing,
    year_beside_others,
    year_by_quarter,
    year_headline,
    year_items,
)
from lscb_analysis.briefing.places import DATA_PACK
from lscb_analysis.catalogue import report_items
from lscb_analysis.printed import with_decimals
from lscb_analysis.values import as_values
from tests.briefing.drawn_workspace import LEICESTER, MEREFORD, QUARTER, processed
from tests.showing import quarters, values

YEARS = """
indicator              | period        | figure | area
referrals              | 2015-16       | 3551   | Mereford
referrals              | 2016-17       | 3667   | Mereford
referrals_rate         | 2016-17       | 440.7  | Mereford
referrals_rate         | 2016-17       | 501.8  | Neighbours
referrals_rate         | 2016-17       | 485.3  | Middle Shires
re_referrals           | 2015-16       | 19.4   | Mereford
re_referrals           | 2016-17       | [c]    | Mereford
cp_plans_at_period_end | 31 March 2016 | 517    | Mereford
cp_plans_at_period_end | 30 June 2016  | 457    | Mereford
cp_plans_at_period_end | 31 March 2017 | 412    | Mereford
missing_children       | 2015-16       | 84     | Mereford
missing_children       | 2016-17       | 83     | Mereford
"""


@pytest.fixture
def year(drawn) -> Briefing:
    """The annual report of a board with a few figures of two years."""
    opened = open_briefing("annual_report", MEREFORD, QUARTER, workspace=drawn)
    found = pd.concat([values(YEARS), quarters("referrals", [931, 894, 908, 934])])
    return replace(opened, values=with_decimals(as_values(found)))


def rows(html: str) -> list[list[str]]:
    """The table's rows: the texts of their cells."""
    found = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in found]


def row(html: str, title: str) -> list[str]:
    return next(cells for cells in rows(html) if cells[0].startswith(title))


def test_the_report_has_twelve_items_in_its_snapshot_and_ten_in_its_table_of_early_help():
    parts = [item.part for item in report_items().values()]
    assert (parts.count("snapshot"), parts.count("early_help")) == (12, 11)


def test_a_figure_stands_beside_that_of_the_year_before_with_what_changed(year):
    assert row(year_items(year).html, "Referrals") == [
        "Referrals (referrals)",
        "Referrals and children referred again",
        "3,667",
        "3,551",
        "3,667 referrals in 2016-17, 116 more than 3,551 in 2015-16.",
    ]


def test_a_level_is_that_of_the_last_day_of_the_year(year):
    found = row(year_items(year).html, "Children on a child protection plan")
    assert found[0] == "Children on a child protection plan (children; at the end of the year)"
    assert found[2:4] == ["412", "517"]


def test_a_withheld_figure_is_its_symbol_and_its_change_is_not_given(year):
    found = row(year_items(year).html, "Children referred again")
    assert found[2:4] == ["[c]", "19.4%"]
    assert found[4] == "No figure in 2016-17 (withheld to protect children)."


def test_items_that_no_data_give_are_told_with_the_reason(year):
    html = year_items(year).html
    assert "<li>Private fostering: no indicator is made from the private fostering log" in html
    assert "Section 47 enquiries started; Section 47 enquiry rate; " in html


def test_early_help_has_no_table_where_no_indicator_gives_it(year):
    html = year_items(year, "early_help").html
    assert "<table" not in html
    told = re.search(r"<li>(Contacts with early help; .*?)</li>", html)
    assert told is not None
    assert told[1].endswith(": no indicator is made from the early help log yet.")


def test_each_figure_has_its_four_quarters_and_its_source(year):
    html = year_by_quarter(year).html
    assert row(html, "Referrals")[1:] == [
        *("931", "894", "908", "934"),
        "Referrals, submissions up to 2016-17 Q4",
    ]
    assert row(html, "Children on a child protection")[1:5] == ["457", "[x]", "[x]", "412"]
    assert row(html, "Looked-after children who went missing")[1:5] == ["[z]"] * 4


def test_rates_stand_beside_other_areas_and_counts_do_not(year):
    html = year_beside_others(year).html
    assert rows(html)[0] == ["Figure", "Period", "Mereford", "Neighbours", "Middle Shires"]
    assert row(html, "Referral rate")[1:] == ["2016-17", "440.7", "501.8", "485.3"]
    assert len(rows(html)) == 2


def test_the_headline_has_the_years_main_figures(year):
    html = year_headline(year).html
    assert "<h1>Annual report, Mereford, 2016-17</h1>" in html
    assert "Children on a child protection plan: 412 children at 31 March 2017, 105 fewer" in html


def test_the_page_links_to_the_data_pack_beside_it(year):
    assert f'<a href="{DATA_PACK}">' in data_pack(year).html


def test_an_area_with_official_statistics_alone_has_no_quarters_and_their_release(drawn):
    facts = processed(drawn, LEICESTER) / "provenance.json"
    assert json.loads(facts.read_text("utf-8"))["is_published_only"]
    html = year_by_quarter(open_briefing("annual_report", LEICESTER, QUARTER, workspace=drawn)).html
    assert "Official statistics are of whole years" in html
    assert row(html, "Rate of children on a child")[1] == "DfE, SFR 61/2017"


def test_it_is_of_a_whole_year_and_of_no_other_quarter(year):
    early = replace(year, quarter=year.quarter.next(-1))
    with pytest.raises(BriefingError, match="open it for 2016-17-Q4"):
        year_headline(early)
