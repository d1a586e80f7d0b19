"""Examples of the rules about the child and about limits."""

from __future__ import annotations

from tests.sources.rules_ssda903.drawing import Case

HEADER = "1 2 01/02/2008 WBRI"
EPISODE = "1 01/05/2016 S C2 N1 U6 PR1 - - -"
# A line of each table for the child of HEADER.
LINES = {
    "episodes": EPISODE,
    "reviews": "1 01/02/2008 10/06/2016 PN3",
    "uasc": "1 2 01/02/2008 01/02/2026",
    "oc2": "1 01/02/2008 12 - 0 - 1 1 1 0 - -",
    "oc3": "1 01/02/2008 YES F2 U1",
    "ad1": "1 01/02/2008 01/06/2016 01/07/2016 1 2 MF L11",
    "placed_for_adoption": "1 01/02/2008 01/06/2016 - -",
    "previous_permanence": "1 01/02/2008 Z1 - -",
    "missing": "1 01/02/2008 M 10/06/2016 11/06/2016",
}
_OF_BIRTH = [name for name in LINES if name != "episodes"]


def _born(birth: str) -> str:
    return f"1 2 {birth} WBRI"


def _episode(line: str, birth: str = "01/02/2008") -> dict[str, str]:
    return {"header": _born(birth), "episodes": line}


CASES: dict[str, Case] = {
    **{
        f"no_header_{name}": (
            {"header": "2 2 01/02/2008 WBRI", name: line},
            {"header": HEADER, name: line},
        )
        for name, line in LINES.items()
    },
    **{
        f"birth_date_{name}": (
            {"header": _born("02/02/2008"), name: LINES[name]},
            {"header": HEADER, name: LINES[name]},
        )
        for name in _OF_BIRTH
    },
    "sex_uasc": (
        {"header": "1 1 01/02/2008 WBRI", "uasc": LINES["uasc"]},
        {"header": HEADER, "uasc": LINES["uasc"]},
    ),
    "header_without_episode": (
        {"header": HEADER, "episodes": EPISODE.replace("1 ", "2 ", 1)},
        {
            "header": HEADER + "\n2 1 01/02/1999 WBRI",
            "episodes": EPISODE,
            "oc3": "2 01/02/1999 YES F2 U1",
        },
    ),
    "sex_blank": ({"header": "1 - 01/02/2008 WBRI"}, {"header": HEADER}),
    "ethnicity_blank": ({"header": "1 2 01/02/2008 -"}, {"header": "1 2 01/02/2008 NOBT"}),
    "birth_date_blank": ({"header": "1 2 - WBRI"}, {"header": HEADER}),
    "born_after_the_year": ({"header": _born("01/04/2017")}, {"header": _born("31/03/2017")}),
    "over_25": ({"header": _born("31/03/1991")}, {"header": _born("01/04/1991")}),
    "police_protection_too_long": (
        _episode("1 01/05/2016 S L1 N1 U6 PR1 05/05/2016 X1 -"),
        _episode("1 01/05/2016 S L1 N1 U6 PR1 04/05/2016 X1 -"),
    ),
    "emergency_order_too_long": (
        _episode("1 01/05/2016 S L2 N1 U6 PR1 23/05/2016 X1 -"),
        _episode("1 01/05/2016 S L2 N1 U6 PR1 22/05/2016 X1 -"),
    ),
    "assessment_order_too_long": (
        _episode("1 01/05/2016 S L3 N1 U6 PR1 09/05/2016 X1 -"),
        _episode("1 01/05/2016 S L3 N1 U6 PR1 08/05/2016 X1 -"),
    ),
    "police_detention_too_long": (
        _episode("1 01/05/2016 S J2 N1 U6 PR1 - - -"),
        _episode("1 30/03/2017 S J2 N1 U6 PR1 - - -"),
    ),
    "short_break_too_long": (
        _episode("1 01/05/2016 S V3 N2 U6 PR1 19/05/2016 E8 -"),
        _episode("1 01/05/2016 S V3 N2 U6 PR1 18/05/2016 E8 -"),
    ),
    "hospital_too_long": (
        _episode("1 01/05/2016 P C2 N1 T1 - 13/06/2016 X1 -"),
        _episode("1 01/05/2016 P C2 N1 T1 - 12/06/2016 X1 -"),
    ),
    "carers_holiday_too_long": (
        _episode("1 01/05/2016 P C2 N1 T3 - 23/05/2016 X1 -"),
        _episode("1 01/05/2016 P C2 N1 T3 - 22/05/2016 X1 -"),
    ),
    "temporary_too_long": (
        _episode("1 01/05/2016 P C2 N1 T4 - 09/05/2016 X1 -"),
        _episode("1 01/05/2016 P C2 N1 T4 - 08/05/2016 X1 -"),
    ),
    "youth_justice_too_young": (
        _episode("1 01/05/2016 S J1 N6 K1 PR1 - - -", "02/05/2006"),
        _episode("1 01/05/2016 S J1 N6 K1 PR1 - - -", "01/05/2006"),
    ),
    "independent_too_young": (
        _episode("1 01/05/2016 S V2 N1 P2 PR1 - - -", "02/05/2001"),
        _episode("1 01/05/2016 S V2 N1 P2 PR1 - - -", "01/05/2001"),
    ),
    "supported_too_young": (
        _episode("1 01/05/2016 S V2 N1 H5 PR4 - - -", "02/05/2002"),
        _episode("1 01/05/2016 S V2 N1 H5 PR4 - - -", "01/05/2002"),
    ),
    "custody_too_young": (
        _episode("1 01/05/2016 S J1 N6 R5 PR3 - - -", "02/05/2006"),
        _episode("1 01/05/2016 S J1 N6 R5 PR3 - - -", "01/05/2006"),
    ),
    "school_too_young": (
        _episode("1 01/05/2016 S C2 N2 S1 PR4 - - -", "02/05/2012"),
        _episode("1 01/05/2016 S C2 N2 S1 PR4 - - -", "01/05/2012"),
    ),
    "employment_too_young": (
        _episode("1 01/05/2016 S C2 N1 P3 PR4 - - -", "02/05/2002"),
        _episode("1 01/05/2016 S C2 N1 P3 PR4 - - -", "01/05/2002"),
    ),
    "starts_before_birth": (_episode(EPISODE, "02/05/2016"), _episode(EPISODE, "01/05/2016")),
    "starts_at_18": (_episode(EPISODE, "01/05/1998"), _episode(EPISODE, "02/05/1998")),
    "past_18": (
        _episode(EPISODE, "31/03/1999"),
        _episode("1 01/05/2016 S V2 N1 K2 PR1 - - -", "31/03/1999"),
    ),
    "adopted_at_18": (
        _episode("1 01/05/2016 P E1 N1 A5 PR1 01/07/2016 E11 -", "01/07/1998"),
        _episode("1 01/05/2016 P E1 N1 A5 PR1 01/07/2016 E11 -", "02/07/1998"),
    ),
    "guardianship_at_18": (
        _episode("1 01/05/2016 P C2 N1 U1 PR1 01/07/2016 E45 -", "01/07/1998"),
        _episode("1 01/05/2016 P C2 N1 U1 PR1 01/07/2016 E45 -", "02/07/1998"),
    ),
    "provider_missing": (
        _episode("1 01/05/2016 S C2 N1 U6 - - - -"),
        _episode("1 01/05/2016 P C2 N1 T1 - - - -"),
    ),
    "provider_not_needed": (
        _episode("1 01/05/2016 P C2 N1 T1 PR1 - - -"),
        _episode("1 01/05/2016 P C2 N1 T1 - - - -"),
    ),
    "parents_and_provider": (
        _episode("1 01/05/2016 S C2 N1 P1 PR1 - - -\n2 01/05/2016 S C2 N1 U6 PR0 - - -"),
        _episode("1 01/05/2016 S C2 N1 P1 PR0 - - -\n2 01/05/2016 S C2 N1 U6 PR4 - - -"),
    ),
    "begins_temporary": (
        _episode("1 01/05/2016 S C2 N1 T0 - - - -"),
        _episode("1 01/05/2016 P C2 N1 T0 - - - -"),
    ),
    "change_without_reason": (
        _episode("1 01/05/2016 S C2 N1 U6 PR1 01/06/2016 X1 -\n1 01/06/2016 P C2 N1 K2 PR1 - - -"),
        _episode(
            "1 01/05/2016 S C2 N1 U6 PR1 01/06/2016 X1 CARPL\n1 01/06/2016 P C2 N1 K2 PR1 - - -"
        ),
    ),
    "both_kinds_of_break": (
        _episode("1 01/05/2016 S V3 N2 U6 PR1 03/05/2016 E8 -\n1 01/06/2016 S V4 N2 U6 PR1 - - -"),
        _episode("1 01/05/2016 S V4 N2 U6 PR1 03/05/2016 E8 -\n1 01/06/2016 S V4 N2 U6 PR1 - - -"),
    ),
}
