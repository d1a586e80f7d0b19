"""What a partner's text claims of a figure, against the released figures it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.ledger import Relation, figures_of
from lscb_analysis.ledger.claims import claims_against_numbers
from lscb_analysis.ledger.relations import term
from lscb_analysis.printed import is_shown, number_text, unit_label
from lscb_analysis.selecting import points, year_before

REFERENCE = re.compile(r"\{([^{}:]*):([^{}]*)\}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
Pair = tuple[pd.Series, pd.Series]  # the older and the newer figure


def contradicted(text: str, values: pd.DataFrame, indicator: Indicator, area_code: str) -> bool:
    """Whether a sentence says of the indicator what its released figures do not bear out.

    Only of sentences that name it, by its title or by a reference. Where a sentence refers to
    two of its figures they are compared; where to one or none, that or the newest one with
    the one before it and with that of a year before: then both have to speak against it.
    """
    for sentence in _SENTENCE.split(text):
        named = [period.strip() for name, period in REFERENCE.findall(sentence)
                 if name.strip() == indicator.id]  # fmt: skip
        if not named and indicator.title.casefold() not in sentence.casefold():
            continue
        verdicts = [
            _is_against(sentence, pair, indicator)
            for pair in _pairs(values, indicator, area_code, named)
        ]
        if verdicts and all(verdicts):
            return True
    return False


def _pairs(
    values: pd.DataFrame, indicator: Indicator, area_code: str, named: list[str]
) -> Iterator[Pair]:
    found = [
        rows
        for kind in values["period_type"].unique()
        if len(rows := points(values, indicator, area_code, str(kind)))
    ]
    for rows in found:
        shown = rows[is_shown(rows) & ~rows["status"].eq("rounded")]
        spoken = shown[shown["period"].isin(named)] if named else shown.iloc[-1:]
        if len(spoken) > 1:
            yield spoken.iloc[0], spoken.iloc[-1]
        elif len(spoken) == 1:
            until = shown.loc[: spoken.index[0]]
            before = [until.iloc[-2]] if len(until) > 1 else []
            a_year = year_before(until)
            before += [] if a_year is None else [a_year]
            yield from ((older, spoken.iloc[0]) for older in before)


def _is_against(sentence: str, pair: Pair, indicator: Indicator) -> bool:
    older, newer = pair
    raw = pd.DataFrame(
        {
            "id": ["older", "newer"],
            "label": ["", ""],
            "value": [number_text(row, indicator) for row in (older, newer)],
            "unit": [unit_label(indicator)] * 2,
            "period": [str(row["period"]) for row in (older, newer)],
            "words": ["", REFERENCE.sub("", sentence)],
        }
    )
    figures, _ = figures_of(raw)
    claim = Relation("claim", "newer", (term("newer"),), (term("older"),))
    return bool(claims_against_numbers(figures, [claim])["severity"].eq("warning").any())
