"""What a cell prints: its number, how far off the true one may be, and what is wrong with it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

INFINITE = math.inf
LARGEST = 10**15
_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
WORD_NUMBERS = {word: number for number, word in enumerate(_WORDS.split())}
SHARES = {
    "three quarters": Fraction(3, 4),
    "two thirds": Fraction(2, 3),
    "a third": Fraction(1, 3),
    "one third": Fraction(1, 3),
    "a quarter": Fraction(1, 4),
    "one quarter": Fraction(1, 4),
    "half": Fraction(1, 2),
}
FACTORS = {
    "double": Fraction(2),
    "twice": Fraction(2),
    "treble": Fraction(3),
    "triple": Fraction(3),
    "halve": Fraction(1, 2),
}
# how far the true number may lie from the one printed behind these words, as parts of it
_QUALIFIERS: dict[str, tuple[Fraction, Fraction | float]] = {
    "just over": (Fraction(1), Fraction(21, 20)),
    "slightly over": (Fraction(1), Fraction(21, 20)),
    "just under": (Fraction(19, 20), Fraction(1)),
    "slightly under": (Fraction(19, 20), Fraction(1)),
    "nearly": (Fraction(9, 10), Fraction(1)),
    "almost": (Fraction(9, 10), Fraction(1)),
    "close to": (Fraction(9, 10), Fraction(11, 10)),
    "more than": (Fraction(1), INFINITE),
    "at least": (Fraction(1), INFINITE),
    "over": (Fraction(1), INFINITE),
    "above": (Fraction(1), INFINITE),
    ">": (Fraction(1), INFINITE),
    "less than": (Fraction(0), Fraction(1)),
    "fewer than": (Fraction(0), Fraction(1)),
    "up to": (Fraction(0), Fraction(1)),
    "under": (Fraction(0), Fraction(1)),
    "below": (Fraction(0), Fraction(1)),
    "<": (Fraction(0), Fraction(1)),
    "about": (Fraction(9, 10), Fraction(11, 10)),
    "around": (Fraction(9, 10), Fraction(11, 10)),
    "approximately": (Fraction(9, 10), Fraction(11, 10)),
    "approx": (Fraction(9, 10), Fraction(11, 10)),
    "circa": (Fraction(9, 10), Fraction(11, 10)),
    "roughly": (Fraction(9, 10), Fraction(11, 10)),
    "~": (Fraction(9, 10), Fraction(11, 10)),
}
_SCALES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}
_QUALIFIER = (
    r"(?:(?P<qualifier>"
    + "|".join(re.escape(word) for word in sorted(_QUALIFIERS, key=len, reverse=True))
    + r")\.?\s*)?"
)
_NUMBER = re.compile(
    _QUALIFIER + r"(?P<sign>[-−])?£?\s?(?<![\d,.])(?P<digits>\d[\d,]*(?:\.\d+)?|\.\d+)"
    r"(?:\s?(?P<scale>k|m|thousand|million)\b)?(?P<percent>\s?%|\s?per ?cent)?",
    re.IGNORECASE,
)
_ONE_IN = re.compile(_QUALIFIER + r"(?P<above>\d+) in (?P<below>\d+)", re.IGNORECASE)
_SHARE = re.compile(_QUALIFIER + rf"(?P<share>{'|'.join(SHARES)})\b", re.IGNORECASE)
_WORD = re.compile(_QUALIFIER + rf"\b(?P<word>{'|'.join(WORD_NUMBERS)})\b", re.IGNORECASE)
_FACTOR = re.compile(_QUALIFIER + rf"\b(?P<word>{'|'.join(FACTORS)})d?\b", re.IGNORECASE)
_GROUPED = re.compile(r"^(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?$")
_WITHHELD = {"c", "[c]", "x", "[x]", "z", "[z]", "u", "[u]", "*", "s", "-", "–", "..", "...", ":"}
_WITHHELD |= {"suppressed", "withheld", "n/a", "not available", "not applicable"}


@dataclass(frozen=True)
class Printed:
    """A number as printed, the range that the true one lies in, and what is wrong with the cell.

    `is_exact` is false where words such as `just over` stand before it.
    """

    number: Fraction | None = None
    least: Fraction | float | None = None
    most: Fraction | float | None = None
    decimals: int = 0
    is_exact: bool = True
    is_withheld: bool = False
    problem: str = ""


def printed(cell: object, quantity: str = "count") -> Printed:
    """What a cell prints: digits, a number in words, a share (`over a third`), or nothing.

    A percentage or a rate may be half its last digit away from the true number, a whole count
    may not; words such as `just under` and `around` widen the range on their side.

    >>> printed("49.3 %", "percent").least, printed("just over 53,000").number
    (Fraction(197, 4), Fraction(53000, 1))
    >>> printed("106,00").problem
    'digits grouped as no number is: one may be missing'
    """
    text = text_of(cell)
    if not text:
        return Printed(problem="no value")
    if text.casefold() in _WITHHELD:
        return Printed(is_withheld=True)
    if text.startswith(("=", "@")):
        return Printed(problem="a formula in the place of a value")
    in_words = _in_words(text, quantity)
    if in_words:
        return in_words
    tokens = list(_NUMBER.finditer(text))
    is_percent = quantity == "percent"
    wanted = [each for each in tokens if bool(each["percent"]) == is_percent] or tokens
    if not wanted:
        return _from_word(text)
    return _from_token(wanted[0], quantity)


def text_of(cell: object) -> str:
    """The cell as text: a number without needless decimals, nothing where it is missing."""
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, float) and math.isfinite(cell):
        return f"{Decimal(repr(cell)).normalize():f}"
    text = " ".join(str(cell).split())
    return "" if text.casefold() in ("nan", "none", "nat") else text


def share_claimed(text: str) -> tuple[Fraction | float, Fraction | float] | None:
    """The range of shares that words claim (`just under half`, `a third`); None where none.

    >>> share_claimed("just under half (35,000)")
    (Fraction(19, 40), Fraction(1, 2))
    """
    found = _SHARE.search(text)
    if found is None:
        return None
    share = SHARES[found["share"].casefold()]
    below, above = _QUALIFIERS[(found["qualifier"] or "about").casefold()]
    return share * below, share * above if above != INFINITE else Fraction(1)


def factor_claimed(text: str) -> tuple[Fraction | float, Fraction | float] | None:
    """The range of ratios that words claim (`more than double`); None where none."""
    found = _FACTOR.search(text)
    if found is None:
        return None
    factor = FACTORS[found["word"].casefold()]
    below, above = _QUALIFIERS[(found["qualifier"] or "about").casefold()]
    return factor * below, factor * above


def _in_words(text: str, quantity: str) -> Printed | None:
    """A share or a multiple in words, where the cell has no digits of its own for it."""
    one_in = _ONE_IN.search(text) if quantity == "percent" else None
    if one_in and int(one_in["below"]):
        share = 100 * Fraction(int(one_in["above"]), int(one_in["below"]))
        return _about(share, one_in["qualifier"] or "about")
    if re.search(r"\d", text):
        return None
    share_word, factor = _SHARE.search(text), _FACTOR.search(text)
    if share_word and quantity == "percent":
        share = 100 * SHARES[share_word["share"].casefold()]
        return _about(share, share_word["qualifier"] or "about")
    if factor and quantity == "measure":
        number = FACTORS[factor["word"].casefold()]
        return _about(number, factor["qualifier"] or "about")
    return None


def _from_word(text: str) -> Printed:
    word = _WORD.search(text)
    if word is None:
        return Printed(problem="no number")
    number = Fraction(WORD_NUMBERS[word["word"].casefold()])
    if word["qualifier"]:
        return _about(number, word["qualifier"])
    return Printed(number, number, number)


def _from_token(token: re.Match[str], quantity: str) -> Printed:
    digits = token["digits"]
    if not _GROUPED.match(digits):
        return Printed(problem="digits grouped as no number is: one may be missing")
    plain = digits.replace(",", "")
    if len(plain) > 30:
        return Printed(problem="a number out of range")
    scale = _SCALES.get((token["scale"] or "").casefold(), 1)
    number = Fraction(plain) * scale * (-1 if token["sign"] else 1)
    if abs(number) > LARGEST:
        return Printed(problem="a number out of range")
    decimals = len(plain.partition(".")[2])
    if token["qualifier"]:
        return _about(number, token["qualifier"], decimals)
    is_rounded = quantity in ("percent", "rate", "measure") or decimals or scale > 1
    half = Fraction(scale, 2 * 10**decimals) if is_rounded else Fraction(0)
    return Printed(number, number - half, number + half, decimals)


def _about(number: Fraction, qualifier: str, decimals: int = 0) -> Printed:
    below, above = _QUALIFIERS[qualifier.casefold()]
    most = number * above if above != INFINITE else INFINITE
    return Printed(number, number * below, most, decimals, is_exact=False)
