"""The parts of a page, over small drawn values: what each shows, and what it says of nothing."""

from __future__ import annotations

import html as entities
import re
from dataclasses import replace

import pytest

from lscb_analysis.briefing import (
    data_quality,
    definitions,
    headline,
    how_do_we_compare,
    how_has_it_changed,
    open_briefing,
    pathway,
    provenance,
    scorecard,
    standing_out,
    who,
)
from lscb_analysis.briefing.part import Part, bullets, paragraph, safe
from lscb_analysis.briefing.texts import texts_about
from tests.briefing.drawn_workspace import LEICESTER, MEREFORD, QUARTER


def cells(part: Part, heading: str) -> list[str]:
    row = re.search(rf'<tr><th scope="row">{re.escape(heading)}.*?</tr>', part.html, re.DOTALL)
    assert row is not None, f"no row {heading}"
    return [entities.unescape(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row[0])]


def test_what_html_would_take_for_markup_is_escaped():
    assert safe("""<b>"A" & 'B'</b>""") == "&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;"
    assert paragraph("<i>") == "<p>&lt;i&gt;</p>\n"
    assert bullets(["<i>"]) == "<ul><li>&lt;i&gt;</li></ul>\n"


def test_no_text_makes_no_element():
    assert paragraph("  ") == ""
    assert bullets([]) == ""


def test_jupyter_shows_a_part_as_its_html():
    assert Part("<p>Hello</p>")._repr_html_() == "<p>Hello</p>"


def test_a_page_opens_with_title_question_and_answer(mereford):
    html = headline(mereford).html
    assert html.startswith("<h1>Child protection, Mereford, 2016-17 Q4</h1>")
    assert "412 children at 31 March 2017, 18 fewer" in html
    assert "1 of the" not in html
    assert "The one indicator with limits is outside its usual range" in html


def test_what_stands_out_has_its_sentence_its_words_and_a_question(mereford):
    html = standing_out(mereford).html
    assert html.count('<section class="exception">') == 1
    assert "<h3>Child protection plans started</h3>" in html
    assert "180 plans in 2016-17 Q4" in html or "180 children in 2016-17 Q4" in html
    assert "Every start was looked at by two managers." in html
    assert "Head of service, Social care; approved by Director" in html
    assert html.count("Question for the group.") == 1


def test_a_quiet_quarter_says_that_nothing_stands_out(mereford):
    starts = mereford.values["indicator"] == "cp_plan_starts"
    quiet = mereford.values.assign(value=mereford.values["value"].where(~starts, 100.0))
    html = standing_out(replace(mereford, values=quiet)).html
    assert html == '<p class="quiet">No figure is outside its usual range.</p>\n'


def test_a_theme_that_cannot_be_judged_does_not_claim_to_be_quiet(leicester):
    html = standing_out(leicester).html
    assert "outside its usual range" not in html
    assert "No figure has enough points yet" in html


def test_the_scorecard_shows_figures_symbols_and_bands(mereford):
    part = scorecard(mereford)
    title = mereford.indicators["cp_reviews_on_time"].title
    assert "95% or more" in cells(part, title)
    assert "[c]" in cells(part, mereford.indicators["re_referrals"].title)
    assert "412" in cells(part, mereford.indicators["cp_plans_at_period_end"].title)
    assert "[c] stands for 1 to 5" in part.html


def test_what_the_release_lacks_is_listed_in_one_place(mereford):
    html = scorecard(mereford).html
    folded = html[html.index("<details>") :]
    assert folded.count("<details>") == 1
    assert "No figures for child protection plans ended in this release" in folded
    assert "child protection plans started" not in folded


def test_a_theme_with_no_figure_at_all_says_so_in_a_line(mereford):
    empty = replace(mereford, values=mereford.values.iloc[:0])
    assert "No figure of this theme can be printed in this release." in scorecard(empty).html
    assert "No figure can be printed for this theme" in headline(empty).html


def test_a_chart_has_headline_picture_words_and_table(mereford):
    html = how_has_it_changed(mereford, "cp_plan_starts").html
    assert html.count('<figure class="chart">') == 1
    assert re.search(r'<img src="data:image/svg\+xml;base64,[\w+/=]+" alt="[^"]{20,}">', html)
    assert html.count("<caption") == 1
    assert html.count('scope="row"') == 13
    assert ">180<" in html


def test_commentary_is_escaped_and_its_references_filled(mereford):
    html = how_has_it_changed(mereford, "cp_plans_at_period_end").html
    assert "412 children had a plan: &lt;b&gt;fewer&lt;/b&gt; &amp; &quot;better&quot; ones" in html


def test_commentary_that_nobody_approved_is_left_out_and_said_to_be(mereford):
    html = how_has_it_changed(mereford, "cp_plans_rate").html
    assert "Commentary from Health was received but nobody has approved it: left out." in html


def test_commentary_with_a_figure_that_is_not_released_is_left_out(drawn):
    care = open_briefing("looked_after_children", MEREFORD, QUARTER, workspace=drawn)
    html = how_has_it_changed(care, "looked_after_at_period_end").html
    assert "77" not in re.sub(r'src="[^"]*"', "", html)
    assert "Commentary from Social care is left out" in html


def test_an_earlier_quarters_commentary_is_not_this_quarters(mereford):
    older = replace(mereford, texts=mereford.texts.assign(submission="2016-17-Q3"))
    assert "left out" not in how_has_it_changed(older, "cp_plans_rate").html


def test_a_comparison_shows_the_area_beside_its_comparators(mereford):
    part = how_do_we_compare(mereford, "cp_plans_rate")
    for area, figure in (
        ("Mereford", "49.5"),
        ("Neighbours", "45.1"),
        ("Middle Shires", "46.0"),
        ("Exampleland", "43.3"),
    ):
        assert figure in cells(part, area)


def test_a_withheld_category_is_shown_by_its_symbol(mereford):
    part = who(mereford, "cp_plans_latest_category", by="category_of_abuse")
    assert cells(part, "Neglect") == ["51.0%"]
    assert cells(part, "Sexual abuse") == ["[c]"]
    assert cells(part, "Multiple") == ["[c]"]


@pytest.mark.parametrize(
    "part",
    [
        lambda briefing: how_has_it_changed(briefing, "cp_plan_ends"),
        lambda briefing: how_do_we_compare(briefing, "cp_plan_ends"),
        lambda briefing: who(briefing, "cp_plan_ends", by="age_band"),
        lambda briefing: pathway(briefing, "From start to end", ["cp_plan_ends"]),
    ],
    ids=["changed", "compare", "who", "pathway"],
)
def test_a_part_with_nothing_to_show_is_one_line(mereford, part):
    html = part(mereford).html
    assert html.count("<p") == 1
    assert "<table" not in html
    assert "<img" not in html


def test_an_indicator_of_another_theme_is_refused_with_the_nearest(mereford):
    with pytest.raises(ValueError, match="cp_plan_starts"):
        how_has_it_changed(mereford, "cp_plan_start")


def test_a_pathway_gives_each_step_its_period_unit_and_area(drawn):
    deaths = open_briefing("child_deaths", MEREFORD, QUARTER, workspace=drawn)
    part = pathway(deaths, "Deaths and reviews", ["deaths_occurred", "deaths_reviewed"])
    found = cells(part, deaths.indicators["deaths_reviewed"].title)
    assert found == ["207", "reviews", "2014-15 to 2016-17", "The panel's area"]


def test_definitions_are_of_what_the_page_shows(mereford):
    html = definitions(mereford).html
    item = mereford.indicators["cp_plans_rate"]
    assert f"<dt>{safe(item.title)}</dt>" in html
    assert safe(item.definition) in html
    absent = set(mereford.indicators) - set(mereford.values["indicator"])
    assert absent
    for name in absent:
        assert f"<dt>{safe(mereford.indicators[name].title)}</dt>" not in html


def test_a_late_return_is_called_late(mereford):
    assert cells(data_quality(mereford), "Police") == ["Police", "1", "late", "not asked"]


def test_a_problem_in_the_data_is_named_and_its_count_protected(mereford):
    assert "[c] rows" in data_quality(mereford).html


def test_official_statistics_have_no_returns(leicester):
    html = data_quality(leicester).html
    assert "Official statistics only" in html
    assert "<table" not in html


def test_official_statistics_have_a_legend_of_their_own(leicester):
    for part in (scorecard(leicester), provenance(leicester)):
        assert "[c] stands for a figure that the publisher withheld" in part.html
        assert "1 to 5" not in part.html
    assert (
        "Disclosure profile: Official statistics. Official statistics are shown"
        in provenance(leicester).html
    )


def test_the_page_says_where_its_figures_come_from(mereford):
    html = provenance(mereford).html
    for piece in (
        "Run on 1 June 2017",
        "lscb-analysis 0.1.0",
        "[c] stands for 1 to 5",
        "Example 2016 model",
        "Somewhat close",
        "SFR 61/2017",
        "Mid-2016",
        "1 January 2014",
        "No official statistic on this page has been restated",
    ):
        assert piece in html, piece


def test_only_the_releases_that_the_page_uses_are_listed(mereford, drawn):
    assert "SFR 50/2017" not in provenance(mereford).html
    care = open_briefing("looked_after_children", LEICESTER, QUARTER, workspace=drawn)
    assert cells(provenance(care), "SFR 50/2017")[-1] == "not applicable"
    assert "SFR 61/2017" not in provenance(care).html


def test_a_definition_names_the_releases_of_its_published_figures(leicester):
    assert "Published in SFR 61/2017." in definitions(leicester).html


def test_a_rate_whose_population_is_not_known_says_so(leicester):
    unknown = [{"release": "SFR 61/2017", "title": "Children in need", "population_vintage": ""}]
    briefing = replace(leicester, provenance=dict(leicester.provenance) | {"releases": unknown})
    assert cells(provenance(briefing), "SFR 61/2017")[-1] == "not stated by the publisher"


def test_a_group_is_shown_where_no_total_is_published(drawn):
    care = open_briefing("looked_after_children", LEICESTER, QUARTER, workspace=drawn)
    title = "Care leavers in suitable accommodation (19 to 21)"
    assert cells(scorecard(care), title)[-1] == "91%"
    chart = how_has_it_changed(care, "care_leavers_suitable_accommodation").html
    assert "91% in 2016-17, about 1 percentage point lower than 92% in 2015-16." in chart


def test_a_page_of_official_statistics_defines_them_as_their_publisher_does(drawn, mereford):
    care = open_briefing("looked_after_children", LEICESTER, QUARTER, workspace=drawn)
    html = definitions(care).html
    assert "Local authorities can amend the records of earlier years" in html
    assert "a correction made later is not carried back" not in html
    assert "Care leavers aged 19 to 21" in html
    assert "A plan that ends on the day is no longer open." in definitions(mereford).html
    assert care.indicators["looked_after_starts"].unit == "children"


def test_a_restated_figure_shows_old_and_new(drawn):
    care = open_briefing("looked_after_children", LEICESTER, QUARTER, workspace=drawn)
    title = f"{care.indicators['looked_after_at_period_end'].title}, 31 March 2017"
    assert cells(provenance(care), title) == ["646", "SFR 41/2016", "680", "SFR 50/2017"]


def test_an_answer_has_the_wording_of_its_question_above_it(mereford):
    """As it came with the answer, or that of the year's returns about the same indicator."""
    said = mereford.texts.iloc[[0]].assign(kind="assurance answer", text="Yes.")
    said = said.assign(indicator="re_referrals", heading="Is it?")
    html = texts_about(replace(mereford, texts=said), "re_referrals")
    assert "<figcaption>Answer to the assurance question</figcaption><p>Is it?</p>" in html
    html = texts_about(replace(mereford, texts=said.assign(heading="")), "re_referrals")
    assert "<p>What did you learn from children who were referred again" in html


def test_an_answer_to_a_question_that_nobody_asked_has_no_wording(mereford):
    said = mereford.texts.iloc[[0]].assign(kind="assurance answer", text="Yes.")
    html = how_has_it_changed(replace(mereford, texts=said), "cp_plans_at_period_end").html
    assert "question</figcaption><blockquote><p>Yes.</p>" in html


def test_what_children_said_is_named_as_that(mereford):
    said = mereford.texts.iloc[[0]].assign(kind="voice of the child", text="Plans are long.")
    html = how_has_it_changed(replace(mereford, texts=said), "cp_plans_at_period_end").html
    assert "<figcaption>What children and young people said</figcaption>" in html
