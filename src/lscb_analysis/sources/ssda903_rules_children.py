"""Rules of SSDA903 about the child: the header, and what the tables say about the same child."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from lscb_analysis.sources.rules import Rule, Sent
from lscb_analysis.sources.ssda903_around import CHILD, birthday, born, is_in, of_child
from lscb_analysis.sources.ssda903_layouts import TABLES

_NO_HEADER = {
    "episodes": "INT03",
    "reviews": "INT08",
    "uasc": "INT09",
    "oc2": "INT05",
    "oc3": "INT06",
    "ad1": "INT01",
    "placed_for_adoption": "INT02",
    "previous_permanence": "INT07",
    "missing": "INT04",
}
_OTHER_BIRTH = {
    "reviews": "INT17",
    "uasc": "INT18",
    "oc2": "INT14",
    "oc3": "INT15",
    "ad1": "INT11",
    "placed_for_adoption": "INT12",
    "previous_permanence": "INT16",
    "missing": "INT13",
}
_DFE, _VALIDATOR = "DfE SSDA903 validation rule", "csc-validator-be-903 check"


def _without_header(table: str) -> Callable[[Sent], pd.Series]:
    return lambda sent: sent[table]["child_id"].notna() & ~is_in(sent, table, "header")


def _other_birth(table: str) -> Callable[[Sent], pd.Series]:
    def fails(sent: Sent) -> pd.Series:
        of_header, own = born(sent, table), sent[table]["birth_date"]
        return of_header.notna() & own.notna() & of_header.ne(own)

    return fails


def _no_episode(sent: Sent) -> pd.Series:
    """Header children without an episode; a care leaver needs none."""
    is_leaver = is_in(sent, "header", "oc3") if "oc3" in sent.tables else False
    return ~is_in(sent, "header", "episodes") & ~is_leaver


def _over_25(sent: Sent) -> pd.Series:
    return birthday(sent["header"]["birth_date"], 25).lt(sent.first_day)


def _other_sex(sent: Sent) -> pd.Series:
    seekers = sent["uasc"]
    of_header = of_child(seekers, sent["header"].drop_duplicates(CHILD).set_index(CHILD)["sex"])
    both = of_header.notna() & of_header.ne("") & seekers["sex"].ne("")
    return both & of_header.ne(seekers["sex"])


RULES: tuple[Rule, ...] = (
    *(
        Rule(
            f"ssda903.no_header_{table}",
            f"{_VALIDATOR} {number}",
            table,
            "child_id",
            (f"{table}.child_id", "header.child_id"),
            _without_header(table),
            "a child whom the header does not have",
            "every child in the header",
            f"add the child to the header, or take the row out of {TABLES[table].title}",
        )
        for table, number in _NO_HEADER.items()
    ),
    *(
        Rule(
            f"ssda903.birth_date_{table}",
            f"{_VALIDATOR} {number}",
            table,
            "birth_date",
            (f"{table}.birth_date", "header.birth_date"),
            _other_birth(table),
            "another date of birth than the header's",
            "one date of birth for a child",
            "agree the date; until then the header's is used",
        )
        for table, number in _OTHER_BIRTH.items()
    ),
    Rule(
        "ssda903.sex_uasc",
        f"{_VALIDATOR} INT21",
        "uasc",
        "sex",
        ("uasc.sex", "header.sex"),
        _other_sex,
        "another sex than the header's",
        "one code of sex for a child",
        "agree the code; until then the header's is used",
    ),
    Rule(
        "ssda903.header_without_episode",
        f"{_VALIDATOR} EPI",
        "header",
        "child_id",
        ("header.child_id", "episodes.child_id"),
        _no_episode,
        "a child of the header without an episode, who is no care leaver either",
        "an episode for every child looked after in the year",
        "send the child's episodes, or take the child out of the header",
    ),
    Rule(
        "ssda903.sex_blank",
        f"{_DFE} 101",
        "header",
        "sex",
        ("header.sex",),
        lambda sent: sent["header"]["sex"].eq(""),
        "no code of sex that we know",
        "M, F or U (to 2023/24: 1 or 2)",
        "send the code; until then sex is not known",
    ),
    Rule(
        "ssda903.ethnicity_blank",
        f"{_DFE} 103",
        "header",
        "ethnicity",
        ("header.ethnicity",),
        lambda sent: sent["header"]["ethnicity"].eq(""),
        "no code of ethnicity that we know",
        "one of the twenty codes, REFU and NOBT included",
        "send the code; until then ethnicity is not known",
    ),
    Rule(
        "ssda903.birth_date_blank",
        f"{_DFE} 102",
        "header",
        "birth_date",
        ("header.birth_date",),
        lambda sent: sent["header"]["birth_date"].isna(),
        "no date of birth that can be read",
        "a date of birth for every child",
        "send it; until then the child's age is not known",
    ),
    Rule(
        "ssda903.born_after_the_year",
        f"{_DFE} 301",
        "header",
        "birth_date",
        ("header.birth_date",),
        lambda sent: sent["header"]["birth_date"].gt(sent.last_day),
        "a date of birth after the last day of the return",
        "children born by then",
        "correct the date of birth",
    ),
    Rule(
        "ssda903.over_25",
        f"{_DFE} 351",
        "header",
        "birth_date",
        ("header.birth_date",),
        _over_25,
        "a person older than 25 when the year began",
        "children, and care leavers to 25",
        "correct the date of birth, or take the person out of the return",
    ),
)
