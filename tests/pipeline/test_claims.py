"""What a partner's text claims of a figure, against the released figures."""

from __future__ import annotations

import pytest

from lscb_analysis.pipeline.claims import contradicted
from lscb_analysis.pipeline.texts import checked_texts
from tests.drawn import indicator
from tests.pipeline.test_texts import texts
from tests.showing import MEREFORD, values

STARTS = indicator("cp_plan_starts", title="Child protection plans started", unit="plans")
FALLEN = """
indicator      | period     | figure
cp_plan_starts | 2015-16 Q4 | 160
cp_plan_starts | 2016-17 Q1 | 158
cp_plan_starts | 2016-17 Q2 | 149
cp_plan_starts | 2016-17 Q3 | 140
cp_plan_starts | 2016-17 Q4 | 101
"""


@pytest.mark.parametrize(
    ("text", "is_against"),
    [
        ("Child protection plans started rose to {cp_plan_starts:2016-17 Q4}.", True),
        ("{cp_plan_starts:2016-17 Q4} plans began, an increase.", True),
        ("{cp_plan_starts:2016-17 Q4} plans began, about the same level as before.", True),
        ("{cp_plan_starts:2016-17 Q4} plans began, a fall.", False),
        ("From {cp_plan_starts:2015-16 Q4} to {cp_plan_starts:2016-17 Q4}: a rise.", True),
        ("From {cp_plan_starts:2015-16 Q4} to {cp_plan_starts:2016-17 Q1}: significant.", True),
        # two directions in one sentence, another thing that rose, and no claim at all
        ("{cp_plan_starts:2016-17 Q4} plans began: fewer, after a rise in spring.", False),
        ("More families were seen sooner. {cp_plan_starts:2016-17 Q4} plans began.", False),
        ("{cp_plan_starts:2016-17 Q4} plans began.", False),
    ],
)
def test_a_claim_is_held_against_the_figures_it_speaks_of(text, is_against):
    assert contradicted(text, values(FALLEN), STARTS, MEREFORD) == is_against


def test_a_claim_that_one_of_two_earlier_figures_bears_out_is_let_be():
    # more than the quarter before, fewer than a year before
    mixed = FALLEN.replace("2016-17 Q3 | 140", "2016-17 Q3 | 90")
    assert not contradicted(
        "{cp_plan_starts:2016-17 Q4} plans began, a rise.", values(mixed), STARTS, MEREFORD
    )


def test_a_text_that_contradicts_the_figures_is_held_back_with_a_finding_for_its_sender():
    said = "{cp_plan_starts:2016-17 Q4} plans began, a rise."
    kept, findings = checked_texts(
        texts(("cp_plan_starts", said, "Director")), values(FALLEN), MEREFORD
    )
    assert kept.empty
    assert "do not bear out" in findings["found"].iloc[0]
