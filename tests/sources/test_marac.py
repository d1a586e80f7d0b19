from __future__ import annotations

import pytest

from lscb_analysis.sources import marac
from tests.sources.extracts import CONTEXT, extract, shown, told

HEADER = "Marac | Meeting Date | Cases | Repeat Cases | Children | Referrals from Police\n"


def test_a_meeting_gives_its_four_totals():
    return_ = extract(HEADER + "City | 12/01/2017 | 24 | 8 | 31 | 15")
    records, findings = marac.read([return_], CONTEXT)
    columns = ("meeting_date", "marac", "cases", "repeat_cases", "children", "police_referrals")
    assert shown(records["marac_meetings"], *columns) == [("2017-01-12", "City", 24, 8, 31, 15)]
    assert told(findings) == []


@pytest.mark.parametrize(
    ("meeting", "column", "found"),
    [
        ("City | 12/01/2017 | -3 | 0 | 4 | 0", "cases", "a number out of range"),
        ("City | 12/01/2017 | 24 | 25 | 31 | 15", "repeat_cases", "more than the meeting's cases"),
        (
            "City | 12/01/2017 | 24 | 2 | 31 | 99",
            "police_referrals",
            "more than the meeting's cases",
        ),
        ("City | 12/01/2017 | many | 2 | 31 | 9", "cases", "a value that is not a number"),
    ],
)
def test_a_total_that_cannot_be_right_is_a_finding_and_is_not_known(meeting, column, found):
    records, findings = marac.read([extract(HEADER + meeting)], CONTEXT)
    assert records["marac_meetings"][column].isna().all()
    assert ("2", found) in told(findings)


def test_a_blank_total_is_not_zero():
    records, findings = marac.read(
        [extract(HEADER + "City | 12/01/2017 | 24 | - | 31 | 5")], CONTEXT
    )
    assert records["marac_meetings"]["repeat_cases"].isna().all()
    assert told(findings) == [("2", "a blank cell")]


def test_a_meeting_sent_twice_counts_once():
    rows = "City | 12/01/2017 | 24 | 8 | 31 | 15\nCity | 12/01/2017 | 26 | 8 | 31 | 15"
    records, findings = marac.read([extract(HEADER + rows)], CONTEXT)
    assert records["marac_meetings"]["cases"].tolist() == [24]
    assert [row for row, _ in told(findings)] == ["3"]


def test_two_maracs_may_meet_on_one_day():
    rows = "City | 12/01/2017 | 24 | 8 | 31 | 15\nCounty | 12/01/2017 | 20 | 8 | 31 | 15"
    records, findings = marac.read([extract(HEADER + rows)], CONTEXT)
    assert len(records["marac_meetings"]) == 2
    assert told(findings) == []


def test_what_cases_are_counted_by_is_a_table_of_its_own():
    header = HEADER.strip() + " | Male Victims | Victims Aged 16-17 | IDVA Referrals\n"
    rows = "City | 12/01/2017 | 24 | 8 | 31 | 15 | 3 | - | 25"
    records, findings = marac.read([extract(header + rows)], CONTEXT)
    assert shown(records["marac_characteristics"], "marac", "characteristic", "cases") == [
        ("City", "Male victims", 3)
    ]
    assert "Male victims" not in records["marac_meetings"]
    assert told(findings) == []


def test_without_a_column_for_them_there_are_no_characteristics():
    records, _ = marac.read([extract(HEADER + "City | 12/01/2017 | 24 | 8 | 31 | 15")], CONTEXT)
    assert set(records) == {"marac_meetings"}
