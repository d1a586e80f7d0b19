"""What is said of a figure: directions, and the numbers that a sentence itself claims."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import Any

from lscb_analysis.ledger.numbers import factor_claimed, printed

Number = Fraction | float
Range = tuple[Number, Number]
UP = re.compile(r"\b(increas\w*|rise|rises|rising|risen|rose|grew|grown|growth|up|higher|more)\b")
DOWN = re.compile(
    r"\b(decreas\w*|reduc\w*|fall|falls|falling|fallen|fell|declin\w*|drop\w*|down|lower|fewer)\b"
)
LEVEL = re.compile(r"\b(stable|unchanged|similar|steady|no change|level|constant|the same)\b")
SIGNIFICANT = re.compile(r"\bsignifican\w*")
NOT_SIGNIFICANT = re.compile(r"\b(?:not|no|non)[- ](?:\w+ )?significan\w*|\binsignifican\w*")
ELSEWHERE = re.compile(
    r"\b(national\w*|england|neighbours?|region\w*|average|target|compar\w+ (?:to|with) other)\b"
)
# words of direction that do not speak of a change: `more than half`, `follow up`, `up to`
_IDIOMS = re.compile(
    r"\b(?:(?:more|fewer|less|higher|lower) than (?=\d|an? |one |two |half|twice|double)|no more"
    r"|no fewer|up to|follow(?:ed|ing)?[- ]up|taken up|take up"
    r"|took up|set up|picked up|signed up|made up|backed up|caught up"
    r"|(?:step|stepped)[- ](?:up|down)"
    r"|broken down|more or less|one or more|two or more|years? or more|level \d)\b"
)
_CHANGED = (
    r"(?:increas\w*|rise|rises|rising|risen|rose|grew|grown|growth|up|higher|decreas\w*|reduc\w*"
    r"|fall|falls|falling|fallen|fell|declin\w*|drop\w*|down|lower)"
)
_ABOUT = r"(?:(?:just|slightly) (?:over|under) |nearly |almost |about |around |over |more than )?"
_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_PERCENT = r"\s?(?:%|per ?cent\b)(?![ -]?(?:age )?points?)"
_BY_PERCENT = re.compile(
    rf"\b{_CHANGED}(?: \w+)? (?:by|of) (?P<by>{_ABOUT}{_DIGITS}{_PERCENT})"
    rf"|\b(?:up|down|plus|minus) (?P<up>{_ABOUT}{_DIGITS}{_PERCENT})"
    rf"|(?P<of>{_ABOUT}{_DIGITS}{_PERCENT}) (?:\w+ )?{_CHANGED}\b"
)
_BY_POINTS = re.compile(rf"(?P<by>{_ABOUT}{_DIGITS}) ?(?:%|percentage)[ -]?points?\b")
_BY_NUMBER = re.compile(
    rf"\b{_CHANGED}(?: \w+)? by (?P<by>{_ABOUT}{_DIGITS})"
    r"(?![\d,.]*\d)(?!\s?(?:%|per ?cent|percentage|st\b|nd\b|rd\b|th\b|/))"
)
_FROM_TO = re.compile(
    rf"\bfrom (?P<older>{_DIGITS} ?%?)(?: \w+)?(?: (?:in|at|on) [^,;.]{{2,25}}?)? to "
    rf"(?P<newer>{_DIGITS} ?%?)"
)
_FROM = re.compile(rf"\b{_CHANGED}(?: \w+)? (?:from|on) (?P<older>{_DIGITS} ?%?)(?![\d/])")
_YEAR = re.compile(r"^(?:19|20)\d{2}$")


def said_of(row: Any) -> str:
    """What is said of a figure in its own column of words."""
    return " ".join(str(row["words"]).casefold().split())


def direction_of(text: str) -> int:
    """1 where words claim a rise, -1 a fall, 0 neither or both.

    >>> direction_of("rose by 6%"), direction_of("up to 12"), direction_of("rose, then fell")
    (1, 0, 0)
    """
    plain = _IDIOMS.sub(" ", text.casefold())
    return int(bool(UP.search(plain))) - int(bool(DOWN.search(plain)))


def has_direction(text: str) -> bool:
    """Whether words claim a change, or that there is none."""
    plain = text.casefold()
    is_level = bool(LEVEL.search(plain) or SIGNIFICANT.search(plain))
    is_level = is_level or factor_claimed(plain) is not None
    return direction_of(text) != 0 or is_level or bool(_FROM_TO.search(plain))


def is_borne_out(text: str, newer: Fraction, older: Fraction) -> bool:
    """Whether the direction, and the number that a change is from, are those of two figures."""
    way = direction_of(text)
    from_number = _from(text)
    is_from = from_number is None or _meets(from_number, (older, older))
    return is_from and (way == 0 or (newer - older) * way > 0)


def numbers_that_fail(text: str, newer: Range, older: Range, quantity: str) -> list[str]:
    """The numbers of a sentence (`by 6 %`, `from 298 to 310`) that two figures do not make.

    Each with what they do make. `newer` and `older` are the ranges of the two figures.
    """
    plain = " ".join(text.casefold().split())
    found = []
    points = _size((newer[0] - older[1], newer[1] - older[0]))
    share = _relative(newer, older)
    for claimed in _BY_PERCENT.finditer(plain):
        said = next(filter(None, claimed.groups()))
        is_points = quantity == "percent" and _meets(_range(said), points)
        if share is not None and not is_points and not _meets(_range(said), share):
            found.append(f"{said}: the figures make {_told(share)}%")
    for claimed in _BY_POINTS.finditer(plain):
        if quantity == "percent" and not _meets(_range(f"{claimed['by']}%"), points):
            found.append(f"{claimed['by']} points: the figures make {_told(points)}")
    for claimed in _BY_NUMBER.finditer(plain):
        is_count = quantity in ("count", "money") and not _YEAR.match(claimed["by"])
        if is_count and not _meets(_range(claimed["by"], "count"), points):
            found.append(f"by {claimed['by']}: the figures make {_told(points)}")
    return found + _ends_that_fail(plain, newer, older)


def text_against_itself(text: str) -> list[str]:
    """What a sentence with both of its numbers (`rose from 310 to 298`) says wrongly of them."""
    plain = " ".join(text.casefold().split())
    ends = _FROM_TO.search(plain)
    if ends is None or _IDIOMS.search(plain):
        return []
    older, newer = (_range(ends[name]) for name in ("older", "newer"))
    quantity = "percent" if "%" in ends["newer"] else "count"
    way = direction_of(plain)
    found = []
    if (way > 0 and newer[1] < older[0]) or (way < 0 and newer[0] > older[1]):
        found.append("the direction is the other one")
    return found + numbers_that_fail(plain.replace(ends.group(0), " "), newer, older, quantity)


def _ends_that_fail(plain: str, newer: Range, older: Range) -> list[str]:
    """The numbers `from` and `to` that are not the two figures."""
    both, one = _FROM_TO.search(plain), _from(plain)
    if both:
        ends = {"older": older, "newer": newer}
        wrong = [
            both[name] for name, is_of in ends.items() if not _meets(_range(both[name]), is_of)
        ]
        return [f"{said}: no such figure of its name" for said in wrong]
    if one is not None and not _meets(one, older):
        return [f"from {_told(one)}: the figure before is {_told(older)}"]
    return []


def _from(text: str) -> Range | None:
    found = _FROM.search(" ".join(text.casefold().split()))
    if found is None or _YEAR.match(found["older"].strip()):
        return None
    return _range(found["older"])


def _range(text: str, quantity: str = "percent") -> Range:
    is_percent = "%" in text or "cent" in text
    found = printed(text, quantity if is_percent else "count")
    if found.least is None or found.most is None:
        return Fraction(0), math.inf
    return found.least, found.most


def _relative(newer: Range, older: Range) -> Range | None:
    if older[0] <= 0 or older[1] == math.inf or newer[1] == math.inf:
        return None
    return _size((100 * newer[0] / older[1] - 100, 100 * newer[1] / older[0] - 100))


def _size(found: Range) -> Range:
    low, high = found
    if low >= 0:
        return low, high
    return (-high, -low) if high <= 0 else (Fraction(0), max(-low, high))


def _meets(one: Range, two: Range) -> bool:
    return bool(one[0] <= two[1] and two[0] <= one[1])


def _told(found: Range) -> str:
    low, high = (f"{float(each):,.1f}".removesuffix(".0") for each in found)
    return low if low == high else f"{low} to {high}"
