"""Reports of boards that do not exist, without relations: they add up until an error is planted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from tests.ledger.reports import read

FOLDER = Path(__file__).parent / "made_reports"
# what is printed instead in which figure, the rule that finds it, and the figures it must name
HILLSHIRE_ERRORS = {
    "sources of contacts": ({"C2": "1,991"}, "parts and total", {"C0", "C2"}),
    "boys, girls and not known": ({"R1": "1,121"}, "parts and total", {"R0", "R1"}),
    "a total misprinted": ({"R0": "2,104"}, "parts and total", {"R0", "R1"}),
    "re-referrals in percent": ({"R5": "16.0%"}, "percentage", {"R5", "R4", "R0"}),
    "referrals of contacts": ({"R6": "24.5%"}, "percentage", {"R6", "R0", "C0"}),
    "more in time than done": ({"A1": "1,320"}, "larger than its set", {"A1", "A0"}),
    "in time in percent": ({"A2": "58%"}, "percentage", {"A2", "A1", "A0"}),
    "plans do not flow": ({"P2": "258"}, "stock and flow", {"P0", "P9", "P1", "P2"}),
    "a rate": ({"P4": "55.0"}, "rate", {"P4", "P0", "P3"}),
    "categories": ({"K2": "80"}, "parts and total", {"K5", "K2"}),
    "categories in percent": ({"K6": "55%"}, "percentage", {"K6", "K1", "K5"}),
    "ages": ({"L3": "80"}, "parts and total", {"L0", "L3"}),
    "a difference": ({"L8": "15"}, "difference", {"L8", "L0", "L9"}),
    "a change in percent": ({"L7": "6.0%"}, "percentage", {"L7", "L0", "L9"}),
    "more taken up than offered": ({"M1": "149"}, "larger than its set", {"M1", "M0"}),
    "take-up in percent": ({"M2": "83.6%"}, "percentage", {"M2", "M1", "M0"}),
    "a fall called a rise": ({"R9": "2,410"}, "claim", {"R0", "R9"}),
    "a rise of another size": ({"R9": "1,910"}, "claim", {"R0", "R9"}),
}

# by the number of the row, as a spreadsheet has it: these rows have no ids
EASTMERE_ERRORS = {
    "one day, two values": ({"7": "521"}, "two values", {"7", "8"}),
    "a number before that is none": ({"3": "1,430"}, "claim", {"2", "3"}),
    "a fall that is a rise": ({"2": "1,402"}, "claim", {"2", "3"}),
    "lower that is higher": ({"5": "18.9%"}, "claim", {"5", "6"}),
    "boys and girls": ({"10": "296"}, "parts and total", {"9", "10", "11"}),
    "a rate without a name": ({"12": "71.0"}, "rate", {"12", "8", "13"}),
    "in time and late": ({"16": "46"}, "parts and total", {"14", "15", "16"}),
    "in time of all": ({"17": "75%"}, "percentage", {"17", "15", "14"}),
    "settings": ({"18": "64"}, "parts and total", {"22", "18"}),
    "a change on last year": ({"24": "6.1%"}, "percentage", {"24", "22", "23"}),
    "income": ({"26": "£32,150"}, "parts and total", {"28", "26"}),
    "percentages beyond 100": ({"31": "89%"}, "parts and total", {"30", "31", "32"}),
}

NORTHAM_ERRORS = {
    "two parts": ({"3": "120"}, "parts and total", {"2", "3", "4"}),
    "a change": ({"7": "2.8%"}, "percentage", {"7", "5", "6"}),
    "more conferences than enquiries": ({"9": "656"}, "larger than its set", {"9", "8"}),
    "a percentage of": ({"10": "44%"}, "percentage", {"10", "9", "8"}),
    "more forms back than out": ({"12": "630"}, "larger than its set", {"12", "11"}),
    "a response": ({"13": "53%"}, "percentage", {"13", "12", "11"}),
}


@dataclass(frozen=True)
class Made:
    """A report that adds up, and the errors that can be planted in it."""

    name: str
    rows: pd.DataFrame
    errors: dict[str, tuple[dict[str, str], str, set[str]]]

    def with_error(self, name: str) -> tuple[pd.DataFrame, str, set[str]]:
        """The rows with one error planted, the rule that finds it, and in which figures."""
        printed, rule, ids = self.errors[name]
        values = self.rows["value"].mask(
            self.ids.isin(list(printed)), self.ids.map(printed).fillna("")
        )
        return self.rows.assign(value=values), rule, ids

    @property
    def ids(self) -> pd.Series:
        """The ids of the rows: their own, or the number of their row in a spreadsheet."""
        return self.rows["id"] if "id" in self.rows else self.rows.index.to_series().astype("str")


def _made(name: str, errors: dict[str, tuple[dict[str, str], str, set[str]]]) -> Made:
    rows = read(FOLDER / f"{name.lower()}.csv")
    return Made(name, rows.set_axis(range(2, len(rows) + 2), axis=0), errors)


REPORTS = [
    _made("Hillshire", HILLSHIRE_ERRORS),
    _made("Eastmere", EASTMERE_ERRORS),
    _made("Northam", NORTHAM_ERRORS),
]
