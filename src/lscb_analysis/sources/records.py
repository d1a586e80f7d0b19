"""The tables of records: their keys, the columns of those made here, and their types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pandas as pd

from lscb_analysis.sources.parsing import NOT_KNOWN

CHILD = ("child_id", "birth_date", "sex", "ethnicity")
STAMP = ("submission", "source")
KEYS: Mapping[str, tuple[str, ...]] = {
    "referrals": ("child_id", "referral_date"),
    "assessments": ("child_id", "start_date"),
    "assessment_factors": ("child_id", "authorised_date"),
    "section_47s": ("child_id", "s47_start_date"),
    "conferences": ("child_id", "conference_date"),
    "cp_plans": ("child_id", "plan_start_date"),
    "cp_reviews": ("child_id", "review_date"),
    "cp_latest_reviews": ("child_id", "review_date"),
    "looked_after_periods": ("child_id", "started_date"),
    "looked_after_at_date": ("child_id", "snapshot_date"),
    "ssda903_episodes": ("child_id", "started_date", "is_short_break"),
    "lac_reviews": ("child_id", "review_date"),
    "visits": ("child_id", "visit_date"),
    "health_assessments": ("child_id", "assessment_date", "kind"),
    "missing_episodes": ("child_id", "missing_start_date"),
    "care_leavers_at_date": ("child_id", "snapshot_date"),
    "health_at_date": ("child_id", "snapshot_date"),
    "adoptions": ("child_id", "decision_date"),
    "adoption_decisions": ("child_id", "decided_date"),
    "previous_permanence": ("child_id",),
    "social_worker_episodes": ("child_id", "started_date"),
    "deprivations_of_liberty": ("child_id", "started_date"),
    "contacts": ("child_id", "contact_date", "contact_source", "contact_number"),
    "early_help_assessments": ("child_id", "start_date", "organisation"),
    "children_in_need": ("child_id", "start_date"),
    "cin_episodes": ("child_id", "referral_date"),
    "cin_plans": ("child_id", "plan_start_date"),
    "census_conferences": ("child_id", "conference_date"),
    "pre_proceedings": ("child_id", "started_date"),
    "disabilities": ("child_id", "disability"),
    "assessment_factor_codes": ("child_id", "start_date", "factor"),
    "adoption_cases": ("child_id", "decision_date"),
    "adopters": ("adopter_id",),
    "da_incidents": ("incident_id",),
    "da_notified_children": ("incident_id", "child_id"),
    "da_triage": ("period_end", "outcome"),
    "marac_meetings": ("meeting_date", "marac"),
    "insights": ("period_end", "client_group", "form", "attribute"),
    "partner_figures": ("agency", "indicator", "period_start", "period_end"),
    "da_incident_children": ("incident_id",),
    "da_school_notices": ("incident_id", "child_id"),
    "marac_characteristics": ("meeting_date", "marac", "characteristic"),
    "da_services": ("period_start", "period_end", "service", "client_group"),
    "early_help_episodes": ("child_id", "start_date"),
    "exploitation_concerns": ("child_id", "concern_date", "kind"),
    "missing_children": ("child_id", "missing_date"),
    "allegations": ("case_id",),
    "private_fostering": ("child_id", "notified_date"),
    "conference_attendance": ("meeting_id", "attending_agency"),
    "training": ("course_id", "attending_agency"),
}
REPLACED = ("child_deaths", "death_factors", "death_forms", "death_circumstances")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "referrals": ("referral_date", "referral_source", "is_no_further_action", "is_re_referral"),
    "assessments": ("start_date", "authorised_date", "working_days", "is_within_45_working_days"),
    "assessment_factors": (
        "authorised_date",
        "has_factor_3a",
        "has_factor_3b",
        "has_factor_3c",
        "has_domestic_abuse",
    ),
    "section_47s": ("s47_start_date", "conference_date", "has_conference", "matured_date"),
    "conferences": (
        "conference_date",
        "s47_start_date",
        "working_days",
        "is_transfer_in",
        "is_timed",
        "is_within_15_working_days",
        "has_plan",
    ),
    "cp_plans": (
        "plan_start_date",
        "plan_end_date",
        "initial_category",
        "latest_category",
        "previous_plans",
        "has_previous_plan",
        "has_previous_plan_within_2_years",
        "two_years_date",
        "three_months_date",
        "lasted_2_years",
        "reviews_on_time_until",
    ),
    "looked_after_periods": (
        "started_date",
        "ceased_date",
        "ceased_reason",
        "category_of_need",
        "is_asylum_seeking",
        "is_short_break",
    ),
    "looked_after_at_date": (
        "snapshot_date",
        "started_date",
        "placement_type",
        "placement_location",
        "legal_status",
        "has_3_or_more_placements",
        "is_under_16_long_term",
        "is_stable",
        "is_12_months_or_more",
        "is_health_review_current",
        "latest_health_assessment_date",
    ),
    "initial_health_assessments": ("started_date", "due_date", "assessment_date", "is_on_time"),
    "visits_due": ("due_date", "visit_date", "is_on_time"),
    "reviews_due": ("due_date", "review_date", "is_on_time"),
    "missing_episodes": ("missing_start_date", "missing_end_date", "is_missing"),
    "care_leavers_at_date": (
        "snapshot_date",
        "age_band",
        "is_in_touch",
        "is_suitable_accommodation",
        "is_in_education_employment_training",
    ),
    "ssda903_episodes": (
        "started_date",
        "new_episode",
        "ceased_date",
        "ceased_reason",
        "category_of_need",
        "is_asylum_seeking",
        "is_short_break",
        "return_date",
    ),
    "health_at_date": (
        "snapshot_date",
        "sdq_score",
        "sdq_reason",
        "has_conviction",
        "is_health_check_current",
        "is_immunised",
        "has_teeth_check",
        "has_health_assessment",
        "has_substance_misuse",
        "is_intervention_received",
        "is_intervention_offered",
    ),
    "adoptions": (
        "decision_date",
        "matched_date",
        "is_foster_carer",
        "adopters",
        "adopters_sex",
        "adopters_legal_status",
    ),
    "adoption_decisions": ("decided_date", "reversed_date", "reversed_reason"),
    "previous_permanence": ("previous_permanence", "permanence_date"),
    "social_worker_episodes": ("started_date", "ended_date", "change_reason"),
    "deprivations_of_liberty": ("started_date", "ended_date"),
    "contacts": ("contact_date", "contact_source", "contact_number"),
    "early_help_assessments": ("start_date", "completed_date", "organisation"),
    "children_in_need": (
        "start_date",
        "closed_date",
        "closure_reason",
        "primary_need",
        "case_status",
        "has_disability",
        "last_seen_date",
    ),
    "cin_episodes": (
        "referral_date",
        "closed_date",
        "closure_reason",
        "primary_need",
        "is_no_further_action",
        "death_date",
    ),
    "cin_plans": ("plan_start_date", "plan_end_date"),
    "census_conferences": ("conference_date", "s47_start_date"),
    "pre_proceedings": (
        "started_date",
        "first_letter_date",
        "letter_sent_date",
        "is_meeting_offered",
        "is_meeting_held",
        "first_meeting_date",
        "review_meetings",
        "decision_date",
        "court_date",
    ),
    "disabilities": ("disability",),
    "assessment_factor_codes": ("start_date", "authorised_date", "factor"),
    "adoption_cases": (
        "family_id",
        "has_disability",
        "entered_care_date",
        "decision_date",
        "placement_order_date",
        "matched_date",
        "placed_date",
        "adopted_date",
        "reversed_date",
        "reversed_reason",
        "foster_to_adopt_date",
    ),
}
Kind = Literal["datetime64[ns]", "boolean", "float64", "Int64", "str"]
_DATES = ("two_years_date", "reviews_on_time_until")
_NUMBERS: Mapping[str, Kind] = {
    "working_days": "float64",
    "previous_plans": "Int64",
    "contact_number": "Int64",
    "sdq_score": "Int64",
    "review_meetings": "Int64",
}
_FLAGS = ("lasted_2_years",)


def as_records(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with every column of the table, in order and of its type, and no others.

    A column that nobody sent is there and not known: text `Not known`, else missing.
    """
    columns = (*CHILD, *COLUMNS[table], *STAMP)
    typed = {name: _typed(rows, name) for name in columns}
    return pd.DataFrame(typed, columns=list(columns)).reset_index(drop=True)


def kind_of(column: str) -> Kind:
    """The type of a column of records, by its name.

    >>> kind_of("plan_end_date"), kind_of("is_short_break"), kind_of("sex")
    ('datetime64[ns]', 'boolean', 'str')
    """
    if column.endswith("_date") or column in _DATES:
        return "datetime64[ns]"
    if column.startswith(("is_", "has_")) or column in _FLAGS:
        return "boolean"
    return _NUMBERS.get(column, "str")


def _typed(rows: pd.DataFrame, column: str) -> pd.Series:
    kind = kind_of(column)
    values = rows.get(column)
    if values is None:
        values = pd.Series(NOT_KNOWN if kind == "str" else None, index=rows.index, dtype=object)
    if kind == "datetime64[ns]":
        return values if values.dtype == kind else pd.to_datetime(values).astype(kind)
    typed = values.astype(kind)
    return typed.fillna(NOT_KNOWN) if kind == "str" and column != "child_id" else typed
