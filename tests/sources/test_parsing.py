"""Cells: dates, answers, codes and numbers as partners write them."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from lscb_analysis.findings import row_numbers
from lscb_analysis.sources.codes import code_table
from lscb_analysis.sources.columns import column_letter, match_columns, normalise
from lscb_analysis.sources.parsing import (
    parse_codes,
    parse_dates,
    parse_whole_numbers,
    parse_yes_no,
)

PLACE = {"source": "annex_a", "file": "x.xlsx", "column": "Date (B)"}


def cells(*values: object) -> pd.Series:
    return pd.Series(list(values), index=range(2, 2 + len(values)), dtype=object)


@pytest.mark.parametrize(
    "cell",
    [
        "01/04/2017",
        "1-4-17",
        "1.4.2017",
        "2017-04-01",
        "2017-04-01T00:00:00",
        "01/04/2017 09:30",
        "1 Apr 2017",
        "01-April-2017",
        "1st April 2017",
        "20170401",
        "42826",
        42826.0,
        42826,
        datetime(2017, 4, 1, 9, 30),
        date(2017, 4, 1),
        pd.Timestamp("2017-04-01"),
    ],
)
def test_a_date_is_read_however_it_is_written(cell: object):
    dates, findings = parse_dates(cells(cell), **PLACE)
    assert dates.tolist() == [pd.Timestamp("2017-04-01")]
    assert findings.empty


@pytest.mark.parametrize("cell", [None, "", "-", "N/A", "NULL", float("nan"), pd.NaT])
def test_a_blank_date_is_missing_and_no_finding(cell: object):
    dates, findings = parse_dates(cells(cell), **PLACE)
    assert dates.isna().all()
    assert findings.empty


def test_an_unknown_day_or_month_is_the_last_that_it_can_be():
    dates, _ = parse_dates(cells("ZZ/02/2016", "ZZ/ZZ/2016"), **PLACE)
    assert [day.date() for day in dates] == [date(2016, 2, 29), date(2016, 12, 31)]


def test_a_two_digit_year_is_the_latest_that_is_not_too_late():
    dates, _ = parse_dates(cells("31/03/17", "01/04/17"), latest=date(2017, 3, 31), **PLACE)
    assert [day.year for day in dates] == [2017, 1917]


@pytest.mark.parametrize("cell", ["31/02/2017", "13/13/2017", "May be 8 Jan 2000", "soon", True, 0])
def test_a_date_that_cannot_be_is_missing_and_a_finding_with_its_row(cell: object):
    dates, findings = parse_dates(cells("01/04/2017", cell), **PLACE)
    assert dates.isna().tolist() == [False, True]
    assert findings["row"].tolist() == ["3"]
    assert findings["column"].tolist() == ["Date (B)"]


def test_a_date_out_of_range_is_missing_and_a_finding():
    dates, findings = parse_dates(
        cells("13/04/1066", "01/01/2018"), latest=date(2017, 3, 31), **PLACE
    )
    assert dates.isna().all()
    assert findings["found"].tolist() == ["a date out of range"] * 2
    assert findings["row"].tolist() == ["2", "3"]


def test_a_finding_says_what_is_wrong_with_a_date_and_never_shows_it():
    _, event = parse_dates(cells("31/02/2017"), **PLACE)
    _, text = parse_dates(cells("John's tenth birthday"), **PLACE)
    assert event["found"].tolist() == ["an impossible date"]
    assert text["found"].tolist() == ["a text that is not a date"]


def test_a_number_of_five_thousand_digits_is_out_of_range():
    numbers, findings = parse_whole_numbers(cells("9" * 5000), **PLACE)
    assert numbers.isna().all()
    assert findings["found"].tolist() == ["a number out of range"]


def test_a_yes_or_no_is_read_in_every_spelling():
    answers, findings = parse_yes_no(
        cells("a) Yes", "Y", 1, 1.0, "true", True, "b) No", "n", "0", False), **PLACE
    )
    assert answers.tolist() == [True] * 6 + [False] * 4
    assert findings.empty


def test_an_unknown_answer_is_missing_and_another_word_is_a_finding():
    answers, findings = parse_yes_no(cells("c) Unknown", None, "perhaps"), **PLACE)
    assert answers.isna().all()
    assert findings["row"].tolist() == ["4"]
    assert "perhaps" not in findings.to_string()


@pytest.mark.parametrize(
    ("table", "cell", "label"),
    [
        ("ethnicity", "a) WBRI", "White"),
        ("ethnicity", "wbri", "White"),
        ("ethnicity", "d) WOTH", "White"),
        ("ethnicity", "White British", "White"),
        ("legal_status", "C1: ICO", "Interim care order"),
        ("legal_status", "V3: Short term breaks, episodes recorded", "Short breaks"),
        ("category_of_need", "N5 - Family dysfunction", "Family dysfunction"),
        ("category_of_abuse", "e) Multiple/not recommended", "Multiple"),
        ("category_of_abuse", "EMO", "Emotional abuse"),
        ("referral_source", "q) 6: Police", "Police"),
        ("referral_source", 6.0, "Police"),
        ("placement_type", "f) U6: Foster placement - not FFA", "Foster placement"),
        ("activity", "F1: Full time in higher education", "Yes"),
        ("sex", "1", "Male"),
    ],
)
def test_a_code_is_met_alone_with_a_letter_before_it_or_a_label_after_it(
    table: str, cell: object, label: str
):
    labels, findings = parse_codes(cells(cell), code_table(table), **PLACE)
    assert labels.tolist() == [label]
    assert findings.empty


def test_an_unknown_code_is_a_finding_and_its_row_is_kept():
    labels, findings = parse_codes(cells("K9", "U1"), code_table("placement_type"), **PLACE)
    assert labels.tolist() == ["Not known", "Foster placement"]
    assert findings["found"].tolist() == ["the code K9"]


def test_free_text_in_a_column_of_codes_is_never_repeated():
    _, findings = parse_codes(cells("SMITH", "lives with aunt"), code_table("sex"), **PLACE)
    assert findings["found"].tolist() == ["a value that is no code we know"] * 2


def test_whole_numbers_are_read_and_others_are_findings():
    numbers, findings = parse_whole_numbers(
        cells("1,200", 3.0, 0, None, 2.5, "many", -1), highest=1500, **PLACE
    )
    assert numbers[:3].tolist() == [1200, 3, 0]
    assert numbers[3:].isna().all()
    assert sorted(findings["row"]) == ["6", "7", "8"]


def test_many_rows_are_shown_as_the_first_ten_and_how_many_more():
    assert row_numbers(range(2, 15)) == "2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and a few more"
    assert row_numbers(range(2, 22)).endswith("11 and 10 more")


def test_names_match_whatever_their_case_spaces_quotes_and_brackets():
    wanted = {"missing": ["Number of Episodes the Child has been 'Missing' (Y/N)"]}
    header = " Number of episodes the child has been ‘Missing’  (Y/N))"
    assert match_columns([header], wanted) == {"missing": header}
    assert normalise("Referral_NFA?") == normalise("ReferralNFA")


def test_columns_have_the_letters_that_excel_shows():
    assert [column_letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "ZZ", "AAA")
    ]
