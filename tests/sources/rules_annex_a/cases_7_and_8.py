"""Rows for the rules of Lists 7 and 8: `x` marks those that break the rule."""

from __future__ import annotations

CASES = {
    "annex_a.plan_ends_before_start": """
        plans
        wrong | child_id | plan_start_date | plan_end_date
        x | A1 | 15/01/2017 | 14/01/2017
        - | B2 | 15/01/2017 | 15/01/2017
        - | C3 | 15/01/2017 | -
    """,
    "annex_a.plan_of_one_day": """
        plans
        wrong | child_id | plan_start_date | plan_end_date
        x | A1 | 15/01/2017 | 15/01/2017
        - | B2 | 15/01/2017 | 16/01/2017
        - | C3 | 15/01/2017 | -
    """,
    "annex_a.plan_ended_too_early": """
        plans
        wrong | child_id | plan_start_date | plan_end_date
        x | A1 | 15/01/2016 | 01/08/2016
        - | B2 | 15/01/2016 | 01/10/2016
        - | C3 | 15/01/2016 | -
    """,
    "annex_a.plan_reviewed_before_start": """
        plans
        wrong | child_id | plan_start_date | latest_review_date
        x | A1 | 15/01/2017 | 14/01/2017
        - | B2 | 15/01/2017 | 15/03/2017
        - | C3 | 15/01/2017 | -
    """,
    "annex_a.plan_visited_before_start": """
        plans
        wrong | child_id | plan_start_date | latest_visit_date
        x | A1 | 15/01/2017 | 14/01/2017
        - | B2 | 15/01/2017 | 15/01/2017
        - | C3 | 15/01/2017 | -
    """,
    "annex_a.plan_twice": """
        plans
        wrong | child_id | plan_start_date | plan_end_date
        - | A1 | 15/01/2016 | 01/11/2016
        x | A1 | 15/01/2017 | -
        - | B2 | 15/01/2017 | -
    """,
    "annex_a.plans_open_at_once": """
        plans
        wrong | child_id | plan_start_date | plan_end_date
        - | A1 | 15/01/2016 | -
        x | A1 | 15/01/2017 | -
        - | B2 | 15/01/2016 | 01/11/2016
        - | B2 | 15/01/2017 | -
    """,
    "annex_a.plan_started_at_18": """
        plans
        wrong | child_id | plan_start_date | birth_date
        x | A1 | 15/01/2017 | 15/01/1999
        - | B2 | 15/01/2017 | 16/01/1999
        - | C3 | 15/01/2017 | -
    """,
    "annex_a.plan_without_initial_category": """
        plans
        wrong | child_id | plan_start_date | initial_category
        x | A1 | 15/01/2017 | -
        - | B2 | 15/01/2017 | a) Neglect
    """,
    "annex_a.plan_without_latest_category": """
        plans
        wrong | child_id | plan_start_date | latest_category
        x | A1 | 15/01/2017 | -
        - | B2 | 15/01/2017 | e) Multiple/not recommended
    """,
    "annex_a.plan_without_previous": """
        plans
        wrong | child_id | plan_start_date | previous_plans
        x | A1 | 15/01/2017 | -
        - | B2 | 15/01/2017 | 0
    """,
    "annex_a.conference_plan_not_in_list_7": """
        enquiries
        wrong | child_id | s47_start_date | conference_date | has_plan
        x | A1 | 03/01/2017 | 16/01/2017 | a) Yes
        x | B2 | 03/01/2017 | 16/01/2017 | a) Yes
        - | C3 | 03/01/2017 | 16/01/2017 | a) Yes
        - | D4 | 03/01/2017 | 16/01/2017 | b) No

        plans
        child_id | plan_start_date
        B2 | 01/11/2016
        C3 | 16/01/2017
    """,
    "annex_a.care_ceased_before_start": """
        looked_after
        wrong | child_id | started_date | ceased_date
        x | A1 | 15/01/2017 | 14/01/2017
        - | B2 | 15/01/2017 | 15/01/2017
        - | C3 | 15/01/2017 | -
    """,
    "annex_a.care_ceased_too_early": """
        looked_after
        wrong | child_id | started_date | ceased_date
        x | A1 | 15/01/2016 | 01/08/2016
        - | B2 | 15/01/2016 | 01/10/2016
        - | C3 | 15/01/2016 | -
    """,
    "annex_a.care_ceased_without_reason": """
        looked_after
        wrong | child_id | started_date | ceased_date | ceased_reason
        x | A1 | 15/01/2017 | 15/02/2017 | -
        x | B2 | 15/01/2017 | 15/02/2017 | u) X1:CodeError
        - | C3 | 15/01/2017 | 15/02/2017 | c) E2: Died
        - | D4 | 15/01/2017 | - | -
    """,
    "annex_a.care_ceased_without_date": """
        looked_after
        wrong | child_id | started_date | ceased_date | ceased_reason
        x | A1 | 15/01/2017 | - | s) E16: Child moved abroad
        - | B2 | 15/01/2017 | 15/02/2017 | s) E16: Child moved abroad
        - | C3 | 15/01/2017 | - | -
    """,
    "annex_a.care_twice": """
        looked_after
        wrong | child_id | started_date | ceased_date
        - | A1 | 15/01/2016 | 01/11/2016
        x | A1 | 15/01/2017 | -
        - | B2 | 15/01/2017 | -
    """,
    "annex_a.care_open_at_once": """
        looked_after
        wrong | child_id | started_date | ceased_date
        - | A1 | 15/01/2016 | -
        x | A1 | 15/01/2017 | -
        - | B2 | 15/01/2016 | 01/11/2016
        - | B2 | 15/01/2017 | -
    """,
    "annex_a.care_started_at_18": """
        looked_after
        wrong | child_id | started_date | birth_date
        x | A1 | 15/01/2017 | 15/01/1999
        - | B2 | 15/01/2017 | 16/01/1999
        - | C3 | 15/01/2017 | -
    """,
    "annex_a.care_started_before_birth": """
        looked_after
        wrong | child_id | started_date | birth_date
        x | A1 | 15/01/2017 | 16/01/2017
        - | B2 | 15/01/2017 | 15/01/2017
        - | C3 | 15/01/2017 | -
    """,
    "annex_a.care_open_at_18": """
        looked_after
        wrong | child_id | started_date | ceased_date | birth_date
        x | A1 | 15/01/2016 | - | 31/03/1999
        - | B2 | 15/01/2016 | - | 01/04/1999
        - | C3 | 15/01/2016 | 31/03/2017 | 31/03/1999
    """,
    "annex_a.short_break_in_list_8": """
        looked_after
        wrong | child_id | started_date | legal_status
        x | A1 | 15/01/2017 | V3: Short term breaks, episodes recorded
        x | B2 | 15/01/2017 | V4: Short term breaks, agreements recorded
        - | C3 | 15/01/2017 | V2: Single period under S20
    """,
    "annex_a.legal_status_before_care": """
        looked_after
        wrong | child_id | started_date | legal_status_date
        x | A1 | 15/01/2017 | 14/01/2017
        - | B2 | 15/01/2017 | 15/01/2017
    """,
    "annex_a.visited_before_care": """
        looked_after
        wrong | child_id | started_date | latest_visit_date
        x | A1 | 15/01/2017 | 14/01/2017
        - | B2 | 15/01/2017 | 15/01/2017
        - | C3 | 15/01/2017 | -
    """,
    "annex_a.reviewed_before_care": """
        looked_after
        wrong | child_id | started_date | latest_review_date
        x | A1 | 15/01/2017 | 14/01/2017
        - | B2 | 15/01/2017 | 15/01/2017
        - | C3 | 15/01/2017 | -
    """,
    "annex_a.placed_before_care": """
        looked_after
        wrong | child_id | started_date | placement_start_date
        x | A1 | 15/01/2017 | 14/01/2017
        - | B2 | 15/01/2017 | 15/01/2017
    """,
    "annex_a.placed_after_care": """
        looked_after
        wrong | child_id | started_date | ceased_date | placement_start_date
        x | A1 | 15/01/2017 | 15/02/2017 | 16/02/2017
        - | B2 | 15/01/2017 | 15/02/2017 | 15/02/2017
        - | C3 | 15/01/2017 | - | 15/02/2017
    """,
    "annex_a.no_placement": """
        looked_after
        wrong | child_id | started_date | ceased_date | placements
        x | A1 | 15/01/2017 | - | 0
        - | B2 | 15/01/2017 | - | 1
        - | C3 | 15/01/2017 | 15/02/2017 | 0
        - | D4 | 15/01/2017 | - | -
    """,
    "annex_a.placements_without_move": """
        looked_after
        wrong | child_id | started_date | ceased_date | placements | placement_start_date
        x | A1 | 15/01/2014 | - | 2 | 15/01/2015
        - | B2 | 15/01/2014 | - | 1 | 15/01/2015
        - | C3 | 15/01/2014 | - | 2 | 15/01/2017
    """,
    "annex_a.living_alone_under_16": """
        looked_after
        wrong | child_id | started_date | birth_date | placement_type | placement_start_date
        x | A1 | 15/01/2017 | 16/01/2001 | l) P2: Independent living | 15/01/2017
        - | B2 | 15/01/2017 | 15/01/2001 | l) P2: Independent living | 15/01/2017
        - | C3 | 15/01/2017 | 16/01/2001 | p) K2: Children’s Homes | 15/01/2017
    """,
    "annex_a.adopted_at_18": """
        looked_after
        wrong | child_id | started_date | ceased_date | ceased_reason | birth_date
        x | A1 | 15/01/2016 | 15/02/2017 | a) E11: Adopted - application unopposed | 15/02/1999
        - | B2 | 15/01/2016 | 15/02/2017 | a) E11: Adopted - application unopposed | 16/02/1999
        - | C3 | 15/01/2016 | 15/02/2017 | c) E2: Died | 15/02/1999
    """,
    "annex_a.interview_without_missing": """
        looked_after
        wrong | child_id | started_date | missing_episodes | is_interview_offered
        x | A1 | 15/01/2017 | 0 | a) Yes
        - | B2 | 15/01/2017 | 2 | a) Yes
        - | C3 | 15/01/2017 | 0 | -
        - | D4 | 15/01/2017 | - | a) Yes
    """,
    "annex_a.missing_without_interview_answer": """
        looked_after
        wrong | child_id | started_date | missing_episodes | is_interview_offered
        x | A1 | 15/01/2017 | 1 | -
        - | B2 | 15/01/2017 | 1 | b) No
        - | C3 | 15/01/2017 | 0 | -
    """,
    "annex_a.interview_accepted_without_offer": """
        looked_after
        wrong | child_id | started_date | is_interview_offered | is_interview_accepted
        x | A1 | 15/01/2017 | b) No | a) Yes
        - | B2 | 15/01/2017 | a) Yes | a) Yes
        - | C3 | 15/01/2017 | b) No | -
    """,
}
