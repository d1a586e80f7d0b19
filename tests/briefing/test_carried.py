"""Earlier challenges and actions on a page, and what a release remembers for the next one."""

from __future__ import annotations

import html as entities
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from lscb_analysis.briefing import Briefing, carried_over, open_briefing
from lscb_analysis.briefing.carried import MOST_CHALLENGES
from lscb_analysis.briefing.opening import questions_asked, standing_out
from lscb_analysis.briefing.part import safe
from lscb_analysis.briefing.release import Outcome
from lscb_analysis.catalogue import find_area
from lscb_analysis.challenges import remembered
from lscb_analysis.findings import as_findings
from lscb_analysis.periods import parse_quarter
from lscb_analysis.pipeline import Built
from lscb_analysis.releasing import log_run
from lscb_analysis.settings import read_settings
from tests.briefing.drawn_workspace import MEREFORD, QUARTER, processed
from tests.briefing.releasing import brief_area
from tests.drawn import table

CHALLENGES = """
quarter    | theme            | indicator      | question                         | answer                                        | answered_by     | approved_by | answered_date | status   | left_out
2016-17-Q1 | child_protection | re_referrals   | Why did it rise in 2016-17 Q1?   | Now {cp_plans_at_period_end:31 March 2017}.   | Head of service | Director    | 2017-02-14    | closed   | -
2016-17-Q2 | child_protection | re_referrals   | Why did it rise in 2016-17 Q2?   | An old answer.                                | Head of service | Director    | 2016-12-14    | answered | -
2016-17-Q3 | child_protection | cp_plan_starts | What lies behind the <b>rise</b>? | -                                             | -               | -           | -             | open     | -
2016-17-Q3 | child_protection | cp_plan_ends   | And the ends?                    | -                                             | -               | -           | 2017-03-01    | answered | nobody has approved it
2016-17-Q3 | domestic_abuse   | da_incidents   | Who reads them?                  | -                                             | -               | -           | -             | open     | -
"""  # noqa: E501
ACTIONS = """
action                  | indicator      | owner            | agreed_date | due_date   | done_date  | evidence            | theme
Read a sample of plans. | cp_plan_starts | Head of service  | 2017-01-17  | 2017-03-31 | -          | -                   | child_protection
Write a plan on a page. | cp_plan_starts | Head of service  | 2017-01-17  | 2017-02-28 | 2017-02-20 | Parents understand. | child_protection
Ask the clinic.         | cp_plan_starts | Designated nurse | 2017-01-17  | 2017-06-30 | 2017-04-20 | -                   | child_protection
Done long ago.          | cp_plan_starts | Head of service  | 2016-01-17  | 2016-06-30 | 2016-05-20 | -                   | child_protection
One commentary.         | -              | Chair            | 2017-01-17  | 2017-06-30 | -          | -                   | -
"""  # noqa: E501


def drawn(drawing: str) -> pd.DataFrame:
    rows = table(drawing)
    texts = [name for name in rows if not name.endswith("_date")]
    return rows.assign(
        **{name: rows[name].astype("object").fillna("").astype("str") for name in texts}
    )


CARRIED = {"challenges": drawn(CHALLENGES), "actions": drawn(ACTIONS)}


@pytest.fixture
def briefing(mereford) -> Briefing:
    """The drawn briefing with challenges and actions from earlier quarters."""
    return replace(mereford, carried=CARRIED)


def cells(html: str, action: str) -> list[str]:
    (row,) = [each for each in re.findall(r"<tr><th scope.*?</tr>", html, re.DOTALL)
              if action in each]  # fmt: skip
    return [entities.unescape(each) for each in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]


def test_where_nothing_is_carried_over_nothing_is_said(mereford, leicester):
    assert carried_over(mereford).html == carried_over(leicester).html == ""


def test_the_public_gets_none_of_it(briefing):
    assert carried_over(replace(briefing, audience="public")).html == ""


def test_open_challenges_and_those_answered_since_the_last_quarter_are_shown(briefing):
    html = carried_over(briefing).html
    shown = re.findall(r"<figcaption>(.*?)</figcaption>", html)
    ends = briefing.indicators["cp_plan_ends"].title
    starts = briefing.indicators["cp_plan_starts"].title
    again = briefing.indicators["re_referrals"].title
    assert shown == [
        f"Challenge of 2016-17 Q3, {starts}: open",
        f"Challenge of 2016-17 Q3, {ends}: answered",
        f"Challenge of 2016-17 Q1, {again}: closed",
    ]


def test_an_answer_has_its_question_its_author_its_approver_and_its_day(briefing):
    html = carried_over(briefing).html
    assert "Why did it rise in 2016-17 Q1?" in html
    assert "<blockquote><p>Now 412.</p>\n</blockquote>" in html
    assert "Head of service; approved by Director, 14 February 2017" in html
    assert "An old answer." not in html


def test_what_looks_like_markup_is_escaped(briefing):
    assert "What lies behind the &lt;b&gt;rise&lt;/b&gt;?" in carried_over(briefing).html


def test_an_answer_that_nobody_approved_is_said_to_be_left_out(briefing):
    assert "the answer is left out: nobody has approved it." in carried_over(briefing).html


def test_an_action_is_done_not_due_or_overdue_at_the_quarters_end(briefing):
    html = carried_over(briefing).html
    assert "Actions, as they stood at 31 March 2017" in html
    assert cells(html, "Read a sample")[0] == "Overdue"
    assert cells(html, "Ask the clinic") == [
        *("Not due", "Ask the clinic.", "Designated nurse", "30 June 2017")
    ]
    assert cells(html, "plan on a page")[:2] == [
        *("Done, 20 February 2017", "Write a plan on a page. Evidence: Parents understand.")
    ]
    assert "Done long ago" not in html
    assert "One commentary" not in html


def test_an_action_about_no_indicator_stands_in_the_briefing_about_the_data(drawn_quality):
    html = carried_over(drawn_quality).html
    assert "One commentary." in html
    assert "Read a sample" not in html


@pytest.fixture
def drawn_quality(drawn: Path) -> Briefing:
    """The briefing about the data, with the same challenges and actions."""
    found = open_briefing("data_quality", MEREFORD, QUARTER, workspace=drawn)
    return replace(found, carried=CARRIED)


def test_of_many_open_challenges_the_newest_are_shown_and_the_others_counted(briefing):
    one = CARRIED["challenges"].iloc[[2]]
    many = pd.concat([one] * (MOST_CHALLENGES + 3), ignore_index=True)
    html = carried_over(replace(briefing, carried=CARRIED | {"challenges": many})).html
    assert html.count("<figure") == MOST_CHALLENGES
    assert "older challenges that are still open (3)" in html


def test_words_with_a_figure_that_this_page_does_not_have_are_left_out(briefing):
    spoilt = {
        "challenges": CARRIED["challenges"].assign(answer="There were 37.", left_out=""),
        "actions": CARRIED["actions"].assign(action="See to all 37."),
    }
    html = carried_over(replace(briefing, carried=spoilt)).html
    assert "37" not in html
    assert "it has a figure that is not released" in html
    assert "An action is left out" in html


def test_the_question_of_each_exception_is_the_one_that_the_page_asks(mereford):
    ((indicator, question),) = questions_asked(mereford)
    assert indicator == "cp_plan_starts"
    assert safe(question) in standing_out(mereford).html


def logged(workspace: Path, audience: str) -> list[str]:
    """What is remembered after a page of the drawn workspace has been logged."""
    settings = replace(read_settings(workspace), audience=audience)
    folder = processed(workspace, MEREFORD)
    if audience != "partnership":
        folder = folder.rename(folder.with_name(audience))
    built = Built(folder, find_area(MEREFORD), parse_quarter(QUARTER), as_findings(), False)
    page = Outcome("child_protection", folder / "drawn.html", [], "a page", "a manifest")
    refused = Outcome("domestic_abuse", None, ["a word that is not known"])
    log_run(settings, MEREFORD, built, [page, refused])
    rows = remembered(workspace, MEREFORD)
    return [" ".join(row) for row in rows[["quarter", "theme", "indicator"]].to_numpy()]


def test_a_release_for_the_partnership_remembers_what_it_asks(workspace):
    assert logged(workspace, "partnership") == ["2016-17-Q4 child_protection cp_plan_starts"]


@pytest.mark.parametrize("audience", ["public", "panel"])
def test_a_draft_remembers_nothing(workspace, audience):
    assert logged(workspace, audience) == []


@pytest.mark.slow
def test_a_page_with_challenges_and_actions_passes_the_release_check(workspace):
    folder = processed(workspace, MEREFORD)
    for name, frame in CARRIED.items():
        harmless = frame.replace({"What lies behind the <b>rise</b>?": "What lies behind it?"})
        harmless.to_parquet(folder / f"{name}.parquet")
    outcomes = brief_area(workspace, MEREFORD, ["child_protection"])
    assert [outcome.problems for outcome in outcomes] == [[]]
    html = outcomes[0].path.read_text("utf-8")
    assert (
        html.count("Earlier challenges and actions") == 2
    )  # the heading, and the list of contents
    assert "Now 412." in html
