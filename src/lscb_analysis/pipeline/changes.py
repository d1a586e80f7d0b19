"""What a release changes of the one before it for the same quarter: old, new, why and who."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from lscb_analysis.catalogue import Indicator
from lscb_analysis.printed import number_text
from lscb_analysis.values import read_values

COLUMNS = (
    *("indicator", "area", "period", "breakdown_topic", "breakdown"),
    *("old", "new", "why", "who", "day"),
)
RELEASED = "released.parquet"
LATER = "submissions received or corrected since"
_KEY = ["indicator", "area_code", "period_type", "period", "breakdown_topic", "breakdown"]


@dataclass(frozen=True)
class Reason:
    """Why figures that are out are changed, and who changes them."""

    why: str = LATER
    who: str = ""


def changes_table(
    folder: Path, values: pd.DataFrame, indicators: Mapping[str, Indicator], reason: Reason
) -> pd.DataFrame:
    """One row for each figure of the last release of this quarter that is printed otherwise now.

    Columns: `COLUMNS`, all text; what changed in earlier reissues stays in it. Both figures
    are protected ones: the gate has audited the change.
    """
    held = folder / "changes.parquet"
    earlier = pd.read_parquet(held) if held.is_file() else pd.DataFrame(columns=list(COLUMNS))
    if not (folder / RELEASED).is_file():
        return earlier.iloc[:0].astype("str")
    before = _printed(read_values(folder / RELEASED), indicators)
    now = _printed(values, indicators)
    both = before.merge(now, on=_KEY, suffixes=("_old", "_new"))
    changed = both[both["text_old"] != both["text_new"]]
    day = date.today()
    rows = pd.DataFrame(
        {
            **{name: changed[name] for name in ("indicator", "period", "breakdown_topic")},
            "breakdown": changed["breakdown"],
            "area": changed["area_new"],
            "old": changed["text_old"],
            "new": changed["text_new"],
            "why": reason.why,
            "who": reason.who,
            "day": f"{day.day} {day:%B %Y}",
        }
    )
    joined = pd.concat([earlier, rows[list(COLUMNS)]], ignore_index=True).astype("str")
    return joined.drop_duplicates(ignore_index=True)


def _printed(values: pd.DataFrame, indicators: Mapping[str, Indicator]) -> pd.DataFrame:
    own = values[values["source"].eq("submissions") & values["indicator"].isin(list(indicators))]
    texts = [
        number_text(rows, indicators[str(name)])
        for name, rows in own.groupby("indicator", sort=False)
    ]
    text = pd.concat(texts) if texts else pd.Series(dtype="str")
    return own[[*_KEY, "area"]].assign(text=text)
