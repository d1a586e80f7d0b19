"""Examples of the rules about plans, reviews and pre-proceedings."""

from __future__ import annotations

from tests.sources.rules_cin_census.drawing import Case

OLD = "episode referral_date=2016-01-10"
CIN = "cin_plan plan_start_date={} plan_end_date={}"
CP = "cp_plan plan_start_date={} plan_end_date={}"
DIED = "child death_date=2016-11-01\n"
OFFERED = "pre_proceedings letter_sent_date=2016-10-10 is_meeting_offered={}"


def _of_kind(name: str, plan: str) -> dict[str, Case]:
    """The examples of the rules that are the same for both kinds of plan."""
    return {
        f"{name}_before_referral": (plan.format("2016-05-09", ""), plan.format("2016-05-10", "")),
        f"{name}_dates": (
            plan.format("2016-09-05", "2016-09-04"),
            plan.format("2016-09-05", "2016-09-05"),
        ),
        f"{name}_year": (
            f"{OLD}\n" + plan.format("2016-02-05", "2016-03-31"),
            f"{OLD}\n" + plan.format("2016-02-05", "2016-04-01"),
        ),
        f"{name}_one_day": (
            plan.format("2016-09-05", "2016-09-05"),
            plan.format("2016-09-05", "2016-09-06"),
        ),
        f"{name}_two_open": (
            plan.format("2016-09-05", "") + "\n" + plan.format("2016-10-05", ""),
            plan.format("2016-09-05", "2016-10-01") + "\n" + plan.format("2016-10-05", ""),
        ),
        f"{name}_overlap": (
            plan.format("2016-09-05", "2016-10-06") + "\n" + plan.format("2016-10-05", ""),
            plan.format("2016-09-05", "2016-10-05") + "\n" + plan.format("2016-10-05", ""),
        ),
        f"{name}_start_death": (
            DIED + plan.format("2016-11-02", ""),
            DIED + plan.format("2016-11-01", ""),
        ),
        f"{name}_end_death": (
            DIED + plan.format("2016-09-05", "2016-11-02"),
            DIED + plan.format("2016-09-05", "2016-11-01"),
        ),
    }


CASES: dict[str, Case] = {
    **_of_kind("cin_plan", CIN),
    **_of_kind("cp_plan", CP),
    "plans_both_open": (
        CIN.format("2016-06-01", "") + "\ncp_plan",
        CIN.format("2016-06-01", "2016-09-05")
        + "\ncp_plan\nchild child_id=C2\n"
        + CIN.format("2016-06-01", ""),
    ),
    "cin_plan_in_cp_plan": (
        "cp_plan plan_end_date=2016-12-01\n" + CIN.format("2016-11-30", ""),
        "cp_plan plan_end_date=2016-12-01\n" + CIN.format("2016-12-01", ""),
    ),
    "cp_plan_in_cin_plan": (
        CIN.format("2016-06-01", "2016-09-06") + "\ncp_plan",
        CIN.format("2016-06-01", "2016-09-05") + "\ncp_plan",
    ),
    "review_in_cin_plan": (
        "cp_plan plan_end_date=2016-12-01\nreview 2016-12-05\n" + CIN.format("2016-11-25", ""),
        "cp_plan plan_end_date=2016-12-01\nreview 2016-12-01\n" + CIN.format("2016-11-25", ""),
    ),
    "initial_category_blank": ("cp_plan initial_category=", "cp_plan initial_category=MUL"),
    "latest_category_blank": ("cp_plan latest_category=", "cp_plan latest_category=MUL"),
    "previous_plans_blank": ("cp_plan previous_plans=", "cp_plan previous_plans=0"),
    "plans_and_conferences": ("cp_plan", "enquiry\ncp_plan"),
    "plan_not_on_conference": (
        "enquiry\ncp_plan plan_start_date=2016-09-06",
        "enquiry\ncp_plan\nchild child_id=C2\ncp_plan plan_start_date=2016-09-06",
    ),
    "review_before_plan": ("cp_plan\nreview 2016-09-05", "cp_plan\nreview 2016-09-06"),
    "meeting_offer_blank": (OFFERED.format(""), OFFERED.format("0")),
    "first_meeting_year": (
        "pre_proceedings first_meeting_date=2016-03-31",
        "pre_proceedings first_meeting_date=2016-04-01",
    ),
    "meeting_held_blank": (OFFERED.format("1"), OFFERED.format("1") + " is_meeting_held=0"),
    "review_meetings_blank": (
        OFFERED.format("1") + " is_meeting_held=1",
        OFFERED.format("1") + " is_meeting_held=1 review_meetings=0",
    ),
}
