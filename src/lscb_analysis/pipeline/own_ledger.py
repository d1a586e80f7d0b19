"""Our own figures through the ledger before they are released: what contradicts is held back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from lscb_analysis.catalogue import Indicator, Policy, breakdowns
from lscb_analysis.disclosure.definitions import definitions_of
from lscb_analysis.disclosure.register import KEY, Figure
from lscb_analysis.findings import as_findings, finding
from lscb_analysis.ledger import Relation, figures_of
from lscb_analysis.ledger.arithmetic import holds
from lscb_analysis.ledger.relations import term
from lscb_analysis.ledger.sums import repairs
from lscb_analysis.printed import SUBMISSIONS, number_text, unit_label
from lscb_analysis.values import TOTAL

COLUMNS = (
    *("indicator", "area_code", "period_type", "period", "breakdown_topic", "breakdown"),
    "why",
)
HELD_BACK = "held back: it contradicts another figure, and is being looked into"
WHY = {
    "percentage": "the percentage does not follow from its counts",
    "rate": "the rate does not follow from its count and its population",
    "total": "the parts and their total do not add up",
    "year": "the year is not the sum of its quarters",
    "twins": "another figure that counts the same is not the same",
    "earlier": "an earlier release had another figure, and no revision is stated",
}
QUARTERS = 4
_GROUP = ("indicator", "period_type", "period", "breakdown_topic")
_HELD_KEY = COLUMNS[:-1]
_STATED = ("indicator", "period", "breakdown_topic", "breakdown")


@dataclass(frozen=True)
class Contradiction:
    """Rows of the values, by their labels, that cannot all be right, and in what way."""

    kind: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Checked:
    """The values with what contradicts held back, the rows held back, and a finding for each."""

    values: pd.DataFrame
    held_back: pd.DataFrame
    findings: pd.DataFrame


def checked_by_ledger(
    values: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    policy: Policy,
    printed: Mapping[Figure, Sequence[Mapping[str, float]]],
    stated: pd.DataFrame,
) -> Checked:
    """The protected values once what contradicts itself, another page or an earlier release is out.

    `printed` are the figures that are out, by the register; `stated` the revisions that the
    release states (indicator, period, breakdown_topic, breakdown). A row that is held back is
    `unavailable` with its reason. Where one cell alone would mend a sum it is that one, else
    every row of the sum. Rounded figures, once-a-year counts of children, categories that
    overlap, and figures that stand as they were released while a change is small are known
    not to add up.
    """
    own = values[values["source"].eq(SUBMISSIONS) & values["indicator"].isin(list(indicators))]
    is_printed = own["status"].eq("published") & own["value"].notna()
    all_parts_are = is_printed.groupby([own[name] for name in _GROUP]).transform("all")
    own = own.assign(is_whole=all_parts_are)[is_printed]
    found = [
        *_broken(own, indicators, policy, printed),
        *_twins(own, indicators, policy),
        *_silent(own, indicators, policy, printed, stated),
    ]
    why = {row: each.kind for each in reversed(found) for row in each.rows}
    why |= _rates_of(own, indicators, why)
    if not why:
        return Checked(values, pd.DataFrame(columns=list(COLUMNS)).astype("str"), as_findings())
    told = [WHY[why[label]] for label in sorted(why)]
    rows = values.loc[sorted(why)].assign(why=told)
    held_back = rows[list(COLUMNS)].astype("str").reset_index(drop=True)
    return Checked(without(values, held_back), held_back, _findings(rows, told))


def _rates_of(
    own: pd.DataFrame, indicators: Mapping[str, Indicator], why: Mapping[int, str]
) -> dict[int, str]:
    """The rates of counts that are held back: who has the rate has the count."""
    held = {
        (str(row["indicator"]), str(row["period_type"]), str(row["period"])): kind
        for label, kind in why.items()
        if (row := own.loc[label])["breakdown_topic"] == TOTAL
    }
    found = {}
    for label, row in own.iterrows():
        item = indicators[str(row["indicator"])]
        key = (item.of, str(row["period_type"]), str(row["period"]))
        if item.measure == "rate" and key in held and label not in why:
            found[int(str(label))] = held[key]
    return found


def stated(checks: Mapping[str, pd.DataFrame], changes: pd.DataFrame) -> pd.DataFrame:
    """The revisions that a release states: those of the last submission, and of a reissue."""
    frames = [checks.get("revisions", pd.DataFrame()), changes]
    named = [frame[list(_STATED)] for frame in frames if len(frame)]
    return pd.concat(named, ignore_index=True) if named else pd.DataFrame(columns=list(_STATED))


def without(values: pd.DataFrame, held_back: pd.DataFrame) -> pd.DataFrame:
    """The values with the rows held back blank: not available, with the reason for it."""
    keys = pd.MultiIndex.from_frame(held_back[list(_HELD_KEY)])
    is_held = pd.MultiIndex.from_frame(values[list(_HELD_KEY)]).isin(keys)
    is_held &= values["source"].eq(SUBMISSIONS).to_numpy()
    made = values.copy()
    for column in ("numerator", "denominator", "value", "lower_ci", "upper_ci"):
        made.loc[is_held, column] = float("nan")
    for column, text in (("status", "unavailable"), ("symbol", "x"), ("reason", HELD_BACK)):
        made.loc[is_held, column] = text
    return made


def _findings(rows: pd.DataFrame, told: Sequence[str]) -> pd.DataFrame:
    return as_findings(
        finding(
            "figure ledger",
            str(row["period"]),
            column=str(row["indicator"]),
            found=f"{why} ({row['breakdown_topic']}: {row['breakdown']})",
            expected="figures that bear each other out",
            action="look the figure up in the returns; state the revision, or correct it, and "
            "run again: until then it is held back",
        )
        for (_, row), why in zip(rows.iterrows(), told, strict=True)
    )


def _broken(
    own: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    policy: Policy,
    printed: Mapping[Figure, Sequence[Mapping[str, float]]],
) -> Iterator[Contradiction]:
    """What the ledger's arithmetic finds: percentages, rates, parts and totals, years."""
    figures = _figures(own, indicators)
    relations = [*_quotients(own, indicators), *_totals(own, indicators, policy)]
    declared = [relation for _, relation in relations]
    for kind, relation in relations:
        if holds(figures, relation) is not False:
            continue
        if kind in ("percentage", "rate"):
            yield Contradiction(kind, (int(relation.figure),))
            continue
        if _is_settled(own, relation, indicators, policy, printed):
            continue
        mends = repairs(figures, relation, declared)
        best = [name for name, _, score in mends if score == mends[0][2] and score > 0]
        names = best if len(best) == 1 else relation.ids
        yield Contradiction(kind, tuple(int(name) for name in names))


def _figures(own: pd.DataFrame, indicators: Mapping[str, Indicator]) -> pd.DataFrame:
    texts: dict[object, str] = {}
    for name, rows in own.groupby("indicator", sort=False):
        texts |= number_text(rows, indicators[str(name)]).to_dict()
    raw = pd.DataFrame(
        {
            "id": [str(label) for label in own.index],
            "label": [indicators[name].title for name in own["indicator"]],
            "value": [texts[label] for label in own.index],
            "unit": [unit_label(indicators[name]) for name in own["indicator"]],
            "period": own["period"].to_list(),
        }
    )
    return figures_of(raw)[0]


def _quotients(
    own: pd.DataFrame, indicators: Mapping[str, Indicator]
) -> Iterator[tuple[str, Relation]]:
    for label, row in own.iterrows():
        kind = {"proportion": "percentage", "share": "percentage", "rate": "rate"}.get(
            indicators[row["indicator"]].measure, ""
        )
        if kind and pd.notna(row["numerator"]) and row["denominator"] > 0:
            above, below = (f"#{row[name]:.0f}" for name in ("numerator", "denominator"))
            yield kind, Relation(kind, str(label), (term(above),), (term(below),))


def _totals(
    own: pd.DataFrame, indicators: Mapping[str, Indicator], policy: Policy
) -> Iterator[tuple[str, Relation]]:
    """Parts and their total, a year and its quarters: of plain counts, printed to the last one."""
    overlapping = {item.title for item in breakdowns().values() if item.overlapping}
    for name, rows in own.groupby("indicator", sort=False):
        item = indicators[str(name)]
        is_rounded = bool(policy.profiles[item.profile].round_to)
        if item.measure not in ("count", "stock") or is_rounded or item.counted_by:
            continue
        whole = rows[rows["breakdown_topic"] == TOTAL]
        by_period: dict[tuple[object, ...], object] = {
            (row["period_type"], row["period"]): label for label, row in whole.iterrows()
        }
        parts = rows[rows["is_whole"] & ~rows["breakdown_topic"].isin([TOTAL, *overlapping])]
        for key, group in parts.groupby(list(_GROUP[1:]), sort=False):
            if key[:2] in by_period:
                yield "total", _sum(by_period[key[:2]], group.index)
        if item.measure == "count":
            yield from _years(whole)


def _years(whole: pd.DataFrame) -> Iterator[tuple[str, Relation]]:
    quarters = whole[whole["period_type"] == "quarter"]
    for label, year in whole[
        whole["period_type"].isin(["financial_year", "rolling_year"])
    ].iterrows():
        within = quarters[
            (quarters["period_start"] >= year["period_start"])
            & (quarters["period_end"] <= year["period_end"])
        ]
        if len(within) == QUARTERS:
            yield "year", _sum(label, within.index)


def _sum(total: object, parts: Iterable[object]) -> Relation:
    return Relation("total", str(total), tuple(term(str(part)) for part in parts))


def _is_settled(
    own: pd.DataFrame,
    relation: Relation,
    indicators: Mapping[str, Indicator],
    policy: Policy,
    printed: Mapping[Figure, Sequence[Mapping[str, float]]],
) -> bool:
    """Whether a gap is no more than released figures that stand while a change is small make."""
    rows = own.loc[[int(name) for name in relation.ids]]
    threshold = policy.profiles[indicators[rows["indicator"].iloc[0]].profile].threshold
    standing = sum(key in printed for key in rows[list(KEY)].itertuples(index=False, name=None))
    gap = abs(float(rows["value"].iloc[0]) - float(rows["value"].iloc[1:].sum()))
    return gap <= threshold * standing


def _twins(
    own: pd.DataFrame, indicators: Mapping[str, Indicator], policy: Policy
) -> Iterator[Contradiction]:
    """Counts that two indicators make of the same records, and that are not the same."""
    by_definition: dict[object, list[int]] = {}
    for label, row in own.iterrows():
        item = indicators[row["indicator"]]
        if item.measure in ("count", "stock") and not policy.profiles[item.profile].round_to:
            at = int(str(label))
            by_definition.setdefault(definitions_of(at, row, item)["numerator"], []).append(at)
    for rows in by_definition.values():
        values = own.loc[rows, "value"]
        apart = float(values.max() - values.min())
        if apart > policy.profiles[indicators[str(own.at[rows[0], "indicator"])].profile].threshold:
            yield Contradiction("twins", tuple(rows))


def _silent(
    own: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    policy: Policy,
    printed: Mapping[Figure, Sequence[Mapping[str, float]]],
    stated: pd.DataFrame,
) -> Iterator[Contradiction]:
    """Figures that are not as they were released last, without a word on it.

    A rate whose count is the same follows its population, whose vintage the page names; what
    is shown for years taken together alone has no revisions.
    """
    told = set(stated[list(_STATED)].itertuples(index=False, name=None)) if len(stated) else set()
    for label, row in own.iterrows():
        versions = printed.get(tuple(str(row[name]) for name in KEY), ())
        item = indicators[row["indicator"]]
        if not versions or "value" not in versions[-1] or policy.profiles[item.profile].round_to:
            continue
        then = versions[-1]
        is_same = abs(then["value"] - row["value"]) < 1e-9
        rests_on_population = item.measure == "rate" and then.get("numerator") == row["numerator"]
        is_told = tuple(str(row[name]) for name in _STATED) in told
        is_pooled = bool(policy.profiles[item.profile].pooled_years)
        if not (is_same or rests_on_population or is_told or is_pooled):
            yield Contradiction("earlier", (int(str(label)),))
