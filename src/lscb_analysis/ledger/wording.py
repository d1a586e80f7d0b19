"""Wording: what a label says of a figure's place among the others: a part, a total, a kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import pandas as pd

from lscb_analysis.ledger.figures import span_of
from lscb_analysis.ledger.names import dateless, is_continued, where_or_when, words_of
from lscb_analysis.ledger.spans import Span
from lscb_analysis.ledger.told import cell
from lscb_analysis.ledger.units import things_in, word_set

_BULLET = re.compile(r"^\s*[-–•*·>]\s*\w")
_TOTAL = re.compile(r"\b(total|totals|overall|altogether|sum)\b")
_ALL = re.compile(r"^all\b|\ball$|\ball (ages|sexes|children|categories|sources|agencies)\b")
_REST = re.compile(
    r"\b(others?|unknown|unborn|indeterminate|unspecified|unrecorded|unclassified"
    r"|not (known|stated|recorded|specified|yet known|obtained|given)|no information)\b"
)
_IN_PERCENT = re.compile(r"\(?%\)?|\bper ?cent(age)?s?\b|\bpct\b|\bproportion\b|\bshare\b")
_KINDS: dict[str, dict[str, re.Pattern[str]]] = {
    "sex": {
        "male": re.compile(r"\b(boys?|males?|men)\b"),
        "female": re.compile(r"\b(girls?|females?|women)\b"),
    },
    "abuse": {
        "neglect": re.compile(r"\bneglect\b"),
        "emotional": re.compile(r"\bemotional( abuse| harm)?(?! (health|well|need|support))\b"),
        "physical": re.compile(r"\bphysical( abuse| harm| injury)?(?! (health|disab|activ))\b"),
        "sexual": re.compile(r"\bsexual( abuse| harm)?(?! (exploit|health|orient))\b"),
        "multiple": re.compile(r"\bmultiple( categories)?\b"),
    },
    "time": {
        "in time": re.compile(
            r"(?<!not )\b(within|in|up to) (timescales?|time|\d+ (working )?(days|weeks|hours))\b"
            r"|\bon time\b"
        ),
        "late": re.compile(
            r"\b(outside|out of|over|after|beyond|(more|later|longer) than|not (with)?in) "
            r"(timescales?|time|\d+ (working )?(days|weeks|hours))\b|\blate\b|\bnot on time\b"
        ),
    },
    "ethnic group": {
        "white": re.compile(r"\bwhite( british)?\b"),
        "mixed": re.compile(r"\bmixed\b"),
        "asian": re.compile(r"\basian\b"),
        "black": re.compile(r"\bblack\b"),
    },
}
_AGES = re.compile(
    r"\b(?:under|less than) (?P<below>\d{1,2})\b"
    r"|\b(?P<low>\d{1,2}) ?(?:-|–|to) ?(?P<high>\d{1,2})\b(?! (?:working )?(?:days|weeks|months))"
    r"|\b(?P<least>\d{1,2}) ?(?:\+|(?:and|or) (?:over|older|above)\b)"
)
_AGE_WORDS = word_set("aged age year old under over and or month")
_OLDEST = 25
_ADULT = 16
_COUNTED = ("count", "money")


@dataclass(frozen=True)
class Line:
    """A figure as a line of its table: what its label says, and where it stands.

    `kind` and `member` name a set of which the label is one (sex: male); `stem` are the words
    without them. `is_rest` is `other`, `not known`; `is_child` is `of which`, or a dash.
    """

    id: str
    at: int
    label: str
    quantity: str
    number: Fraction | None
    unit: str
    things: frozenset[str]
    block: tuple[str, str]
    period: str
    span: Span
    words: frozenset[str]
    stem: frozenset[str]
    kind: str
    member: str
    is_child: bool
    is_total: bool
    is_rest: bool
    indicator: frozenset[str]

    @property
    def is_counted(self) -> bool:
        """Whether it is a number of things or a sum of money."""
        return self.quantity in _COUNTED


def lines_of(figures: pd.DataFrame) -> list[Line]:
    """The figures that have a number, or one withheld, in the order of the report."""
    kept = figures["quantity"].ne("text") & (figures["number"].notna() | figures["is_withheld"])
    return [_line(figures, str(name), at) for at, name in enumerate(figures.index[kept])]


def are_of_one_time(one: Line, two: Line) -> bool:
    """Whether two lines are of one period; `of which` has that of the line above."""
    for each in (one, two):
        if each.is_child and each.span.kind == "missing":
            return True
    if one.span.end is None or two.span.end is None:
        return one.period == two.period
    return (one.span.start, one.span.end) == (two.span.start, two.span.end)


def units_meet(one: Line, two: Line) -> bool:
    """Whether two lines can count the same kind of thing."""
    if one.quantity != two.quantity:
        return False
    return not one.things or not two.things or bool(one.things & two.things)


def are_together(one: Line, two: Line) -> bool:
    """Whether two lines stand in one section, of one period and kind of thing."""
    return one.block == two.block and are_of_one_time(one, two) and units_meet(one, two)


def names_meet(one: Line, two: Line) -> bool:
    """Whether the names of their indicators, where both have one, share a word."""
    return not one.indicator or not two.indicator or bool(one.indicator & two.indicator)


def is_closed(kind: str, members: Sequence[str]) -> bool:
    """Whether the members of a kind are all that there can be, but for `not known`.

    >>> is_closed("age", ["0-4", "5-15", "16-25"]), is_closed("sex", ["male"])
    (True, False)
    """
    found = set(members)
    if kind == "age":
        return _is_unbroken(members)
    if kind == "ethnic group":
        return len(found & set(_KINDS[kind])) == len(_KINDS[kind])
    wanted = set(_KINDS.get(kind, ())) - {"multiple"}
    return bool(wanted) and wanted <= found


def without_percent(label: str) -> str:
    """A label without the words that say that it is a percentage."""
    return " ".join(_IN_PERCENT.sub(" ", label).replace(" as a ", " ").split())


def is_total_word(label: str) -> bool:
    """Whether a label says `total` in so many words."""
    return bool(_TOTAL.search(label))


def without_total(label: str) -> str:
    """A label without the word that says that it is a total: `referrals` of `total referrals`."""
    return " ".join(re.sub(r"^(?:all|total) |,? total$", "", label).split())


def _line(figures: pd.DataFrame, name: str, at: int) -> Line:
    row = figures.loc[name]
    raw = str(row["label"])
    label = " ".join(dateless(raw).split())
    bare = without_percent(label)
    kind, member, rest_of_label = _member(bare)
    words = words_of(bare)
    stem = words_of(_REST.sub(" ", _TOTAL.sub(" ", rest_of_label)))
    number = cell(figures, name, "number")
    return Line(
        id=name,
        at=at,
        label=label,
        quantity=str(row["quantity"]),
        number=None if number is None else Fraction(number),
        unit=str(row["unit"]),
        things=things_in(str(row["unit"])),
        block=(str(row["section"]), str(row["theme"])),
        period=str(row["period"]),
        span=span_of(figures, name),
        words=words - where_or_when(words),
        stem=stem - where_or_when(stem) - {"which", "whom", "those", "these", "all", "sex"},
        kind=kind,
        member=member,
        is_child=is_continued(raw) or bool(_BULLET.match(raw)),
        is_total=bool(_TOTAL.search(label) or _ALL.search(label)),
        is_rest=bool(_REST.search(label)),
        indicator=words_of(str(row["indicator"])),
    )


def _member(label: str) -> tuple[str, str, str]:
    """The set of which a label names a member, the member, and the label without it."""
    for kind, members in _KINDS.items():
        found = [(name, pattern) for name, pattern in members.items() if pattern.search(label)]
        if len(found) == 1:
            name, pattern = found[0]
            return kind, name, pattern.sub(" ", label)
        if found:
            return "", "", label
    age = _AGES.search(label)
    if age:
        rest = label[: age.start()] + " " + label[age.end() :]
        plain = " ".join(word for word in rest.split() if word.strip("(),") not in _AGE_WORDS)
        return "age", _band(age), plain
    return "", "", label


def _band(age: re.Match[str]) -> str:
    if age["below"]:
        return f"0-{int(age['below']) - 1}"
    if age["least"]:
        return f"{int(age['least'])}-{_OLDEST}"
    return f"{int(age['low'])}-{int(age['high'])}"


def _is_unbroken(bands: Sequence[str]) -> bool:
    """Whether bands of age follow each other from 0 to 16 or more, without a gap."""
    ends = sorted((int(low), int(high)) for low, high in (band.split("-") for band in bands))
    if len(ends) < 2 or ends[0][0] != 0 or ends[-1][1] < _ADULT:
        return False
    return all(low == high + 1 for (_, high), (low, _) in pairwise(ends))
