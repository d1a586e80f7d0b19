"""Examples of the rules about episodes and about adoption."""

from __future__ import annotations

from tests.sources.rules_ssda903.drawing import Case

OPEN = "1 01/05/2016 S C2 N1 U6 PR1 - - -"
ENDED = "1 01/05/2016 S C2 N1 U6 PR1 01/06/2016 X1 CARPL"
NEXT = "1 01/06/2016 P C2 N1 K2 PR1 - - -"
ADOPTED = "1 01/05/2016 T E1 N1 A5 PR1 01/09/2016 E12 -"
AD1 = "1 - 01/05/2016 01/06/2016 1 2 MF L11"


def _episodes(*lines: str) -> dict[str, str]:
    return {"episodes": "\n".join(lines)}


def _follows(line: str, first: str = ENDED) -> dict[str, str]:
    return _episodes(first, line)


CASES: dict[str, Case] = {
    "reason_without_end": (_episodes("1 01/05/2016 S C2 N1 U6 PR1 - X1 -"), _episodes(OPEN)),
    "end_without_reason": (
        _episodes("1 01/05/2016 S C2 N1 U6 PR1 01/06/2016 - -"),
        _follows(NEXT),
    ),
    "end_before_start": (
        _episodes("1 01/05/2016 S C2 N1 U6 PR1 30/04/2016 E4A -"),
        _episodes("1 01/05/2016 S C2 N1 U6 PR1 02/05/2016 E4A -"),
    ),
    "no_night": (
        _episodes("1 01/05/2016 S C2 N1 U6 PR1 01/05/2016 E4A -"),
        _episodes("1 01/05/2016 S C2 N1 U6 PR1 02/05/2016 E4A -"),
    ),
    "left_open": (_follows(NEXT, OPEN), _follows(NEXT)),
    "overlap": (_follows("1 31/05/2016 P C2 N1 K2 PR1 - - -"), _follows(NEXT)),
    "next_is_absent": (_follows("1 02/06/2016 P C2 N1 K2 PR1 - - -"), _follows(NEXT)),
    "start_expected": (
        _follows(NEXT, "1 01/05/2016 S C2 N1 U6 PR1 01/06/2016 E4A -"),
        _follows(NEXT),
    ),
    "goes_on_elsewhen": (_follows("1 02/06/2016 P C2 N1 K2 PR1 - - -"), _follows(NEXT)),
    "start_on_the_same_day": (
        _follows("1 01/06/2016 S C2 N1 K2 PR1 - - -"),
        _follows("1 02/06/2016 S C2 N1 K2 PR1 - - -"),
    ),
    "first_is_no_start": (
        _episodes("1 01/05/2016 P C2 N1 U6 PR1 - - -"),
        _episodes("1 01/05/2015 P C2 N1 U6 PR1 - - -", "2 01/05/2016 S C2 N1 U6 PR1 - - -"),
    ),
    "legal_status_alone": (
        _follows("1 01/06/2016 L E1 N1 K2 PR1 - - -"),
        _follows("1 01/06/2016 L E1 N1 U6 PR1 - - -"),
    ),
    "placement_alone": (_follows("1 01/06/2016 P E1 N1 K2 PR1 - - -"), _follows(NEXT)),
    "status_and_placement": (
        _follows("1 01/06/2016 B C2 N1 K2 PR1 - - -"),
        _follows("1 01/06/2016 B E1 N1 K2 PR1 - - -"),
    ),
    "goes_on_after_the_last": (
        _follows(NEXT, "1 01/05/2016 S C2 N1 U6 PR1 01/06/2016 E2 -"),
        _episodes("1 01/05/2016 S C2 N1 U6 PR1 01/06/2016 E2 -"),
    ),
    "other_need": (_follows("1 01/06/2016 P C2 N4 K2 PR1 - - -"), _follows(NEXT)),
    "adopted_without_ad1": (
        {**_episodes(ADOPTED), "ad1": AD1.replace("1 ", "2 ", 1)},
        {**_episodes(ADOPTED), "ad1": AD1},
    ),
    "ad1_without_adoption": ({**_episodes(OPEN), "ad1": AD1}, {**_episodes(ADOPTED), "ad1": AD1}),
    "adopted_elsewhere": (
        _episodes("1 01/05/2016 T E1 N1 U6 PR1 01/09/2016 E12 -"),
        _episodes(ADOPTED),
    ),
    "matched_before_decision": ({"ad1": "1 - 02/06/2016 01/06/2016 1 2 MF L11"}, {"ad1": AD1}),
    "adopters_and_sex": (
        {"ad1": "1 - 01/05/2016 01/06/2016 1 2 M1 L11"},
        {"ad1": AD1 + "\n2 - 01/05/2016 01/06/2016 0 1 F1 L0"},
    ),
    "adopters_and_status": (
        {"ad1": "1 - 01/05/2016 01/06/2016 1 2 MF L0"},
        {"ad1": AD1 + "\n2 - 01/05/2016 01/06/2016 0 1 F1 L0"},
    ),
    "adopters_status_and_sex": (
        {"ad1": "1 - 01/05/2016 01/06/2016 1 2 MF L12"},
        {"ad1": AD1 + "\n2 - 01/05/2016 01/06/2016 0 2 FF L4"},
    ),
    "reversal_incomplete": (
        {"placed_for_adoption": "1 - 01/05/2016 01/06/2016 -"},
        {"placed_for_adoption": "1 - 01/05/2016 01/06/2016 RD1\n2 - 01/05/2016 - -"},
    ),
    "reversed_before_decided": (
        {"placed_for_adoption": "1 - 02/06/2016 01/06/2016 RD1"},
        {"placed_for_adoption": "1 - 01/06/2016 01/06/2016 RD1"},
    ),
    "placed_without_decision": (
        {**_episodes(ADOPTED), "placed_for_adoption": "2 - 01/05/2016 - -"},
        {**_episodes(ADOPTED), "placed_for_adoption": "1 - 01/05/2016 - -"},
    ),
    "decided_after_placement": (
        {**_episodes(ADOPTED), "placed_for_adoption": "1 - 02/05/2016 - -"},
        {**_episodes(ADOPTED), "placed_for_adoption": "1 - 01/05/2016 - -"},
    ),
}
