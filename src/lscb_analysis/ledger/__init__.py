"""The figure ledger: does a report add up? Figures as printed in, findings out.

`figures_of` reads them, `relations_of` reads how they hang together, `check_figures` says what
does not add up, `compared` sets them beside figures that somebody else has published.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lscb_analysis.ledger.arithmetic import has_numbers, holds
from lscb_analysis.ledger.claims import (
    claims_against_numbers,
    claims_without_numbers,
    sentences_against_themselves,
    shares_claimed,
)
from lscb_analysis.ledger.comparing import compared
from lscb_analysis.ledger.disclosing import (
    rebuilt_by_subtraction,
    rebuilt_from_percentages,
    small_counts_printed,
)
from lscb_analysis.ledger.figures import figures_of
from lscb_analysis.ledger.guessing import guessed
from lscb_analysis.ledger.labels import (
    relations_across_periods,
    shorter_than_the_report,
    units_in_doubt,
    validated_with_unvalidated,
    with_vague_period,
    without_period,
)
from lscb_analysis.ledger.percentages import percentages_that_fail
from lscb_analysis.ledger.rates import implied_populations, rates_that_fail, two_populations
from lscb_analysis.ledger.relations import (
    Relation,
    relations_in_figures,
    relations_of,
    relations_table,
)
from lscb_analysis.ledger.sums import (
    culprit,
    parts_larger_than_their_set,
    sums_that_fail,
    unlike_units,
)
from lscb_analysis.ledger.told import has_problems, ids_of, join_findings
from lscb_analysis.ledger.twins import the_same_with_two_values, two_values
from lscb_analysis.ledger.whole_counts import without_whole_count

__all__ = [
    "Relation",
    "all_relations",
    "check_declared",
    "check_figures",
    "compared",
    "culprit",
    "figures_of",
    "has_numbers",
    "has_problems",
    "holds",
    "ids_of",
    "implied_populations",
    "join_findings",
    "relations_in_figures",
    "relations_of",
    "relations_table",
]

ON_FIGURES = (
    without_period,
    with_vague_period,
    shorter_than_the_report,
    units_in_doubt,
    small_counts_printed,
    sentences_against_themselves,
)
ON_RELATIONS = (
    sums_that_fail,
    unlike_units,
    parts_larger_than_their_set,
    two_populations,
    rates_that_fail,
    percentages_that_fail,
    without_whole_count,
    two_values,
    relations_across_periods,
    validated_with_unvalidated,
    claims_against_numbers,
    shares_claimed,
    claims_without_numbers,
    rebuilt_from_percentages,
    rebuilt_by_subtraction,
)

ON_DECLARED = (
    sums_that_fail,
    parts_larger_than_their_set,
    rates_that_fail,
    percentages_that_fail,
    the_same_with_two_values,
)


def all_relations(figures: pd.DataFrame, declared: Sequence[Relation] = ()) -> tuple[Relation, ...]:
    """The relations declared, and those that names suggest of the other figures."""
    return (*declared, *guessed(figures, declared))


def check_figures(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """What does not add up: one row a finding, the gravest first.

    Columns `severity` (failed, warning, look, note), `rule`, `figures` (ids), `labels`, `found`,
    `expected`, `action`.
    """
    return join_findings(
        [
            *(check(figures, relations) for check in ON_RELATIONS),
            *(check(figures) for check in ON_FIGURES),
        ]
    )


def check_declared(figures: pd.DataFrame, relations: Sequence[Relation]) -> pd.DataFrame:
    """What contradicts the relations declared, and nothing that only names or wording suggest.

    For figures whose meaning is known from elsewhere. Columns as those of `check_figures`.
    """
    return join_findings([check(figures, relations) for check in ON_DECLARED])
