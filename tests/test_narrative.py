from __future__ import annotations

import re

import pandas as pd
import pytest

from lscb_analysis.catalogue import Breakdown
from lscb_analysis.narrative import (
    answer,
    breakdown_alt,
    breakdown_headline,
    challenge_question,
    change_sentence,
    chart_alt,
    chart_headline,
    comparison_alt,
    comparison_headline,
    comparison_sentence,
    fill_references,
    interval_sentence,
    lasting_headline,
    lasting_sentence,
    nothing_line,
    number_phrase,
    signal_sentence,
    trend_alt,
    trend_sentence,
)
from lscb_analysis.narrative.answer import NOTHING_NEW, WITHIN, stands_out
from lscb_analysis.narrative.changing import change_of, either_way
from lscb_analysis.periods import Quarter
from lscb_analysis.selecting import breakdown_rows, comparison_rows
from lscb_analysis.signals import Signal, latest_signal, points
from lscb_analysis.statistics.intervals import difference
from tests.drawn import indicator
from tests.showing import COMPARATORS, MEREFORD, Q4, quarters, values

PLANS = indicator("plans", "stock", title="Children with a plan")
RE_REFERRALS = indicator(
    "re_referrals", "proportion", title="Children referred again within 12 months",
    unit="% of referrals",
)  # fmt: skip
REFERRALS = indicator("referrals", title="Referrals", unit="referrals")
REPEATS = indicator(
    "repeats", "proportion", title="Second plans", unit="%", polarity="lower_is_better"
)
RATE = indicator("plans_rate", "rate", title="Plan rate", unit="per 10,000 children", of="plans")
WAIT = indicator("wait", "duration", title="Days to review", unit="days")
STEADY = [100, 104, 98, 102, 96, 101, 99, 103, 97, 100, 105, 98, 101]
NEVER = ("stable", "significant", "caused", "similar", "no change")


def change(drawing, of, period_type, **given):
    return change_sentence(points(values(drawing, **given), of, MEREFORD, period_type), of)


def two(name, earlier, later, periods=("2015-16", "2016-17")):
    lines = [f"{name} | {at} | {figure}" for at, figure in zip(periods, (earlier, later))]  # noqa: B905
    return "\n".join(["indicator | period | figure", *lines])


DATES = ("31 March 2016", "31 March 2017")


@pytest.mark.parametrize(
    ("figure", "of", "phrase"),
    [
        ("408", PLANS, "408 children"),
        ("1", PLANS, "1 child"),
        ("0", PLANS, "no children"),
        ("1", indicator(unit="section 47 enquiries"), "1 section 47 enquiry"),
        ("1", REFERRALS, "1 referral"),
        ("1", indicator(unit="periods of care"), "1 period of care"),
        ("16.4", REPEATS, "16.4%"),
        ("0", REPEATS, "0.0%"),
        ("46.4", RATE, "46.4 per 10,000 children"),
        ("28", WAIT, "28 days"),
        ("95-100", REPEATS, "95% or more"),
        ("[c]", PLANS, "a figure withheld to protect children"),
        ("[x]", PLANS, "a figure that is not available"),
        ("[z]", REPEATS, "no figure, as there was nothing to measure"),
        ("[u]", REPEATS, "a figure left out because the group is too small"),
    ],
)
def test_a_figure_in_a_sentence(figure, of, phrase):
    drawn = values(f"indicator | period | figure\n{of.id} | 2016-17 | {figure}")
    assert number_phrase(drawn.iloc[0], of) == phrase


def test_a_provisional_and_a_revised_figure_say_so():
    drawn = values(
        """
        indicator | period        | figure | release | is_current | is_provisional | as_of
        plans     | 31 March 2016 | 646    | first   | no         | no             | 2016-12-01
        plans     | 31 March 2016 | 1596   | second  | yes        | yes            | 2017-12-01
        """
    )
    row = points(drawn, PLANS, MEREFORD, "date").iloc[-1]
    assert number_phrase(row, PLANS) == "1,596 children (provisional; revised from 646)"


@pytest.mark.parametrize(
    ("drawing", "of", "period_type", "sentence"),
    [
        (
            two("plans", 518, 397, DATES),
            PLANS,
            "date",
            "Children with a plan: 397 children at 31 March 2017, 121 fewer (down 23.4%) than "
            "518 at 31 March 2016.",
        ),
        (
            two("plans", 12, 16, DATES),
            PLANS,
            "date",
            "Children with a plan: 16 children at 31 March 2017, 4 more than 12 at 31 March 2016.",
        ),
        (
            two("plans", 397, 397, DATES),
            PLANS,
            "date",
            "Children with a plan: 397 children at 31 March 2017, the same as at 31 March 2016.",
        ),
        (
            two("repeats", 20.7, 17.2),
            REPEATS,
            "financial_year",
            "Second plans: 17.2% in 2016-17, 3.5 percentage points lower than 20.7% in 2015-16.",
        ),
        (
            two("plans_rate", 61.8, 46.4, DATES),
            RATE,
            "date",
            "Plan rate: 46.4 per 10,000 children at 31 March 2017, 15.4 lower than 61.8 at "
            "31 March 2016.",
        ),
        (
            two("wait", 30, 34),
            WAIT,
            "financial_year",
            "Days to review: 34 days in 2016-17, 4 more than 30 in 2015-16.",
        ),
        (
            two("referrals", "[c]", 60),
            REFERRALS,
            "financial_year",
            "Referrals: 60 referrals in 2016-17; the change is not given: no figure in 2015-16 "
            "(withheld to protect children).",
        ),
        (
            two("referrals", 60, "[c]"),
            REFERRALS,
            "financial_year",
            "Referrals: no figure in 2016-17 (withheld to protect children).",
        ),
        (
            two("repeats", 90.1, "95-100"),
            REPEATS,
            "financial_year",
            "Second plans: 95% or more in 2016-17; it is a band, so the change is not given.",
        ),
        (
            "indicator | period | figure\nreferrals | 2016-17 | 60",
            REFERRALS,
            "financial_year",
            "Referrals: 60 referrals in 2016-17; there is no earlier figure to set beside it.",
        ),
        (
            two(
                "referrals",
                900,
                1000,
                ("12 months to 2015-16 Q4", "12 months to 2016-17 Q4"),
            ),
            REFERRALS,
            "rolling_year",
            "Referrals: 1,000 referrals in the 12 months to 2016-17 Q4, 100 more than "
            "900 in the 12 months to 2015-16 Q4.",
        ),
        (
            two("referrals", 60, 66, ("2011-12 to 2013-14", "2014-15 to 2016-17")),
            REFERRALS,
            "pooled",
            "Referrals: 66 referrals in 2014-15 to 2016-17, taken together, 6 more "
            "than 60 in 2011-12 to 2013-14, taken together: no clear difference.",
        ),
    ],
)
def test_a_change_is_told_in_plain_numbers(drawing, of, period_type, sentence):
    told = change(drawing, of, period_type)
    assert told == sentence
    assert not any(word in told for word in NEVER)


def test_a_quarter_is_set_beside_the_same_quarter_a_year_before():
    drawn = quarters("referrals", [80, 200, 300, 400, 100])
    told = change_sentence(points(drawn, REFERRALS, MEREFORD, "quarter"), REFERRALS)
    assert told == ("Referrals: 100 referrals in 2016-17 Q4, 20 more than 80 in 2015-16 Q4.")


CALM = [400, 405, 398, 402, 399, 404, 400, 401]


def test_a_change_that_chance_does_not_explain_is_called_clear_with_its_interval():
    drawn = points(quarters("referrals", [*CALM, 700]), REFERRALS, MEREFORD, "quarter")
    assert change_sentence(drawn, REFERRALS).endswith(
        "301 more than 399 in 2015-16 Q4: a clear difference."
    )
    assert interval_sentence(drawn, REFERRALS) == (
        "That is 75.4% higher, 95% confidence interval 55.1% to 98.4%."
    )


def test_a_change_that_chance_could_make_is_told_with_all_that_it_could_be():
    drawn = points(quarters("referrals", [*CALM, 420]), REFERRALS, MEREFORD, "quarter")
    assert interval_sentence(drawn, REFERRALS) == (
        "The difference could be anything from 8.2% lower to 20.7% higher (95% confidence "
        "interval). From 399, only a rise to 458 or more, or a fall to 344 or fewer, would be a "
        "clear change."
    )


def test_of_a_series_too_short_to_know_its_scatter_nothing_is_called_clear():
    drawn = points(quarters("referrals", [400, 200, 300, 400, 700]), REFERRALS, MEREFORD, "quarter")
    assert change_sentence(drawn, REFERRALS).endswith("300 more than 400 in 2015-16 Q4.")
    assert interval_sentence(drawn, REFERRALS) == (
        "How much of the difference is chance cannot be said: there are too few points to know "
        "how much they vary."
    )


def test_a_published_percentage_has_the_interval_that_its_base_gives():
    """168 of 1,000 less 191 of 1,000 is -2.3, Newcombe -5.7 to 1.1; rounding is 0.05 each."""
    drawn = values(
        """
        indicator    | period  | figure | denominator
        re_referrals | 2023-24 | 19.1   | 1000
        re_referrals | 2024-25 | 16.8   | 1000
        """,
        source="DfE",
        release="LAIT",
    )
    found = points(drawn, RE_REFERRALS, MEREFORD, "financial_year")
    assert change_sentence(found, RE_REFERRALS).endswith(
        "2.3 percentage points lower than 19.1% in 2023-24: no clear difference."
    )
    exact = difference([168], [1000], [191], [1000])
    low, high = (float(end[0]) * 100 for end in exact[1:])
    assert interval_sentence(found, RE_REFERRALS) == (
        f"The difference could be anything from {abs(low - 0.1):.1f} percentage points lower to "
        f"{high + 0.1:.1f} percentage points higher (95% confidence interval)."
    )


def test_a_published_percentage_without_its_base_says_that_it_has_no_interval():
    drawn = values(
        """
        indicator    | period  | figure
        re_referrals | 2023-24 | 19.1
        re_referrals | 2024-25 | 16.8
        """,
        source="DfE",
        release="LAIT",
    )
    found = points(drawn, RE_REFERRALS, MEREFORD, "financial_year")
    assert change_sentence(found, RE_REFERRALS).endswith("lower than 19.1% in 2023-24.")
    assert interval_sentence(found, RE_REFERRALS) == (
        "How much of the difference is chance cannot be said: the counts behind these figures "
        "are not held."
    )
    headline = chart_headline(found, RE_REFERRALS, latest_signal(found, RE_REFERRALS))
    assert headline == "Children referred again within 12 months: 16.8% in 2024-25"


def test_a_median_says_that_it_has_no_interval():
    days = indicator("days", "duration", unit="days", title="Time to review")
    drawn = values(
        """
        indicator | period             | figure
        days      | 2011-12 to 2013-14 | 352
        days      | 2014-15 to 2016-17 | 432
        """
    )
    assert interval_sentence(points(drawn, days, MEREFORD, "pooled"), days) == (
        "How much of the difference is chance cannot be said: these are medians, whose intervals "
        "are not released."
    )


def test_a_rate_names_the_count_that_its_difference_is_judged_by():
    rate = indicator("rate", "rate", of="section_47s_started", scale=10_000, unit="per 10,000")
    drawn = values(
        """
        indicator | period  | figure
        rate      | 2023-24 | 161.7
        rate      | 2024-25 | 182.9
        """
    )
    found = points(drawn, rate, MEREFORD, "financial_year")
    assert interval_sentence(found, rate) == (
        "How much of the difference is chance is judged by the count behind the rate: section 47 "
        "enquiries started."
    )
    unknown = indicator("rate", "rate", of="nothing", scale=10_000, unit="per 10,000")
    assert interval_sentence(found, unknown) == ""


def test_years_to_one_quarter_have_an_interval_of_their_own():
    drawn = values(
        """
        indicator    | period                  | figure | numerator | denominator
        re_referrals | 12 months to 2015-16 Q4 | 10.0   | 100       | 1000
        re_referrals | 12 months to 2016-17 Q4 | 20.0   | 200       | 1000
        """
    )
    found = points(drawn, RE_REFERRALS, MEREFORD, "rolling_year")
    assert change_sentence(found, RE_REFERRALS).endswith(
        "10.0 percentage points higher than 10.0% in the 12 months to 2015-16 Q4."
    )
    low, high = (float(end[0]) * 100 for end in difference([200], [1000], [100], [1000])[1:])
    assert interval_sentence(found, RE_REFERRALS) == (
        f"With chance alone at work it would be {low:.1f} to {high:.1f} percentage points higher "
        "(95% confidence interval); there are too few points to know how much more they vary, so "
        "it is not called clear."
    )
    headline = chart_headline(found, RE_REFERRALS, latest_signal(found, RE_REFERRALS))
    assert headline.endswith(": 20.0% in the 12 months to 2016-17 Q4")


def test_eight_percentages_that_vary_no_more_than_chance_are_enough_to_call_a_change_clear():
    shares = [100, 102, 98, 101, 99, 100, 103, 97, 200]
    drawn = quarters("re_referrals", [each / 10 for each in shares]).assign(
        numerator=[float(each) for each in shares], denominator=1000.0
    )
    found = points(drawn, RE_REFERRALS, MEREFORD, "quarter")
    assert change_sentence(found, RE_REFERRALS).endswith(": a clear difference.")
    few = points(drawn.iloc[-7:], RE_REFERRALS, MEREFORD, "quarter")
    assert change_sentence(few, RE_REFERRALS).endswith("in 2015-16 Q4.")


def test_a_series_that_scatters_widens_the_interval_of_its_change():
    calm = [400, 405, 398, 402, 401, 399, 404, 400, 500]
    wild = [400, 205, 698, 302, 401, 199, 604, 400, 500]
    told = [
        change_sentence(
            points(quarters("referrals", each), REFERRALS, MEREFORD, "quarter"), REFERRALS
        )
        for each in (calm, wild)
    ]
    assert [sentence.endswith(": a clear difference.") for sentence in told] == [True, False]


def test_under_twenty_events_no_percentage_is_given_but_what_chance_could_make():
    drawn = points(
        quarters("referrals", [9, 11, 10, 8, 9, 12, 10, 11, 12]), REFERRALS, MEREFORD, "quarter"
    )
    assert interval_sentence(drawn, REFERRALS) == (
        "Too few for a percentage: a count of 12 could by chance alone have been anything from "
        "6 to 21 (95% confidence interval). From 9, only a rise to 21 or more, or a fall to 1 or "
        "fewer, would be a clear change."
    )


def test_levels_and_figures_that_are_not_printed_have_no_interval():
    plans = points(values(two("plans", 518, 397)), PLANS, MEREFORD, "financial_year")
    assert interval_sentence(plans, PLANS) == ""
    withheld = values(
        """
        indicator | period     | figure
        referrals | 2015-16 Q4 | 80
        referrals | 2016-17 Q4 | [c]
        """
    )
    assert interval_sentence(points(withheld, REFERRALS, MEREFORD, "quarter"), REFERRALS) == ""


def test_rounded_figures_differ_by_about():
    drawn = values(two("referrals", 105, 120)).assign(status="rounded")
    told = change_sentence(points(drawn, REFERRALS, MEREFORD, "financial_year"), REFERRALS)
    assert told.endswith("about 15 more than 105 in 2015-16.")


def test_a_change_between_two_sources_says_so():
    drawing = """
        indicator | period        | figure | source
        plans     | 31 March 2016 | 518    | published
        plans     | 31 March 2017 | 408    | submissions
        """
    assert change(drawing, PLANS, "date").endswith("518 at 31 March 2016 (from another source).")


def signal_of(figures, of=REFERRALS):
    return latest_signal(points(quarters(of.id, figures), of, MEREFORD, "quarter"), of)


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        (STEADY, "Referrals: within its usual quarter-to-quarter range (89 to 112) in 2016-17 Q4."),
        (
            [*STEADY, 160],
            "Referrals: higher than its usual quarter-to-quarter range (93 to 116) in 2016-17 Q4.",
        ),
        (
            [*STEADY, 20],
            "Referrals: lower than its usual quarter-to-quarter range (83 to 106) in 2016-17 Q4.",
        ),
        (STEADY[:9], "Referrals: too few quarters to judge (9)."),
        (
            [*STEADY[:9], 160],
            "Referrals: above its trial limits (94 to 118) in 2016-17 Q4; the limits rest on 10 "
            "quarters, too few to judge by alone.",
        ),
        (
            [*STEADY, *STEADY, 20, 22],
            "Referrals: lower than its usual quarter-to-quarter range (84 to 106) in 2016-17 Q4, "
            "for the second quarter running.",
        ),
        (
            STEADY[:1],
            "Referrals: too few quarters or events to judge what is usual (1 point printed).",
        ),
        (
            STEADY[:6],
            "Referrals: too few quarters or events to judge what is usual (6 points printed).",
        ),
        (
            [*STEADY, "[c]"],
            "Referrals: no figure is printed in 2016-17 Q4, so it cannot be set against its usual "
            "range.",
        ),
    ],
)
def test_what_may_be_said_of_a_signal(figures, sentence):
    told = signal_sentence(signal_of(figures), REFERRALS)
    assert told == sentence
    assert not any(word in told for word in NEVER)


def test_a_level_is_described_and_a_missing_series_said_to_be():
    drawn = values(two("plans", 518, 397, DATES))
    level = latest_signal(points(drawn, PLANS, MEREFORD, "date"), PLANS)
    assert signal_sentence(level, PLANS) == (
        "Children with a plan: described and not tested at 31 March 2017, because a level at one "
        "date depends on the level before it."
    )
    nothing = latest_signal(points(drawn, PLANS, "X9", "date"), PLANS)
    assert signal_sentence(nothing, PLANS) == (
        "Children with a plan: no figure is printed in this release, so it cannot be set against "
        "its usual range."
    )


@pytest.mark.parametrize(
    ("polarity", "ending", "question"),
    [
        (
            "none",
            "in 2016-17 Q4.",
            "What lies behind referrals being higher than usual in 2016-17 Q4: a change in need, "
            "in how it is recognised or in how it is recorded, and how do partners know?",
        ),
        (
            "lower_is_better",
            "in 2016-17 Q4, against the direction wanted.",
            "What lies behind referrals being higher than usual in 2016-17 Q4, what is being done "
            "about it, and by when will it show?",
        ),
        (
            "higher_is_better",
            "in 2016-17 Q4, in the direction wanted.",
            "What lies behind referrals being higher than usual in 2016-17 Q4, and what will keep "
            "it there?",
        ),
    ],
)
def test_polarity_decides_only_the_word_and_the_question(polarity, ending, question):
    of = indicator("referrals", title="Referrals", unit="referrals", polarity=polarity)
    found = signal_of([*STEADY, 160], of)
    assert found.state == "outside"
    assert signal_sentence(found, of).endswith(ending)
    assert challenge_question(found, of) == question


def test_trial_limits_are_asked_about_as_such():
    assert challenge_question(signal_of([*STEADY[:9], 160]), REFERRALS) == (
        "What lies behind referrals being higher than usual in 2016-17 Q4, or is it no more than "
        "chance in a short series, and who is looking into it?"
    )


BESIDE = """
    indicator  | area          | period        | figure | numerator | denominator
    plans_rate | Mereford      | 31 March 2017 | 46.4   | 397       | 85492
    plans_rate | Neighbours    | 31 March 2017 | 52.6   | -         | -
    plans_rate | Middle Shires | 31 March 2017 | [c]    | -         | -
    plans_rate | Exampleland   | 31 March 2017 | 43.3   | 51080     | 11785311
    repeats    | Mereford      | 2016-17       | 16.4   | 75        | 458
    repeats    | Exampleland   | 2016-17       | 18.7   | 12400     | 66410
    """


def test_a_comparison_states_the_numbers_first_and_no_difference_that_is_not_clear():
    assert comparison_sentence(values(BESIDE), RATE, MEREFORD, COMPARATORS) == (
        "At 31 March 2017: Mereford 46.4, Neighbours 52.6 and Exampleland 43.3 per 10,000 "
        "children. There is no clear difference between Mereford and Exampleland: it could be "
        "anything from 3.2% lower to 18.3% higher."
    )
    assert comparison_sentence(values(BESIDE), REPEATS, MEREFORD, COMPARATORS) == (
        "In 2016-17: Mereford 16.4% and Exampleland 18.7%. There is no clear difference between "
        "Mereford and Exampleland: it could be anything from 5.4 percentage points lower to 1.4 "
        "percentage points higher."
    )


def test_a_clear_difference_has_its_interval():
    drawn = values(BESIDE.replace("| 75 ", "| 35 ").replace("16.4 ", "7.6 "))
    assert comparison_sentence(drawn, REPEATS, MEREFORD, COMPARATORS).endswith(
        "Mereford is 11.0 percentage points lower than Exampleland (95% confidence interval 8.2 "
        "to 13.1)."
    )
    drawn = values(BESIDE.replace("| 397 ", "| 600 "))
    assert comparison_sentence(drawn, RATE, MEREFORD, COMPARATORS).endswith(
        "The rate of Mereford is 61.9% higher than that of Exampleland (95% confidence interval "
        "49.2% to 75.5%)."
    )


def test_numbers_alone_are_only_set_beside_each_other():
    drawn = values(BESIDE, numerator=float("nan"), denominator=float("nan"))
    assert comparison_sentence(drawn, REPEATS, MEREFORD, COMPARATORS) == (
        "In 2016-17: Mereford 16.4% and Exampleland 18.7%."
    )
    assert comparison_sentence(drawn, REPEATS, MEREFORD, []) == ""


def known(*items):
    return {item.id: item for item in items}


def test_the_answer_of_a_quiet_quarter():
    drawn = quarters("referrals", STEADY)
    assert answer(drawn, known(REFERRALS), MEREFORD, Q4) == [
        "Referrals: 101 referrals in 2016-17 Q4, 4 more than 97 in 2015-16 Q4: no "
        "clear difference.",
        "Nothing stands out: the one indicator with enough points to judge is within its usual "
        "range.",
    ]


def _many(count, last):
    items = [indicator(f"i{number}", title=f"Indicator {number}") for number in range(count)]
    drawn = [quarters(item.id, [*STEADY, last]) for item in items]
    return pd.concat(drawn, ignore_index=True), known(*items)


def test_the_answer_has_three_figures_at_most_and_says_how_many_stand_out():
    drawn, items = _many(2, 101)
    assert answer(drawn, items, MEREFORD, Q4)[-1] == (
        "Nothing stands out: both indicators with enough points to judge are within their usual "
        "range."
    )
    drawn, items = _many(1, 160)
    assert answer(drawn, items, MEREFORD, Q4)[-1] == (
        "The one indicator with limits is outside its usual range: indicator 0 (higher)."
    )
    drawn, items = _many(7, 160)
    told = answer(drawn, items, MEREFORD, Q4)
    assert len(told) == 4
    assert told[-1].startswith(
        "7 of the 7 indicators with limits are outside their usual range; the "
        "furthest are indicator 0 (higher), indicator 1 (higher)"
    )


def test_the_answer_of_a_theme_with_nothing():
    drawn = quarters("referrals", ["[c]"])
    assert answer(drawn, known(REFERRALS), MEREFORD, Q4) == [
        "No figure can be printed for this theme in this release.",
        "No indicator has enough points yet to say what is usual for it.",
    ]


def test_the_answer_takes_the_rolling_year_where_the_quarter_is_withheld():
    drawn = values(
        """
        indicator | period                  | figure
        referrals | 2016-17 Q4              | [c]
        referrals | 12 months to 2016-17 Q4 | 31
        """
    )
    assert answer(drawn, known(REFERRALS), MEREFORD, Q4)[0] == (
        "Referrals: 31 referrals in the 12 months to 2016-17 Q4; there is no earlier figure to "
        "set beside it."
    )


def _figures(text):
    return set(re.findall(r"\d+(?:\.\d+)?", text))


def test_a_lines_headline_says_what_stands_out_or_what_changed():
    high = points(quarters("referrals", [*STEADY, 160]), REFERRALS, MEREFORD, "quarter")
    assert chart_headline(high, REFERRALS, latest_signal(high, REFERRALS)) == (
        "Referrals: higher than usual in 2016-17 Q4"
    )
    plain = points(values(two("plans", 518, 397, DATES)), PLANS, MEREFORD, "date")
    assert chart_headline(plain, PLANS) == "Children with a plan: 121 fewer than a year before"
    same = points(values(two("plans", 397, 397, DATES)), PLANS, MEREFORD, "date")
    assert chart_headline(same, PLANS) == "Children with a plan: the same as a year before"
    gone = points(values(two("plans", 518, "[c]", DATES)), PLANS, MEREFORD, "date")
    assert chart_headline(gone, PLANS) == (
        "Children with a plan: a figure withheld to protect children at 31 March 2017"
    )


def test_a_lines_alt_text_has_only_figures_of_its_table():
    found = points(quarters("referrals", [*STEADY, "[c]", 160]), REFERRALS, MEREFORD, "quarter")
    alt = chart_alt(found, REFERRALS, latest_signal(found, REFERRALS))
    assert alt == (
        "Line chart of referrals, 2013-14 Q2 to 2016-17 Q4. Smallest 96 (2014-15 Q2), largest 160 "
        "(2016-17 Q4), newest 160. One period is not printed. The newest is above the usual range "
        "(93 to 116). What stands out is ringed."
    )
    none = points(quarters("referrals", ["[c]"]), REFERRALS, MEREFORD, "quarter")
    assert chart_alt(none, REFERRALS) == "No figure of referrals is printed."


def test_areas_side_by_side_in_words():
    rows = comparison_rows(values(BESIDE), RATE, MEREFORD, COMPARATORS)
    assert comparison_headline(rows, RATE) == (
        "Plan rate: 46.4 per 10,000 children in Mereford at 31 March 2017"
    )
    assert comparison_alt(rows, RATE) == (
        "Bar chart of plan rate, 31 March 2017: Mereford 46.4, Neighbours 52.6, Middle Shires [c] "
        "and Exampleland 43.3."
    )


@pytest.mark.parametrize(
    ("figures", "headline"),
    [
        ((210, 45), "Referrals by sex: the largest group is Female (210)"),
        ((210, "[c]"), "Referrals by sex: the largest group printed is Female (210)"),
        ((45, 45), "Referrals by sex"),
        (("[c]", "[c]"), "Referrals by sex"),
    ],
)
def test_a_breakdown_in_words(figures, headline):
    sex = Breakdown("sex", "Sex", "sex", ("Female", "Male"))
    drawn = values(
        f"""
        indicator | period     | breakdown | figure
        referrals | 2016-17 Q4 | Male      | {figures[1]}
        referrals | 2016-17 Q4 | Female    | {figures[0]}
        """,
        breakdown_topic="Sex",
    )
    rows = breakdown_rows(drawn, REFERRALS, MEREFORD, sex)
    assert breakdown_headline(rows, REFERRALS, sex) == headline
    assert breakdown_alt(rows, REFERRALS, sex) == (
        f"Bar chart of referrals by sex, 2016-17 Q4: Female {figures[0]} and Male {figures[1]}."
    )


def test_an_indicator_with_nothing_has_one_line():
    draft = indicator(title="Return interviews", stage="draft", reason="No return holds them.")
    assert nothing_line(draft) == (
        "No figures for return interviews in this release: No return holds them."
    )
    assert nothing_line(REFERRALS) == "No figures for referrals in this release."


RELEASED = values(
    """
    indicator | period        | figure
    plans     | 31 March 2016 | 1518
    plans     | 31 March 2017 | [c]
    repeats   | 2016-17       | 16.4
    """
)
FILLED = known(PLANS, REPEATS)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Plans were {plans:31 March 2016}.", "Plans were 1,518."),
        ("{repeats:2016-17} were repeats.", "16.4% were repeats."),
        (
            "There were {plans:31 March 2017} plans.",
            "There were [a figure withheld to protect children] plans.",
        ),
        ("Of 1,518 plans 16.4% were repeats.", "Of 1,518 plans 16.4% were repeats."),
        ("From 1 April 2016 to 31 March 2017.", "From 1 April 2016 to 31 March 2017."),
        ("In Q3 of 2016-17 those aged 16 to 17.", "In Q3 of 2016-17 those aged 16 to 17."),
        ("Since 2015 section 47 work grew.", "Since 2015 section 47 work grew."),
    ],
)
def test_commentary_is_filled_from_released_figures(text, filled):
    assert fill_references(text, RELEASED, MEREFORD, known=FILLED) == (filled, [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{plan:31 March 2016}", "reference 1 names an indicator that the catalogue does not have"),
        (
            "{plans:31 March 2016} and {plans:2012-13}",
            "reference 2 names a period for which no figure is released",
        ),
        ("We saw 12 children.", "word 3 has a number that is not a released figure of the area"),
        (
            "{plans:31 March 2016} fell by 4%",
            "word 4 has a number that is not a released figure of the area",
        ),
        ("About 16% were.", "word 2 has a number that is not a released figure of the area"),
        ("It was 16.4 in all.", "word 3 has a number that is not a released figure of the area"),
        ("Up{plans 2016", "a brace that belongs to no reference"),
    ],
)
def test_a_bare_number_or_unknown_reference_is_a_problem_that_names_only_its_place(text, problem):
    _, problems = fill_references(text, RELEASED, MEREFORD, known=FILLED)
    assert problem in problems


def test_another_areas_figure_is_not_this_areas():
    _, problems = fill_references("{plans:31 March 2016}", RELEASED, "E06000016", known=FILLED)
    assert problems == ["reference 1 names a period for which no figure is released"]


LASTING = indicator("lasting", "still_open", title="How long plans stay open", unit="% of plans")


def lasting_rows(*figures: str):
    names = ("3 months", "6 months", "12 months", "24 months")
    lines = [f"lasting | {name} | {figure}" for name, figure in zip(names, figures, strict=True)]
    drawing = "\n".join(["indicator | breakdown | figure", *lines])
    rows = values(drawing, period="2015-16 to 2016-17")
    return rows


def half_row(value: float, lower: float, upper: float):
    rows = values("indicator | period | figure\nhalf | 2015-16 to 2016-17 | 9")
    return rows.assign(value=value, lower_ci=lower, upper_ci=upper, denominator=1460.0)


def test_how_long_is_told_with_its_estimate_its_interval_and_of_how_many():
    rows = lasting_rows("98", "79", "32", "5")
    assert lasting_sentence(rows, half_row(9.2, 9.0, 9.4), LASTING) == (
        "About 98% of plans stay open for more than 3 months, 79% for more than 6 months, 32% for "
        "more than 12 months and 5% for more than 24 months: an estimate from all plans open in "
        "2015-16 to 2016-17, those that have not ended included. Half have ended within about 9.2 "
        "months (95% confidence interval 9.0 to 9.4), from about 1,460 plans."
    )
    assert lasting_headline(rows, LASTING) == (
        "How long plans stay open: about 32% for more than 12 months"
    )


def test_what_is_withheld_of_how_long_is_left_out_and_an_end_not_reached_is_said_to_be():
    rows = lasting_rows("[c]", "79", "[c]", "[c]")
    told = lasting_sentence(rows, half_row(9.0, 8.0, float("nan")), LASTING)
    assert told.startswith("About 79% of plans stay open for more than 6 months: an estimate")
    assert "interval 8 to a length not yet reached)" in told
    assert lasting_headline(lasting_rows(*["[c]"] * 4), LASTING) == "How long plans stay open"
    assert lasting_sentence(lasting_rows(*["[c]"] * 4), half_row(9, 8, 9).iloc[:0], LASTING) == ""


FLAT = [100, 104, 98, 102, 96, 101, 99, 103, 97, 100, 105, 98]
RISING = [round(100 * 1.05**step) + (-1) ** step * 3 for step in range(12)]
SEASONAL = [800, 1200, 1000, 1000, 820, 1210, 990, 1010, 790, 1190, 1020, 980]


def trend_of(figures, of=REFERRALS, **given):
    return trend_sentence(
        points(quarters("referrals", figures, **given), "referrals", MEREFORD, "quarter"), of
    )


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        (
            RISING,
            "Over the 12 quarters to 2016-17 Q4: 21.1% more a year (95% confidence interval 13.4% "
            "to 29.2%).",
        ),
        (
            RISING[::-1],
            "Over the 12 quarters to 2016-17 Q4: 17.4% fewer a year (95% confidence interval 11.8% "
            "to 22.6%).",
        ),
        (
            FLAT,
            "Over the 12 quarters to 2016-17 Q4: no clear trend; it could be anything from 7.2% "
            "fewer to 7.7% more a year (95% confidence interval).",
        ),
        (
            SEASONAL,
            "Over the 12 quarters to 2016-17 Q4: no clear trend; it could be anything from 2.9% "
            "fewer to 2.4% more a year (95% confidence interval). The time of year matters: July "
            "to September usually lies 19.9% above the year's mean, April to June 19.8% below it.",
        ),
        (
            [6, 7, 8, 6, 7, 9, 6, 8, 7, 6, 8, 7],
            "Over the 12 quarters to 2016-17 Q4 there are too few events for a trend: only a "
            "change to about 2.9 times, or down by as much, would usually be found.",
        ),
    ],
)
def test_a_trend_is_told_with_its_interval(figures, told):
    assert trend_of(figures) == told


@pytest.mark.parametrize(
    ("figures", "of"),
    [
        (FLAT[:11], REFERRALS),
        ([*FLAT[:5], "[c]", *FLAT[6:]], REFERRALS),
        ([*FLAT[:11], "[x]"], REFERRALS),
        ([0, 90, 0, 80] * 3, REFERRALS),
        (FLAT, indicator("referrals", "stock", title="Children with a plan")),
        (FLAT, indicator("referrals", "proportion", unit="% of plans")),
    ],
    ids=["too short", "withheld", "not received", "mostly none", "a level", "a percentage"],
)
def test_no_trend_is_told_of_what_cannot_be_tested(figures, of):
    assert trend_of(figures, of) == ""


def test_a_trend_of_a_series_that_ends_with_another_quarter_names_the_right_time_of_year():
    labels = [quarter.label for quarter in Quarter(2016, 2).last(12)]
    lines = [f"referrals | {at} | {n}" for at, n in zip(labels, SEASONAL, strict=True)]
    drawing = "\n".join(["indicator | period | figure", *lines])
    told = trend_sentence(points(values(drawing), "referrals", MEREFORD, "quarter"), REFERRALS)
    # the series begins with October to December; its second quarter is the high one
    assert "January to March usually lies 19.9% above the year's mean" in told


def test_of_a_quarter_that_never_has_an_event_no_time_of_year_is_told():
    told = trend_of([0, 90, 85, 80] * 3)
    assert told.startswith("Over the 12 quarters to 2016-17 Q4: no clear trend")
    assert "time of year" not in told


RUN_BELOW = [130, 90, 125, 115, 128, 108, 127, 100, 102, 95, 104, 98, 101, 103]


def test_a_run_below_the_mean_is_no_fall_since_its_newest_figure_can_have_risen():
    signal = latest_signal(
        points(quarters("referrals", RUN_BELOW), REFERRALS, MEREFORD, "quarter"), REFERRALS
    )
    assert (signal.state, signal.rule, signal.direction) == ("pattern", "shift", "down")
    asked = challenge_question(signal, REFERRALS)
    assert asked.startswith(
        "What lies behind the 7 quarters to 2016-17 Q4 with referrals below the average: "
    )
    assert "fall" not in asked
    assert signal_sentence(signal, REFERRALS) == (
        "Referrals: the last 7 figures are all below the average of the series; the newest is "
        "within its usual quarter-to-quarter range (70 to 148) in 2016-17 Q4."
    )


def test_a_figure_that_is_the_same_has_no_verdict_on_its_change():
    same = [100, 104, 98, 102, 96, 101, 99, 103, 103]
    told = change_sentence(
        points(quarters("referrals", [*same[:4], 103, *same[5:8], 103]), REFERRALS, MEREFORD,
               "quarter"), REFERRALS
    )  # fmt: skip
    assert told.endswith("the same as in 2015-16 Q4.")


RISING = [120, 90, 115, 88, 118, 92, 96, 99, 102, 105, 108, 111, 114]
NEAR_THE_END = [100, 112, 90, 110, 91, 109, 92, 108, 93, 107, 148, 118, 148]


@pytest.mark.parametrize(
    ("figures", "told", "asked"),
    [
        (
            RISING,
            "the last 7 figures rise one after the other; the newest is within its usual ",
            "What lies behind the rise in referrals over the 7 quarters to 2016-17 Q4: ",
        ),
        (
            [214 - figure for figure in RISING],
            "the last 7 figures fall one after the other; the newest is within its usual ",
            "What lies behind the fall in referrals over the 7 quarters to 2016-17 Q4: ",
        ),
    ],
)
def test_a_pattern_at_the_end_is_told_and_asked_about_as_such(figures, told, asked):
    signal = signal_of(figures)
    assert signal.state == "pattern"
    assert told in signal_sentence(signal, REFERRALS)
    assert challenge_question(signal, REFERRALS).startswith(asked)


@pytest.mark.parametrize(
    ("figures", "told", "asked"),
    [
        (
            NEAR_THE_END,
            "two of the last three figures are near the upper end; the newest is within its usual ",
            "What lies behind referrals being near the upper end of the usual range in the "
            "quarters to 2016-17 Q4: ",
        ),
        (
            [200 - figure for figure in NEAR_THE_END],
            "two of the last three figures are near the lower end; the newest is within its usual ",
            "What lies behind referrals being near the lower end of the usual range in the "
            "quarters to 2016-17 Q4: ",
        ),
    ],
)
def test_figures_near_the_end_of_the_range_are_told_and_asked_about_as_such(figures, told, asked):
    signal = signal_of(figures)
    assert (signal.state, signal.rule) == ("pattern", "two in three")
    assert told in signal_sentence(signal, REFERRALS)
    assert challenge_question(signal, REFERRALS).startswith(asked)


FEW = "trial limits, which rest on few points"


@pytest.mark.parametrize(
    ("firm", "trials", "told"),
    [
        (1, 0, "the one indicator with enough points to judge is within its usual range"),
        (4, 0, "all 4 indicators with enough points to judge are within their usual range"),
        (
            1,
            1,
            "the one indicator with enough points to judge is within its usual range; one more is "
            f"within {FEW}",
        ),
        (
            4,
            2,
            "all 4 indicators with enough points to judge are within their usual range; 2 more are "
            f"within {FEW}",
        ),
        (0, 1, f"the one indicator with limits is not outside them, and they are {FEW}"),
        (0, 3, f"none of the 3 indicators with limits is outside them, and they are {FEW}"),
    ],
)
def test_a_quiet_quarter_says_how_many_were_judged_and_by_what(firm, trials, told):
    signals = [Signal("a", "2016-17 Q4", "inside")] * firm
    signals += [Signal("b", "2016-17 Q4", "trial_inside")] * trials
    assert stands_out(signals, {}) == f"Nothing stands out: {told}."


def test_a_clear_difference_where_nothing_stands_out_is_explained():
    figures = [1000, 1030, 975, 1020, 970, 1025, 980, 1030, 920, 1000, 1025, 985, 1085]
    drawn = quarters("referrals", figures)
    told = answer(drawn, known(REFERRALS), MEREFORD, Q4)
    assert told[0].endswith(": a clear difference.")
    assert told[1].startswith("Nothing stands out")
    assert told[2] == WITHIN


def test_a_figure_that_is_older_than_a_year_does_not_lead():
    old = values("indicator | period | figure\nreferrals | 2013-14 | 60\nreferrals | 2014-15 | 70")
    told = answer(old, known(REFERRALS), MEREFORD, Q4)
    assert told[0] == NOTHING_NEW


def test_a_figure_of_the_panels_areas_names_them():
    of = indicator("deaths", title="Child deaths", unit="deaths", geography="panel")
    found = points(values(two("deaths", 40, 45)), of, MEREFORD, "financial_year")
    told = change_sentence(found.assign(area="Mereford and Rushland"), of)
    assert told.startswith("Child deaths (Mereford and Rushland): 45 deaths in 2016-17")


def test_a_percentage_whose_series_scatters_has_a_wider_interval():
    shares = [50, 70, 50, 70, 50, 70, 50, 70, 50, 70, 50, 70, 60]
    lines = [
        f"repeats | {quarter.label} | {share} | {share} | 100"
        for quarter, share in zip(Quarter(2016, 4).last(len(shares)), shares, strict=True)
    ]
    drawing = "\n".join(["indicator | period | figure | numerator | denominator", *lines])
    found = points(values(drawing), REPEATS, MEREFORD, "quarter")
    steady = found.assign(numerator=[60] * 8 + [50] + [60] * 4)
    wide, narrow = (change_of(each, REPEATS) for each in (found, steady))
    assert (wide.upper - wide.lower) > 1.5 * (narrow.upper - narrow.lower)


def test_a_difference_of_whole_percentages_is_about_a_whole_number():
    drawing = """
        indicator | period  | figure | source
        repeats   | 2015-16 | 21     | published
        repeats   | 2016-17 | 19     | published
        """
    told = change(drawing, REPEATS, "financial_year")
    assert "about 2 percentage points lower than 21% in 2015-16" in told


def test_an_end_that_is_printed_as_nothing_is_no_difference():
    assert either_way(-0.04, 7.3, "%") == "no difference to 7.3% higher"
    assert either_way(-3.2, 0.01, "%") == "3.2% lower to no difference"


def headline_of(figures):
    found = points(quarters("referrals", figures), REFERRALS, MEREFORD, "quarter")
    return chart_headline(found, REFERRALS, latest_signal(found, REFERRALS))


@pytest.mark.parametrize(
    ("figures", "headline"),
    [
        (STEADY, "Referrals: within its usual range in 2016-17 Q4"),
        (STEADY[:9], "Referrals: no clear difference from a year before"),
        (RISING, "Referrals: the last 7 figures rise one after the other"),
        (STEADY[:7], "Referrals: 99 referrals in 2016-17 Q4"),
        (
            [1000, 1030, 975, 1020, 970, 1025, 980, 1030, 920, 1000, 1025, 985, 1085],
            "Referrals: 165 more than a year before",
        ),
    ],
)
def test_a_headline_claims_no_more_than_the_text_below_it(figures, headline):
    assert headline_of(figures) == headline


def test_a_line_that_begins_late_has_no_gap_and_one_that_breaks_has():
    late = points(quarters("referrals", ["[x]", "[x]", 100, 101]), REFERRALS, MEREFORD, "quarter")
    broken = points(quarters("referrals", [100, "[x]", 101, 102]), REFERRALS, MEREFORD, "quarter")
    assert "gaps" not in trend_alt(late, REFERRALS)
    assert ", with gaps" in trend_alt(broken, REFERRALS)
