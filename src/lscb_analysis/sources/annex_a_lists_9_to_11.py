"""Annex A's Lists 9 to 11: care leavers, children to be adopted, and adopters."""

from __future__ import annotations

from lscb_analysis.sources.annex_a_columns import CHILD, DISABILITY, list_layout

_FAMILY = ("Family identifier", "FamilyID", "Adoptive Family Identifier")

CARE_LEAVERS = list_layout(
    9,
    "care_leavers",
    "care leavers",
    {
        "is_asylum_seeking": (
            "answers:asylum_seeking",
            (
                "UASC, or formerly UASC if 18 or over (Y/N)",
                "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
                *("UASC, or formerly UASC if 18 or over", "UASC"),
            ),
        ),
        "has_disability": ("answers:disability", DISABILITY),
        "eligibility": ("codes:eligibility", ("Eligibility Category", "Eligibility")),
        "pathway_plan_date": (
            "date",
            (
                *("Latest Pathway Plan Review Date", "LatestPathwayPlan"),
                "Date of Latest Pathway Plan Review",
            ),
        ),
        "is_in_touch": ("answers:in_touch", ("LA In Touch", "In Touch")),
        "latest_contact_date": (
            "date",
            ("Latest Date of Contact", "LatestContact", "Date of Latest Contact"),
        ),
        "accommodation_type": (
            "codes:accommodation_type",
            ("Type of Accommodation", "Accommodation Type"),
        ),
        "is_suitable_accommodation": (
            "answers:suitability",
            ("Suitability of Accommodation", "Accommodation Suitability"),
        ),
        "is_in_education_employment_training": (
            "answers:activity",
            ("Activity Status",),
        ),
    },
    shapes=[
        ("is_in_touch", "is_suitable_accommodation"),
        ("is_in_touch", "is_in_education_employment_training"),
        ("is_in_touch", "eligibility"),
        ("eligibility", "is_in_education_employment_training"),
        ("eligibility", "accommodation_type"),
    ],
    key=(),
    optional=("is_asylum_seeking", "pathway_plan_date", "latest_contact_date"),
    called=("careleaver", "leavingcare"),
)
ADOPTIONS = list_layout(
    10,
    "adoptions",
    "adoption",
    {
        "family_id": ("identifier", _FAMILY),
        "has_disability": ("answers:disability", DISABILITY),
        "entered_care_date": ("date", ("Date the Child Entered Care", "EnteredCareDate")),
        "decision_date": (
            "date",
            (
                "Date of Decision that Child Should be Placed for Adoption",
                *("ADMSHOBPADecisionDate", "Date of SHOBPA Decision"),
            ),
        ),
        "placement_order_date": ("date", ("Date of Placement Order", "PlacementOrderDate")),
        "matched_date": (
            "date",
            ("Date of Matching Child and Prospective Adopters", "MatchedForAdoptionDate"),
        ),
        "placed_date": ("date", ("Date Placed for Adoption", "PlacedForAdoptionDate")),
        "adopted_date": ("date", ("Date of Adoption Order", "AdoptionOrderDate")),
        "reversed_date": (
            "date",
            (
                "Date of Decision that Child Should No Longer be Placed for Adoption",
                "DecisionReversedDate",
            ),
        ),
        "reversed_reason": (
            "codes:adoption_reversal",
            ("Reason Why Child No Longer Placed for Adoption", "DecisionReversedReason"),
        ),
        "foster_to_adopt_date": (
            "date",
            (
                "Date the child was placed for fostering in FFA or concurrent planning placement",
                *("DateFFAConsurrencyPlacement", "DateFFAConcurrencyPlacement"),
            ),
        ),
    },
    shapes=[("decision_date",), ("placement_order_date", "placed_date")],
    key=("decision_date",),
    called=("adoption",),
)
ADOPTERS = list_layout(
    11,
    "adopters",
    "adopters",
    {
        "has_disability": ("answers:disability", DISABILITY),
        "is_fostering_to_adopt": (
            "yes_no",
            (
                "Is the (prospective) adopter fostering for adoption?",
                *("AdoptedByCarer", "Fostering for Adoption"),
            ),
        ),
        "enquiry_date": ("date", ("Date enquiry received", "EnquiryDate")),
        "stage_1_start_date": ("date", ("Date Stage 1 started", "Stage1StartDate")),
        "stage_1_end_date": ("date", ("Date Stage 1 ended", "Stage1EndDate")),
        "stage_2_start_date": ("date", ("Date Stage 2 started", "Stage2StartDate")),
        "stage_2_end_date": ("date", ("Date Stage 2 ended", "Stage2EndDate")),
        "applied_date": ("date", ("Date application submitted", "ApplicationDate")),
        "approved_date": ("date", ("Date application approved", "ApplicationApprDate")),
        "matched_date": ("date", ("Date adopter matched with child(ren)", "MatchedDate")),
        "placed_date": ("date", ("Date child/children placed with adopter(s)", "PlacedDate")),
        "children_placed": (
            "number",
            ("No. of children placed", "Number of children placed", "NumSiblingsPlaced"),
        ),
        "adopted_date": ("date", ("Date of Adoption Order", "AdoptionOrderDate")),
        "left_date": ("date", ("Date of leaving adoption process", "AdoptionLeaveDate")),
        "left_reason": (
            "codes:leaving_adoption_process",
            ("Reason for leaving adoption process", "AdoptingLeaveReason"),
        ),
    },
    shapes=[("family_id",), ("stage_1_start_date",), ("enquiry_date",)],
    key=(),
    common={
        "adopter_id": ("identifier", ("Individual adopter identifier", "Adopter ID")),
        "family_id": ("identifier", _FAMILY),
        "sex": CHILD["sex"],
        "ethnicity": CHILD["ethnicity"],
    },
    identified_by="adopter_id",
    called=("adopter",),
)
