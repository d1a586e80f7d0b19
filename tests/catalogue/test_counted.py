"""Entries that choose their rows with some care, counted over small tables."""

from __future__ import annotations

from datetime import date

import pandas as pd

from lscb_analysis.catalogue import live_indicators
from lscb_analysis.measures import measure
from lscb_analysis.measures.counting import counted
from lscb_analysis.periods import Quarter, date_period, quarter_period
from tests.drawn import table

Q4 = quarter_period(Quarter(2016, 4))
LAST_DAY = date_period(date(2017, 3, 31))
COVERAGE = table("table | start | end\nX | 2014-04-01 | 2017-03-31")
PLACES = {"area": ("X06000001", "Example"), "panel": ("X90000001", "Example panel")}
NO_POPULATIONS = pd.DataFrame(columns=["series", "area_code", "year", "population", "release"])


def above_and_below(name: str, drawing: str, period=Q4) -> tuple[float, float]:
    cell = counted(live_indicators()[name], table(drawing), period)
    return cell.numerator, cell.denominator


def test_a_plan_counts_as_reviewed_on_time_until_a_review_is_overdue():
    plans = """
    child_id | plan_start_date | three_months_date | reviews_on_time_until_date | plan_end_date
    on time  | 2016-06-01      | 2016-09-01        | -                          | -
    late     | 2016-06-01      | 2016-09-01        | 2016-09-02                 | -
    new      | 2017-02-01      | 2017-05-01        | -                          | -
    ended    | 2016-01-01      | 2016-04-01        | 2017-03-01                 | 2017-03-01
    """
    drawn = table(plans).rename(columns={"reviews_on_time_until_date": "reviews_on_time_until"})
    cell = counted(live_indicators()["cp_reviews_on_time"], drawn, LAST_DAY)
    assert (cell.numerator, cell.denominator) == (1, 2)


def test_an_enquiry_counts_in_the_quarter_in_which_it_matures():
    enquiries = """
    child_id | s47_start_date | matured_date | has_conference
    A        | 2016-12-01     | 2017-01-03   | yes
    B        | 2017-01-05     | 2017-02-02   | no
    C        | 2017-03-28     | 2017-04-27   | no
    """
    assert above_and_below("section_47s_to_conference", enquiries) == (1, 2)
    assert above_and_below("section_47s_started", enquiries)[0] == 2


def test_conferences_in_time_and_conferences_with_a_plan_have_the_same_base():
    # else a reader takes one from the other and has the few children who moved in
    conferences = """
    child_id | conference_date | is_timed | is_within_15_working_days | has_plan
    A        | 2017-01-20      | yes      | yes                       | yes
    B        | 2017-02-20      | yes      | no                        | no
    moved in | 2017-02-21      | no       | -                         | yes
    """
    assert above_and_below("initial_conferences_within_15_days", conferences) == (1, 2)
    assert above_and_below("conferences_resulting_in_plan", conferences) == (1, 2)


def test_all_measures_of_care_leavers_have_the_same_base():
    # else a reader takes one from the other and has the few who died or went abroad
    care_leavers = """
    child_id | snapshot_date | age_band    | is_in_touch | is_in_education_employment_training
    A        | 2017-03-31    | 17 to 18    | yes         | yes
    B        | 2017-03-31    | 19 to 21    | no          | no
    died     | 2017-03-31    | 19 to 21    | -           | -
    older    | 2017-03-31    | 22 and over | yes         | yes
    """
    assert above_and_below("care_leavers_in_touch", care_leavers, LAST_DAY) == (1, 2)
    working = "care_leavers_in_education_employment_training"
    assert above_and_below(working, care_leavers, LAST_DAY) == (1, 2)


def test_a_form_that_is_not_yet_due_is_not_late():
    forms = """
    case_id | agency | due_date   | is_on_time
    A       | health | 2017-01-05 | yes
    A       | police | 2017-01-05 | no
    B       | health | 2017-03-31 | -
    """
    assert above_and_below("death_forms_on_time", forms) == (1, 2)


def test_a_case_reviewed_on_the_day_is_no_longer_open():
    deaths = """
    case_id | notified_date | six_months_date | twelve_months_date | review_date
    A       | 2016-01-10    | 2016-07-10      | 2017-01-10         | -
    B       | 2016-08-10    | 2017-02-10      | 2017-08-10         | -
    C       | 2017-03-01    | 2017-09-01      | 2018-03-01         | -
    D       | 2016-01-10    | 2016-07-10      | 2017-01-10         | 2017-03-31
    """
    drawn = table(deaths)
    live = live_indicators()
    names = ["death_reviews_open"]
    names += [f"death_reviews_open_over_{months}_months" for months in (6, 12)]
    assert [counted(live[name], drawn, LAST_DAY).value for name in names] == [3, 2, 1]


def test_marac_repeats_are_out_of_the_meetings_cases():
    meetings = """
    marac | meeting_date | cases | repeat_cases | children
    city  | 2017-01-11   | 20    | 6            | 31
    city  | 2017-02-08   | 30    | 9            | 40
    """
    assert above_and_below("marac_repeat_cases", meetings) == (15, 50)
    assert above_and_below("marac_children", meetings)[0] == 71


def test_each_need_is_out_of_the_clients_with_a_form():
    insights = table(
        """
        period_end | client_group | form   | attribute        | clients | of_clients
        2017-03-31 | Adults       | Intake | Mental health    | 60      | 100
        2017-03-31 | Adults       | Intake | Substance misuse | 9       | 100
        2017-03-31 | Adults       | Exit   | Mental health    | 20      | 40
        2017-03-31 | Young people | Intake | Mental health    | 30      | 50
        """
    ).astype({"period_end": "datetime64[ns]"})
    values = values_of("insights_profile", "insights", insights)
    shown = values[(values["period"] == "12 months to 2016-17 Q4") & values["numerator"].gt(0)]
    found = shown.set_index("breakdown")[["numerator", "denominator", "value"]]
    assert found.loc["Mental health"].tolist() == [60, 100, 60.0]
    assert found.loc["Substance misuse"].tolist() == [9, 100, 9.0]
    assert (values["breakdown"] != "Total").all()


def test_triage_outcomes_are_shares_of_the_notifications_summed():
    triage = table(
        """
        period_end | outcome           | notifications
        2016-12-31 | Early help        | 10
        2017-03-31 | Early help        | 20
        2017-03-31 | No further action | 90
        """
    ).astype({"period_end": "datetime64[ns]"})
    values = values_of("da_triage_outcome", "da_triage", triage)
    year = values[values["period"] == "12 months to 2016-17 Q4"].set_index("breakdown")
    assert year.loc["Early help", ["numerator", "denominator", "value"]].tolist() == [30, 120, 25.0]
    assert year.loc["No further action", "value"] == 75.0


def test_what_nobody_sent_is_unavailable_and_never_zero():
    measured = [item for item in live_indicators().values() if not item.is_published_only]
    values = measure({}, COVERAGE.iloc[:0], measured, Quarter(2016, 4), PLACES, NO_POPULATIONS)
    assert set(values["indicator"]) == {item.id for item in measured}
    assert set(values["status"]) == {"unavailable"}
    assert values["value"].isna().all()
    assert (values["reason"] != "").all()


def values_of(name: str, source: str, records: pd.DataFrame) -> pd.DataFrame:
    """What `measure` makes of one table that covers three years."""
    coverage = COVERAGE.assign(table=source)
    indicators = [live_indicators()[name]]
    return measure(
        {source: records}, coverage, indicators, Quarter(2016, 4), PLACES, NO_POPULATIONS
    )
