"""Units: what kind of quantity one stands for, and which two count the same kind of thing."""

from __future__ import annotations

import re


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for lists of words in code."""
    return frozenset(text.split())


_PER = re.compile(r"\bper\s+(\d{1,3}(?:,\d{3})+|\d{2,7})(.*)", re.IGNORECASE)
_PERCENT = re.compile(r"%|per ?cent|\bpct\b", re.IGNORECASE)
_POINTS = re.compile(r"point", re.IGNORECASE)
_MONEY = re.compile(r"£|gbp|\bpounds?\b", re.IGNORECASE)
_TEXTS = word_set("date dates year month claim period text words rank edition") - {"years?"}
_TEXT_PAIRS = ("date range", "year range", "age band", "age range")
_MEASURES = word_set(
    "days weeks months years hours minutes ratio mean median average fte per times score age day "
    "week levels"
)
_PEOPLE = word_set(
    "child children individual person people pupil adult victim patient member attendee parent "
    "carer student resident young user client baby infant"
)
_GENERIC = frozenset(["", "count", "number", "no", "n", "mixed", "total", "figure"])
_NOISE = word_set("the of a service")


def quantity_of(unit: str, text: str, label: str) -> str:
    """The kind of quantity: percent, rate, money, measure, text or count.

    `unit` decides; where it is blank, the printed text and the label do.

    >>> quantity_of("per 10,000 0-17", "49.84", ""), quantity_of("", "17%", "Re-referrals")
    ('rate', 'percent')
    """
    plain = unit.strip().casefold()
    words = set(re.findall(r"[a-z]+", plain))
    if plain in _TEXTS or plain in _TEXT_PAIRS:
        return "text"
    if _PER.search(plain) or (not plain and _PER.search(label)):
        return "rate"
    if _PERCENT.search(plain) or (not plain and _PERCENT.search(text)):
        return "measure" if _POINTS.search(plain) else "percent"
    if _MONEY.search(plain) or (not plain and "£" in text):
        return "money"
    if words & _MEASURES:
        return "measure"
    return "count"


def per_of(unit: str, label: str) -> int:
    """How many of the population a rate is per; 0 where it is no rate.

    >>> per_of("per 10,000 0-17", "")
    10000
    """
    found = _PER.search(unit) or _PER.search(label)
    return int(found[1].replace(",", "")) if found else 0


def population_of(unit: str, label: str) -> str:
    """Which population a rate is of, as its unit words it: `0-17`; blank where it does not."""
    found = _PER.search(unit) or _PER.search(label)
    return " ".join(re.findall(r"\w+", found[2].casefold())) if found else ""


def things_in(unit: str) -> frozenset[str]:
    """What a unit counts, people of all kinds as `person`; nothing where it does not say.

    >>> sorted(things_in('"contacts" (individuals?)'))
    ['contact', 'person']
    """
    if unit.strip().casefold() in _GENERIC:
        return frozenset()
    words = {singular(word) for word in re.findall(r"[a-z]+", unit.casefold())} - _NOISE
    return frozenset("person" if word in _PEOPLE else word for word in words if word)


def is_in_doubt(unit: str) -> bool:
    """Whether the unit is given with a question mark, or as a quotation."""
    return "?" in unit or '"' in unit


def are_people(unit: str) -> bool:
    """Whether the unit counts people, whose small numbers need protecting."""
    return things_in(unit) == {"person"}


def singular(word: str) -> str:
    """The word without the `s` of a plural.

    >>> singular("enquiries"), singular("cases"), singular("assess")
    ('enquiry', 'case', 'assess')
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word
