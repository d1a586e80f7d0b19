from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lscb_analysis.periods import Quarter
from lscb_analysis.sources import partner_return
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.return_cover import quarter_on_cover
from lscb_analysis.sources.text_cells import looks_personal
from tests.examples import examples
from tests.sources.extracts import CONTEXT, extract, shown, told
from tests.sources.test_annex_a_any_cells import CELLS

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


def test_what_children_said_may_be_about_an_indicator_or_about_none():
    said = "Voice of the child | They want to be told sooner. | Participation lead | Director\n"
    lines = COMMENTARY + f"re_referrals | {said}- | {said.replace('sooner', 'more')}"
    texts, findings = partner_return.read_texts(workbook(commentary=lines), CONTEXT)
    voices = texts[texts["kind"] == "voice of the child"]
    assert voices["indicator"].tolist() == ["re_referrals", ""]
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


FIGURE_HEADER = "Indicator | Period Start | Period End | Value | Numerator | Denominator"
SHARE = "conferences_attended | - | - | - | 41 | 50"
COUNT = "missing_children_reports | - | - | 7 | - | -"


def of_figures(*lines: str, cover: str = COVER):
    """The partner's own figures and the findings of a return with these lines of figures."""
    tables = workbook(cover=cover, figures="\n".join([FIGURE_HEADER, *lines]))
    records, findings = partner_return.read(tables, CONTEXT)
    columns = ("indicator", "period_start", "period_end", "numerator", "denominator", "value")
    figures = records.get("partner_figures")
    return ([] if figures is None else shown(figures, *columns)), findings


def test_a_figure_that_only_the_agency_has_is_read_for_the_quarter_on_the_cover():
    figures, findings = of_figures(SHARE, COUNT, cover=COVER.replace("Q4", "Q3"))
    assert figures == [
        ("conferences_attended", "2016-10-01", "2016-12-31", 41, 50, 82.0),
        ("missing_children_reports", "2016-10-01", "2016-12-31", 7, None, 7.0),
    ]
    assert told(findings) == []


def test_a_stock_is_of_one_day_and_a_share_of_nothing_has_no_value():
    figures, findings = of_figures(
        "private_fostering_arrangements | 01/01/2017 | - | 7 | - | -",
        SHARE.replace("41 | 50", "0 | 0"),
    )
    assert figures == [
        ("private_fostering_arrangements", "2017-03-31", "2017-03-31", 7, None, 7.0),
        ("conferences_attended", "2017-01-01", "2017-03-31", 0, 0, None),
    ]
    assert told(findings) == []


def test_a_figure_may_be_given_by_its_title():
    figures, _ = of_figures(
        COUNT.replace("missing_children_reports", "Reports of children missing")
    )
    assert [row[0] for row in figures] == ["missing_children_reports"]


NEAREST = "not an indicator of the catalogue: the nearest is conferences_attended"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (SHARE.replace("conferences", "conference"), NEAREST),
        (SHARE.replace("41 | 50", "- | -"), "a figure that was asked for and is not given"),
        (SHARE.replace("41 | 50", "51 | 50"), "a numerator larger than its denominator"),
        (SHARE.replace("41 | 50", "41 | -"), "one part of a proportion without the other"),
        (SHARE.replace("- | 41 | 50", "104 | - | -"), "a percentage over 100"),
        (
            SHARE.replace("- | 41 | 50", "0.82 | - | -"),
            "a percentage under 1 without its parts: it may be a share of 1",
        ),
        (COUNT.replace("7", "7.5"), "a number that is not whole"),
        (COUNT.replace("7 | -", "7 | 8"), "two different numbers for one count"),
        (COUNT.replace("7", "seven"), "a value that is not a number"),
        (COUNT.replace("7", "-7"), "a number out of range"),
        (COUNT.replace("- | 7", "31/12/2017 | 7"), "a date out of range"),
        (COUNT.replace("- | - | 7", "31/03/2017 | 01/03/2017 | 7"),
         "a period that starts after it ends"),
    ],
)  # fmt: skip
def test_a_figure_that_cannot_be_right_is_left_out_and_a_finding(line, found):
    other = "gp_advice_calls | - | - | 3 | - | -"
    figures, findings = of_figures(other, line)
    assert [row[0] for row in figures] == ["gp_advice_calls"]
    assert ("3", found) in told(findings)


def test_a_percentage_that_its_parts_do_not_give_is_a_finding_and_the_parts_count():
    figures, findings = of_figures(SHARE.replace("- | 41", "41.9 | 41"))
    assert [row[-1] for row in figures] == [82.0]
    assert told(findings) == [("2", "a percentage that its numerator and denominator do not give")]


def test_a_figure_given_twice_counts_once():
    figures, findings = of_figures(COUNT, COUNT.replace("7", "8"))
    assert [row[-1] for row in figures] == [7.0]
    assert [row for row, _ in told(findings)] == ["3"]


def test_a_figure_of_another_agency_and_an_agency_not_in_the_list_are_used_with_a_note():
    figures, findings = of_figures("gp_advice_calls | - | - | 3 | - | -")
    assert len(figures) == 1
    assert findings["found"].tolist() == ["a figure that this agency is not asked for"]
    figures, findings = of_figures(COUNT, cover=COVER.replace("Police", "Pollice"))
    assert len(figures) == 1
    assert findings["found"].tolist() == [
        "an agency that the year's list does not have: the nearest is Police"
    ]


ANSWERS = """
Question           | Answer                        | Author  | Approver
voice_of_the_child | Young people asked for later hours. | Analyst | Director
"""


def of_answers(drawing: str):
    tables = [extract(COVER, "r.xlsx", "Cover"), extract(drawing, "r.xlsx", "Answers")]
    return partner_return.read_texts(tables, CONTEXT)


def test_an_answer_stands_under_the_wording_of_its_question():
    texts, findings = of_answers(ANSWERS)
    assert shown(texts, "kind", "heading", "text", "agency") == [
        (
            "assurance answer",
            "What did children and young people tell you this half-year, and what did you change?",
            "Young people asked for later hours.",
            "Police",
        )
    ]
    assert told(findings) == []


@pytest.mark.parametrize(
    ("instead", "found"),
    [
        (("voice_of_the_child", "voice_of_child"),
         "not a question of this year: the nearest is voice_of_the_child"),
        (("voice_of_the_child", "what else"), "not a question of this year"),
        (("voice_of_the_child", "-"), "an answer to no question"),
        (("Young people asked for later hours.", "The family at LE1 1AA moved."),
         "a text that seems to hold an identifier, a postcode or a date in figures"),
        (("Young people asked for later hours.", "-"),
         "a question of this quarter without an answer"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_placed_or_shown_is_left_out_and_a_finding(instead, found):
    texts, findings = of_answers(ANSWERS.replace(*instead))
    assert len(texts) == 0
    assert told(findings) == [("2", found)]
    assert "LE1" not in findings.to_csv()


@pytest.mark.parametrize("part", ["Late notices", "A new desk", "Fewer were late", "Analyst"])
def test_nothing_personal_is_shown_from_any_part_of_a_highlight(part):
    drawing = """
    Issue        | Resolution | Evidence        | Author  | Approver
    Late notices | A new desk | Fewer were late | Analyst | Director
    """
    tables = [extract(COVER, "r.xlsx", "Cover"), extract(drawing, "r.xlsx", "Highlights")]
    assert len(partner_return.read_texts(tables, CONTEXT)[0]) == 1
    told_of = drawing.replace(part, "ask petra@example.org")
    tables = [tables[0], extract(told_of, "r.xlsx", "Highlights")]
    texts, findings = partner_return.read_texts(tables, CONTEXT)
    assert len(texts) == 0
    assert "petra" not in findings.to_csv()
    assert [row for row, _ in told(findings)] == ["2"]


PLAUSIBLE = st.sampled_from(
    ["da_triage_outcome", "conferences_attended", "missing_children_reports", "voice_of_the_child",
     "Police", "2016-17 Q4", "20/04/2017", "commentary", "NFA"]
)  # fmt: skip
CELL = st.one_of(PLAUSIBLE, st.integers(0, 60), CELLS)
_WIDEST = max(len(layout.columns) for layout in partner_return.LAYOUTS)


@settings(max_examples=examples(20), deadline=None, derandomize=True)
@given(st.lists(st.lists(CELL, min_size=_WIDEST, max_size=_WIDEST), min_size=1, max_size=3))
def test_any_cells_are_read_or_found(rows):
    tables = []
    for layout in partner_return.LAYOUTS:
        headers = [wordings[0] for wordings in layout.columns.values()]
        cells = [row[: len(headers)] for row in rows]
        frame = pd.DataFrame(cells, columns=headers, index=range(2, 2 + len(rows)), dtype=object)
        tables.append(RawTable("any.xlsx", layout.title, 1, frame))
    records, findings = partner_return.read(tables, CONTEXT)
    texts, of_texts = partner_return.read_texts(tables, CONTEXT)
    assert all(len(frame) <= len(rows) + 1 for frame in records.values())
    assert len(texts) <= len(rows) * 4
    assert set(pd.concat([findings, of_texts])["severity"]) <= {"warning", "note"}
    assert len(partner_return.read_returns(tables, CONTEXT)) <= 1
