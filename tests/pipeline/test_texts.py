from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.pipeline.texts import EMPTY_TEXTS, checked_texts
from lscb_analysis.values import as_values

AREA = "X06000001"
VALUES = as_values(
    pd.DataFrame(
        [
            {
                "indicator": "cp_plan_starts",
                "area_code": AREA,
                "period_type": "quarter",
                "period": "2016-17 Q4",
                "numerator": 122,
                "value": 122,
                "status": "published",
                "source": "submissions",
            }
        ]
    )
)


def texts(*said: tuple[str, str, str]) -> pd.DataFrame:
    """Indicator, text and approver; the rest is the same for all."""
    rows = [
        {
            "indicator": indicator,
            "text": text,
            "approver": approver,
            "period": "2016-17 Q4",
            "kind": "commentary",
            "author": "Head of service",
            "agency": "Health",
            "submission": "2016-17-Q4",
        }
        for indicator, text, approver in said
    ]
    return pd.DataFrame(rows).assign(heading="")[list(EMPTY_TEXTS.columns)]


def test_an_approved_text_keeps_its_references_for_the_briefing_to_fill():
    said = "Plans made: {cp_plan_starts:2016-17 Q4}, as expected."
    kept, findings = checked_texts(texts(("cp_plan_starts", said, "Director")), VALUES, AREA)
    assert kept["text"].tolist() == [said]
    assert findings.empty


def test_a_text_that_nobody_approved_is_kept_without_its_words():
    kept, findings = checked_texts(texts(("cp_plan_starts", "All is well.", "")), VALUES, AREA)
    assert kept["text"].tolist() == [""]
    assert kept["author"].tolist() == ["Head of service"]
    assert findings.empty


@pytest.mark.parametrize(
    ("indicator", "said"),
    [
        ("cp_plan_starts", "There were 37 more."),
        ("cp_plan_starts", "There were {cp_plan_starts:2019-20 Q4}."),
        ("cp_plan_starts", "There were {plans:2016-17 Q4}."),
        ("plans", "All is well."),
    ],
    ids=["a bare figure", "a period not released", "an unknown reference", "an unknown indicator"],
)
def test_a_text_with_a_figure_that_is_not_a_released_one_is_held_back(indicator, said):
    kept, findings = checked_texts(texts((indicator, said, "Director")), VALUES, AREA)
    assert kept.empty
    assert findings["file"].tolist() == ["Health, 2016-17-Q4"]
    assert "37" not in findings.to_csv()


def test_one_text_held_back_leaves_the_others():
    said = texts(
        ("cp_plan_starts", "There were 37 more.", "Director"),
        ("cp_plan_starts", "Children are seen sooner.", "Director"),
    )
    kept, findings = checked_texts(said, VALUES, AREA)
    assert kept["text"].tolist() == ["Children are seen sooner."]
    assert len(findings) == 1
