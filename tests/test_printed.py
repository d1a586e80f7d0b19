from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from lscb_analysis.printed import (
    limits_text,
    number_text,
    unit_label,
    unit_words,
    with_decimals,
)
from tests.drawn import indicator
from tests.showing import values

COUNT, RATE = indicator("starts"), indicator("rate", "rate", unit="rate per 10,000 children")
ON_TIME = indicator("on_time", "proportion", unit="% of visits due")


@given(st.integers(0, 500), st.floats(0, 300), st.floats(0, 200))
def test_a_count_is_outside_the_printed_range_exactly_when_it_is_outside_the_limits(
    count, lower, width
):
    upper = lower + width
    assume(abs(count - lower) > 1e-6 and abs(count - upper) > 1e-6)
    least, most = (int(text) for text in limits_text(lower, upper, COUNT).split(" to "))
    assert (least <= count <= most) == (lower <= count <= upper)


def test_one_figure_has_the_decimals_that_its_release_has_elsewhere():
    drawn = with_decimals(
        values(
            """
            indicator  | area        | period        | figure
            plans_rate | Mereford    | 31 March 2016 | 48
            plans_rate | Exampleland | 31 March 2016 | 46.4
            starts     | Mereford    | 2016-17       | 236
            """,
            source="published",
            release="LAIT",
        )
    )
    rate = indicator("plans_rate", "rate", unit="rate per 10,000 children")
    assert number_text(drawn.iloc[0], rate) == "48.0"
    assert number_text(drawn.iloc[2], indicator("starts")) == "236"


def test_a_range_is_printed_within_what_the_number_can_be():
    assert limits_text(-3.2, 7.9, COUNT) == "0 to 7"
    assert limits_text(77.84, 103.1, ON_TIME) == "77.9% to 100.0%"
    assert limits_text(41.26, 1252.34, RATE) == "41.3 to 1,252.3"


def test_units_head_columns_and_begin_lines():
    assert [unit_label(of) for of in (COUNT, RATE, ON_TIME)] == [
        "children",
        "per 10,000 children",
        "% of visits due",
    ]
    assert [unit_words(of) for of in (COUNT, RATE, ON_TIME)] == [
        "Children",
        "Per 10,000 children",
        "Percentage of visits due",
    ]
