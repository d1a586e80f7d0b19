"""The CIN census's rules, all together."""

from __future__ import annotations

from lscb_analysis.sources.cin_census_rules_children import RULES as OF_CHILDREN
from lscb_analysis.sources.cin_census_rules_enquiries import RULES as OF_ENQUIRIES
from lscb_analysis.sources.cin_census_rules_episodes import RULES as OF_EPISODES
from lscb_analysis.sources.cin_census_rules_plans import RULES as OF_PLANS
from lscb_analysis.sources.rules import Rule

RULES: tuple[Rule, ...] = OF_CHILDREN + OF_EPISODES + OF_ENQUIRIES + OF_PLANS
