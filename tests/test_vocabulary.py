"""The words of the house, and what may be somebody's name."""

from __future__ import annotations

import pytest

from lscb_analysis.vocabulary import given_names, house_words, unknown_names


def test_the_house_knows_its_own_words_and_no_childs_name():
    assert {"safeguarding", "conference", "withheld", "usual", "mereford"} <= house_words()
    assert not {"jayden", "bianca", "mohammed", "olivia", "zara"} & house_words()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Reviews are late because two posts are vacant.", 0),
        ("Jayden was seen.", 1),
        ("The plan of Jayden was read.", 1),
        ("The plan of Xanthippe was read.", 1),
        ("Recruitment has begun. Vacancies remain.", 0),
        ("The plan of jayden was read.", 0),
    ],
)
def test_a_word_with_a_capital_that_nobody_knows_may_be_a_name(text: str, count: int):
    assert unknown_names(text, ()) == count


def test_a_name_that_is_agreed_is_no_finding():
    assert unknown_names("The Ravensbourne team has grown.", ["ravensbourne"]) == 0


def test_given_names_are_small_letters_each_once():
    assert all(name.islower() for name in given_names())
    assert len(given_names()) > 400
