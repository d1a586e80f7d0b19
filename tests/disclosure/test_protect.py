from __future__ import annotations

import itertools

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from lscb_analysis.catalogue import policy
from lscb_analysis.disclosure import protect
from lscb_analysis.disclosure.problem import make_problem
from lscb_analysis.disclosure.register import figures_printed
from lscb_analysis.disclosure.solver import withheld_cells
from lscb_analysis.values import as_values
from tests.drawn import indicator, table

PLANS = indicator("plans", periods=("quarter", "rolling_year"), dated_by=("start_date",))
ON_TIME = indicator(
    "on_time",
    "proportion",
    periods=("quarter",),
    dated_by=("start_date",),
    numerator={"where": {"is_on_time": True}},
    decimals=1,
)
QUARTERS = {
    "2016-17 Q1": ("quarter", "2016-04-01", "2016-06-30"),
    "2016-17 Q2": ("quarter", "2016-07-01", "2016-09-30"),
    "2016-17 Q3": ("quarter", "2016-10-01", "2016-12-31"),
    "2016-17 Q4": ("quarter", "2017-01-01", "2017-03-31"),
    "12 months to 2016-17 Q4": ("rolling_year", "2016-04-01", "2017-03-31"),
    "2014-15 to 2016-17": ("pooled", "2014-04-01", "2017-03-31"),
}


def values(drawing: str) -> pd.DataFrame:
    drawn = table(drawing)
    spans = pd.DataFrame(
        [QUARTERS[period] for period in drawn["period"]],
        columns=["period_type", "period_start", "period_end"],
    )
    drawn = pd.concat([drawn, spans], axis=1)
    if "value" not in drawn:
        drawn["value"] = drawn["numerator"]
    defaults = {"area_code": "X06000001", "area": "Mereford", "status": "unchecked"}
    return as_values(drawn.assign(**defaults))


def gate(drawn: pd.DataFrame, *indicators) -> pd.DataFrame:
    return protect(drawn, {each.id: each for each in indicators}, policy())


def shown(protected: pd.DataFrame) -> dict[str, object]:
    texts = protected["value"].map(lambda value: "[c]" if pd.isna(value) else int(value))
    return dict(zip(protected["breakdown"], texts, strict=True))


def test_one_to_five_are_withheld_and_zero_and_six_are_shown():
    protected = gate(
        values(
            """
            indicator | period     | breakdown_topic | breakdown | numerator
            plans     | 2016-17 Q1 | Sex a           | zero      | 0
            plans     | 2016-17 Q2 | Sex b           | one       | 1
            plans     | 2016-17 Q3 | Sex c           | five      | 5
            plans     | 2016-17 Q4 | Sex d           | six       | 6
            """
        ),
        PLANS,
    )
    assert shown(protected) == {"zero": 0, "one": "[c]", "five": "[c]", "six": 6}


def test_the_total_does_not_give_a_small_category_back():
    protected = gate(
        values(
            """
            indicator | period     | breakdown_topic | breakdown | numerator
            plans     | 2016-17 Q4 | Total           | Total     | 47
            plans     | 2016-17 Q4 | Category        | Neglect   | 22
            plans     | 2016-17 Q4 | Category        | Physical  | 14
            plans     | 2016-17 Q4 | Category        | Sexual    | 3
            plans     | 2016-17 Q4 | Category        | Multiple  | 8
            """
        ),
        PLANS,
    )
    expected = {"Total": 47, "Neglect": 22, "Physical": 14, "Sexual": "[c]", "Multiple": "[c]"}
    assert shown(protected) == expected


def test_two_small_categories_that_add_up_to_too_little_take_a_third_with_them():
    protected = gate(
        values(
            """
            indicator | period     | breakdown_topic | breakdown | numerator
            plans     | 2016-17 Q4 | Total           | Total     | 32
            plans     | 2016-17 Q4 | Category        | Neglect   | 20
            plans     | 2016-17 Q4 | Category        | Physical  | 10
            plans     | 2016-17 Q4 | Category        | Sexual    | 1
            plans     | 2016-17 Q4 | Category        | Multiple  | 1
            """
        ),
        PLANS,
    )
    assert shown(protected)["Physical"] == "[c]"
    assert shown(protected)["Neglect"] == 20


def test_the_year_and_three_quarters_do_not_give_the_fourth_quarter_back():
    protected = gate(
        values(
            """
            indicator | period                  | numerator
            plans     | 2016-17 Q1              | 20
            plans     | 2016-17 Q2              | 3
            plans     | 2016-17 Q3              | 11
            plans     | 2016-17 Q4              | 30
            plans     | 12 months to 2016-17 Q4 | 64
            """
        ),
        PLANS,
    )
    hidden = protected.loc[protected["value"].isna(), "period"].tolist()
    assert sorted(hidden) == ["2016-17 Q2", "2016-17 Q3"]


def test_a_high_percentage_with_few_left_over_becomes_a_band():
    protected = gate(
        values(
            """
            indicator | period     | numerator | denominator | value
            on_time   | 2016-17 Q4 | 127       | 130         | 97.7
            """
        ),
        ON_TIME,
    ).iloc[0]
    assert (protected["band_lower"], protected["band_upper"]) == (95, 100)
    assert pd.isna(protected["numerator"])
    assert pd.isna(protected["value"])
    assert protected["denominator"] == 130


def test_a_band_never_says_more_than_the_legend():
    # of 60, "95 % or more" would mean at most three were late: 90 % leaves up to six
    protected = gate(
        values(
            """
            indicator | period     | numerator | denominator | value
            on_time   | 2016-17 Q4 | 58        | 60          | 96.7
            """
        ),
        ON_TIME,
    ).iloc[0]
    assert protected["band_lower"] == 90


def test_a_percentage_of_fewer_than_twenty_is_not_printed():
    protected = gate(
        values(
            """
            indicator | period     | numerator | denominator | value
            on_time   | 2016-17 Q4 | 8         | 16          | 50
            """
        ),
        ON_TIME,
    ).iloc[0]
    assert pd.isna(protected["value"])
    assert protected["status"] == "low_reliability"


def test_police_counts_are_withheld_to_seven_and_rounded_to_five():
    incidents = indicator("incidents", periods=("quarter",), profile="rounded")
    protected = gate(
        values(
            """
            indicator | period     | breakdown_topic | breakdown | numerator
            incidents | 2016-17 Q1 | Sex a           | seven     | 7
            incidents | 2016-17 Q2 | Sex b           | eight     | 8
            incidents | 2016-17 Q3 | Sex c           | more      | 1132
            incidents | 2016-17 Q4 | Sex d           | half      | 1133
            """
        ),
        incidents,
    )
    assert shown(protected) == {"seven": "[c]", "eight": 10, "more": 1130, "half": 1135}


def test_a_rounded_percentage_is_made_from_the_rounded_counts():
    grades = indicator(
        "grades", "proportion", periods=("quarter",), profile="rounded", decimals=1,
        numerator={"where": {"x": 1}},
    )  # fmt: skip
    protected = gate(
        values(
            """
            indicator | period     | numerator | denominator | value
            grades    | 2016-17 Q4 | 333       | 1001        | 33.3
            """
        ),
        grades,
    ).iloc[0]
    assert (protected["numerator"], protected["denominator"]) == (335, 1000)
    assert protected["value"] == 33.5


def test_deaths_are_shown_only_for_years_taken_together():
    deaths = indicator("deaths", periods=("quarter", "pooled"), profile="deaths")
    protected = gate(
        values(
            """
            indicator | period             | numerator
            deaths    | 2016-17 Q4         | 18
            deaths    | 2014-15 to 2016-17 | 210
            """
        ),
        deaths,
    )
    assert protected["value"].isna().tolist() == [True, False]


def test_a_zero_of_deaths_is_not_shown_either():
    deaths = indicator("deaths", periods=("pooled",), profile="deaths")
    protected = gate(
        values(
            """
            indicator | period             | breakdown_topic | breakdown | numerator
            deaths    | 2014-15 to 2016-17 | Total           | Total     | 210
            deaths    | 2014-15 to 2016-17 | Category        | a         | 150
            deaths    | 2014-15 to 2016-17 | Category        | b         | 60
            deaths    | 2014-15 to 2016-17 | Category        | c         | 0
            """
        ),
        deaths,
    )
    assert shown(protected)["c"] == "[c]"
    assert sum(value == "[c]" for value in shown(protected).values()) >= 2


def test_a_rate_is_withheld_with_its_count():
    rate = indicator(
        "rate", "rate", of="plans", per="population_0_17_mid_year", scale=10_000,
        periods=("rolling_year",), decimals=1,
    )  # fmt: skip
    protected = gate(
        values(
            """
            indicator | period                  | numerator | denominator | value
            plans     | 12 months to 2016-17 Q4 | 4         | -           | 4
            rate      | 12 months to 2016-17 Q4 | 4         | 85492       | 0.5
            """
        ),
        PLANS,
        rate,
    )
    assert protected["value"].isna().all()
    assert (protected["status"] == "suppressed").all()


def test_a_median_of_few_is_withheld():
    days = indicator("days", "duration", periods=("quarter",), value_column="x")
    protected = gate(
        values(
            """
            indicator | period     | numerator | denominator | value
            days      | 2016-17 Q3 | -         | 19          | 31
            days      | 2016-17 Q4 | -         | 20          | 31
            """
        ),
        days,
    )
    assert protected["value"].isna().tolist() == [True, False]


def _possible(total: int, counts: list[int], hidden: list[int]) -> list[set[int]]:
    """By trying every whole number: what each hidden count could be, to a reader."""
    left = total - sum(n for i, n in enumerate(counts) if i not in hidden)
    found: list[set[int]] = [set() for _ in hidden]
    for guess in itertools.product(range(1, left + 1), repeat=len(hidden)):
        if sum(guess) == left:
            for place, number in enumerate(guess):
                found[place].add(number)
    return found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=12), min_size=2, max_size=5))
def test_no_small_count_of_any_breakdown_is_narrowed_below_the_legend(counts):
    header = "indicator | period | breakdown_topic | breakdown | numerator\n"
    rows = "\n".join(f"plans | 2016-17 Q4 | Category | c{i} | {n}" for i, n in enumerate(counts))
    total = f"plans | 2016-17 Q4 | Total | Total | {sum(counts)}\n"
    protected = gate(values(header + total + rows), PLANS)
    printed = shown(protected)
    hidden = [i for i in range(len(counts)) if printed[f"c{i}"] == "[c]"]
    assert all(printed[f"c{i}"] == "[c]" for i, n in enumerate(counts) if 1 <= n <= 5)
    if printed["Total"] == "[c]" or any(counts[i] == 0 for i in hidden):
        return  # the reader does not know what the hidden ones add up to, or that none is zero
    for place, possible in zip(hidden, _possible(sum(counts), counts, hidden), strict=True):
        if 1 <= counts[place] <= 5:
            assert {1, 2, 3, 4, 5} <= possible


def test_the_same_input_withholds_the_same_cells():
    drawn = values(
        """
        indicator | period     | breakdown_topic | breakdown | numerator
        plans     | 2016-17 Q4 | Total           | Total     | 31
        plans     | 2016-17 Q4 | Category        | a         | 10
        plans     | 2016-17 Q4 | Category        | b         | 10
        plans     | 2016-17 Q4 | Category        | c         | 2
        plans     | 2016-17 Q4 | Category        | d         | 9
        """
    )
    pd.testing.assert_frame_equal(gate(drawn, PLANS), gate(drawn, PLANS))


def test_a_share_and_a_breakdown_of_the_same_children_withhold_the_same_cells():
    share = indicator("share", "share", periods=("quarter",), share_by="category_of_abuse")
    drawn = values(
        """
        indicator | period     | breakdown_topic | breakdown | numerator | denominator | value
        plans     | 2016-17 Q4 | Total           | Total     | 150       | -           | 150
        plans     | 2016-17 Q4 | Category        | a         | 70        | -           | 70
        plans     | 2016-17 Q4 | Category        | b         | 61        | -           | 61
        plans     | 2016-17 Q4 | Category        | c         | 16        | -           | 16
        plans     | 2016-17 Q4 | Category        | d         | 3         | -           | 3
        share     | 2016-17 Q4 | Category        | a         | 70        | 150         | 46.7
        share     | 2016-17 Q4 | Category        | b         | 61        | 150         | 40.7
        share     | 2016-17 Q4 | Category        | c         | 16        | 150         | 10.7
        share     | 2016-17 Q4 | Category        | d         | 3         | 150         | 2.0
        """
    )
    protected = gate(drawn, PLANS, share)
    hidden = {
        name: set(rows.loc[rows["numerator"].isna(), "breakdown"])
        for name, rows in protected.groupby("indicator")
    }
    assert hidden == {"plans": {"c", "d"}, "share": {"c", "d"}}


def test_a_return_that_lacks_a_number_leaves_no_smaller_sum():
    from lscb_analysis.measures.counting import counted
    from lscb_analysis.periods import Quarter, quarter_period

    meetings = table(
        """
        meeting_date | cases
        2017-01-10   | 40
        2017-02-10   | -
        """
    )
    cases = indicator("cases", dated_by=("meeting_date",), sum_of="cases")
    assert pd.isna(counted(cases, meetings, quarter_period(Quarter(2016, 4))).value)


def register_of(released: pd.DataFrame) -> dict:
    """What a release put into the register, as the next gate is told of it."""
    own = released.assign(source="submissions")
    return {key: [printed] for key, printed in figures_printed(own).items()}


FOUR_QUARTERS = """
    indicator | period                  | numerator
    plans     | 2016-17 Q1              | 20
    plans     | 2016-17 Q2              | {second}
    plans     | 2016-17 Q3              | 30
    plans     | 2016-17 Q4              | 25
    """


def test_a_figure_that_is_out_stays_the_same_and_is_never_withheld_later():
    first = gate(values(FOUR_QUARTERS.format(second=12)), PLANS)
    later = values(FOUR_QUARTERS.format(second=12) + "plans | 12 months to 2016-17 Q4 | 87")
    again = protect(later, {"plans": PLANS}, policy(), register_of(first))
    assert again["value"].tolist() == [20, 12, 30, 25, 87]


def test_a_year_that_would_give_back_a_quarter_that_was_withheld_is_withheld_itself():
    first = gate(values(FOUR_QUARTERS.format(second=3)), PLANS)
    assert first["value"].isna().tolist() == [False, True, False, False]
    later = values(FOUR_QUARTERS.format(second=3) + "plans | 12 months to 2016-17 Q4 | 78")
    again = protect(later, {"plans": PLANS}, policy(), register_of(first))
    assert again["value"].isna().tolist() == [False, True, False, False, True]


def test_a_figure_that_moved_by_a_few_stands_as_released_and_one_that_moved_by_many_is_new():
    first = gate(values(FOUR_QUARTERS.format(second=12)), PLANS)
    few = values(FOUR_QUARTERS.format(second=14))
    many = values(FOUR_QUARTERS.format(second=24))
    out = register_of(first)
    assert protect(few, {"plans": PLANS}, policy(), out)["value"].tolist()[1] == 12
    assert protect(many, {"plans": PLANS}, policy(), out)["value"].tolist()[1] == 24


def test_two_counts_of_which_one_is_part_of_the_other_hide_their_small_difference():
    girls = indicator("girls", dated_by=("start_date",), where={"sex": "Female"})
    drawn = values(
        """
        indicator | period     | numerator
        plans     | 2016-17 Q4 | 20
        girls     | 2016-17 Q4 | 18
        """
    )
    protected = gate(drawn, PLANS, girls)
    assert protected["value"].isna().sum() == 1


def test_stock_and_flow_do_not_give_a_small_flow_back():
    open_now = indicator("open", "stock", periods=("date",), dated_by=("start_date", "end_date"))
    ended = indicator("ended", dated_by=("end_date",))
    drawn = values(
        """
        indicator | period     | numerator
        plans     | 2016-17 Q4 | 30
        ended     | 2016-17 Q4 | 4
        """
    )
    stocks = as_values(
        pd.DataFrame(
            {
                "indicator": "open",
                "period": ["31 December 2016", "31 March 2017"],
                "period_type": "date",
                "period_start": pd.to_datetime(["2016-12-31", "2017-03-31"]),
                "period_end": pd.to_datetime(["2016-12-31", "2017-03-31"]),
                "numerator": [400, 426],
                "value": [400, 426],
                "area_code": "X06000001",
                "area": "Mereford",
                "status": "unchecked",
            }
        )
    )
    protected = gate(pd.concat([drawn, stocks], ignore_index=True), PLANS, open_now, ended)
    hidden = set(protected.loc[protected["value"].isna(), "indicator"])
    assert "ended" in hidden
    assert len(hidden) == 2


def test_a_rolling_year_that_is_out_still_binds_the_quarters_measured_now():
    # 12 months to Q4 are out; a later release no longer measures them, and its third quarter
    # would give the small second one back
    first = protect(
        values(FOUR_QUARTERS.format(second=3).replace("| 30", "| 8") + YEAR.format(56)),
        {"plans": PLANS},
        policy(),
    )
    out = register_of(first.iloc[[-1]])
    later = values(FOUR_QUARTERS.format(second=3).replace("| 30", "| 8"))
    alone = protect(later, {"plans": PLANS}, policy())
    beside = protect(later, {"plans": PLANS}, policy(), out)
    assert alone["value"].isna().sum() == 1
    assert beside["value"].isna().sum() == 2


YEAR = "plans | 12 months to 2016-17 Q4 | {}"


def test_a_few_sparse_tables_with_totals_of_totals_are_protected():
    for rows in ([[1, 1], [1, 1]], [[1, 1, 0], [2, 0, 0], [0, 1, 0]]):
        problem = margins(rows)
        assert withheld_cells(problem)[problem.is_small].all()


def margins(rows: list[list[int]]):
    """A table with its margins, as cells and sums."""
    width, height = len(rows[0]), len(rows)
    counts = [count for row in rows for count in row]
    across = [sum(row) for row in rows]
    down = [sum(row[column] for row in rows) for column in range(width)]
    first = len(counts)
    sums = []
    for at in range(height):
        inner = {at * width + column: -1 for column in range(width)}
        sums.append(({first + at: 1} | inner, 0))
    for column in range(width):
        inner = {at * width + column: -1 for at in range(height)}
        sums.append(({first + height + column: 1} | inner, 0))
    total = first + height + width
    sums.append(({total: 1} | {first + at: -1 for at in range(height)}, 0))
    sums.append(({total: 1} | {first + height + column: -1 for column in range(width)}, 0))
    return make_problem([*counts, *across, *down, sum(across)], sums, threshold=5)
