"""SSDA903's rules: which of them a year's return is checked by."""

from __future__ import annotations

from lscb_analysis.sources.rules import Rule
from lscb_analysis.sources.ssda903_layouts import FIRST_YEAR
from lscb_analysis.sources.ssda903_rules_adoption import RULES as OF_ADOPTION
from lscb_analysis.sources.ssda903_rules_children import RULES as OF_CHILDREN
from lscb_analysis.sources.ssda903_rules_episodes import RULES as OF_EPISODES
from lscb_analysis.sources.ssda903_rules_limits import RULES as OF_LIMITS
from lscb_analysis.sources.ssda903_rules_spells import RULES as OF_SPELLS
from lscb_analysis.sources.ssda903_rules_tables import RULES as OF_TABLES

RULES: tuple[Rule, ...] = (
    *(OF_CHILDREN + OF_EPISODES + OF_LIMITS),
    *(OF_TABLES + OF_SPELLS + OF_ADOPTION),
)


def rules_for(year: int, sent: frozenset[str]) -> tuple[Rule, ...]:
    """The rules for the return of the financial year that starts in `year`.

    Those that look at a table that is part of later returns only are left out, unless it
    was sent.
    """
    later = {table for table, first in FIRST_YEAR.items() if first > year} - sent
    return tuple(rule for rule in RULES if not _tables_of(rule) & later)


def _tables_of(rule: Rule) -> set[str]:
    return {rule.table, *(need.partition(".")[0] for need in rule.needs)}
