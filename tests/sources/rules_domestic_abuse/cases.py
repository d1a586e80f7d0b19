"""Examples of the domestic-abuse rules: the tables that fail one, and those that pass it."""

from __future__ import annotations

from tests.sources.rules_domestic_abuse.drawing import Case

# Incident, date, grade, resident, present, victim, numbers: resident, present, notified; ticks.
INCIDENT = "1 05/01/2017 High Yes Yes V1 2 1 1 15"
NO_CHILD = "1 05/01/2017 High No No V1 0 0 0 15"
# Incident, child, notified, school told.
CHILD = "1 C1 06/01/2017 06/01/2017"
# Marac, meeting, cases, repeats, children, police, advisers; victims: minority ethnic, LGBT+,
# with a disability, male, 16 or 17.
MEETING = "City 12/01/2017 24 8 31 15 9 5 1 3 1 1"
# From, to, clients, form, attribute, clients who have it, of all.
INTAKE = "01/01/2017 31/03/2017 Adults Intake Stalking 30 100"
EXIT = "01/01/2017 31/03/2017 Adults Exit Stalking 10 80"
# Service, from, to, group, referred, accepted, engaged, waiting, children, closed; open at the
# start and at the end; closed as planned, closed safer.
SERVICE = "Refuge 01/01/2017 31/03/2017 Adults 50 40 35 5 20 30 10 20 25 20"


def _police(
    incident: str, child: str, incident_passes: str = INCIDENT, child_passes: str = CHILD
) -> Case:
    fails = {"incidents": incident, "children": child}
    return fails, {"incidents": incident_passes, "children": child_passes}


def _marac(line: str, passes: str = MEETING) -> Case:
    return {"meetings": line}, {"meetings": passes}


def _insights(lines: str, passes: str = f"{INTAKE}\n{EXIT}") -> Case:
    return {"clients": lines}, {"clients": passes}


def _service(line: str, passes: str = SERVICE) -> Case:
    return {"services": line}, {"services": passes}


def _with(line: str, place: int, value: str) -> str:
    """The line with another value in one of its places, counted from 0."""
    cells = line.split()
    return " ".join([*cells[:place], value, *cells[place + 1 :]])


def _over(place: int) -> Case:
    return _marac(_with(MEETING, place, "25"), _with(MEETING, place, "24"))


OF_POLICE: dict[str, Case] = {
    "incident_twice": _police(f"{INCIDENT}\n{INCIDENT}", CHILD),
    "child_twice": _police(INCIDENT, f"{CHILD}\n{CHILD}"),
    "notified_before_incident": _police(
        INCIDENT, _with(CHILD, 2, "04/01/2017"), child_passes=_with(CHILD, 2, "05/01/2017")
    ),
    "notified_of_no_incident": _police(INCIDENT, _with(CHILD, 0, "2")),
    "notified_without_child": _police(NO_CHILD, CHILD, incident_passes=_with(NO_CHILD, 3, "Yes")),
    "present_but_not_notified": _police(INCIDENT, _with(CHILD, 0, "2")),
    "other_number_notified": _police(
        _with(INCIDENT, 8, "2"),
        CHILD,
        f"{_with(INCIDENT, 8, '2')}\n{_with(NO_CHILD, 0, '2')}",
        f"{CHILD}\n{_with(CHILD, 1, 'C2')}",
    ),
    "present_unlike_number": _police(
        f"{_with(INCIDENT, 7, '0')}\n{_with(_with(NO_CHILD, 0, '2'), 7, '1')}", CHILD
    ),
    "resident_unlike_number": _police(
        f"{_with(INCIDENT, 6, '0')}\n{_with(_with(NO_CHILD, 0, '2'), 6, '1')}", CHILD
    ),
    "too_many_ticks": _police(
        _with(INCIDENT, 9, "28"), CHILD, incident_passes=_with(INCIDENT, 9, "27")
    ),
    "ticks_but_not_high": _police(
        _with(INCIDENT, 2, "Medium"),
        CHILD,
        incident_passes=_with(_with(INCIDENT, 2, "Medium"), 9, "13"),
    ),
    "school_told_before_incident": _police(
        INCIDENT, _with(CHILD, 3, "04/01/2017"), child_passes=_with(CHILD, 3, "05/01/2017")
    ),
    "victim_is_child": _police(INCIDENT, _with(CHILD, 1, "v1")),
}
OF_MARAC: dict[str, Case] = {
    "meeting_twice": _marac(f"{MEETING}\n{MEETING}", f"{MEETING}\n{_with(MEETING, 0, 'County')}"),
    "repeats_over_cases": _over(3),
    "police_over_cases": _over(5),
    "minority_ethnic_victims_over_cases": _over(7),
    "lgbt_victims_over_cases": _over(8),
    "victims_with_a_disability_over_cases": _over(9),
    "male_victims_over_cases": _over(10),
    "victims_aged_16_or_17_over_cases": _over(11),
    "referrals_over_cases": _marac(_with(MEETING, 6, "10")),
    "children_without_cases": _marac(
        "City 12/01/2017 0 0 1 0 0 0 0 0 0 0", "City 12/01/2017 0 0 0 0 0 0 0 0 0 0"
    ),
    "too_many_children": _marac(_with(MEETING, 4, "145"), _with(MEETING, 4, "144")),
}
OF_INSIGHTS: dict[str, Case] = {
    "row_twice": _insights(f"{INTAKE}\n{INTAKE}"),
    "part_over_whole": _insights(_with(INTAKE, 5, "101"), _with(INTAKE, 5, "100")),
    "period_backwards": _insights(_with(_with(INTAKE, 0, "02/03/2017"), 1, "01/03/2017")),
    "period_too_long": _insights(_with(INTAKE, 0, "30/03/2016"), _with(INTAKE, 0, "01/04/2016")),
    "exits_over_intakes": _insights(
        f"{INTAKE}\n{_with(EXIT, 6, '101')}", f"{INTAKE}\n{_with(EXIT, 6, '100')}"
    ),
    "share_rises": _insights(
        f"{INTAKE}\n{_with(EXIT, 5, '25')}", f"{INTAKE}\n{_with(EXIT, 5, '24')}"
    ),
    "other_base": _insights(
        f"{INTAKE}\n{_with(_with(INTAKE, 4, 'Coercion'), 6, '90')}",
        f"{INTAKE}\n{_with(INTAKE, 4, 'Coercion')}\n{EXIT}",
    ),
}
OF_SERVICES: dict[str, Case] = {
    "return_twice": _service(f"{SERVICE}\n{SERVICE}", f"{SERVICE}\n{_with(SERVICE, 3, 'CYP')}"),
    "period_backwards": _service(_with(_with(SERVICE, 1, "31/12/2016"), 2, "30/09/2016")),
    "period_too_long": _service(_with(SERVICE, 1, "30/03/2016"), _with(SERVICE, 1, "01/04/2016")),
    "period_ends_within_quarter": _service(_with(SERVICE, 2, "30/03/2017")),
    "accepted_over_referrals": _service(_with(SERVICE, 5, "51"), _with(SERVICE, 5, "50")),
    "closed_planned_over_closed": _service(_with(SERVICE, 12, "31"), _with(SERVICE, 12, "30")),
    "closed_safer_over_closed": _service(_with(SERVICE, 13, "31"), _with(SERVICE, 13, "30")),
    "engaged_over_accepted": _service(_with(SERVICE, 6, "51"), _with(SERVICE, 6, "50")),
    "caseload_not_reconciled": _service(_with(SERVICE, 11, "21")),
    "children_without_clients": _service(
        _with(SERVICE, 6, "0"), _with(_with(SERVICE, 6, "0"), 8, "0")
    ),
}
