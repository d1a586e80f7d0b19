"""The invented children of the example board, in families."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

ETHNICITIES = {
    "WBRI": 43, "WOTH": 7, "WROM": 1, "MWBC": 5, "MWBA": 1, "MWAS": 3, "MOTH": 3, "AIND": 12,
    "APKN": 5, "ABAN": 3, "AOTH": 4, "BCRB": 1, "BAFR": 6, "BOTH": 2, "CHNE": 1, "OOTH": 2,
    "NOBT": 1,
}  # fmt: skip
FAMILY_SIZES = (1, 2, 3, 4)
SIZE_WEIGHTS = (50, 30, 15, 5)
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
DISABILITIES = {
    **{"NONE": 90, "LD": 3, "AUT": 2, "BEH": 1.5, "MOB": 1, "COMM": 1},
    **{"HEAR": 0.5, "VIS": 0.5, "INC": 0.5},
}


@dataclass(frozen=True)
class Child:
    """One invented child; `born` is the expected date while unborn."""

    child: str
    family: int
    sex: str
    born: date
    ethnicity: str
    upn: str
    disability: str


@dataclass
class People:
    """All children so far, by identifier and by family; made with one stream of chance."""

    chance: Random
    children: dict[str, Child] = field(default_factory=dict)
    families: defaultdict[int, list[Child]] = field(default_factory=lambda: defaultdict(list))

    def new_family(self, day: date, youngest: float = -0.4, oldest: float = 17.5) -> list[Child]:
        """A family of one to four children known on a day, some not yet born."""
        size = self.chance.choices(FAMILY_SIZES, SIZE_WEIGHTS)[0]
        family = len(self.families) + 1
        ethnicity = self.chance.choices(list(ETHNICITIES), list(ETHNICITIES.values()))[0]
        ages = sorted(self.chance.uniform(youngest, oldest) for _ in range(size))
        return [self._born(family, day, age, ethnicity) for age in ages]

    def new_child(self, day: date, youngest: float, oldest: float) -> Child:
        """One child of a family of its own."""
        ethnicity = self.chance.choices(list(ETHNICITIES), list(ETHNICITIES.values()))[0]
        age = self.chance.uniform(youngest, oldest)
        return self._born(len(self.families) + 1, day, age, ethnicity)

    def _born(self, family: int, day: date, age: float, ethnicity: str) -> Child:
        number = 104_000 + len(self.children) * 7
        born = day - timedelta(days=int(age * 365.25))
        sex = self.chance.choice("FM")
        upn = pupil_number(number)
        disability = self.chance.choices(list(DISABILITIES), list(DISABILITIES.values()))[0]
        child = Child(f"MF{number}", family, sex, born, ethnicity, upn, disability)
        self.children[child.child] = child
        self.families[family].append(child)
        return child


def age_on(born: date, day: date) -> int:
    """Whole years by last birthday; -1 before birth."""
    if day < born:
        return -1
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birthday(born: date, years: int) -> date:
    """The day on which so many years are reached."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def pupil_number(number: int) -> str:
    """A unique pupil number with the letter that its twelve digits ask for (DfE's UPN guide).

    >>> pupil_number(104_000)
    'C000000104000'
    """
    digits = f"{number:012d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(2, 14), strict=True))
    return UPN_LETTERS[total % len(UPN_LETTERS)] + digits
