from __future__ import annotations

import pandas as pd
import pytest

from lscb_analysis.pipeline import all_areas as module
from lscb_analysis.pipeline.all_areas import all_areas
from tests.drawn import indicator, table

RATE = indicator(
    "plans_rate",
    "rate",
    funnel_of=("plans", "others"),
    funnel_per="population_0_17_mid_year",
    published_period="date",
)


@pytest.fixture(autouse=True)
def few_areas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEWEST", 2)


def figures(drawing: str) -> pd.DataFrame:
    return table(drawing)


def test_parts_are_added_and_the_population_is_that_of_the_mid_year_before():
    found = all_areas(
        figures(
            """
            series                   | area_code | area  | period | value | release
            plans                    | E06000001 | North | 2017   | 40    | CIN 2017
            others                   | E06000001 | North | 2017   | 2     | CIN 2017
            plans                    | E08000002 | South | 2017   | 60    | CIN 2017
            others                   | E08000002 | South | 2017   | 3     | CIN 2017
            plans                    | E12000004 | East  | 2017   | 999   | CIN 2017
            others                   | E12000004 | East  | 2017   | 9     | CIN 2017
            population_0_17_mid_year | E06000001 | North | 2016   | 9000  | MYE 2016
            population_0_17_mid_year | E08000002 | South | 2016   | 11000 | MYE 2016
            population_0_17_mid_year | E08000002 | South | 2017   | 12000 | MYE 2016
            """
        ),
        [RATE],
    )
    assert found[["area", "period", "numerator", "denominator"]].to_numpy().tolist() == [
        ["North", "31 March 2017", 42, 9000],
        ["South", "31 March 2017", 63, 11000],
    ]


def test_a_year_that_few_areas_have_is_left_out_and_so_is_an_area_with_a_withheld_count():
    rows = """
        series                   | area_code | area  | period | value | release
        plans                    | E06000001 | North | 2017   | 40    | CIN 2017
        others                   | E06000001 | North | 2017   | -     | CIN 2017
        plans                    | E08000002 | South | 2017   | 60    | CIN 2017
        others                   | E08000002 | South | 2017   | 3     | CIN 2017
        population_0_17_mid_year | E06000001 | North | 2016   | 9000  | MYE 2016
        population_0_17_mid_year | E08000002 | South | 2016   | 11000 | MYE 2016
        """
    assert all_areas(figures(rows), [RATE]).empty


def test_the_release_that_most_areas_are_in_gives_the_year_its_counts():
    found = all_areas(
        figures(
            """
            series                   | area_code | area  | period | value | release
            plans                    | E06000001 | North | 2017   | 40    | CIN 2017
            plans                    | E08000002 | South | 2017   | 60    | CIN 2017
            plans                    | E06000001 | North | 2017   | 41    | LAIT 2018
            others                   | E06000001 | North | 2017   | 1     | CIN 2017
            others                   | E08000002 | South | 2017   | 1     | CIN 2017
            population_0_17_mid_year | E06000001 | North | 2016   | 9000  | MYE 2016
            population_0_17_mid_year | E08000002 | South | 2016   | 11000 | MYE 2016
            """
        ),
        [RATE],
    )
    assert found["numerator"].tolist() == [41, 61]
    assert set(found["release"]) == {"CIN 2017"}


def test_an_indicator_without_a_funnel_has_no_rows():
    assert all_areas(figures("series | area_code | area | period | value | release"), []).empty
