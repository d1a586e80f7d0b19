"""Partners' sentences that say the opposite of the released figures, and those that do not."""

from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.pipeline.claims import is_contradicted
from lscb_analysis.pipeline.texts import checked_texts
from lscb_analysis.values import as_values
from tests.drawn import table

AREA = "X06000001"
# referrals fell, on the quarter before and on the year; the share re-referred rose on both
DRAWN = """
| indicator    | period     | period_start | period_end | numerator | denominator | value |
| referrals    | 2015-16 Q4 | 2016-01-01   | 2016-03-31 | 500       | -           | 500   |
| referrals    | 2016-17 Q3 | 2016-10-01   | 2016-12-31 | 450       | -           | 450   |
| referrals    | 2016-17 Q4 | 2017-01-01   | 2017-03-31 | 400       | -           | 400   |
| re_referrals | 2015-16 Q4 | 2016-01-01   | 2016-03-31 | 100       | 500         | 20.0  |
| re_referrals | 2016-17 Q3 | 2016-10-01   | 2016-12-31 | 99        | 450         | 22.0  |
| re_referrals | 2016-17 Q4 | 2017-01-01   | 2017-03-31 | 100       | 400         | 25.0  |
"""
FALSE = (
    "Referrals rose this quarter.",
    "The number of referrals has increased since last year, which we welcome.",
    "There was a sharp increase in referrals after Christmas.",
    "Schools were closed for a week, but referrals rose.",
    "Numbers have risen.",
    "Referrals were unchanged.",
    "Referrals rose from {referrals:2016-17 Q3} to {referrals:2016-17 Q4}.",
    "All is well. Referrals increased to {referrals:2016-17 Q4}.",
)
TRUE_OR_NOT_SAID = (
    "Referrals fell this quarter.",
    "Referrals fell to {referrals:2016-17 Q4} from {referrals:2015-16 Q4}.",
    "We need more social workers for referrals.",
    "Referrals have not risen.",
    "We expect that referrals would have increased without early help.",
    "Caseloads rose, since each of the referrals takes longer.",
    "The length of referrals increased.",
    "Increased awareness of neglect led to better referrals.",
    "Referrals rose within the police area and fell in health.",
    "Domestic abuse notifications rose.",
    "We followed up referrals more quickly and set up a new team.",
    "The rest of {referrals:2016-17 Q4} was as in {re_referrals:2016-17 Q4}; both increased.",
)


def released() -> pd.DataFrame:
    shared = {"area_code": AREA, "period_type": "quarter", "status": "published"}
    shared |= {"source": "submissions", "release": "submissions"}
    return as_values(table(DRAWN).assign(**shared))


def said(words: str, indicator: str = "referrals") -> pd.Series:
    return pd.Series({"text": words, "indicator": indicator, "period": "2016-17 Q4"})


@pytest.mark.parametrize("words", FALSE)
def test_words_that_the_figures_contradict_are_found(words: str):
    assert is_contradicted(said(words), released())


@pytest.mark.parametrize("words", TRUE_OR_NOT_SAID)
def test_words_that_are_true_or_of_something_else_are_left_alone(words: str):
    assert not is_contradicted(said(words), released())


def test_a_rise_on_one_of_the_earlier_figures_is_enough():
    values = released()
    values.loc[values["period"].eq("2015-16 Q4"), "value"] = 390.0
    assert not is_contradicted(said("Referrals rose."), values)


def test_a_percentage_is_looked_at_like_a_count():
    words = "The percentage referred again fell: it is a success."
    assert is_contradicted(said(words, "re_referrals"), released())


def test_nothing_is_said_of_a_figure_that_is_withheld():
    values = released()
    newest = values["period"].eq("2016-17 Q4")
    values.loc[newest, ["value", "numerator"]] = float("nan")
    values.loc[newest, "status"] = "suppressed"
    assert not is_contradicted(said("Referrals rose."), values)


def test_a_text_that_contradicts_is_held_back_and_the_partner_is_told():
    texts = pd.DataFrame(
        [
            {
                **said(words).to_dict(),
                "kind": "commentary",
                "author": "Head of service",
                "approver": "Director",
                "agency": "Health",
                "submission": "2016-17-Q4",
                "heading": "",
            }
            for words in ("Referrals rose.", "Referrals fell.")
        ]
    )
    kept, findings = checked_texts(texts, released(), AREA)
    assert kept["text"].tolist() == ["", "Referrals fell."]
    assert kept["held_back"].tolist() == ["yes", ""]
    assert findings["file"].tolist() == ["Health, 2016-17-Q4"]
    assert findings["source"].tolist() == ["partner return"]
