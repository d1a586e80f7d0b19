"""Annex A's rules: every named check over its lists."""

from __future__ import annotations

from lscb_analysis.sources.annex_a_rules_adoption import RULES as OF_ADOPTION
from lscb_analysis.sources.annex_a_rules_care import RULES as OF_CARE
from lscb_analysis.sources.annex_a_rules_children import RULES as OF_CHILDREN
from lscb_analysis.sources.annex_a_rules_leavers import RULES as OF_LEAVERS
from lscb_analysis.sources.annex_a_rules_need import RULES as OF_NEED
from lscb_analysis.sources.annex_a_rules_placements import RULES as OF_PLACEMENTS
from lscb_analysis.sources.annex_a_rules_plans import RULES as OF_PLANS
from lscb_analysis.sources.annex_a_rules_referrals import RULES as OF_REFERRALS
from lscb_analysis.sources.rules import Rule

RULES: tuple[Rule, ...] = (
    *(OF_CHILDREN + OF_REFERRALS + OF_NEED + OF_PLANS),
    *(OF_CARE + OF_PLACEMENTS + OF_LEAVERS + OF_ADOPTION),
)
