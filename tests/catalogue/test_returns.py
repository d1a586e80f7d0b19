from __future__ import annotations

import pytest

from lscb_analysis.catalogue import returns as returns_module
from lscb_analysis.catalogue.returns import ReturnFigure, return_years, returns_in
from lscb_analysis.catalogue.toml_file import CatalogueError


def test_a_year_without_a_file_uses_the_latest_before_it_and_the_first_before_all():
    years = [2010, 2016, 2017, 2024, 2025, 2031]
    assert [returns_in(year).year for year in years] == [2016, 2016, 2016, 2016, 2025, 2025]


@pytest.mark.parametrize("year", return_years())
def test_every_agency_has_figures_and_in_every_quarter_questions(year):
    returns = returns_in(year)
    for agency in returns.agencies:
        assert returns.figures_of(agency), agency
        assert all(returns.questions_of(agency, quarter) for quarter in (1, 2, 3, 4)), agency


@pytest.mark.parametrize("year", return_years())
def test_a_figure_says_what_it_counts_and_a_question_asks(year):
    returns = returns_in(year)
    for figure in returns.figures.values():
        assert figure.definition.endswith(".")
        assert len(figure.definition) > 40
    assert all(item.text.endswith("?") for item in returns.questions.values())


def test_a_question_changed_from_one_year_to_the_next_keeps_its_id():
    before, after = returns_in(2016).questions, returns_in(2025).questions
    changed = {name for name in before if name in after and before[name] != after[name]}
    assert changed == {"domestic_abuse_children", "exploitation_response"}
    assert set(after) - set(before) == {"family_help"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"measure": "share"}, "measure 'share' is not one of count, stock, proportion"),
        ({"measure": "proportion"}, "has both its parts"),
        ({"numerator": "a", "denominator": "b"}, "has both its parts"),
        ({"id": "referrals"}, "the catalogue has an indicator of this name"),
        ({"breakdown": "colour"}, "breakdown 'colour' is not one of"),
        ({"breakdown": "sex"}, "an indicator returned by category"),
    ],
)
def test_a_figure_that_cannot_be_right_is_refused(given, message):
    plain = {
        "id": "calls",
        "title": "Calls",
        "measure": "count",
        "unit": "calls",
        "definition": "Calls taken.",
        "agencies": ("police",),
    }
    with pytest.raises(CatalogueError, match=message):
        returns_module._check_figure("2016-17.toml [figures.x]", ReturnFigure(**(plain | given)))
