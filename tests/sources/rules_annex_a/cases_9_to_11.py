"""Rows for the rules of Lists 9 to 11: `x` marks those that break the rule."""
# ruff: noqa: E501

from __future__ import annotations

_REASON = "2 - Process put on hold"

CASES = {
    "annex_a.leaver_age": """
        care_leavers
        wrong | child_id | birth_date
        x | A1 | 01/04/2001
        x | B2 | 31/03/1991
        - | C3 | 31/03/2001
        - | D4 | 01/04/1991
    """,
    "annex_a.leaver_category_age": """
        care_leavers
        wrong | child_id | birth_date | eligibility
        x | A1 | 31/03/1999 | a) Relevant child
        x | B2 | 01/04/1999 | b) Former relevant child
        - | C3 | 01/04/1999 | a) Relevant child
        - | D4 | 31/03/1999 | b) Former relevant child
        - | E5 | 31/03/1999 | c) Qualifying care leaver
    """,
    "annex_a.leaver_twice": """
        care_leavers
        wrong | child_id | is_in_touch
        - | A1 | a) Yes
        x | A1 | b) No
        - | B2 | a) Yes
    """,
    "annex_a.leaver_in_touch_without_answers": """
        care_leavers
        wrong | child_id | is_in_touch | is_suitable_accommodation | is_in_education_employment_training
        x | A1 | a) Yes | a) Suitable | -
        x | B2 | a) Yes | - | F1: Full time in higher education
        - | C3 | a) Yes | b) Unsuitable | G5
        - | D4 | b) No | - | -
        - | E5 | c) Died | - | -
    """,
    "annex_a.leaver_not_in_touch_with_answers": """
        care_leavers
        wrong | child_id | is_in_touch | accommodation_type | is_suitable_accommodation | is_in_education_employment_training
        x | A1 | b) No | - | a) Suitable | -
        x | B2 | d) Refu | U: Independent living | - | -
        - | C3 | b) No | - | - | -
        - | D4 | a) Yes | U: Independent living | a) Suitable | F1
    """,
    "annex_a.leaver_still_looked_after": """
        care_leavers
        wrong | child_id | is_in_touch | eligibility
        x | A1 | a) Yes | a) Relevant child
        - | B2 | a) Yes | a) Relevant child
        - | C3 | a) Yes | d) Eligible child
        - | D4 | a) Yes | a) Relevant child

        looked_after
        child_id | started_date | ceased_date | legal_status
        A1 | 15/01/2016 | - | C2: FCO
        B2 | 15/01/2016 | 15/01/2017 | C2: FCO
        C3 | 15/01/2016 | - | C2: FCO
    """,
    "annex_a.leaver_in_touch_without_contact": """
        care_leavers
        wrong | child_id | is_in_touch | latest_contact_date
        x | A1 | a) Yes | -
        - | B2 | a) Yes | 15/03/2017
        - | C3 | b) No | -
    """,
    "annex_a.leaver_contact_before_birth": """
        care_leavers
        wrong | child_id | birth_date | latest_contact_date
        x | A1 | 15/03/1999 | 14/03/1999
        - | B2 | 15/03/1999 | 15/03/2017
        - | C3 | 15/03/1999 | -
    """,
    "annex_a.adoption_decided_before_care": """
        adoptions
        wrong | child_id | entered_care_date | decision_date
        x | A1 | 15/06/2016 | 14/06/2016
        - | B2 | 15/06/2016 | 15/06/2016
        - | C3 | - | 15/06/2016
    """,
    "annex_a.adoption_dates_out_of_order": """
        adoptions
        wrong | child_id | decision_date | matched_date | placed_date | adopted_date
        x | A1 | 15/06/2016 | 14/06/2016 | - | -
        x | B2 | 15/06/2016 | 15/09/2016 | 15/08/2016 | -
        x | C3 | 15/06/2016 | - | 15/09/2016 | 15/08/2016
        x | D4 | 15/06/2016 | 15/09/2016 | - | 15/08/2016
        - | E5 | 15/06/2016 | 15/09/2016 | 15/09/2016 | 15/01/2017
        - | F6 | 15/06/2016 | - | - | -
        - | G7 | 15/06/2016 | - | 15/09/2016 | -
    """,
    "annex_a.placed_without_decision": """
        adoptions
        wrong | child_id | decision_date | placed_date
        x | A1 | - | 15/09/2016
        - | B2 | 15/06/2016 | 15/09/2016
        - | C3 | 15/06/2016 | -
    """,
    "annex_a.adopted_before_order": """
        adoptions
        wrong | child_id | decision_date | placement_order_date | adopted_date
        x | A1 | 15/06/2016 | 15/02/2017 | 14/02/2017
        - | B2 | 15/06/2016 | 15/07/2016 | 14/02/2017
        - | C3 | 15/06/2016 | - | 14/02/2017
    """,
    "annex_a.reversal_without_reason": """
        adoptions
        wrong | child_id | decision_date | reversed_date | reversed_reason
        x | A1 | 15/06/2016 | 15/09/2016 | -
        - | B2 | 15/06/2016 | 15/09/2016 | RD2 - The Court did not make a placement order
        - | C3 | 15/06/2016 | - | -
    """,
    "annex_a.reversal_without_date": """
        adoptions
        wrong | child_id | decision_date | reversed_date | reversed_reason
        x | A1 | 15/06/2016 | - | RD4 - Any other reason
        - | B2 | 15/06/2016 | 15/09/2016 | RD4 - Any other reason
        - | C3 | 15/06/2016 | - | -
    """,
    "annex_a.reversed_before_decision": """
        adoptions
        wrong | child_id | decision_date | reversed_date
        x | A1 | 15/06/2016 | 14/06/2016
        - | B2 | 15/06/2016 | 15/09/2016
        - | C3 | 15/06/2016 | -
    """,
    "annex_a.adopted_and_reversed": """
        adoptions
        wrong | child_id | decision_date | adopted_date | reversed_date
        x | A1 | 15/06/2016 | 15/01/2017 | 15/02/2017
        - | B2 | 15/06/2016 | 15/01/2017 | -
        - | C3 | 15/06/2016 | - | 15/02/2017
    """,
    "annex_a.adopter_stages_out_of_order": """
        adopters
        wrong | adopter_id | stage_1_start_date | stage_1_end_date | stage_2_start_date | stage_2_end_date
        x | A1 | 15/06/2016 | 14/06/2016 | - | -
        x | B2 | 15/06/2016 | 15/08/2016 | - | 14/08/2016
        - | C3 | 15/06/2016 | 15/08/2016 | 15/08/2016 | 15/01/2017
        - | D4 | 15/06/2016 | - | - | -
    """,
    "annex_a.adopter_enquired_after_stage_1": """
        adopters
        wrong | adopter_id | enquiry_date | stage_1_start_date
        x | A1 | 15/06/2016 | 14/06/2016
        - | B2 | 15/06/2016 | 15/06/2016
        - | C3 | - | 15/06/2016
    """,
    "annex_a.adopter_approved_before_applying": """
        adopters
        wrong | adopter_id | applied_date | approved_date
        x | A1 | 15/06/2016 | 14/06/2016
        - | B2 | 15/06/2016 | 15/08/2016
        - | C3 | 15/06/2016 | -
    """,
    "annex_a.adopter_matched_before_approval": """
        adopters
        wrong | adopter_id | stage_2_end_date | approved_date | matched_date
        x | A1 | 15/06/2016 | - | 14/06/2016
        x | B2 | - | 15/06/2016 | 14/06/2016
        - | C3 | 15/06/2016 | - | 15/06/2016
        - | D4 | - | - | 15/06/2016
    """,
    "annex_a.adopter_placing_out_of_order": """
        adopters
        wrong | adopter_id | matched_date | placed_date | adopted_date
        x | A1 | 15/06/2016 | 14/06/2016 | -
        x | B2 | 15/06/2016 | 15/07/2016 | 01/07/2016
        - | C3 | 15/06/2016 | 15/07/2016 | 15/01/2017
        - | D4 | 15/06/2016 | - | -
    """,
    "annex_a.adopter_placed_no_child": """
        adopters
        wrong | adopter_id | placed_date | children_placed
        x | A1 | 15/06/2016 | 0
        x | B2 | 15/06/2016 | -
        - | C3 | 15/06/2016 | 2
        - | D4 | - | 0
    """,
    "annex_a.adopter_left_without_reason": f"""
        adopters
        wrong | adopter_id | left_date | left_reason
        x | A1 | 15/06/2016 | -
        - | B2 | 15/06/2016 | {_REASON}
        - | C3 | - | -
    """,
    "annex_a.adopter_left_without_date": f"""
        adopters
        wrong | adopter_id | left_date | left_reason
        x | A1 | - | {_REASON}
        - | B2 | 15/06/2016 | {_REASON}
        - | C3 | - | -
    """,
}
