"""Examples of the rules about reviews, health, care leavers, missing and other spells."""

from __future__ import annotations

from tests.sources.rules_ssda903.drawing import Case

HEADER = "1 2 01/02/2008 WBRI"
OPEN = "1 01/05/2015 S C2 N1 U6 PR1 - - -"
LEFT = "1 01/05/2015 S C2 N1 U6 PR1 01/12/2016 E4A -"


def _born(birth: str, **tables: str) -> dict[str, str]:
    return {"header": f"1 2 {birth} WBRI", **tables}


def _health(answers: str) -> dict[str, str]:
    return {"oc2": f"1 - {answers}"}


def _missing(*lines: str, episodes: str = OPEN) -> dict[str, str]:
    return {"episodes": episodes, "missing": "\n".join(f"1 - {line}" for line in lines)}


def _workers(*lines: str) -> dict[str, str]:
    return {"workers": "\n".join(f"1 - SW1 {line}" for line in lines)}


def _deprivations(*lines: str, episodes: str = OPEN) -> dict[str, str]:
    return {"episodes": episodes, "deprivations": "\n".join(f"1 - {line}" for line in lines)}


CASES: dict[str, Case] = {
    "review_code_missing": ({"reviews": "1 - 10/06/2016 -"}, {"reviews": "1 - 10/06/2016 PN1"}),
    "review_not_under_4": (
        _born("09/06/2012", reviews="1 - 10/06/2016 PN0"),
        _born("11/06/2012", reviews="1 - 10/06/2016 PN0"),
    ),
    "review_under_4": (
        _born("11/06/2012", reviews="1 - 10/06/2016 PN1"),
        _born("10/06/2012", reviews="1 - 10/06/2016 PN1"),
    ),
    "review_of_short_breaks": (
        {"episodes": OPEN.replace("C2", "V4"), "reviews": "1 - 10/06/2016 PN1"},
        {"episodes": OPEN, "reviews": "1 - 10/06/2016 PN1"},
    ),
    "sdq_score_range": (_health("41 - 0 - 1 1 1 0 - -"), _health("40 - 0 - 1 1 1 0 - -")),
    "sdq_reason_and_score": (_health("4 SDQ1 0 - 1 1 1 0 - -"), _health("4 - 0 - 1 1 1 0 - -")),
    "sdq_neither": (
        {"header": HEADER, "episodes": OPEN, **_health("- - 0 - 1 1 1 0 - -")},
        {"header": HEADER, "episodes": LEFT, **_health("- - 0 - 1 1 1 0 - -")},
    ),
    "conviction_under_10": (
        _born("01/04/2007", **_health("4 - 0 - 1 1 1 0 - -")),
        _born("31/03/2007", **_health("4 - 0 - 1 1 1 0 - -")),
    ),
    "health_check_from_5": (
        _born("31/03/2012", **_health("4 - - 1 1 1 1 0 - -")),
        _born("01/04/2012", **_health("4 - - 1 1 1 1 0 - -")),
    ),
    "intervention_unanswered": (
        _health("4 - 0 - 1 1 1 1 - -"),
        _health("4 - 0 - 1 1 1 1 1 -"),
    ),
    "offer_needless": (_health("4 - 0 - 1 1 1 1 1 1"), _health("4 - 0 - 1 1 1 1 1 -")),
    "offer_unanswered": (_health("4 - 0 - 1 1 1 1 0 -"), _health("4 - 0 - 1 1 1 1 0 0")),
    "intervention_needless": (_health("4 - 0 - 1 1 1 0 - 0"), _health("4 - 0 - 1 1 1 1 0 0")),
    "leaver_age": (
        _born("01/04/2000", oc3="1 - YES F2 U1"),
        _born("31/03/2000", oc3="1 - YES F2 U1"),
    ),
    "leaver_gone_but_answers": ({"oc3": "1 - DIED F2 0"}, {"oc3": "1 - DIED 0 0"}),
    "leaver_in_touch_but_none": ({"oc3": "1 - YES F2 0"}, {"oc3": "1 - YES F2 U1"}),
    "date_of_no_permanence": (
        {"previous_permanence": "1 - Z1 - 01/05/2015"},
        {"previous_permanence": "1 - P1 - 01/05/2015"},
    ),
    "missing_ends_early": (
        _missing("M 10/06/2016 09/06/2016"),
        _missing("M 10/06/2016 10/06/2016"),
    ),
    "missing_left_open": (
        _missing("M 10/06/2016 -", "M 12/06/2016 -"),
        _missing("M 10/06/2016 11/06/2016", "M 12/06/2016 -"),
    ),
    "missing_overlap": (
        _missing("M 10/06/2016 12/06/2016", "M 11/06/2016 -"),
        _missing("M 10/06/2016 11/06/2016", "M 11/06/2016 -"),
    ),
    "missing_kind": (_missing("- 10/06/2016 -"), _missing("A 10/06/2016 -")),
    "missing_before_birth": (
        _born("11/06/2016", missing="1 - M 10/06/2016 -"),
        _born("10/06/2016", missing="1 - M 10/06/2016 -"),
    ),
    "missing_open_after_care": (
        _missing("M 10/06/2016 -", episodes=LEFT),
        _missing("M 10/06/2016 -"),
    ),
    "missing_after_care": (
        _missing("M 02/12/2016 -", episodes=LEFT),
        _missing("M 01/12/2016 -", episodes=LEFT),
    ),
    "missing_before_care": (_missing("M 30/04/2015 -"), _missing("M 01/05/2015 -")),
    "no_worker": (
        {"episodes": OPEN, **{"workers": "2 - SW1 01/05/2016 - MANAGE"}},
        {"episodes": OPEN, **_workers("01/05/2016 - MANAGE")},
    ),
    "worker_change_reason": (_workers("01/05/2016 - -"), _workers("01/05/2016 - MANAGE")),
    "worker_ends_early": (
        _workers("02/05/2016 01/05/2016 MANAGE"),
        _workers("02/05/2016 02/05/2016 MANAGE"),
    ),
    "worker_left_open": (
        _workers("01/05/2016 - MANAGE", "01/06/2016 - MANAGE"),
        _workers("01/05/2016 01/06/2016 MANAGE", "01/06/2016 - MANAGE"),
    ),
    "worker_overlap": (
        _workers("01/05/2016 02/06/2016 MANAGE", "01/06/2016 - MANAGE"),
        _workers("01/05/2016 01/06/2016 MANAGE", "01/06/2016 - MANAGE"),
    ),
    "deprivation_ends_early": (
        _deprivations("02/05/2016 01/05/2016"),
        _deprivations("02/05/2016 03/05/2016"),
    ),
    "deprivation_left_open": (
        _deprivations("01/05/2016 -", "01/06/2016 -"),
        _deprivations("01/05/2016 01/06/2016", "01/06/2016 -"),
    ),
    "deprivation_overlap": (
        _deprivations("01/05/2016 02/06/2016", "01/06/2016 -"),
        _deprivations("01/05/2016 01/06/2016", "01/06/2016 -"),
    ),
    "deprivation_before_birth": (
        _born("02/05/2016", deprivations="1 - 01/05/2016 -"),
        _born("01/05/2016", deprivations="1 - 01/05/2016 -"),
    ),
    "deprivation_open_after_care": (
        _deprivations("01/05/2016 -", episodes=LEFT),
        _deprivations("01/05/2016 -"),
    ),
}
