"""Pupil numbers (UPN): what is wrong with one. They are looked at and dropped, never kept."""

from __future__ import annotations

import re

import pandas as pd

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_SHAPE = re.compile(rf"^[A-Z]\d{{11}}[\d{_LETTERS}]$")
_MIDDLE = slice(4, 12)
CHECK_LETTER, DIGITS, LAST = "check letter", "digits", "last character"


def upn_fault(text: str) -> str:
    """What is wrong with a pupil number: its `check letter`, `digits` or `last character`.

    Blank where nothing is. The letter in front is the weighted sum of what follows it
    (weights 2 to 13, a letter at the end counting as its place among the 23) modulo 23.
    Source: DfE, Unique pupil numbers guide.

    >>> upn_fault("A123456789123"), upn_fault("H801200001001"), upn_fault("H8012X0001001")
    ('check letter', '', 'digits')
    """
    number = text.strip().upper()
    if not number[_MIDDLE].isdecimal() or len(number) != 13:
        return DIGITS
    if not (number[-1].isdecimal() or number[-1] in _LETTERS):
        return LAST
    if not _SHAPE.match(number):
        return CHECK_LETTER
    return "" if number[0] == _LETTERS[_weighted(number) % len(_LETTERS)] else CHECK_LETTER


def _weighted(number: str) -> int:
    values = [_LETTERS.index(each) if each in _LETTERS else int(each) for each in number[1:]]
    return sum(value * weight for value, weight in zip(values, range(2, 14), strict=True))


def upn_faults(texts: pd.Series) -> pd.Series:
    """What is wrong with each pupil number; blank where there is none, or nothing is."""
    known = {text: upn_fault(text) for text in texts.dropna().unique()}
    return texts.map(known).astype("str").fillna("")
