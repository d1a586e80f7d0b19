"""Examples of the rules about assessments, section 47 enquiries and conferences."""

from __future__ import annotations

from tests.sources.rules_cin_census.drawing import Case

OLD = "episode referral_date=2016-01-10"
OPEN = "assessment start_date={} authorised_date="
WAITS = "enquiry s47_start_date={} conference_date="
NEEDS_NONE = " is_conference_unneeded=1"
CLOSED = "episode closed_date=2016-12-01 closure_reason={}"

CASES: dict[str, Case] = {
    "assessment_before_referral": (
        "assessment start_date=2016-05-09",
        "assessment start_date=2016-05-10",
    ),
    "assessment_dates": (
        "assessment authorised_date=2016-05-10",
        "assessment authorised_date=2016-05-11",
    ),
    "assessment_year": (
        f"{OLD}\nassessment start_date=2016-01-11 authorised_date=2016-03-31",
        f"{OLD}\nassessment start_date=2016-01-11 authorised_date=2016-04-01",
    ),
    "assessment_open_early": (
        f"{OLD}\n" + OPEN.format("2016-03-31"),
        f"{OLD}\n" + OPEN.format("2016-04-01"),
    ),
    # Working day 45 after 26 January 2017 is 30 March, after 27 January 31 March.
    "assessment_open_long": (OPEN.format("2017-01-26"), OPEN.format("2017-01-27")),
    "assessment_open_in_closed": (
        CLOSED.format("RC7") + "\n" + OPEN.format("2016-11-01"),
        CLOSED.format("RC7") + "\nassessment\nepisode\n" + OPEN.format("2016-11-01"),
    ),
    "assessment_two_open": (
        OPEN.format("2016-06-01") + "\n" + OPEN.format("2016-07-01"),
        OPEN.format("2016-06-01")
        + "\nepisode referral_date=2016-06-20\n"
        + OPEN.format("2016-07-01"),
    ),
    "assessment_within": (
        "assessment\nassessment start_date=2016-06-19 authorised_date=2016-07-19",
        "assessment\nassessment start_date=2016-06-20 authorised_date=2016-07-19",
    ),
    "factors_lacking": (
        "assessment",
        f"assessment\nfactor 2A\n{OPEN.format('2016-07-01')}",
    ),
    "factors_early": (
        OPEN.format("2016-07-01") + "\nfactor 2A",
        OPEN.format("2016-07-01") + "\nassessment\nfactor 2A",
    ),
    "factor_none": (
        "assessment\nfactor 21\nfactor 2A",
        "assessment\nfactor 21\nassessment start_date=2016-07-01 authorised_date=2016-08-01\n"
        "factor 2A\nfactor 2B",
    ),
    "factor_none_went_on": (
        CLOSED.format("RC7") + "\nassessment\nfactor 21",
        CLOSED.format("RC8") + "\nassessment\nfactor 21",
    ),
    "factor_twice": ("assessment\nfactor 2A\nfactor 2A", "assessment\nfactor 2A\nfactor 2B"),
    "enquiry_before_referral": (
        "enquiry s47_start_date=2016-05-09",
        "enquiry s47_start_date=2016-05-10",
    ),
    "enquiry_after_conference": (
        "enquiry s47_start_date=2016-09-06",
        "enquiry s47_start_date=2016-09-05",
    ),
    "enquiry_year": (
        f"{OLD}\n" + WAITS.format("2016-03-31"),
        f"{OLD}\n" + WAITS.format("2016-03-30") + NEEDS_NONE + "\n" + WAITS.format("2016-04-01"),
    ),
    # Working day 15 after 9 March 2017 is 30 March, after 10 March 31 March.
    "conference_late": (
        WAITS.format("2017-03-09"),
        WAITS.format("2017-03-10") + "\n" + WAITS.format("2017-03-01") + NEEDS_NONE,
    ),
    "enquiry_in_closed": (
        CLOSED.format("RC7") + "\n" + WAITS.format("2016-08-15"),
        CLOSED.format("RC7") + "\n" + WAITS.format("2016-08-15") + NEEDS_NONE,
    ),
    "two_enquiries": (
        WAITS.format("2016-08-15") + "\n" + WAITS.format("2016-09-15"),
        WAITS.format("2016-08-15") + "\n" + WAITS.format("2016-09-15") + NEEDS_NONE,
    ),
    "enquiry_within": (
        "enquiry\nenquiry s47_start_date=2016-09-04 conference_date=2016-09-12",
        "enquiry\nenquiry s47_start_date=2016-09-05 conference_date=2016-09-12\n"
        + WAITS.format("2016-06-01")
        + NEEDS_NONE,
    ),
    "enquiry_without_assessment": ("enquiry", "assessment\nenquiry"),
    "target_weekend": ("enquiry target_date=2016-09-03", "enquiry target_date=2016-09-05"),
    "enquiry_conference_year": (
        f"{OLD}\nenquiry s47_start_date=2016-03-10 conference_date=2016-03-31",
        f"{OLD}\nenquiry s47_start_date=2016-03-10 conference_date=2016-04-01",
    ),
    "enquiry_conference_weekend": (
        "enquiry conference_date=2016-09-03",
        "enquiry conference_date=2016-09-05",
    ),
    "enquiry_conference_before_referral": (
        "enquiry conference_date=2016-05-09",
        "enquiry conference_date=2016-05-10",
    ),
}
