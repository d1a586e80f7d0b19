"""SSDA903's twelve tables: their columns, by which of them each is known, and what each holds."""

from __future__ import annotations

from collections.abc import Mapping

from lscb_analysis.sources.layouts import Layout

NAME = "ssda903"
_HEADERS = {"child_id": ("CHILD", "CHILDID"), "placement_type": ("PLACE", "PL")}
_CHECKS = {
    "has_conviction": "CONVICTED",
    "is_health_check_current": "HEALTH_CHECK",
    "is_immunised": "IMMUNISATIONS",
    "has_teeth_check": "TEETH_CHECK",
    "has_health_assessment": "HEALTH_ASSESSMENT",
    "has_substance_misuse": "SUBSTANCE_MISUSE",
    "is_intervention_received": "INTERVENTION_RECEIVED",
    "is_intervention_offered": "INTERVENTION_OFFERED",
}
HEALTH_FLAGS = tuple(_CHECKS)


def _layout(title: str, columns: Mapping[str, str], marks: tuple[str, ...]) -> Layout:
    named = {"child_id": "CHILD", **columns}
    wordings = {name: _HEADERS.get(name, (header,)) for name, header in named.items()}
    return Layout(NAME, f"SSDA903 {title}", wordings, marks=("child_id", *marks))


# The columns in `NOT_READ` are known and not needed: they identify, or nothing is made of them.
TABLES: Mapping[str, Layout] = {
    "header": _layout(
        "header",
        {
            "sex": "SEX",
            "birth_date": "DOB",
            "ethnicity": "ETHNIC",
            "upn": "UPN",
            "mother": "MOTHER",
            "own_child_birth": "MC_DOB",
        },
        ("sex", "birth_date", "ethnicity"),
    ),
    "episodes": _layout(
        "episodes",
        {
            "started_date": "DECOM",
            "new_episode": "RNE",
            "legal_status": "LS",
            "category_of_need": "CIN",
            "placement_type": "PLACE",
            "placement_provider": "PLACE_PROVIDER",
            "ceased_date": "DEC",
            "ceased_reason": "REC",
            "place_change_reason": "REASON_PLACE_CHANGE",
            "home_postcode": "HOME_POST",
            "placement_postcode": "PL_POST",
            "urn": "URN",
        },
        ("started_date", "new_episode", "legal_status", "ceased_date"),
    ),
    "reviews": _layout(
        "reviews",
        {"birth_date": "DOB", "review_date": "REVIEW", "review_code": "REVIEW_CODE"},
        ("review_date", "review_code"),
    ),
    "uasc": _layout(
        "uasc",
        {"sex": "SEX", "birth_date": "DOB", "asylum_until": "DUC"},
        ("asylum_until",),
    ),
    "oc2": _layout(
        "oc2",
        {
            "birth_date": "DOB",
            "sdq_score": "SDQ_SCORE",
            "sdq_reason": "SDQ_REASON",
            **_CHECKS,
        },
        ("sdq_score",),
    ),
    "oc3": _layout(
        "oc3",
        {
            "birth_date": "DOB",
            "is_in_touch": "IN_TOUCH",
            "is_in_education_employment_training": "ACTIV",
            "is_suitable_accommodation": "ACCOM",
        },
        ("is_in_touch", "is_suitable_accommodation"),
    ),
    "ad1": _layout(
        "ad1",
        {
            "birth_date": "DOB",
            "decision_date": "DATE_INT",
            "matched_date": "DATE_MATCH",
            "is_foster_carer": "FOSTER_CARE",
            "adopters": "NB_ADOPTR",
            "adopters_sex": "SEX_ADOPTR",
            "adopters_legal_status": "LS_ADOPTR",
        },
        ("decision_date", "matched_date"),
    ),
    "placed_for_adoption": _layout(
        "placed for adoption",
        {
            "birth_date": "DOB",
            "decided_date": "DATE_PLACED",
            "reversed_date": "DATE_PLACED_CEASED",
            "reversed_reason": "REASON_PLACED_CEASED",
        },
        ("decided_date",),
    ),
    "previous_permanence": _layout(
        "previous permanence",
        {
            "birth_date": "DOB",
            "previous_permanence": "PREV_PERM",
            "authority": "LA_PERM",
            "permanence_date": "DATE_PERM",
        },
        ("previous_permanence",),
    ),
    "missing": _layout(
        "missing",
        {
            "birth_date": "DOB",
            "kind": "MISSING",
            "missing_start_date": "MIS_START",
            "missing_end_date": "MIS_END",
        },
        ("kind", "missing_start_date", "missing_end_date"),
    ),
    "workers": _layout(
        "social worker episodes",
        {
            "birth_date": "DOB",
            "worker": "SW_ID",
            "started_date": "SW_DECOM",
            "ended_date": "SW_DEC",
            "change_reason": "SW_REASON",
        },
        ("started_date", "ended_date"),
    ),
    "deprivations": _layout(
        "deprivation of liberty",
        {"birth_date": "DOB", "started_date": "DOLO_START", "ended_date": "DOLO_END"},
        ("started_date",),
    ),
}
LAYOUTS = tuple(TABLES.values())
# The financial year (by the year it starts in) from which a table is part of the return.
FIRST_YEAR: Mapping[str, int] = {"workers": 2023, "deprivations": 2026}
NOT_READ = frozenset(
    {"upn", "mother", "own_child_birth", "home_postcode", "placement_postcode", "urn"}
    | {"asylum_until", "authority", "worker"}
)
# Read where they are sent, and not asked for where they are not.
OPTIONAL = frozenset(
    {("episodes", "placement_provider"), ("episodes", "place_change_reason")}
    | {(table, "birth_date") for table in TABLES if table not in ("header", "oc3")}
    | {("uasc", "sex"), ("reviews", "review_code"), ("oc2", "has_conviction")}
    | {("oc2", "is_health_check_current")}
)
_CODES = (
    *("sex", "ethnicity", "new_episode", "legal_status", "category_of_need", "placement_type"),
    *("placement_provider", "ceased_reason", "place_change_reason", "review_code", "sdq_reason"),
    *("previous_permanence", "adopters", "adopters_sex", "adopters_legal_status"),
)
KINDS: Mapping[str, str] = {
    "child_id": "identifier",
    "birth_date": "birth_date",
    **{name: f"code:ssda903_{name}" for name in _CODES},
    "kind": "code:ssda903_missing",
    "is_in_touch": "code:ssda903_in_touch",
    "is_in_education_employment_training": "code:ssda903_activity",
    "is_suitable_accommodation": "code:ssda903_accommodation",
    "reversed_reason": "code:ssda903_placed_ceased_reason",
    "change_reason": "code:ssda903_worker_change_reason",
    "sdq_score": "number",
    "is_foster_carer": "yes_no",
    **dict.fromkeys(_CHECKS, "yes_no"),
}


def kinds_of(table: str, sent: frozenset[str]) -> dict[str, str]:
    """What each column of a table holds, as `children.parsers_for` takes it.

    `sent` are the columns that some file of the table has: an optional one that no file
    has is left out. A column that is no code, number or answer is a date.

    >>> kinds_of("missing", frozenset())["kind"]
    'code:ssda903_missing'
    """
    return {
        name: KINDS.get(name, "date")
        for name in TABLES[table].columns
        if name not in NOT_READ and ((table, name) not in OPTIONAL or name in sent)
    }
