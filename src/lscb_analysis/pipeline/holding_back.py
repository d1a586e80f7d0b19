"""Held back: released figures that contradict each other, or the last release, row by row.

What a release prints goes through the figure ledger before any page is made. Only printed
figures are compared, so a contradiction tells nothing that is withheld; a row that is held
back prints less than the gate allowed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from lscb_analysis.catalogue import Indicator, Policy, live_indicators
from lscb_analysis.disclosure.audiences import PUBLIC
from lscb_analysis.disclosure.register import KEY as FIGURE_KEY
from lscb_analysis.disclosure.register import Figure
from lscb_analysis.findings import as_findings, finding, join_findings
from lscb_analysis.ledger import Relation, check_declared, culprit, holds
from lscb_analysis.ledger.told import number_text
from lscb_analysis.pipeline.ledger_figures import Book, book_of
from lscb_analysis.printed import SUBMISSIONS
from lscb_analysis.values import HELD_BACK, KEY, NUMBER_COLUMNS, TOTAL

SOURCE = "figure_ledger"
_CHECKED = "it is being checked"
OF_THIS_RELEASE = f"{HELD_BACK}, as it contradicts another figure of this release; {_CHECKED}"
OF_ANOTHER_THEME = f"{HELD_BACK}, as another theme has another figure for it; {_CHECKED}"
OF_THE_LAST = (
    f"{HELD_BACK}, as it was released otherwise before and no revision says why; {_CHECKED}"
)
OF_ITS_COUNT = f"{HELD_BACK}, as its count is held back; {_CHECKED}"
_AGREEING = "figures that agree with one another"
_ACTION = "find out which of them is wrong and correct it; until then it is held back"
_STATED = "the figure of the last release, or a revision that says why it is another"
_REISSUE = "reissue the quarter whose data changed, so that its readers are told, and run again"
STATED = ("indicator", "period", "breakdown_topic", "breakdown")
_ALL_THEMES = "run all themes of the quarter together; until then it is held back"
_NUMBERS = ("value", "numerator", "denominator")


@dataclass(frozen=True)
class Known:
    """What released figures are compared with.

    `measured` are the unchecked values, `printed` every version of every figure that is out,
    `told` the figures of earlier quarters' releases as they were printed last, and `revisions`
    what this release says was revised (`checks.REVISION_COLUMNS`). `beside` has the figures of
    pages of other themes that stand as an earlier run made them.
    """

    measured: pd.DataFrame
    printed: Mapping[Figure, list]
    told: Mapping[Figure, Mapping[str, float]]
    revisions: pd.DataFrame
    beside: Mapping[Figure, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Agreed:
    """The values `shown` and those `behind` them without the rows that are held back.

    `held` has the reason of each such row by its key; `findings` say what contradicts what.
    """

    shown: pd.DataFrame
    behind: pd.DataFrame
    held: Mapping[tuple[str, ...], str]
    findings: pd.DataFrame

    def without_held(self, checks: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """The tables of checks, in which nothing that is held back is told as revised."""
        if "revisions" not in checks:
            return dict(checks)
        at = [KEY.index(name) for name in STATED]
        held = {tuple(key[place] for place in at) for key in self.held}
        told = checks["revisions"]
        kept = [where not in held for where in _where(told)]
        return {**checks, "revisions": told[kept].reset_index(drop=True)}


def agreeing(
    shown: pd.DataFrame, behind: pd.DataFrame, known: Known, policy: Policy, audience: str
) -> Agreed:
    """A release's values without what contradicts itself, another theme or the last release.

    For the public sums and earlier releases are looked at behind the rounding: rounded figures
    are known not to add up.
    """
    held, findings = contradictions(shown, known, policy, is_exact=audience != PUBLIC)
    if audience == PUBLIC:
        more, also = contradictions(behind, known, policy)
        held, findings = more | held, join_findings([findings, also])
    return Agreed(held_back(shown, held), held_back(behind, held), held, findings)


def contradictions(
    values: pd.DataFrame, known: Known, policy: Policy, *, is_exact: bool = True
) -> tuple[dict[tuple[str, ...], str], pd.DataFrame]:
    """Which rows contradict something, by their key, each with the reason; and the findings.

    Of a sum that fails, the one figure that would mend it and others is held back; else the
    imported ones, since what was measured counts more; else all of it. Where the counts are
    not `is_exact`, only what follows from rounded ones is looked at.
    """
    indicators = live_indicators()
    rows = values[values["indicator"].isin(list(indicators))].reset_index(drop=True)
    book = book_of(rows, indicators, _slack(rows, indicators, policy, known), adds_up=is_exact)
    held: dict[int, str] = {}
    told = []
    for figures, relations in ((book.figures, book.of_rows), (book.widened, book.between_rows)):
        for relation in relations:
            if holds(figures, relation) is False:
                found = _to_hold(relation, relations, figures, book, rows)
                reason = _reason(relation, book, rows, indicators)
                held |= {row: reason for row in found if row not in held}
                told.append(_finding(relation, figures, found, rows, indicators))
    for out, reason in ((known.told, OF_THE_LAST), (known.beside, OF_ANOTHER_THEME)):
        stated = _where(known.revisions) if reason == OF_THE_LAST else []
        for row, what in _unlike(out, rows, indicators, stated) if is_exact else ():
            held.setdefault(row, reason)
            told.append(_changed(_row(rows, row), what, reason, indicators))
    held |= dict.fromkeys(_rates_of(held, rows, indicators), OF_ITS_COUNT)
    keys = {row: tuple(str(rows.at[row, name]) for name in KEY) for row in held}
    return {keys[row]: reason for row, reason in held.items()}, as_findings(told)


def held_back(values: pd.DataFrame, held: Mapping[tuple[str, ...], str]) -> pd.DataFrame:
    """The values without the numbers of the rows held back, which say why there are none."""
    made = values.copy()
    if not held:
        return made
    keys = values[list(KEY)].astype("str").itertuples(index=False, name=None)
    reasons = pd.Series([held.get(key, "") for key in keys], index=values.index, dtype="str")
    is_held = reasons.ne("")
    made.loc[is_held, list(NUMBER_COLUMNS)] = float("nan")
    made.loc[is_held, ["status", "symbol"]] = ["unavailable", "x"]
    return made.assign(reason=made["reason"].mask(is_held, reasons))


def _slack(
    rows: pd.DataFrame, indicators: Mapping[str, Indicator], policy: Policy, known: Known
) -> dict[int, int]:
    """By how much the counts of a row may be out: of those that stand as they were released.

    A released figure stands until it moves by more than a few (`disclosure/settled.py`), and one
    whose submission has been removed stands for good: sums with them need not hold.
    """
    key = list(FIGURE_KEY)
    measured = {
        tuple(str(row[name]) for name in key): {name: row[name] for name in _NUMBERS}
        for row in known.measured[[*key, *_NUMBERS]].to_dict("records")
    }
    found = {}
    for index, row in rows[rows["source"].eq(SUBMISSIONS)].iterrows():
        figure = tuple(str(row[name]) for name in key)
        printed = [name for name in _NUMBERS if pd.notna(row[name])]
        last = known.printed.get(figure, [{}])[-1]
        is_out = bool(last) and all(last.get(name) == row[name] for name in printed)
        now = measured.get(figure, {})
        is_other = any(now.get(name) != row[name] for name in printed)
        if is_out and is_other:
            profile = policy.profiles[indicators[str(row["indicator"])].profile]
            found[int(str(index))] = profile.threshold
    return found


def _to_hold(
    relation: Relation,
    relations: tuple[Relation, ...],
    figures: pd.DataFrame,
    book: Book,
    rows: pd.DataFrame,
) -> list[int]:
    involved = list(dict.fromkeys(book.row_of[name] for name in relation.ids))
    if relation.kind in ("total", "flow"):
        one = culprit(figures, relation, relations)
        if one:
            return [book.row_of[one]]
    imported = [row for row in involved if rows.at[row, "is_imported"]]
    return imported or involved


def _reason(
    relation: Relation, book: Book, rows: pd.DataFrame, indicators: Mapping[str, Indicator]
) -> str:
    named = {str(rows.at[book.row_of[name], "indicator"]) for name in relation.ids}
    is_one = len({indicators[name].theme for name in named}) == 1
    return OF_THIS_RELEASE if is_one or relation.kind != "same" else OF_ANOTHER_THEME


def _finding(
    relation: Relation,
    figures: pd.DataFrame,
    held: list[int],
    rows: pd.DataFrame,
    indicators: Mapping[str, Indicator],
) -> dict[str, str]:
    told = check_declared(figures, [relation]).iloc[0]
    first = _row(rows, held[0])
    return finding(
        SOURCE,
        str(first["period"]),
        column=indicators[str(first["indicator"])].title,
        rule=str(told["rule"]),
        found=f"{told['found']}; held back: "
        + ", ".join(_place(_row(rows, row), indicators) for row in held),
        expected=_AGREEING,
        action=_ACTION,
    )


def _changed(
    row: pd.Series,
    what: tuple[float, float],
    reason: str,
    indicators: Mapping[str, Indicator],
) -> dict[str, str]:
    old, new = (number_text(each) for each in what)
    is_last = reason == OF_THE_LAST
    return finding(
        SOURCE,
        str(row["period"]),
        column=indicators[str(row["indicator"])].title,
        rule="last release" if is_last else "another theme",
        found=f"{new}, {'released before' if is_last else 'on another page'} as {old}; held back: "
        + _place(row, indicators),
        expected=_STATED if is_last else _AGREEING,
        action=_REISSUE if is_last else _ALL_THEMES,
    )


def _row(rows: pd.DataFrame, index: int) -> pd.Series:
    return rows.iloc[index]


def _place(row: pd.Series, indicators: Mapping[str, Indicator]) -> str:
    topic = str(row["breakdown_topic"])
    part = "" if topic == TOTAL else f", {topic}: {row['breakdown']}"
    return f"{indicators[str(row['indicator'])].title}, {row['period']}{part}"


def _unlike(
    out: Mapping[Figure, Mapping[str, float]],
    rows: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    stated: Collection[tuple[str, ...]],
) -> Iterator[tuple[int, tuple[float, float]]]:
    """The rows that are out with another number, and of which no revision says so."""
    own = rows[rows["source"].eq(SUBMISSIONS) & rows["is_current"]]
    for index, row in own.iterrows() if out else ():
        then = out.get(tuple(str(row[name]) for name in FIGURE_KEY))
        if then is None or tuple(str(row[name]) for name in STATED) in stated:
            continue
        if indicators[str(row["indicator"])].measure == "rate":
            # its count is looked at itself, and a restated population is named by its release
            if then.get("denominator") != row["denominator"]:
                continue
            if then.get("numerator") != row["numerator"]:
                continue
        for name in _NUMBERS:
            if name in then and pd.notna(row[name]) and then[name] != row[name]:
                yield int(str(index)), (then[name], float(row[name]))
                break


def _rates_of(
    held: Mapping[int, str], rows: pd.DataFrame, indicators: Mapping[str, Indicator]
) -> list[int]:
    """The rates of counts that are held back: each would give its count."""
    counts = {
        (str(row["indicator"]), str(row["area_code"]), str(row["period_type"]), str(row["period"]))
        for _, row in rows.loc[list(held)].iterrows()
        if row["breakdown_topic"] == TOTAL and row["source"] == SUBMISSIONS
    }
    return [
        int(str(index))
        for index, row in rows[rows["source"].eq(SUBMISSIONS)].iterrows()
        if index not in held
        and (
            indicators[str(row["indicator"])].of,
            str(row["area_code"]),
            str(row["period_type"]),
            str(row["period"]),
        )
        in counts
    ]


def _where(revisions: pd.DataFrame) -> list[tuple[str, ...]]:
    if revisions.empty:
        return []
    return list(revisions[list(STATED)].astype("str").itertuples(index=False, name=None))
