"""Our own sentences on a finished page: words and numbers that disagree are held back."""

from __future__ import annotations

import pytest

from lscb_analysis.briefing.saying import NOTE, contradictions_in, without_contradictions

SOUND = (
    "Referrals: 408 referrals in 2016-17 Q4, 121 fewer than 529 in 2015-16 Q4: a clear difference.",
    "Referrals: 1,210 referrals in 2016-17, about 120 fewer than 1,330 in 2015-16.",
    "16.4% in 2016-17, 3.5 percentage points lower than 19.9% in 2015-16: no clear difference.",
    "408 children at 31 March 2017, 8 more (up 2.0%) than 400 at 31 March 2016.",
    "46.4 per 10,000 children at 31 March 2017, 15.4 higher than 31.0 at 31 March 2016.",
    "31 days in 2016-17, 4 less than 35 in 2015-16.",
)
WRONG = (
    "Referrals: 408 referrals in 2016-17 Q4, 121 more than 529 in 2015-16 Q4: a clear difference.",
    "Referrals: 408 referrals in 2016-17 Q4, 112 fewer than 529 in 2015-16 Q4.",
    "16.4% in 2016-17, 3.5 percentage points higher than 19.9% in 2015-16.",
    "408 children at 31 March 2017, 8 more (up 4.0%) than 400 at 31 March 2016.",
    "408 children at 31 March 2017, 8 more (down 2.0%) than 400 at 31 March 2016.",
)


@pytest.mark.parametrize("sentence", SOUND)
def test_a_sentence_that_its_numbers_bear_out_stands(sentence: str):
    assert contradictions_in(sentence).empty


@pytest.mark.parametrize("sentence", WRONG)
def test_a_sentence_that_its_numbers_contradict_is_found(sentence: str):
    assert len(contradictions_in(sentence))


def test_a_note_stands_in_the_place_of_the_sentence_alone():
    page = f"<p>{SOUND[0]} {WRONG[1]} {SOUND[3]}</p>"
    mended, told = without_contradictions(page)
    assert mended == f"<p>{SOUND[0]} {NOTE} {SOUND[3]}</p>"
    assert len(told) == 1
    assert "112" in told[0]


def test_a_page_without_contradictions_is_not_touched():
    page = f"<p>{' '.join(SOUND)}</p>"
    assert without_contradictions(page) == (page, [])


def test_a_sentence_that_cannot_be_taken_out_refuses_the_page():
    broken = WRONG[0].replace("121", "<em>121</em>")
    with pytest.raises(ValueError, match="cannot be taken out"):
        without_contradictions(f"<p>{broken}</p>")
