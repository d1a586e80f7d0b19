"""Identifiers: each is replaced by a keyed one on load, so that no raw one is ever held."""

from __future__ import annotations

import hmac

import pandas as pd

PREFIX = "LSCBID"
_DIGITS = 14


def rekey(cells: pd.Series, key: bytes) -> pd.Series:
    """The identifiers re-keyed: trimmed, upper-cased, HMAC-SHA256 with the area's key.

    The same identifier gives the same result in every extract of one area; blank
    stays missing. A number that a spreadsheet made of it (123.0) reads as 123.
    Raises ValueError where the key is shorter than 16 bytes.

    >>> rekey(pd.Series([" ab1 ", "AB1", None]), b"a key of the area").duplicated().tolist()
    [False, True, False]
    """
    if len(key) < 16:
        raise ValueError("the area's key is shorter than 16 bytes")
    positions, different = pd.factorize(cells, use_na_sentinel=True)
    texts = [_text(value) for value in different.tolist()]
    rekeyed = [_rekeyed(text, key) if text else None for text in texts]
    references = pd.Series([*rekeyed, None], dtype="str")
    return references.take(positions).set_axis(cells.index)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip().upper()


def _rekeyed(text: str, key: bytes) -> str:
    return PREFIX + hmac.digest(key, text.encode(), "sha256").hex()[:_DIGITS]
