"""The records of a CIN census: one row an event or spell, each with its child's columns."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lscb_analysis.sources.cin_census_layouts import ASSESSMENT, KINDS, NAME
from lscb_analysis.sources.codes import code_table
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.parsed import Parsed, stamped
from lscb_analysis.sources.parsing import NOT_KNOWN

_PERSON = ("birth_date", "sex", "ethnicity")
_NO_FACTOR = "21"
_DOMESTIC_ABUSE = ("3A", "3B", "3C")
# The columns of each records table, from which table, and the spell that must not end early.
_RECORDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "referrals": ("episodes", ("referral_date", "referral_source", "is_no_further_action")),
    "assessments": ("assessments", ("start_date", "authorised_date")),
    "section_47s": ("enquiries", ("s47_start_date", "conference_date")),
    "cp_plans": (
        "cp_plans",
        (
            *("plan_start_date", "plan_end_date", "initial_category", "latest_category"),
            "previous_plans",
        ),
    ),
    "cp_reviews": ("reviews", ("plan_start_date", "review_date")),
    "cin_episodes": (
        "episodes",
        (
            *("referral_date", "closed_date", "closure_reason", "primary_need"),
            *("is_no_further_action", "death_date"),
        ),
    ),
    "cin_plans": ("cin_plans", ("plan_start_date", "plan_end_date")),
    "pre_proceedings": (
        "pre_proceedings",
        (
            *("started_date", "first_letter_date", "letter_sent_date", "is_meeting_offered"),
            *("is_meeting_held", "first_meeting_date", "review_meetings", "decision_date"),
            "court_date",
        ),
    ),
    "disabilities": ("disabilities", ("disability",)),
}
_SPELLS = {
    "assessments": ("start_date", "authorised_date"),
    "cp_plans": ("plan_start_date", "plan_end_date"),
    "cin_plans": ("plan_start_date", "plan_end_date"),
    "cin_episodes": ("referral_date", "closed_date"),
}


def records_of(sent: Mapping[str, Parsed], context: Context) -> dict[str, pd.DataFrame]:
    """The records tables, with labels in place of codes.

    `referrals`, `assessments`, `assessment_factors` (authorised, with any factor),
    `section_47s`, `cp_plans`, `cp_reviews`; `cin_episodes` (a referral and how it
    closed), `cin_plans`, `census_conferences`, `pre_proceedings`, `disabilities` and
    `assessment_factor_codes` (one row a factor). A spell that ends before it starts ends
    on the day it starts.
    """
    people = _labelled(sent["children"].rows)
    records = {}
    for name, (table, columns) in _RECORDS.items():
        rows = _labelled(sent[table].rows)
        records[name] = _with_person(_ended_in_order(name, rows), people, columns)
    records["disabilities"] = _known_disabilities(records["disabilities"])
    conferences = _conferences(sent)
    records["census_conferences"] = _with_person(
        conferences, people, ("conference_date", "s47_start_date")
    )
    codes = _factor_codes(sent)
    columns = ("start_date", "authorised_date", "factor")
    every = _with_person(codes, people, columns)
    records["assessment_factors"] = _factors(every)
    is_known = ~every["factor"].isin(["", "?"])
    records["assessment_factor_codes"] = every[is_known].drop_duplicates(
        ["child_id", "start_date", "factor"]
    )
    return {name: stamped(rows, NAME, context) for name, rows in records.items()}


def _labelled(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with what each code stands for, `Not known` where it is none; not so factors."""
    labelled = rows.copy(deep=False)
    for column, kind in KINDS.items():
        if column in rows and kind.startswith("code:") and column != "factor":
            labelled[column] = _labels(rows[column], kind.partition(":")[2])
    return labelled


def _labels(codes: pd.Series, table: str) -> pd.Series:
    return codes.map(dict(code_table(table))).astype("str").fillna(NOT_KNOWN)


def _ended_in_order(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    if name not in _SPELLS:
        return rows
    start, end = _SPELLS[name]
    return rows.assign(**{end: rows[end].mask(rows[end].lt(rows[start]), rows[start])})


def _with_person(
    rows: pd.DataFrame, people: pd.DataFrame, columns: tuple[str, ...]
) -> pd.DataFrame:
    """The child's columns and those named, of each row."""
    at = rows["person"].to_numpy()
    of_child = {
        name: people[name].reindex(at).set_axis(rows.index)
        for name in (*_PERSON, "death_date")
        if name in (*_PERSON, *columns)
    }
    every = ("child_id", *_PERSON, *columns)
    return pd.DataFrame(
        {name: of_child[name] if name in of_child else rows[name] for name in every}
    )


def _known_disabilities(rows: pd.DataFrame) -> pd.DataFrame:
    known = rows[rows["disability"].ne(NOT_KNOWN)]
    return known.drop_duplicates(["child_id", "disability"])


def _conferences(sent: Mapping[str, Parsed]) -> pd.DataFrame:
    """Initial conferences of enquiries and of episodes, each child's of one day once."""
    columns = ["child_id", "person", "conference_date"]
    enquiries = sent["enquiries"].rows[[*columns, "s47_start_date"]]
    none = pd.Series(pd.NaT, index=sent["episodes"].rows.index, dtype="datetime64[ns]")
    episodes = sent["episodes"].rows[columns].assign(s47_start_date=none)
    every = pd.concat([enquiries, episodes], ignore_index=True)
    held = every[every["conference_date"].notna()]
    return held.drop_duplicates(["child_id", "conference_date"]).reset_index(drop=True)


def _factor_codes(sent: Mapping[str, Parsed]) -> pd.DataFrame:
    """A row a factor, with the dates of its assessment."""
    assessments = _ended_in_order("assessments", sent["assessments"].rows)
    rows = sent["factors"].rows
    rows = rows[rows[ASSESSMENT].isin(assessments.index)]
    dates = assessments[["start_date", "authorised_date"]]
    of_assessment = dates.reindex(rows[ASSESSMENT].to_numpy()).set_axis(rows.index)
    return pd.concat([rows, of_assessment], axis=1)


def _factors(codes: pd.DataFrame) -> pd.DataFrame:
    """The authorised assessments with any factor, and which kinds of domestic abuse.

    `21` means that no factor was found: alone it is none.
    """
    key = ["child_id", "start_date"]
    chosen = codes[codes["authorised_date"].notna() & ~codes["factor"].isin(["", _NO_FACTOR])]
    rows = chosen.drop_duplicates(key).drop(columns="factor")
    for code in _DOMESTIC_ABUSE:
        having = chosen.loc[chosen["factor"].eq(code), key]
        has = pd.MultiIndex.from_frame(rows[key]).isin(pd.MultiIndex.from_frame(having))
        rows[f"has_factor_{code.lower()}"] = pd.array(has, dtype="boolean")
    flags = [f"has_factor_{code.lower()}" for code in _DOMESTIC_ABUSE]
    rows["has_domestic_abuse"] = rows[flags].any(axis=1).astype("boolean")
    return rows.drop(columns="start_date").drop_duplicates(["child_id", "authorised_date"])
