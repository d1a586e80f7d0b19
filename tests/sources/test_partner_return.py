from __future__ import annotations

import pytest

from lscb_analysis.periods import Quarter
from lscb_analysis.sources import partner_return
from lscb_analysis.sources.return_cover import quarter_on_cover
from lscb_analysis.sources.text_cells import looks_personal
from tests.sources.extracts import CONTEXT, extract, shown, told

COVER = "Agency | Quarter | Date Sent\nPolice | 2016-17 Q4 | 20/04/2017"
FIGURES = """
Indicator         | Period End | Breakdown              | Value
da_triage_outcome | 31/03/2017 | Social care assessment | 120
da_triage_outcome | 31/03/2017 | NFA                    | 300
"""
COMMENTARY = """
Indicator    | Kind             | Text                                     | Author  | Approver
da_incidents | Commentary       | We saw {da_incidents:2016-17 Q4} <b>.</b> | Analyst | Director
marac_cases  | assurance answer | =SUM(A1:A9) is text                      | Analyst | -
"""


def workbook(cover: str = COVER, figures: str = FIGURES, commentary: str = COMMENTARY):
    file = "partner_return_police.xlsx"
    sheets = {"Return": cover, "Figures": figures, "Commentary": commentary}
    return [extract(drawing, file, sheet) for sheet, drawing in sheets.items()]


def test_the_triage_hub_gives_how_many_notifications_had_each_outcome():
    records, findings = partner_return.read(workbook(), CONTEXT)
    assert shown(records["da_triage"], "period_end", "outcome", "notifications") == [
        ("2017-03-31", "Social care assessment", 120),
        ("2017-03-31", "No further action", 300),
    ]
    assert told(findings) == []


def test_outcomes_that_are_not_known_are_added_up():
    unknown = (
        FIGURES
        + "da_triage_outcome | 31/03/2017 | - | 5\nda_triage_outcome | 31/03/2017 | elsewhere | 6\n"
    )
    records, findings = partner_return.read(workbook(figures=unknown), CONTEXT)
    triage = records["da_triage"].set_index("outcome")["notifications"]
    assert triage["Not known"] == 11
    assert told(findings) == [("5", "a value that is no code we know")]


def test_an_outcome_given_twice_counts_once():
    twice = FIGURES + "da_triage_outcome | 31/03/2017 | No further action | 1\n"
    records, findings = partner_return.read(workbook(figures=twice), CONTEXT)
    assert records["da_triage"]["notifications"].tolist() == [120, 300]
    assert [row for row, _ in told(findings)] == ["4"]


def test_figures_that_we_count_ourselves_are_not_read_and_a_note_says_so():
    other = "Indicator | Period End | Breakdown | Value\nda_incidents | 31/03/2017 | Total | 9"
    records, findings = partner_return.read(workbook(figures=other), CONTEXT)
    assert records == {}
    assert findings["found"].tolist() == ["a figure that is not read from a return: da_incidents"]


def test_a_text_keeps_its_references_and_is_never_markup_or_a_formula():
    texts, findings = partner_return.read_texts(workbook(), CONTEXT)
    assert texts["text"].tolist() == [
        "We saw {da_incidents:2016-17 Q4} <b>.</b>",
        "=SUM(A1:A9) is text",
    ]
    assert told(findings) == []


def test_a_text_says_whose_it_is_for_which_quarter_and_who_approved_it():
    texts, _ = partner_return.read_texts(workbook(), CONTEXT)
    columns = ("indicator", "period", "kind", "author", "approver", "agency")
    assert shown(texts, *columns) == [
        ("da_incidents", "2016-17 Q4", "commentary", "Analyst", "Director", "Police"),
        ("marac_cases", "2016-17 Q4", "assurance answer", "Analyst", "", "Police"),
    ]
    assert set(texts["submission"]) == {"2016-17-Q4"}


@pytest.mark.parametrize(
    ("sent", "instead", "found"),
    [
        ("assurance answer", "gossip", "a value that is no code we know"),
        (
            "marac_cases ",
            "marac_case",
            "not an indicator of the catalogue: the nearest is marac_cases",
        ),
        ("marac_cases ", "the weather", "not an indicator of the catalogue"),
        ("marac_cases ", "-", "a text about no indicator"),
        ("=SUM(A1:A9) is text", "-", "a blank cell"),
    ],
)
def test_a_text_that_cannot_be_placed_is_left_out_and_a_finding(sent, instead, found):
    sheets = workbook(commentary=COMMENTARY.replace(sent, instead))
    texts, findings = partner_return.read_texts(sheets, CONTEXT)
    assert texts["indicator"].tolist() == ["da_incidents"]
    assert ("3", found) in told(findings)


def test_a_highlight_needs_no_indicator():
    highlight = COMMENTARY.replace("marac_cases ", "- ").replace("assurance answer", "Highlight")
    texts, findings = partner_return.read_texts(workbook(commentary=highlight), CONTEXT)
    assert shown(texts, "indicator", "kind")[1] == ("", "highlight")
    assert told(findings) == []


def test_a_long_text_is_cut_with_a_finding():
    long = COMMENTARY.replace("=SUM(A1:A9) is text", "word " * 500)
    texts, findings = partner_return.read_texts(workbook(commentary=long), CONTEXT)
    assert len(texts["text"].iloc[1]) == 1999
    assert told(findings) == [("3", "a text that is too long: its end is cut off")]


@pytest.mark.parametrize(
    "text",
    [
        "The child MF104233 was seen.",
        "NHS number 943 476 5919.",
        "The family at LE1 1AA moved.",
        "Born 03/05/2009.",
        "born 2009-05-03",
        "Ask petra@example.org.",
    ],
)
def test_a_text_that_seems_to_point_to_a_child_is_left_out_and_not_repeated(text):
    sheets = workbook(commentary=COMMENTARY.replace("=SUM(A1:A9) is text", text))
    texts, findings = partner_return.read_texts(sheets, CONTEXT)
    assert len(texts) == 1
    assert len(told(findings)) == 1
    assert text not in findings.to_csv() + texts.to_csv()


@pytest.mark.parametrize(
    "text",
    [
        "Rose to {da_incidents:2016-17 Q4} in Q4 2nd plans, 12,345 in all (E06000016).",
        "Between 1 April 2016 and 31 March 2017, 45 working days, about 12000 calls.",
        "See Working Together 2015, section 47.",
    ],
)
def test_ordinary_commentary_does_not_seem_to_point_to_a_child(text):
    assert not looks_personal(text)


@pytest.mark.parametrize(
    "text", ["2016-17 Q4", "2016-17-Q4", "Q4 2016/17", " q4, 2016 - 17 ", "2016/17 Quarter Q4"]
)
def test_a_quarter_on_a_cover_is_read_in_the_usual_ways(text):
    assert quarter_on_cover(text) == Quarter(2016, 4)


@pytest.mark.parametrize("text", ["", "2016-17", "Q4", "2016-18 Q4", "last quarter"])
def test_what_is_no_quarter_is_none(text):
    assert quarter_on_cover(text) is None


def test_a_return_for_an_earlier_quarter_is_late_and_keeps_its_own_period():
    sheets = workbook(cover=COVER.replace("Q4", "Q3"))
    returns = partner_return.read_returns(sheets, CONTEXT)
    columns = ("quarter", "agency", "source", "received", "is_late", "has_commentary")
    assert shown(returns, *columns) == [
        ("2016-17 Q3", "Police", "partner_return", "2017-04-20", True, True)
    ]
    assert set(partner_return.read_texts(sheets, CONTEXT)[0]["period"]) == {"2016-17 Q3"}


@pytest.mark.parametrize(
    ("quarter", "found"),
    [
        ("spring", "no quarter that can be read"),
        ("2017-18 Q1", "a quarter later than that of the folder"),
    ],
)
def test_a_quarter_that_cannot_be_is_taken_to_be_the_folders(quarter, found):
    sheets = workbook(cover=COVER.replace("2016-17 Q4", quarter))
    texts, findings = partner_return.read_texts(sheets, CONTEXT)
    assert set(texts["period"]) == {"2016-17 Q4"}
    assert told(findings) == [("2", found)]


def test_commentary_without_a_cover_is_from_an_agency_not_known():
    texts, findings = partner_return.read_texts(workbook()[1:], CONTEXT)
    assert set(texts["agency"]) == {"Not known"}
    assert told(findings) == [("", "commentary without a cover")]


def test_a_return_without_commentary_is_told_as_such():
    header = COMMENTARY.strip().splitlines()[0]
    returns = partner_return.read_returns(workbook(commentary=header), CONTEXT)
    assert returns["has_commentary"].tolist() == [False]


def test_no_return_gives_no_texts_and_no_returns():
    texts, findings = partner_return.read_texts([], CONTEXT)
    assert list(texts.columns) == partner_return.TEXTS_COLUMNS
    assert len(texts) == len(findings) == len(partner_return.read_returns([], CONTEXT)) == 0
