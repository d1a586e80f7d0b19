"""Annex A's Lists 6 to 8: children in need, child protection plans, children looked after."""

from __future__ import annotations

from lscb_analysis.sources.annex_a_columns import DISABILITY, Columns, list_layout

_HAS_DISABILITY = ("answers:disability", DISABILITY)

CHILDREN_IN_NEED = list_layout(
    6,
    "children_in_need",
    "children in need",
    {
        "has_disability": _HAS_DISABILITY,
        "start_date": ("date", ("CIN Start Date", "Child in Need Start Date")),
        "primary_need": (
            "codes:category_of_need",
            ("Primary Need Code", "Primary Need", "Category of Need"),
        ),
        "last_seen_date": (
            "date",
            ("Date Child Was Last Seen", "DateChildLastSeen", "Last Seen Date"),
        ),
        "closed_date": ("date", ("CIN Closure Date", "Child in Need Closure Date")),
        "closure_reason": (
            "codes:closure_reason",
            ("Reason for Closure", "CIN Closure Reason", "CIN Reason for Closure"),
        ),
        "case_status": ("codes:case_status", ("Case status",)),
    },
    shapes=[("start_date", "closed_date"), ("start_date", "case_status")],
    key=("start_date",),
    called=("childreninneed", "cin"),
)
PLANS = list_layout(
    7,
    "plans",
    "child protection plans",
    {
        "has_disability": _HAS_DISABILITY,
        "plan_start_date": ("date", ("Child Protection Plan Start Date", "CP Plan Start Date")),
        "initial_category": ("codes:category_of_abuse", ("Initial Category of Abuse",)),
        "latest_category": ("codes:category_of_abuse", ("Latest Category of Abuse",)),
        "latest_visit_date": (
            "date",
            ("Date of the Last Statutory Visit", "DateOfLastStatutoryVisit"),
        ),
        "is_seen_alone": (
            "answers:seen_alone",
            ("Was the Child Seen Alone?", "ChildSeenAlone"),
        ),
        "latest_review_date": (
            "date",
            ("Date of latest review conference", "DateOfLatestReviewConf"),
        ),
        "plan_end_date": ("date", ("Child Protection Plan End Date", "CP Plan End Date")),
        "has_emergency_protection": (
            "yes_no",
            (
                "Subject to Emergency Protection Order or Protected Under Police Powers in Last "
                "Six Months (Y/N)",
                "Subject to Emergency Protection Order or Protected Under Police Powers in Last "
                "Six Months",
                "ProtectionLastSixMonths",
            ),
        ),
        "previous_plans": (
            "number",
            ("Number of Previous Child Protection Plans", "Number of Previous CP Plans"),
        ),
    },
    shapes=[("plan_start_date", "plan_end_date"), ("plan_start_date", "initial_category")],
    key=("plan_start_date",),
    called=("childprotection", "cpplan"),
)
_PERIOD: Columns = {
    "is_asylum_seeking": (
        "answers:asylum_seeking",
        (
            "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
            "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months",
            "UASC",
        ),
    ),
    "has_disability": _HAS_DISABILITY,
    "started_date": (
        "date",
        ("Date Started to be Looked After", "LookedAfterStartDate", "LoookedAfterStartDate"),
    ),
    "category_of_need": (
        "codes:category_of_need",
        ("Child's Category of Need", "ChildCategoryOfNeed", "Category of Need"),
    ),
    "is_again_looked_after": (
        "yes_no",
        (
            "Is this a second or subsequent period of being a Looked After Child within the last "
            "12 months (Y/N)",
            "Is this a second or subsequent episode of being a Looked After Child within the last "
            "12 months (Y/N)",
            "SubsequentLACEpisodeLast12Months",
        ),
    ),
    "legal_status_date": (
        "date",
        ("Start date of current legal status", "MostRecentLegalStatusStart"),
    ),
    "legal_status": ("codes:legal_status", ("Child's Legal Status", "LegalStatus")),
    "latest_review_date": (
        "date",
        ("Date of Latest Statutory Review", "LatestStatutoryReviewDate"),
    ),
    "latest_visit_date": (
        "date",
        ("Date of Last Social Work Visit", "LastSocialWorkVisitDate"),
    ),
    "permanence_plan": (
        "codes:permanence_plan",
        ("What is the permanence plan for this child?", "PermanencePlan"),
    ),
    "latest_iro_visit_date": (
        "date",
        ("Date of Last IRO Visit / Contact to the Child", "LastIROVisitDate"),
    ),
    "latest_health_assessment_date": (
        "date",
        ("Date of Last Health Assessment", "LastHealthAssessmentDate"),
    ),
    "latest_dental_check_date": ("date", ("Date of Last Dental Check", "LastDentalCheckDate")),
    "placements": (
        "number",
        ("Number of Placements in the Last 12 months", "PlacementsLast12Months"),
    ),
    "ceased_date": (
        "date",
        ("Date Ceased to be Looked After", "CeasedLookedAfterDate", "LookedAfterCeasedDate"),
    ),
    "ceased_reason": (
        "codes:ceased_reason",
        ("Reason Ceased to be Looked After", "ReasonCeasedLookedAfter"),
    ),
}
_PLACEMENT: Columns = {
    "placement_start_date": (
        "date",
        ("Start Date of Most Recent Placement", "MostRecentPlacementStartDate"),
    ),
    "placement_type": ("codes:placement_type", ("Placement Type",)),
    "placement_provider": ("codes:placement_provider", ("Placement Provider",)),
    "placement_location": ("codes:placement_location", ("Placement Location",)),
    "placement_authority": ("text", ("LA of Placement", "Local Authority of Placement")),
    "missing_episodes": (
        "number",
        (
            "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 "
            "months",
            "EpisodesChildMissingFromPlacement",
        ),
    ),
    "absent_episodes": (
        "number",
        (
            "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 "
            "months",
            "EpisodesChildAbsentFromPlacement",
        ),
    ),
    "is_interview_offered": (
        "answers:return_interview_offered",
        (
            "Was the child offered a Return Interview after their last missing episode (Y/N)?",
            "Was the child offered a Return Interview after their last missing episode",
            "ChildOfferedReturnInterviewAfterLastMFH",
        ),
    ),
    "is_interview_accepted": (
        "answers:return_interview_accepted",
        (
            "Did the child accept a Return Interview after their last missing episode (Y/N)?",
            "Did the child accept a Return Interview after their last missing episode",
            "ChildAcceptedReturnInterviewAfterLastMFH",
        ),
    ),
}
LOOKED_AFTER = list_layout(
    8,
    "looked_after",
    "children looked after",
    {**_PERIOD, **_PLACEMENT},
    shapes=[("started_date", "ceased_date"), ("started_date", "placement_type")],
    key=("started_date",),
    called=("childrenincare", "lookedafter", "inlacare"),
)
