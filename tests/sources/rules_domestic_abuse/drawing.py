"""Drawing the examples of the domestic-abuse rules: a line a row, its cells divided by spaces."""

from __future__ import annotations

from collections.abc import Mapping

from lscb_analysis.sources.raw_tables import RawTable
from tests.sources.extracts import extract

HEADERS = {
    "incidents": (
        "Incident ID | Incident Date | Risk Grade | Children Resident | Children Present"
        " | Victim ID | Number of Children Resident | Number of Children Present"
        " | Children Notified | DASH Ticks"
    ),
    "children": "Incident ID | Child Reference | Notification Date | Date School Told",
    "meetings": (
        "Marac | Meeting Date | Cases | Repeat Cases | Children | Referrals from Police"
        " | IDVA Referrals | Minority Ethnic Victims | LGBT+ Victims | Disabled Victims"
        " | Male Victims | Victims Aged 16-17"
    ),
    "clients": "Period Start | Period End | Client Group | Form | Attribute | Clients | Of Clients",
    "services": (
        "Service | Period Start | Period End | Client Group | Referrals | Accepted | Engaged"
        " | Waiting | Children Supported | Closed | Open at Start | Open at End"
        " | Closed as Planned | Closed Safer"
    ),
}
Example = Mapping[str, str]
Case = tuple[Example, Example]


def drawn(example: Example) -> list[RawTable]:
    """The tables of an example, each in a file of its name."""
    return [_table(name, lines) for name, lines in example.items()]


def _table(name: str, lines: str) -> RawTable:
    rows = [" | ".join(line.split()) for line in lines.splitlines()]
    return extract("\n".join([HEADERS[name], *rows]), f"{name}.csv")
