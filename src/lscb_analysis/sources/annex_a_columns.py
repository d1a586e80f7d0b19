"""Annex A's lists: the columns read of each, in the wordings that Ofsted and others use.

Wordings of 2019 and 2024, and the names of the Standard Safeguarding Dataset. Names
are compared without case, spaces and punctuation (`columns.normalise`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lscb_analysis.sources.board_tables import Layout

NAME = "annex_a"
_CHILD = {
    "child_id": ("Child Unique ID", "Child Unique Identifier", "Child ID"),
    "sex": ("Gender", "Sex"),
    "ethnicity": ("Ethnicity", "Ethnic group"),
    "birth_date": ("Date of Birth", "Date of birth (expected date if unborn)", "DOB"),
}
_CHILD_KINDS = {
    "child_id": "identifier",
    "sex": "codes:sex",
    "ethnicity": "codes:ethnicity",
    "birth_date": "birth_date",
}


@dataclass(frozen=True)
class ListLayout:
    """One list that is read: its layout, what each column holds, what tells rows apart.

    A row without a value in `needed` says nothing that could be counted.
    """

    layout: Layout
    kinds: Mapping[str, str]
    key: tuple[str, ...]
    needed: tuple[str, ...]


def _list(
    title: str,
    columns: Mapping[str, tuple[str, tuple[str, ...]]],
    marks: tuple[str, ...],
    key: tuple[str, ...],
    needed: tuple[str, ...] | None = None,
) -> ListLayout:
    wordings = _CHILD | {name: column[1] for name, column in columns.items()}
    kinds = _CHILD_KINDS | {name: column[0] for name, column in columns.items()}
    layout = Layout(NAME, f"Annex A {title}", wordings, marks=("child_id", *marks))
    needed = key if needed is None else needed
    return ListLayout(layout, kinds, ("child_id", *key), ("child_id", *needed))


REFERRALS = _list(
    "List 3 (referrals)",
    {
        "referral_date": ("date", ("Date of referral", "Referral date")),
        "referral_source": ("codes:referral_source", ("Referral Source",)),
        "is_no_further_action": ("answers:no_further_action", ("Referral NFA?", "NFA")),
    },
    marks=("referral_date", "referral_source"),
    key=("referral_date",),
)
ASSESSMENTS = _list(
    "List 4 (assessments)",
    {
        "start_date": (
            "date",
            ("Continuous Assessment Start Date", "ContinuousAssessmentStart"),
        ),
        "authorised_date": (
            "date",
            (
                "Continuous Assessment Date of Authorisation",
                "ContinuousAssessmentAuthDate",
                "Continuous Assessment Authorisation Date",
            ),
        ),
    },
    marks=("start_date", "authorised_date"),
    key=("start_date",),
)
SECTION_47S = _list(
    "List 5 (section 47 enquiries and initial conferences)",
    {
        "s47_start_date": (
            "date",
            (
                "Strategy discussion initiating Section 47 Enquiry Start Date",
                "StratDiscussionDate",
                "Section 47 Enquiry Start Date",
                "S47 Start Date",
            ),
        ),
        "conference_date": (
            "date",
            ("Date of Initial Child Protection Conference", "InitialCPConfDate", "ICPC Date"),
        ),
        "has_plan": (
            "yes_no",
            (
                "Did the Initial Child Protection Conference Result in a Child Protection Plan",
                "CPConfResultInCPPlan",
            ),
        ),
    },
    marks=("s47_start_date", "conference_date"),
    key=("s47_start_date", "conference_date"),
    needed=(),
)
PLANS = _list(
    "List 7 (child protection plans)",
    {
        "plan_start_date": ("date", ("Child Protection Plan Start Date",)),
        "plan_end_date": ("date", ("Child Protection Plan End Date",)),
        "initial_category": ("codes:category_of_abuse", ("Initial Category of Abuse",)),
        "latest_category": ("codes:category_of_abuse", ("Latest Category of Abuse",)),
        "latest_review_date": (
            "date",
            ("Date of latest review conference", "DateOfLatestReviewConf"),
        ),
        "previous_plans": (
            "number",
            ("Number of Previous Child Protection Plans", "Number of Previous CP Plans"),
        ),
    },
    marks=("plan_start_date", "plan_end_date"),
    key=("plan_start_date",),
)
LOOKED_AFTER = _list(
    "List 8 (children looked after)",
    {
        "started_date": (
            "date",
            (
                "Date Started to be Looked After",
                "LookedAfterStartDate",
                "LoookedAfterStartDate",
            ),
        ),
        "ceased_date": (
            "date",
            ("Date Ceased to be Looked After", "CeasedLookedAfterDate", "LookedAfterCeasedDate"),
        ),
        "ceased_reason": (
            "codes:ceased_reason",
            ("Reason Ceased to be Looked After", "ReasonCeasedLookedAfter"),
        ),
        "category_of_need": (
            "codes:category_of_need",
            ("Child's Category of Need", "ChildCategoryOfNeed"),
        ),
        "is_asylum_seeking": (
            "yes_no",
            ("Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)", "UASC"),
        ),
        "legal_status": ("codes:legal_status", ("Child's Legal Status", "LegalStatus")),
        "placements": (
            "number",
            ("Number of Placements in the Last 12 months", "PlacementsLast12Months"),
        ),
        "placement_start_date": (
            "date",
            ("Start Date of Most Recent Placement", "MostRecentPlacementStartDate"),
        ),
        "placement_type": ("codes:placement_type", ("Placement Type",)),
        "placement_location": ("codes:placement_location", ("Placement Location",)),
        "latest_health_assessment_date": (
            "date",
            ("Date of Last Health Assessment", "LastHealthAssessmentDate"),
        ),
    },
    marks=("started_date", "ceased_date"),
    key=("started_date",),
)
CARE_LEAVERS = _list(
    "List 9 (care leavers)",
    {
        "is_in_touch": ("answers:in_touch", ("LA In Touch", "In Touch")),
        "is_suitable_accommodation": (
            "answers:suitability",
            ("Suitability of Accommodation",),
        ),
        "is_in_education_employment_training": ("answers:activity", ("Activity Status",)),
    },
    marks=("is_in_touch", "is_suitable_accommodation"),
    key=(),
)
LISTS_READ = (REFERRALS, ASSESSMENTS, SECTION_47S, PLANS, LOOKED_AFTER, CARE_LEAVERS)


def _known(title: str, **columns: tuple[str, ...]) -> Layout:
    return Layout(NAME, f"Annex A {title}", columns, marks=tuple(columns))


LISTS_NOT_READ = (
    _known(
        "List 1 (contacts)",
        child_id=_CHILD["child_id"],
        contact_date=("Date of Contact", "DateOfContact"),
        contact_source=("Contact Source",),
    ),
    _known(
        "List 2 (early help)",
        child_id=_CHILD["child_id"],
        start_date=("Assessment start date",),
        organisation=("Organisation completing assessment",),
    ),
    _known(
        "List 6 (children in need)",
        child_id=_CHILD["child_id"],
        start_date=("CIN Start Date",),
        closure_date=("CIN Closure Date",),
    ),
    _known(
        "List 10 (adoption)",
        child_id=_CHILD["child_id"],
        decision_date=("Date of Decision that Child Should be Placed for Adoption",),
    ),
    _known(
        "List 11 (adopters)",
        adopter_id=("Individual adopter identifier",),
        family_id=("Family identifier",),
    ),
)
