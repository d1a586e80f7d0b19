"""Annex A's Lists 1 to 5: contacts, early help, referrals, assessments, section 47 enquiries."""

from __future__ import annotations

from lscb_analysis.sources.annex_a_columns import DISABILITY, list_layout

_SOURCE = "codes:referral_source"
_HAS_DISABILITY = ("answers:disability", DISABILITY)

CONTACTS = list_layout(
    1,
    "contacts",
    "contacts",
    {
        "contact_date": ("date", ("Date of Contact", "Contact Date")),
        "contact_source": (_SOURCE, ("Contact Source", "Source of Contact")),
    },
    shapes=[("contact_date", "contact_source")],
    key=("contact_date", "contact_source", "contact_number"),
    needed=("contact_date",),
    called=("contact",),
)
EARLY_HELP = list_layout(
    2,
    "early_help",
    "early help",
    {
        "start_date": ("date", ("Assessment start date", "Early Help Assessment Start Date")),
        "completed_date": (
            "date",
            ("Assessment completion date", "Early Help Assessment Completion Date"),
        ),
        "organisation": (
            "text",
            ("Organisation completing assessment", "Organisation", "Lead Organisation"),
        ),
    },
    shapes=[("start_date", "organisation"), ("start_date", "completed_date")],
    key=("start_date", "organisation"),
    needed=("start_date",),
    called=("earlyhelp",),
)
REFERRALS = list_layout(
    3,
    "referrals",
    "referrals",
    {
        "referral_date": ("date", ("Date of referral", "Referral date")),
        "referral_source": (_SOURCE, ("Referral Source", "Source of Referral")),
        "is_no_further_action": (
            "answers:no_further_action",
            ("Referral NFA?", "NFA", "Referral No Further Action"),
        ),
        "referrals_before": (
            "number",
            (
                "Number of Referrals in Last 12 Months",
                "ReferralsLast12Months",
                "Number of Referrals in the Last 12 Months",
            ),
        ),
    },
    shapes=[("referral_date", "referral_source"), ("referral_date", "is_no_further_action")],
    key=("referral_date",),
    called=("referral",),
)
ASSESSMENTS = list_layout(
    4,
    "assessments",
    "assessments",
    {
        "has_disability": _HAS_DISABILITY,
        "start_date": (
            "date",
            (
                *("Continuous Assessment Start Date", "ContinuousAssessmentStart"),
                "Date Continuous Assessment Started",
            ),
        ),
        "is_child_seen": (
            "answers:child_seen",
            (
                *("Child Seen During Continuous Assessment", "ContinuousAssessmentChildSeen"),
                "Child Seen During Assessment",
            ),
        ),
        "authorised_date": (
            "date",
            (
                *("Continuous Assessment Date of Authorisation", "ContinuousAssessmentAuthDate"),
                "Continuous Assessment Authorisation Date",
            ),
        ),
        "is_in_need": (
            "yes_no",
            (
                "Was the child assessed as requiring LA children's social care support",
                *("Was the child assessed as being in need at assessment?", "CSCSupportRequired"),
                "Was the child assessed as being in need",
            ),
        ),
    },
    shapes=[("start_date", "authorised_date")],
    key=("start_date",),
    called=("assessment",),
)
SECTION_47S = list_layout(
    5,
    "enquiries",
    "section 47 enquiries and initial conferences",
    {
        "has_disability": _HAS_DISABILITY,
        "s47_start_date": (
            "date",
            (
                "Strategy discussion initiating Section 47 Enquiry Start Date",
                *("StratDiscussionDate", "Section 47 Enquiry Start Date", "S47 Start Date"),
                "Date Section 47 Enquiry Started",
            ),
        ),
        "is_conference_unnecessary": (
            "yes_no",
            (
                "Was an Initial Child Protection Conference deemed unnecessary?",
                *("InitialCPConfUnnecessary", "ICPC Not Required"),
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
        "enquiries_before": (
            "number",
            (
                *("Number of Section 47 Enquiries in the last 12 months", "NumberS47s12m"),
                "Number of Section 47 Enquiries in Last 12 Months",
            ),
        ),
        "conferences_before": (
            "number",
            (
                *("Number of ICPCs in the last 12 months", "NumberICPCs12m"),
                "Number of ICPCs in Last 12 Months",
            ),
        ),
    },
    shapes=[("s47_start_date", "conference_date"), ("s47_start_date", "enquiries_before")],
    key=("s47_start_date", "conference_date"),
    needed=(),
    called=("section47", "sec47", "s47"),
)
