"""Rows for the rules of Lists 1 to 6, and of what all lists share: `x` marks the wrong ones."""

from __future__ import annotations

CASES = {
    "annex_a.age_not_that_of_birth_date": """
        contacts
        wrong | child_id | contact_date | birth_date | age
        x | A1 | 15/01/2017 | 01/02/2010 | 9
        x | B2 | 15/01/2017 | 01/02/2010 | 6
        - | C3 | 15/01/2017 | 01/02/2010 | 7
        - | D4 | 15/01/2017 | 15/04/2010 | 7
        - | E5 | 15/01/2017 | 15/03/2010 | 6.96
        - | F6 | 15/01/2017 | 01/06/2017 | -1
    """,
    "annex_a.unborn_age": """
        contacts
        wrong | child_id | contact_date | birth_date | age
        x | A1 | 15/01/2017 | 01/06/2017 | 0
        x | B2 | 15/01/2017 | 01/02/2016 | -1
        - | C3 | 15/01/2017 | 01/06/2017 | -1
        - | D4 | 15/01/2017 | 20/03/2017 | -1
        - | E5 | 15/01/2017 | 01/02/2016 | 1
    """,
    "annex_a.birth_dates_differ": """
        contacts
        child_id | contact_date | birth_date
        A1 | 15/01/2017 | 01/02/2010
        B2 | 15/01/2017 | 01/02/2011

        referrals
        wrong | child_id | referral_date | birth_date
        x | A1 | 16/01/2017 | 02/02/2010
        - | B2 | 16/01/2017 | 01/02/2011
        - | B2 | 17/01/2017 | -
    """,
    "annex_a.sexes_differ": """
        contacts
        child_id | contact_date | sex
        A1 | 15/01/2017 | a) Male
        B2 | 15/01/2017 | b) Female

        plans
        wrong | child_id | plan_start_date | sex
        x | A1 | 16/01/2017 | b) Female
        - | B2 | 16/01/2017 | Female
        - | B2 | 17/01/2017 | c) Not stated/recorded
    """,
    "annex_a.ethnicities_differ": """
        contacts
        child_id | contact_date | ethnicity
        A1 | 15/01/2017 | a) WBRI
        B2 | 15/01/2017 | u) UNKNOWN

        plans
        wrong | child_id | plan_start_date | ethnicity
        x | A1 | 16/01/2017 | j) AIND
        - | A1 | 17/01/2017 | s) REFU
        - | B2 | 16/01/2017 | j) AIND
    """,
    "annex_a.contact_too_early": """
        contacts
        wrong | child_id | contact_date
        x | A1 | 01/08/2016
        - | B2 | 15/09/2016
        - | C3 | 01/10/2016
    """,
    "annex_a.early_help_ends_before_start": """
        early_help
        wrong | child_id | start_date | completed_date
        x | A1 | 15/01/2017 | 14/01/2017
        - | B2 | 15/01/2017 | 15/01/2017
        - | C3 | 15/01/2017 | -
    """,
    "annex_a.referral_too_early": """
        referrals
        wrong | child_id | referral_date
        x | A1 | 01/08/2016
        - | B2 | 31/03/2017
    """,
    "annex_a.referral_long_before_birth": """
        referrals
        wrong | child_id | referral_date | birth_date
        x | A1 | 01/10/2016 | 01/09/2017
        - | B2 | 01/12/2016 | 01/09/2017
        - | C3 | 01/10/2016 | -
    """,
    "annex_a.referral_counts_differ": """
        referrals
        wrong | child_id | referral_date | referrals_before
        x | A1 | 01/11/2016 | 0
        x | A1 | 01/12/2016 | 1
        - | B2 | 01/11/2016 | 1
        - | B2 | 01/12/2016 | 1
    """,
    "annex_a.referral_count_too_low": """
        referrals
        wrong | child_id | referral_date | referrals_before
        x | A1 | 01/11/2016 | 0
        x | A1 | 01/12/2016 | 0
        - | B2 | 01/11/2016 | 1
        - | B2 | 01/12/2016 | 1
        - | C3 | 01/12/2016 | 0
        - | D4 | 01/11/2016 | 4
        - | E5 | 01/11/2016 | -
    """,
    "annex_a.assessment_authorised_before_start": """
        assessments
        wrong | child_id | start_date | authorised_date
        x | A1 | 15/01/2017 | 14/01/2017
        - | B2 | 15/01/2017 | 15/01/2017
        - | C3 | 15/01/2017 | -
    """,
    "annex_a.assessment_authorised_too_early": """
        assessments
        wrong | child_id | start_date | authorised_date
        x | A1 | 01/07/2016 | 01/08/2016
        - | B2 | 01/07/2016 | 01/10/2016
        - | C3 | 01/07/2016 | -
    """,
    "annex_a.assessment_without_answer": """
        assessments
        wrong | child_id | start_date | authorised_date | is_in_need
        x | A1 | 15/01/2017 | 15/02/2017 | -
        - | B2 | 15/01/2017 | 15/02/2017 | a) Yes
        - | C3 | 15/01/2017 | - | -
    """,
    "annex_a.assessment_answered_too_soon": """
        assessments
        wrong | child_id | start_date | authorised_date | is_in_need
        x | A1 | 15/01/2017 | - | b) No
        - | B2 | 15/01/2017 | 15/02/2017 | b) No
    """,
    "annex_a.enquiry_undated": """
        enquiries
        wrong | child_id | s47_start_date | conference_date
        x | A1 | - | -
        - | B2 | 02/01/2017 | -
        - | C3 | - | 02/01/2017
    """,
    "annex_a.enquiry_too_early": """
        enquiries
        wrong | child_id | s47_start_date | conference_date
        x | A1 | 01/07/2016 | 01/08/2016
        x | B2 | 01/08/2016 | -
        - | C3 | 01/08/2016 | 03/10/2016
        - | D4 | 03/10/2016 | -
    """,
    "annex_a.conference_before_enquiry": """
        enquiries
        wrong | child_id | s47_start_date | conference_date
        x | A1 | 17/01/2017 | 16/01/2017
        - | B2 | 16/01/2017 | 16/01/2017
        - | C3 | - | 16/01/2017
    """,
    "annex_a.conference_on_weekend": """
        enquiries
        wrong | child_id | s47_start_date | conference_date
        x | A1 | 03/01/2017 | 14/01/2017
        - | B2 | 03/01/2017 | 13/01/2017
        - | C3 | 14/01/2017 | -
    """,
    "annex_a.conference_though_unnecessary": """
        enquiries
        wrong | child_id | s47_start_date | conference_date | is_conference_unnecessary
        x | A1 | 03/01/2017 | 13/01/2017 | a) Yes
        - | B2 | 03/01/2017 | 13/01/2017 | b) No
        - | C3 | 03/01/2017 | - | a) Yes
    """,
    "annex_a.conference_without_outcome": """
        enquiries
        wrong | child_id | s47_start_date | conference_date | has_plan
        x | A1 | 03/01/2017 | 13/01/2017 | -
        - | B2 | 03/01/2017 | 13/01/2017 | b) No
        - | C3 | 03/01/2017 | - | -
    """,
    "annex_a.outcome_without_conference": """
        enquiries
        wrong | child_id | s47_start_date | conference_date | has_plan
        x | A1 | 03/01/2017 | - | a) Yes
        - | B2 | 03/01/2017 | 13/01/2017 | a) Yes
    """,
    "annex_a.enquiry_counts_differ": """
        enquiries
        wrong | child_id | s47_start_date | enquiries_before
        x | A1 | 01/11/2016 | 0
        x | A1 | 01/12/2016 | 1
        - | B2 | 01/11/2016 | 1
        - | B2 | 01/12/2016 | 1
    """,
    "annex_a.enquiry_count_too_low": """
        enquiries
        wrong | child_id | s47_start_date | enquiries_before
        x | A1 | 01/11/2016 | 0
        x | A1 | 01/12/2016 | 0
        - | B2 | 01/11/2016 | 2
        - | C3 | 01/12/2016 | 0
    """,
    "annex_a.conference_counts_differ": """
        enquiries
        wrong | child_id | s47_start_date | conferences_before
        x | A1 | 01/11/2016 | 0
        x | A1 | 01/12/2016 | 1
        - | B2 | 01/11/2016 | 0
        - | B2 | 01/12/2016 | 0
    """,
    "annex_a.case_closed_before_start": """
        children_in_need
        wrong | child_id | start_date | closed_date
        x | A1 | 15/01/2017 | 14/01/2017
        - | B2 | 15/01/2017 | 15/01/2017
        - | C3 | 15/01/2017 | -
    """,
    "annex_a.case_closed_without_reason": """
        children_in_need
        wrong | child_id | start_date | closed_date | closure_reason
        x | A1 | 15/01/2017 | 15/02/2017 | -
        - | B2 | 15/01/2017 | 15/02/2017 | RC1 - Adopted
        - | C3 | 15/01/2017 | - | -
    """,
    "annex_a.closure_reason_without_date": """
        children_in_need
        wrong | child_id | start_date | closed_date | closure_reason
        x | A1 | 15/01/2017 | - | RC8 - Case closed after assessment, no further action
        - | B2 | 15/01/2017 | 15/02/2017 | RC8
        - | C3 | 15/01/2017 | - | -
    """,
    "annex_a.case_closed_too_early": """
        children_in_need
        wrong | child_id | start_date | closed_date
        x | A1 | 15/01/2016 | 01/08/2016
        - | B2 | 15/01/2016 | 01/10/2016
        - | C3 | 15/01/2016 | -
    """,
    "annex_a.status_closed_without_date": """
        children_in_need
        wrong | child_id | start_date | closed_date | case_status
        x | A1 | 15/01/2017 | - | e) Closed episode
        - | B2 | 15/01/2017 | 15/02/2017 | e) Closed episode
        - | C3 | 15/01/2017 | - | d) Open assessment
    """,
    "annex_a.status_open_though_closed": """
        children_in_need
        wrong | child_id | start_date | closed_date | case_status
        x | A1 | 15/01/2017 | 15/02/2017 | c) Child in need plan
        - | B2 | 15/01/2017 | 15/02/2017 | e) Closed episode
        - | C3 | 15/01/2017 | 15/02/2017 | -
        - | D4 | 15/01/2017 | - | c) Child in need plan
    """,
    "annex_a.case_without_need": """
        children_in_need
        wrong | child_id | start_date | primary_need
        x | A1 | 15/01/2017 | -
        x | B2 | 15/01/2017 | N0 - Not stated
        - | C3 | 15/01/2017 | N1 - Abuse or neglect
    """,
    "annex_a.case_twice": """
        children_in_need
        wrong | child_id | start_date | closed_date
        - | A1 | 15/10/2016 | 15/11/2016
        x | A1 | 15/01/2017 | -
        - | B2 | 15/01/2017 | -
    """,
    "annex_a.status_not_looked_after": """
        children_in_need
        wrong | child_id | start_date | case_status
        x | A1 | 15/01/2017 | b) Child Protection plan
        - | B2 | 15/01/2017 | a) Looked after child
        - | C3 | 15/01/2017 | c) Child in need plan
        - | D4 | 15/01/2017 | c) Child in need plan

        looked_after
        child_id | started_date | ceased_date | legal_status
        A1 | 15/01/2017 | - | C1: ICO
        B2 | 15/01/2017 | - | C1: ICO
        C3 | 15/01/2017 | 15/02/2017 | C1: ICO
        D4 | 15/01/2017 | - | V4: Short term breaks, agreements recorded
    """,
    "annex_a.status_not_on_plan": """
        children_in_need
        wrong | child_id | start_date | case_status
        x | A1 | 15/01/2017 | c) Child in need plan
        - | B2 | 15/01/2017 | b) Child Protection plan
        - | C3 | 15/01/2017 | c) Child in need plan
        - | D4 | 15/01/2017 | a) Looked after child

        plans
        child_id | plan_start_date | plan_end_date
        A1 | 15/01/2017 | -
        B2 | 15/01/2017 | -
        C3 | 15/01/2017 | 15/02/2017
        D4 | 15/01/2017 | -
    """,
    "annex_a.plan_not_in_list_6": """
        plans
        wrong | child_id | plan_start_date | plan_end_date
        x | A1 | 15/01/2017 | -
        - | B2 | 15/01/2017 | -
        - | C3 | 15/01/2017 | 15/02/2017

        children_in_need
        child_id | start_date
        B2 | 15/01/2017
    """,
    "annex_a.looked_after_not_in_list_6": """
        looked_after
        wrong | child_id | started_date | ceased_date
        x | A1 | 15/01/2017 | -
        - | B2 | 15/01/2017 | -
        - | C3 | 15/01/2017 | 15/02/2017

        children_in_need
        child_id | start_date
        B2 | 15/01/2017
    """,
}
