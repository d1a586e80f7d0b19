from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from lscb_analysis.periods import Quarter
from lscb_analysis.printed import covered_text, fewer_note
from lscb_analysis.tables import html_table, number_text, scorecard
from tests.drawn import indicator
from tests.showing import COMPARATORS, MEREFORD, Q4, values

PLANS = indicator("plans", "stock")
STARTS = indicator("starts")
ON_TIME = indicator("on_time", "proportion", unit="% of visits due")
RATE = indicator("plans_rate", "rate", unit="rate per 10,000 children", of="plans")
BY = {item.id: item for item in (STARTS, PLANS, RATE, ON_TIME)}


def texts(drawing, of, **given):
    return list(number_text(values(drawing, **given), of))


@pytest.mark.parametrize(
    ("figure", "of", "text"),
    [
        ("1408", STARTS, "1,408"),
        ("0", STARTS, "0"),
        ("16.4", ON_TIME, "16.4%"),
        ("100", ON_TIME, "100.0%"),
        ("46.4", RATE, "46.4"),
        ("95-100", ON_TIME, "95% or more"),
        ("0-5", ON_TIME, "5% or less"),
        ("[c]", STARTS, "[c]"),
        ("[x]", STARTS, "[x]"),
        ("[z]", STARTS, "[z]"),
        ("[u]", ON_TIME, "[u]"),
    ],
)
def test_a_figure_is_printed_in_one_way(figure, of, text):
    drawn = values(f"indicator | period | figure\n{of.id} | 2016-17 | {figure}")
    assert list(number_text(drawn, of)) == [text]
    assert number_text(drawn.iloc[0], of) == text


def test_a_withheld_row_never_prints_its_number():
    row = values("indicator | period | figure\nstarts | 2016-17 | 3").iloc[0]
    row["status"] = "suppressed"
    assert number_text(row, STARTS) == "[c]"


def test_a_release_of_whole_numbers_stays_whole_and_one_with_decimals_keeps_them():
    drawing = """
        indicator  | period        | figure | release | source
        plans_rate | 31 March 2015 | 77     | old     | published
        plans_rate | 31 March 2016 | 81     | old     | published
        plans_rate | 31 March 2017 | 46     | new     | published
        plans_rate | 31 March 2018 | 46.4   | new     | published
        """
    assert texts(drawing, RATE) == ["77", "81", "46.0", "46.4"]


def test_our_own_rates_have_one_decimal():
    assert texts("indicator | period | figure\nplans_rate | 31 March 2017 | 46", RATE) == ["46.0"]


def test_a_mean_of_neighbours_has_one_decimal():
    drawing = """
        indicator | period  | figure | source
        wait      | 2015-16 | 26.4   | computed
        wait      | 2016-17 | 27     | computed
        """
    assert texts(drawing, indicator("wait", "duration", unit="days")) == ["26.4", "27.0"]


def soup(frame, **given):
    given = {"caption": "Plans by age", "row_header": "Age"} | given
    return BeautifulSoup(html_table(frame, **given), "html.parser")


AGES = pd.DataFrame({"Age": ["Under 1", "<5 & up"], "Plans": ["12", ""], "Note": ["", ""]})


def test_every_heading_has_a_scope_and_none_is_empty():
    page = soup(AGES, numeric=["Plans"])
    heads = page.find_all("th")
    assert [head["scope"] for head in heads] == ["col", "col", "row", "row"]
    assert all(head.get_text().strip() for head in heads)
    assert page.caption.get_text() == "Plans by age"
    assert not page.find_all(attrs={"colspan": True}) + page.find_all(attrs={"rowspan": True})


def test_a_column_with_nothing_in_it_is_left_out_and_a_blank_number_is_a_symbol():
    page = soup(AGES, numeric=["Plans"])
    assert [cell.get_text() for cell in page.find_all("td")] == ["12", "[x]"]
    assert all(cell["class"] == ["numeric"] for cell in page.find_all("td"))


def test_text_is_escaped():
    assert "<5 & up" in soup(AGES).get_text()
    assert "&lt;5 &amp; up" in html_table(AGES, caption="Plans <b>", row_header="Age")
    assert "<b>" not in html_table(AGES, caption="Plans <b>", row_header="Age")


def test_a_wide_table_can_be_scrolled_from_the_keyboard_and_has_a_name():
    page = soup(AGES, wide=True, note="[x] is not available.")
    region = page.find("div")
    assert (region["role"], region["tabindex"]) == ("region", "0")
    assert page.find(id=region["aria-labelledby"]).name == "caption"
    assert page.find(id=page.table["aria-describedby"]).get_text() == "[x] is not available."


def test_ids_come_from_the_caption():
    first, again = (html_table(AGES, caption="Plans", row_header="Age") for _ in range(2))
    assert first == again
    assert soup(AGES).table["id"] != soup(AGES, caption="Plans by age!").table["id"]


def test_a_table_cannot_be_had_without_a_caption_or_with_an_unknown_row_heading():
    with pytest.raises(ValueError, match="needs a caption"):
        html_table(AGES, caption=" ", row_header="Age")
    with pytest.raises(ValueError, match="'Sex' is not a column"):
        html_table(AGES, caption="Plans", row_header="Sex")


BOARD = """
    indicator  | area        | period                  | figure
    starts     | Mereford    | 2016-17 Q1              | 40
    starts     | Mereford    | 2016-17 Q2              | 51
    starts     | Mereford    | 2016-17 Q3              | [c]
    starts     | Mereford    | 2016-17 Q4              | 44
    starts     | Mereford    | 12 months to 2016-17 Q4 | 180
    starts     | Mereford    | 12 months to 2015-16 Q4 | 1204
    starts     | Exampleland | 2016-17                 | 50000
    plans      | Mereford    | 31 March 2016           | 518
    plans      | Mereford    | 30 September 2016       | 430
    plans      | Mereford    | 31 March 2017           | 397
    plans_rate | Mereford    | 31 March 2017           | 46.4
    plans_rate | Exampleland | 31 March 2016           | 43.0
    plans_rate | Exampleland | 31 March 2017           | 43.3
    plans_rate | Neighbours  | 31 March 2017           | 41.3
    plans_rate | Exampleland | 31 March 2018           | 45.3
    on_time    | Mereford    | 2016-17                 | 95-100
    """


def test_the_scorecard_says_which_period_each_figure_is_of():
    card = scorecard(values(BOARD), BY, MEREFORD, Q4, COMPARATORS)
    assert list(card.columns) == [
        "Indicator",
        "2016-17 Q1",
        "2016-17 Q2",
        "2016-17 Q3",
        "2016-17 Q4",
        "12 months to 2016-17 Q4",
        "12 months to 2015-16 Q4 (prior year)",
        "Neighbours",
        "Exampleland",
    ]
    rows = card.set_index("Indicator").apply(list, axis=1).to_dict()
    assert rows == {
        "Starts (children)": ["40", "51", "[c]", "44", "180", "1,204", "[z]", "[z]"],
        "Plans (children; at the end of the quarter)": [
            "[x]", "430", "[x]", "397", "[z]", "518 (31 March 2016)", "[z]", "[z]",
        ],
        "Plans rate (per 10,000 children; at the end of the quarter)": [
            "[x]", "[x]", "[x]", "46.4", "[z]", "[x]",
            "41.3 (31 March 2017)", "43.3 (31 March 2017)",
        ],
        "On time (% of visits due)": [
            "[z]", "[z]", "[z]", "[z]", "95% or more (2016-17)", "[z]", "[x]", "[x]",
        ],
    }  # fmt: skip


def test_rows_and_columns_without_a_figure_vanish():
    drawn = values(
        "indicator | period | figure\nstarts | 2016-17 Q4 | 44\nplans | 2016-17 Q4 | [x]"
    )
    card = scorecard(drawn, BY, MEREFORD, Q4, COMPARATORS)
    assert card.to_dict("list") == {"Indicator": ["Starts (children)"], "2016-17 Q4": ["44"]}


def test_a_theme_with_nothing_at_all_has_an_empty_scorecard():
    assert scorecard(values(BOARD), {"none": indicator("none")}, MEREFORD, Q4, []).empty


def test_an_area_with_published_figures_has_reporting_years():
    drawn = values(
        """
        indicator  | area        | period        | figure
        starts     | Mereford    | 2012-13       | 300
        starts     | Mereford    | 2013-14       | 384
        starts     | Mereford    | 2016-17       | 458
        starts     | Mereford    | 2017-18       | 500
        plans_rate | Mereford    | 31 March 2017 | 46.4
        plans_rate | Exampleland | 31 March 2016 | 43.0
        on_time    | Mereford    | 2016          | 80.1
        on_time    | Exampleland | 2015          | 75.5
        """,
        source="published",
    )
    card = scorecard(drawn, BY, MEREFORD, Q4, COMPARATORS, is_published_only=True)
    assert card.to_dict("list") == {
        "Indicator": [
            "Starts (children)",
            "Plans rate (per 10,000 children; at 31 March)",
            "On time (% of visits due; calendar year that ends in the reporting year)",
        ],
        "2013-14": ["384", "[x]", "[x]"],
        "2016-17": ["458", "46.4", "80.1%"],
    }


def test_a_published_figure_that_ends_early_has_its_comparators_of_the_same_year():
    drawn = values(
        """
        indicator  | area        | period        | figure
        plans_rate | Mereford    | 31 March 2017 | 46.4
        on_time    | Mereford    | 2014          | 75.0
        on_time    | Exampleland | 2014          | 74.5
        on_time    | Exampleland | 2015          | 75.5
        """,
        source="published",
    )
    card = scorecard(drawn, BY, MEREFORD, Q4, COMPARATORS, is_published_only=True)
    assert list(card["Exampleland"]) == ["[x]", "74.5% (2014)"]


def test_a_mean_of_fewer_than_all_neighbours_says_of_how_many():
    drawn = values(
        """
        indicator  | area       | period        | figure | reason              | source
        plans_rate | Mereford   | 31 March 2017 | 46.4   |                     | published
        plans_rate | Neighbours | 31 March 2017 | 41.3   | 6 of 10 neighbours  | computed
        on_time    | Mereford   | 2016          | 80.1   |                     | published
        on_time    | Neighbours | 2016          | 75.5   | 10 of 10 neighbours | computed
        """
    )
    card = scorecard(drawn, BY, MEREFORD, Q4, COMPARATORS, is_published_only=True)
    assert list(card["Neighbours"]) == ["41.3 (31 March 2017; 6 of 10)", "75.5% (2016)"]
    assert "of how many" in fewer_note(card)
    assert not fewer_note(card.tail(1))
    assert list(covered_text(drawn.iloc[:2], RATE)) == ["46.4", "41.3 (6 of 10)"]


def test_deaths_are_shown_for_years_taken_together_that_do_not_overlap():
    deaths = indicator("deaths", geography="panel")
    drawn = values(
        """
        indicator | period                  | figure
        deaths    | 2016-17 Q4              | [c]
        deaths    | 12 months to 2016-17 Q4 | [c]
        deaths    | 2010-11 to 2012-13      | 60
        deaths    | 2011-12 to 2013-14      | 61
        deaths    | 2013-14 to 2015-16      | 62
        deaths    | 2014-15 to 2016-17      | 63
        """,
        area="The panel's area",
    )
    card = scorecard(drawn, {"deaths": deaths}, MEREFORD, Q4, [], panel_code="X90000001")
    assert card.to_dict("records") == [
        {
            "Indicator": "Deaths (children; The panel's area)",
            "2016-17 Q4": "[c]",
            "12 months to 2016-17 Q4": "[c]",
            "2014-15 to 2016-17": "63",
            "2011-12 to 2013-14": "61",
        }
    ]


def test_a_yearly_return_stands_under_the_twelve_months_with_its_own_year():
    drawn = values(
        """
        indicator | period     | figure
        starts    | 2013-14    | 70
        starts    | 2014-15    | 80
        starts    | 2015-16    | 87
        plans     | 2016-17 Q2 | 12
        """
    )
    card = scorecard(drawn, BY, MEREFORD, Quarter(2016, 2), [])
    assert card.to_dict("records")[0] == {
        "Indicator": "Starts (children)",
        "2016-17 Q2": "[z]",
        "12 months to 2016-17 Q2": "87 (2015-16)",
        "12 months to 2015-16 Q2 (prior year)": "80 (2014-15)",
    }
