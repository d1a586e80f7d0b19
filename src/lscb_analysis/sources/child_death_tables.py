"""Child death extracts: the panel's tables, whole or as notifications and reviews apart."""

from __future__ import annotations

from lscb_analysis.sources.layouts import Layout

NAME = "child_deaths"
CASE_ID = (
    *("Case ID", "Case Reference", "Case Number", "Case No", "eCDOP ID", "eCDOP Case ID"),
    *("eCDOP Case Number", "NCMD ID", "NCMD Case ID"),
)
_DEATH_DATE = ("Date of Death", "DOD", "Death Date")
_NOTIFIED = {
    "residence": ("Area of Residence", "Area of Residence Code"),
    "death_date": _DEATH_DATE,
    "notified_date": (
        *("Date Notified", "Date of Notification", "Notification Date"),
        *("Date Notified to CDOP", "Date CDOP Notified"),
    ),
    "age_in_days": ("Age in Days", "Age at Death in Days", "Age at Death (Days)", "Age (Days)"),
    "sex": ("Sex", "Gender"),
    "ethnicity": ("Ethnicity", "Ethnic Group"),
    "place": ("Place of Death",),
    "is_expected": ("Expected", "Death Expected", "Expected Death"),
    "meets_jar_criteria": (
        *("JAR Criteria Met", "Joint Agency Response Criteria Met", "Meets JAR Criteria"),
    ),
    "has_jar": ("JAR Held", "Joint Agency Response Held", "JAR", "Joint Agency Response"),
}
_CIRCUMSTANCES = {
    "deprivation_quintile": ("IMD Quintile", "Deprivation Quintile", "IMD Quintile of Residence"),
    "gestation_weeks": ("Gestation in Weeks", "Gestation at Birth", "Gestational Age (Weeks)"),
    "has_cp_plan": (
        *("Child Protection Plan at Death", "Subject of a Child Protection Plan at Death"),
        "CPP at Death",
    ),
    "is_looked_after": ("Looked After at Death", "Looked After Child at Death", "LAC at Death"),
    "is_child_in_need": ("Child in Need at Death", "CIN at Death"),
}
_REVIEWED = {
    "review_date": (
        *("Date of Panel Review", "Date of CDOP", "Date Reviewed", "CDOP Date", "Panel Date"),
        *("Date of CDOP Meeting", "CDOP Meeting Date", "Date of CDOP Review"),
    ),
    "status": ("Status", "Case Status"),
    "category": (
        *("Category", "Category of Death", "Primary Category", "Primary Category of Death"),
        "Uppermost Category",
    ),
    "modifiable": (
        *("Modifiable", "Modifiable Factors", "Modifiable Factors Identified"),
        *("Were Modifiable Factors Identified", "Modifiability", "Preventability"),
    ),
}
_REVIEWED_TOO = {
    "other_category": (
        *("Other Category", "Other Categories", "Secondary Category", "Secondary Categories"),
        "Additional Categories",
    ),
    "meeting_date": (
        *("Date of Child Death Review Meeting", "Child Death Review Meeting Date"),
        *("Date of CDRM", "CDRM Date", "Local Case Discussion Date"),
    ),
    "inquest_date": ("Inquest Date", "Date of Inquest", "Date Inquest Concluded"),
}
CASES = Layout(
    NAME,
    "Child death cases",
    {"case_id": CASE_ID, **_NOTIFIED, **_REVIEWED, **_CIRCUMSTANCES, **_REVIEWED_TOO},
    marks=("case_id", "death_date", "notified_date", "category"),
)
NOTIFICATIONS = Layout(
    NAME,
    "Child death notifications",
    {"case_id": CASE_ID, **_NOTIFIED, **_CIRCUMSTANCES},
    marks=("case_id", "death_date", "notified_date"),
)
REVIEWS = Layout(
    NAME,
    "Child death reviews",
    {"case_id": CASE_ID, **_REVIEWED, **_REVIEWED_TOO},
    marks=("case_id", "review_date", "category", "modifiable"),
)
FACTORS = Layout(
    NAME,
    "Child death factors",
    {
        "case_id": CASE_ID,
        "domain": ("Domain", "Factor Domain", "Contributory Factor Domain"),
        "factor": ("Factor", "Contributory Factor", "Factor Name"),
        "grade": ("Grade", "Relevance", "Level of Influence", "Factor Grade", "Influence"),
        "is_modifiable": ("Modifiable", "Is Modifiable", "Modifiable Factor"),
    },
    marks=("case_id", "domain", "factor", "grade"),
)
FORMS = Layout(
    NAME,
    "Child death forms",
    {
        "case_id": CASE_ID,
        "agency": ("Agency", "Agency Name"),
        "requested_date": ("Date Requested", "Requested Date", "Date Form Requested"),
        "due_date": ("Date Due", "Due Date"),
        "returned_date": (
            *("Date Returned", "Returned Date", "Date Received", "Date Form Returned"),
        ),
        "form": ("Form", "Form Type", "Type of Form"),
    },
    marks=("case_id", "agency", "requested_date"),
)
# Columns that not every panel's extract has.
OPTIONAL = frozenset({*_CIRCUMSTANCES, *_REVIEWED_TOO, "form"})
