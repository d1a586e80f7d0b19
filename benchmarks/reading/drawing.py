"""What both synthetic returns draw from: the year, codes by weight, days, pupil numbers."""

from __future__ import annotations

import random
from datetime import date, timedelta

YEAR_START, YEAR_END = date(2024, 4, 1), date(2025, 3, 31)
ETHNICITIES = {
    "WBRI": 68, "WOTH": 5, "WIRI": 1, "WROM": 1, "MWBC": 4, "MWBA": 2, "MWAS": 2, "MOTH": 3,
    "AIND": 1, "APKN": 2, "ABAN": 1, "AOTH": 3, "BAFR": 3, "BCRB": 2, "BOTH": 1, "OOTH": 3,
    "NOBT": 1,
}  # fmt: skip
NEEDS = {"N1": 64, "N2": 3, "N3": 4, "N4": 8, "N5": 14, "N6": 1, "N8": 6}


def day_first(day: date | None) -> str:
    """DD/MM/YYYY, or blank."""
    return f"{day.day:02}/{day.month:02}/{day.year}" if day else ""


def pick(draw: random.Random, weights: dict[str, int]) -> str:
    """One key, by weight."""
    return draw.choices(list(weights), list(weights.values()))[0]


def day_between(draw: random.Random, first: date, last: date) -> date:
    """One day, both ends included; the first where they are the wrong way round."""
    return first + timedelta(draw.randint(0, max(0, (last - first).days)))


def pupil(draw: random.Random) -> str:
    """A unique pupil number with its check letter: the digits weighted by position, modulo 23."""
    digits = f"856{draw.randrange(10**9):09}"
    total = sum(int(digit) * weight for weight, digit in enumerate(digits, start=2))
    return "ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23] + digits
