from __future__ import annotations

from datetime import date

import pytest

from lscb_analysis.catalogue.returns import find_agency, return_years, returns_in
from lscb_analysis.catalogue.toml_file import CatalogueError
from lscb_analysis.sources import partner_return
from lscb_analysis.sources.submission import unrecognised
from lscb_analysis.templates import return_form
from tests.sources.extracts import CONTEXT, shown, told
from tests.templates.filling import filled_in, sent

COVER = {"Agency": "Police", "Quarter": "2016-17 Q4", "Date Sent": date(2017, 4, 20)}
BY = {"Author": "Analyst", "Approver": "Director"}
FIGURES = [
    {"Indicator": "conferences_attended", "Numerator": 41, "Denominator": 50},
    {"Indicator": "conference_reports_sent", "Value": "not available"},
    {"Indicator": "staff_trained", "Value": 82.4, "Numerator": 412, "Denominator": 500},
    {"Indicator": "police_protection_used", "Value": 0},
    {
        "Indicator": "missing_children_reports",
        "Period Start": date(2016, 10, 1),
        "Period End": date(2016, 12, 31),
        "Value": 120,
    },
    *(
        {"Indicator": "da_triage_outcome", "Breakdown": outcome, "Value": number}
        for outcome, number in (
            ("Social care assessment", 120),
            ("Early help", 80),
            ("Information shared only", 60),
            ("No further action", 300),
            ("Not known", 0),
        )
    ),
]
ANSWERS = [
    {"Question": item.id, "Answer": f"An answer about {item.id}.", **BY}
    for item in returns_in(2016).questions_of("police", 4)
]
FILLED = {
    "Cover": [COVER],
    "Figures": FIGURES,
    "Commentary": [
        {"Indicator": "da_incidents", "Kind": "commentary", "Text": "More were recorded.", **BY}
    ],
    "Answers": ANSWERS,
    "Highlights": [
        {"Issue": "Late notices", "Resolution": "A new desk.", "Evidence": "Fewer late.", **BY}
    ],
    "Audit findings": [
        {
            "Audit": "Neglect",
            "Indicator": "cp_plan_starts",
            "Finding": "Good chronologies.",
            "Action": "Share them by June.",
            **BY,
        }
    ],
}


EVERY = [(agency, year) for year in return_years() for agency in returns_in(year).agencies]


@pytest.mark.parametrize(("agency", "year"), EVERY)
def test_a_form_that_nobody_filled_in_counts_as_not_sent_and_a_note_says_so(agency, year, tmp_path):
    tables = sent(return_form(agency, year), tmp_path)
    records, findings = partner_return.read(tables, CONTEXT)
    texts, of_texts = partner_return.read_texts(tables, CONTEXT)
    assert records == {}
    assert len(findings) == len(texts) == len(partner_return.read_returns(tables, CONTEXT)) == 0
    assert of_texts[["severity", "sheet"]].values.tolist() == [["note", "Cover"]]
    assert len(unrecognised(tables)) == 0


def test_the_figures_of_a_form_come_back_as_they_were_given(tmp_path):
    tables = sent(filled_in(return_form("police", 2016), FILLED), tmp_path)
    records, findings = partner_return.read(tables, CONTEXT)
    assert told(findings) == []
    figures = records["partner_figures"].sort_values("indicator")
    columns = ("agency", "indicator", "period_start", "period_end")
    columns += ("numerator", "denominator", "value")
    assert shown(figures, *columns) == [
        ("Police", "conferences_attended", "2017-01-01", "2017-03-31", 41, 50, 82.0),
        ("Police", "missing_children_reports", "2016-10-01", "2016-12-31", 120, None, 120.0),
        ("Police", "police_protection_used", "2017-01-01", "2017-03-31", 0, None, 0.0),
        ("Police", "staff_trained", "2017-01-01", "2017-03-31", 412, 500, 82.4),
    ]
    triage = shown(records["da_triage"], "period_end", "outcome", "notifications")
    assert triage[0] == ("2017-03-31", "Social care assessment", 120)
    assert len(triage) == 5
    assert findings["found"].tolist() == ["a figure that the agency does not have or does not give"]


def test_the_words_of_a_form_come_back_as_they_were_given(tmp_path):
    tables = sent(filled_in(return_form("police", 2016), FILLED), tmp_path)
    texts, findings = partner_return.read_texts(tables, CONTEXT)
    assert told(findings) == []
    by_kind = texts.set_index("kind")
    assert by_kind.loc["highlight", ["heading", "text"]].tolist() == [
        "Late notices",
        "A new desk.\nEvidence: Fewer late.",
    ]
    assert by_kind.loc["audit finding", ["heading", "indicator", "text"]].tolist() == [
        "Neglect",
        "cp_plan_starts",
        "Good chronologies.\nAction: Share them by June.",
    ]
    assert by_kind.loc["commentary", "text"] == "More were recorded."
    answers = texts[texts["kind"].eq("assurance answer")]
    asked = returns_in(2016).questions_of("police", 4)
    assert answers["heading"].tolist() == [item.text for item in asked]
    assert set(texts["agency"]) == {"Police"}
    assert set(texts["period"]) == {"2016-17 Q4"}
    returns = partner_return.read_returns(tables, CONTEXT)
    assert returns["has_commentary"].tolist() == [True]


def test_a_question_of_the_quarter_without_an_answer_is_a_finding(tmp_path):
    form = filled_in(return_form("police", 2016), FILLED | {"Answers": ANSWERS[1:]})
    _, findings = partner_return.read_texts(sent(form, tmp_path), CONTEXT)
    rows = {item.id: row for row, item in enumerate(returns_in(2016).questions_of("police"), 2)}
    assert told(findings) == [
        (str(rows[ANSWERS[0]["Question"]]), "a question of this quarter without an answer")
    ]


def test_a_figure_left_blank_is_a_finding_and_not_a_zero(tmp_path):
    form = filled_in(return_form("police", 2016), FILLED | {"Figures": FIGURES[1:]})
    records, findings = partner_return.read(sent(form, tmp_path), CONTEXT)
    assert "conferences_attended" not in set(records["partner_figures"]["indicator"])
    assert told(findings) == [("2", "a figure that was asked for and is not given")]


def test_every_figure_of_a_form_has_its_own_words_and_stands_once(tmp_path):
    (figures,) = [sheet for sheet in return_form("police", 2016).sheets if sheet.name == "Figures"]
    rows = [row[:7] for row in figures.rows]
    assert len(set(rows)) == len(rows) == 10
    assert all(row[1] and row[2] and row[3] for row in rows)


def test_an_agency_that_is_not_in_the_list_is_refused_with_the_nearest():
    with pytest.raises(CatalogueError, match="did you mean police"):
        find_agency(returns_in(2016), "polise")
