"""Names: the words that say what a figure counts, apart from where, when and how it is printed."""

from __future__ import annotations

import re

import pandas as pd

from lscb_analysis.ledger.told import cell
from lscb_analysis.ledger.units import singular, word_set

# where a figure stands, or that it stands a second time
WHERE = word_set(
    "section chapter table text chart snapshot repeat again page appendix summary figure graph "
    "annex headline foreword line"
)
_MONTHS = "january february march april may june july august september october november december"
WHEN = word_set(
    f"{_MONTHS} jan feb mar apr jun jul aug sep sept oct nov dec year quarter previous prev prior "
    "last current now before preceding earlier end q1 q2 q3 q4 ytd annual"
)
# that a thing was noted at all
_RECORDED = word_set("started start recorded received made")
# how far a case had come: two of these are two events
EVENTS = word_set(
    "started start new began received recorded initial made completed complete ended end closed "
    "ceased finished authorised opened accepted identified"
)
STARTS = word_set("started start new began begun starting entered entering admitted")
ENDS = word_set("ended end closed ceased left ending leaving finished discharged ceasing")
_STOP = word_set(
    "the a an of to in on at by for and or with from as is are was were be been who that which "
    "their this these those it its all-of number no n pct percent percentage per cent rate count "
    "total- s up"
)
_UNITS = word_set("child children individual person people case number day working wd d")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*[-_/–]\s*\d{2}(?!\d)")
_MONTH = "|".join([*_MONTHS.split(), *(month[:3] for month in _MONTHS.split()), "sept"])
_DATE = re.compile(
    rf"\b(?:as )?(?:at|on|to|by|in|for)? ?(?:the )?\b\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH})\b"
    rf"(?:,? (?:19|20)\d{{2}})?|\b\d{{1,2}}/\d{{1,2}}/(?:19|20)\d{{2}}\b"
    rf"|\b(?:19|20)\d{{2}}-\d{{2}}-\d{{2}}\b|\b(?:{_MONTH}),? (?:19|20)\d{{2}}\b"
    rf"|\bq[1-4],? (?:19|20)\d{{2}}(?: ?[-/–] ?\d{{2,4}})?"
    rf"|\b(?:19|20)\d{{2}} ?[-/–] ?(?:(?:19|20)\d{{2}}|\d{{2}})(?!\d)",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"\b(?:un|not )?(?:dfe[- ])?validated\b|\bprovisional\b|\(final\)|\bunchecked\b", re.IGNORECASE
)
_NUMBERED_DAYS = re.compile(r"^(\d+)(?:wd|d|days?)$")


def name_words(figures: pd.DataFrame, name: str) -> frozenset[str]:
    """What a figure counts, in words: those of its indicator, or of its label where it has none.

    Words of grammar, people's units and the plural are left out.
    """
    row = figures.loc[name]
    return words_of(str(row["indicator"]) or str(row["label"]))


def label_words(figures: pd.DataFrame, name: str) -> frozenset[str]:
    """The words of the label itself."""
    return words_of(str(cell(figures, name, "label")))


def words_of(text: str) -> frozenset[str]:
    """The words of a text that say what is counted.

    >>> sorted(words_of("Assessments completed within 45 working days %"))
    ['45', 'assessment', 'completed', 'within']
    """
    plain = _YEAR.sub(r"\1", dateless(text).replace("'", ""))
    words = (_plain(word) for word in re.findall(r"[a-z0-9]+", plain))
    return frozenset(word for word in words if word and word not in _STOP and word not in _UNITS)


def dateless(text: str) -> str:
    """A text in small letters, without dates and without whether it was validated.

    >>> dateless("Looked after at 31 March 2017 (validated)").split()
    ['looked', 'after', '(', ')']
    """
    return _STANDING.sub(" ", _DATE.sub(" ", text.casefold()))


def date_in(text: str) -> str:
    """The date, quarter or financial year that a text names; blank where none or several.

    >>> date_in("Looked after at 31 March 2017")
    'at 31 March 2017'
    """
    found = [each.group(0).strip() for each in _DATE.finditer(text)]
    return found[0] if len(found) == 1 else ""


def where_or_when(words: frozenset[str]) -> frozenset[str]:
    """Those of the words that only say where or when."""
    return frozenset(
        word
        for word in words
        if word in WHERE
        or word in WHEN
        or re.fullmatch(r"(19|20)\d{2}|(section|table|chapter)\d+", word)
        or _is_short_year(word)
    )


def recorded_only(words: frozenset[str]) -> bool:
    """Whether the words only say that a thing was recorded, as `referrals started` does."""
    return words <= _RECORDED


def is_continued(label: str) -> bool:
    """Whether a label says nothing without the row above it: `...nationally`, `of which`.

    >>> is_continued("...at exit"), is_continued("Of those, adopted")
    (True, True)
    """
    return bool(re.match(r"\s*(\.\.\.|…|of (which|those|these|whom|them)\b)", label, re.IGNORECASE))


def _is_short_year(word: str) -> bool:
    """Whether a word is a year such as 1516."""
    return bool(re.fullmatch(r"\d{4}", word)) and int(word[2:]) == int(word[:2]) + 1


def _plain(word: str) -> str:
    days = _NUMBERED_DAYS.match(word)
    return days[1] if days else singular(word)
