"""Examples of the rules about the episode."""

from __future__ import annotations

from tests.sources.rules_cin_census.drawing import Case

NFA = "episode is_no_further_action=1"
OPEN = "episode is_no_further_action=0"
CLOSED = "episode closed_date=2016-08-01 closure_reason={}"
TWO = "episode closed_date={} closure_reason={}\nepisode referral_date={} closed_date={}"

CASES: dict[str, Case] = {
    "source_blank": ("episode referral_source=", "episode referral_source=6"),
    "referral_before_birth": (
        "child birth_date= expected_birth_date=2017-10-01\nepisode referral_date=2016-12-24",
        "child birth_date= expected_birth_date=2017-10-01\nepisode referral_date=2016-12-25",
    ),
    "referral_after_death": (
        "child death_date=2016-05-09\nepisode",
        "child death_date=2016-05-10\nepisode",
    ),
    "over_25": (
        "child birth_date=1991-05-09\nepisode closed_date=2016-05-10",
        "child birth_date=1991-05-10\nepisode closed_date=2016-05-10",
    ),
    "nfa_blank": ("episode is_no_further_action=", "episode is_no_further_action=False"),
    "nfa_early": (f"{NFA} referral_date=2016-03-31", f"{NFA} referral_date=2016-04-01"),
    "need_blank": ("episode primary_need=", f"{NFA} primary_need=\n{OPEN} primary_need=N0"),
    "closed_before_referral": (
        "episode closed_date=2016-05-09",
        "episode closed_date=2016-05-10",
    ),
    "closed_year": (
        "episode referral_date=2015-05-10 closed_date=2016-03-31",
        "episode referral_date=2015-05-10 closed_date=2016-04-01",
    ),
    "reason_lacking": ("episode closed_date=2016-08-01", CLOSED.format("RC7") + "\nepisode"),
    "closure_lacking": ("episode closure_reason=RC7", CLOSED.format("RC7")),
    "two_open": (
        f"{OPEN}\n{OPEN} referral_date=2016-07-01",
        f"{NFA}\n{OPEN} referral_date=2016-07-01\nchild child_id=C2\n{OPEN}",
    ),
    "open_not_latest": (
        f"{OPEN}\n{OPEN} referral_date=2016-07-01 closed_date=2016-08-01",
        f"{OPEN} referral_date=2016-07-01\n{OPEN} closed_date=2016-06-01\n"
        f"{NFA} referral_date=2016-08-01",
    ),
    "overlap": (
        TWO.format("2016-08-01", "RC7", "2016-07-31", ""),
        TWO.format("2016-08-01", "RC7", "2016-08-01", "") + f"\n{NFA} referral_date=2016-06-01",
    ),
    "active_after_closure": (
        CLOSED.format("RC7") + "\nassessment start_date=2016-08-02\nassessment",
        CLOSED.format("RC7") + "\nassessment start_date=2016-08-01\nepisode\nassessment",
    ),
    "died_without_date": (
        CLOSED.format("RC2"),
        f"child death_date=2016-08-01\n{CLOSED.format('RC2')}\nchild child_id=C2\n"
        + CLOSED.format("RC7"),
    ),
    "closed_without_assessment": (
        CLOSED.format("RC8"),
        CLOSED.format("RC8") + "\nassessment\n" + CLOSED.format("RC7"),
    ),
    "closed_after_more": (
        CLOSED.format("RC8") + "\nassessment\nenquiry",
        CLOSED.format("RC8")
        + "\nassessment\nchild child_id=C2\n"
        + CLOSED.format("RC7")
        + "\nenquiry",
    ),
    "nfa_assessed": (f"{NFA}\nassessment", f"{NFA}\nchild child_id=C2\n{OPEN}\nassessment"),
    "nfa_cp_plan": (f"{NFA}\ncp_plan", f"{NFA}\nchild child_id=C2\n{OPEN}\ncp_plan"),
    "nfa_cin_plan": (f"{NFA}\ncin_plan", f"{NFA}\nchild child_id=C2\n{OPEN}\ncin_plan"),
    "conference_twice": (
        "episode conference_date=2016-09-05\nenquiry",
        "episode conference_date=2016-09-05\nenquiry conference_date=",
    ),
    "conference_year": (
        "episode referral_date=2016-03-01 conference_date=2016-03-31",
        "episode referral_date=2016-03-01 conference_date=2016-04-01",
    ),
    "conference_weekend": (
        "episode conference_date=2016-09-04",
        "episode conference_date=2016-09-05",
    ),
    "conference_before_referral": (
        "episode conference_date=2016-05-09",
        "episode conference_date=2016-05-10",
    ),
}
