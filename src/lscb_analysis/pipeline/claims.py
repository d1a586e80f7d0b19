"""Partners' sentences against the released figures: `rose` where the figure fell is held back.

Careful on purpose: a clause counts only where its subject is the indicator (or it refers to
figures), its words have one direction, and every earlier figure that it could mean contradicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from lscb_analysis.catalogue import Indicator, indicators
from lscb_analysis.ledger import Relation, figures_of
from lscb_analysis.ledger.claims import claims_against_numbers
from lscb_analysis.ledger.relations import term
from lscb_analysis.ledger.units import singular, word_set
from lscb_analysis.periods import quarter_of
from lscb_analysis.printed import is_shown, number_text
from lscb_analysis.selecting import year_before
from lscb_analysis.values import TOTAL

CONTRADICTED = (
    "a sentence whose words the released figures contradict",
    "words that the released figures bear out",
    "correct the words or the figure; until then the text is held back",
)
_REFERENCE = re.compile(r"\{([^{}:]*):([^{}]*)\}")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+")
_CLAUSE = re.compile(
    r",|\s[-–]\s|\b(?:but|while|whilst|whereas|although|though|because|since|as|due|following|when)\b"
)
_VERB = re.compile(
    r"\b(?:rose|risen|increased|grew|grown|went up|gone up|fell|fallen|decreased|declined|dropped"
    r"|went down|gone down|unchanged|stayed the same|remained stable)\b"
    r"(?! (?:within|outside|into|under|through|short|behind|due|on|out|foul)\b)",
)
_THERE_WAS = re.compile(
    r"\b(?:there was|there has been|we saw|we have seen) an? (?:\w+ )?"
    r"(?:rise|increase|fall|decrease|drop|decline|reduction) in "
)
_UNSURE = re.compile(
    r"\b(?:not|no|never|neither|nor|if|would|could|may|might|should|will|expect\w*|target|aim\w*"
    r"|want|need|unless|until|than)\b|n't"
)
_STRENGTH = re.compile(r"\bsignifican\w*|\bcontinu\w*|\bconsisten\w*|\bsteadily\b")
_PLAIN_SUBJECT = re.compile(
    r"^(?:(?:the|this|our|and|so|then|overall) )*(?:numbers?|figures?|rate|percentage|proportion"
    r"|total|count|it|this|they)(?: (?:has|have|had|also|then|again|since|slightly))*$"
)
_MEASURES = word_set("number rate percentage proportion total count figure share level")
_COMMON = word_set(
    "child children people young first held finished within working days months days again end the "
    "period rate number led that with from their per and were for who started ended again time who"
)
_SPANS = ("date", "quarter", "rolling_year")


def is_contradicted(text: pd.Series, values: pd.DataFrame) -> bool:
    """Whether a sentence of a partner's text says the opposite of the released figures.

    `text` is a row of texts (text, indicator, period), `values` the released ones. A sentence
    that refers to two figures of one indicator is about these; else each figure is set beside
    the one before and that of a year before.
    """
    return any(
        _is_against(clause, pairs)
        for sentence in _SENTENCE.split(str(text["text"]))
        for clause, pairs in _claims(sentence, text, values)
    )


Pairs = list[tuple[pd.Series, pd.Series, Indicator]]


def _claims(sentence: str, text: pd.Series, values: pd.DataFrame) -> Iterator[tuple[str, Pairs]]:
    """The clauses that claim a change, each with the figures (older, newer) it can mean."""
    known = indicators()
    referred = [
        (known[name.strip()], period.strip())
        for name, period in _REFERENCE.findall(sentence)
        if name.strip() in known
    ]
    if referred:
        plain = _REFERENCE.sub(" ", sentence).casefold()
        is_claim = bool(_VERB.search(plain)) and not _UNSURE.search(plain)
        periods = {period for _, period in referred}
        is_one = len({item.id for item, _ in referred}) == 1 and len(periods) <= 2
        if is_claim and is_one:
            yield plain, _referred_pairs(referred, values)
        return
    item = known.get(str(text["indicator"]))
    if item is None:
        return
    for clause in _CLAUSE.split(sentence.casefold()):
        if _is_about(clause, item) and not _UNSURE.search(clause):
            yield clause, _own_pairs(item, str(text["period"]), values)


def _is_about(clause: str, item: Indicator) -> bool:
    """Whether the clause says of this indicator, and of nothing else, that it changed."""
    there, verb = _THERE_WAS.search(clause), _VERB.search(clause)
    if there:
        subject = clause[there.end() :]
    elif verb:
        subject = clause[: verb.start()].strip()
        if _PLAIN_SUBJECT.match(subject):
            return True
    else:
        return False
    words = [singular(word) for word in re.findall(r"[a-z0-9]+", subject)]
    if "of" in words and words[words.index("of") - 1] not in _MEASURES:
        return False
    return bool(set(words) & _words_of(item))


def _words_of(item: Indicator) -> set[str]:
    words = {singular(word) for word in re.findall(r"[a-z0-9]+", item.title.casefold())}
    return {word for word in words - _COMMON if len(word) > 3}


def _referred_pairs(referred: list[tuple[Indicator, str]], values: pd.DataFrame) -> Pairs:
    item = referred[0][0]
    rows = _rows(item, values)
    named = [rows[rows["period"] == period] for _, period in referred]
    found = [each.iloc[0] for each in named if len(each)]
    if len(found) == 2:
        older, newer = sorted(found, key=lambda row: row["period_end"])
        return [(older, newer, item)]
    return _earlier(rows, found[0], item) if len(found) == 1 else []


def _own_pairs(item: Indicator, period: str, values: pd.DataFrame) -> Pairs:
    """The figures of the text's quarter, in each kind of period, with those before them."""
    rows = _rows(item, values)
    now = rows[rows["period_type"].isin(_SPANS)]
    ended = now[[quarter_of(day).label == period for day in now["period_end"]]]
    return [pair for _, row in ended.iterrows() for pair in _earlier(rows, row, item)]


def _earlier(rows: pd.DataFrame, newer: pd.Series, item: Indicator) -> Pairs:
    same = rows[rows["period_type"] == newer["period_type"]]
    same = same[same["period_end"] <= newer["period_end"]].sort_values("period_end")
    before = [each for each in (year_before(same),) if each is not None]
    if len(same) > 1 and newer["period_type"] != "rolling_year":
        before.append(same.iloc[-2])
    return [(older, newer, item) for older in before]


def _rows(item: Indicator, values: pd.DataFrame) -> pd.DataFrame:
    rows = values[values["indicator"].eq(item.id) & values["breakdown_topic"].eq(TOTAL)]
    rows = rows[rows["is_current"] & rows["source"].eq("submissions")]
    return rows[is_shown(rows)]


def _is_against(clause: str, pairs: Pairs) -> bool:
    return bool(pairs) and all(_one_is_against(clause, *pair) for pair in pairs)


def _one_is_against(clause: str, older: pd.Series, newer: pd.Series, item: Indicator) -> bool:
    """Whether the ledger finds the clause false of two figures; how sure it is does not count."""
    raw = pd.DataFrame(
        {
            "id": ["said", "older", "newer"],
            "label": ["", item.title, item.title],
            "value": [_STRENGTH.sub(" ", clause), *(number_text(r, item) for r in (older, newer))],
            "unit": ["claim", "", ""],
        }
    )
    figures, _ = figures_of(raw)
    claim = Relation("claim", "said", (term("newer"),), (term("older"),))
    return bool(claims_against_numbers(figures, [claim])["severity"].eq("warning").any())
