"""The CIN census's tables: which element a row of each is, its columns, and what each holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lscb_analysis.sources.layouts import Layout

NAME = "cin_census"
# The columns that say to which row of another table a row belongs, by the number of that row.
CHILD, EPISODE, ASSESSMENT, PLAN = "child_number", "episode", "assessment", "plan"
FIRST_YEAR_OF_SEX = 2024


@dataclass(frozen=True)
class Table:
    """One table: the element that is a row of it, its elements by column, what it belongs to.

    `belongs` names the tables whose rows the element stands in, by the column that says
    which row. `key` tells the table's rows apart; each of `needed` must have a value.
    An element that `is_text` has no others in it: its own text is the table's one column.
    """

    element: str
    columns: Mapping[str, tuple[str, ...]]
    belongs: Mapping[str, str]
    key: tuple[str, ...]
    needed: tuple[str, ...]
    is_text: bool = False

    @property
    def elements(self) -> dict[str, str]:
        """The preferred name of each column's element, by every name of it in capitals."""
        return {name.upper(): names[0] for names in self.columns.values() for name in names}


_OF_EPISODE = {"children": "person", "episodes": EPISODE}
TABLES: Mapping[str, Table] = {
    "children": Table(
        "Child",
        {
            "child_id": ("LAchildID",),
            "upn": ("UPN",),
            "upn_unknown": ("UPNunknown",),
            "birth_date": ("PersonBirthDate",),
            "expected_birth_date": ("ExpectedPersonBirthDate",),
            "sex": ("Sex", "GenderCurrent", "Gender"),
            "death_date": ("PersonDeathDate",),
            "ethnicity": ("Ethnicity",),
        },
        {},
        (),
        (),
    ),
    "disabilities": Table(
        "Disability",
        {"disability": ("Disability",)},
        {"children": "person"},
        (),
        (),
        is_text=True,
    ),
    "episodes": Table(
        "CINdetails",
        {
            "referral_date": ("CINreferralDate",),
            "referral_source": ("ReferralSource",),
            "primary_need": ("PrimaryNeedCode",),
            "closed_date": ("CINclosureDate",),
            "closure_reason": ("ReasonForClosure",),
            "conference_date": ("DateOfInitialCPC",),
            "is_no_further_action": ("ReferralNFA",),
        },
        {"children": "person"},
        ("child_id", "referral_date"),
        ("referral_date",),
    ),
    "assessments": Table(
        "Assessments",
        {
            "start_date": ("AssessmentActualStartDate",),
            "authorised_date": ("AssessmentAuthorisationDate",),
        },
        _OF_EPISODE,
        ("child_id", "start_date"),
        ("start_date",),
    ),
    "factors": Table(
        "AssessmentFactors",
        {"factor": ("AssessmentFactors",)},
        {**_OF_EPISODE, "assessments": ASSESSMENT},
        (),
        (),
        is_text=True,
    ),
    "cin_plans": Table(
        "CINPlanDates",
        {"plan_start_date": ("CINPlanStartDate",), "plan_end_date": ("CINPlanEndDate",)},
        _OF_EPISODE,
        ("child_id", "plan_start_date"),
        ("plan_start_date",),
    ),
    "enquiries": Table(
        "Section47",
        {
            "s47_start_date": ("S47ActualStartDate",),
            "target_date": ("InitialCPCtarget",),
            "conference_date": ("DateOfInitialCPC",),
            "is_conference_unneeded": ("ICPCnotRequired",),
        },
        _OF_EPISODE,
        ("child_id", "s47_start_date"),
        ("s47_start_date",),
    ),
    "cp_plans": Table(
        "ChildProtectionPlans",
        {
            "plan_start_date": ("CPPstartDate",),
            "plan_end_date": ("CPPendDate",),
            "initial_category": ("InitialCategoryOfAbuse",),
            "latest_category": ("LatestCategoryOfAbuse",),
            "previous_plans": ("NumberOfPreviousCPP",),
        },
        _OF_EPISODE,
        ("child_id", "plan_start_date"),
        ("plan_start_date",),
    ),
    "reviews": Table(
        "CPPreviewDate",
        {"review_date": ("CPPreviewDate",)},
        {**_OF_EPISODE, "cp_plans": PLAN},
        ("child_id", "plan_start_date", "review_date"),
        ("review_date",),
        is_text=True,
    ),
    "pre_proceedings": Table(
        "PreProceedingsandFGDM",
        {
            "started_date": ("PPStartDate",),
            "letter_sent_date": ("LBPSentDate",),
            "is_meeting_offered": ("FGDMMeetingOffer",),
            "is_meeting_held": ("FGDMMeetingFac",),
            "first_meeting_date": ("InitialPPMeetingDate",),
            "review_meetings": ("ReviewMeetingsCount",),
            "decision_date": ("StepDecisionDate",),
            "court_date": ("CourtAppDate",),
            "first_letter_date": ("LetterInitCPDate",),
        },
        _OF_EPISODE,
        ("child_id", "started_date"),
        ("started_date",),
    ),
    "header": Table(
        "Header",
        {
            "collection": ("Collection",),
            "year": ("Year",),
            "reference_date": ("ReferenceDate",),
        },
        {},
        (),
        (),
    ),
}
# Elements around others that are no row of a table.
WRAPPERS = (
    *("Message", "Children", "ChildIdentifiers", "ChildCharacteristics", "Disabilities"),
    *("FactorsIdentifiedAtAssessment", "Reviews", "CollectionDetails", "Source", "Content"),
    "CBDSLevels",
)
# Known and dropped: they identify, or nothing is made of them. PPOutcome: its codes are not known.
NOT_READ = (
    *("FormerUPN", "Surname", "Forename", "FamilyName", "GivenName", "PersonFamilyName"),
    *("PersonGivenName", "PostCode", "AssessmentInternalReviewDate", "SourceLevel", "LEA"),
    *("SoftwareCode", "Release", "SerialNo", "DateTime", "CBDSLevel", "PPOutcome"),
)
KINDS: Mapping[str, str] = {
    "upn_unknown": "code:cin_upn_unknown",
    "birth_date": "birth_date",
    "expected_birth_date": "birth_date",
    "sex": "code:cin_sex",
    "ethnicity": "code:ethnicity",
    "disability": "code:cin_disability",
    "referral_source": "code:referral_source",
    "primary_need": "code:cin_primary_need",
    "closure_reason": "code:cin_closure_reason",
    "is_no_further_action": "yes_no",
    "factor": "code:cin_factor",
    # A date that may lie ahead, as the date of birth of a child who is not born yet.
    "target_date": "birth_date",
    "is_conference_unneeded": "yes_no",
    "initial_category": "code:category_of_abuse",
    "latest_category": "code:category_of_abuse",
    "previous_plans": "number",
    "is_meeting_offered": "yes_no",
    "is_meeting_held": "yes_no",
    "review_meetings": "number",
}


def layout_of(name: str, year: int) -> Layout:
    """The layout of one table in the financial year that starts in `year`.

    Findings name its elements as it does.

    >>> layout_of("children", 2016).columns["sex"][0], layout_of("children", 2024).columns["sex"][0]
    ('GenderCurrent', 'Sex')
    """
    columns = {"child_id": TABLES["children"].columns["child_id"], **TABLES[name].columns}
    if "sex" in columns and year < FIRST_YEAR_OF_SEX:
        columns["sex"] = ("GenderCurrent",)
    return Layout(NAME, f"CIN census {TABLES[name].element}", columns, tuple(TABLES[name].columns))


def kind_of(column: str) -> str:
    """What a column holds, as `children.parsers_for` takes it: a date where nothing else is said.

    >>> kind_of("closed_date"), kind_of("previous_plans")
    ('date', 'number')
    """
    return KINDS.get(column, "date")
