"""Rules of the CIN census about the child: identifiers, birth and death, sex, disabilities."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.sources.cin_census_around import Fails, birthday, of_row, rule
from lscb_analysis.sources.cin_census_layouts import CHILD
from lscb_analysis.sources.cin_census_upn import CHECK_LETTER, DIGITS, LAST
from lscb_analysis.sources.rules import Rule, Sent

_SCHOOL_AGE = (5, 16)
_UNBORN_BEFORE_DAYS, _UNBORN_MONTHS = 30, 9
_LEAST_DISABILITY_CODES = 8
_MOST_WITHOUT_SEX = 0.02
_KNOWN_SEX = ("M", "Male", "1", "F", "Female", "2")


def _is(column: str, value: str | bool) -> Fails:
    return lambda sent: sent["children"][column].eq(value)


def _two_births(sent: Sent) -> pd.Series:
    people = sent["children"]
    return people["own_birth_date"].isna() == people["expected_birth_date"].isna()


def _expected_far_off(sent: Sent) -> pd.Series:
    expected = sent["children"]["expected_birth_date"]
    earliest = sent.last_day - pd.Timedelta(days=_UNBORN_BEFORE_DAYS)
    return expected.lt(earliest) | expected.gt(_months_on(sent.last_day, _UNBORN_MONTHS))


def _months_on(day: pd.Timestamp, months: int) -> pd.Timestamp:
    return day + pd.DateOffset(months=months)


def _unborn_with_sex(sent: Sent) -> pd.Series:
    people = sent["children"]
    return people["is_expected"] & people["sex"].isin(_KNOWN_SEX)


def _without_episode(sent: Sent) -> pd.Series:
    people = sent["children"]
    return ~people[CHILD].isin(sent["episodes"][CHILD])


def _without_number(sent: Sent) -> pd.Series:
    """Of school age on 31 August before the year's end, without a number or a reason for none."""
    people = sent["children"]
    youngest, oldest = (birthday(people["own_birth_date"], years) for years in _SCHOOL_AGE)
    august = pd.Timestamp(sent.last_day.year - 1, 8, 31)
    of_age = youngest.le(august) & oldest.gt(august)
    return of_age & ~people["has_upn"] & people["upn_unknown"].isin(["", "UN1"])


def _wrong_reason(sent: Sent) -> pd.Series:
    went_on = ~sent["episodes"]["is_no_further_action"].fillna(False).astype(bool)
    people = sent["children"]
    further = people[CHILD].isin(sent["episodes"].loc[went_on, CHILD])
    return people["upn_unknown"].eq("UN7") & further


def _none_with_others(sent: Sent) -> pd.Series:
    rows = sent["disabilities"]
    kinds = rows.groupby("person")["disability"].nunique()
    return rows["disability"].eq("No disability") & of_row(rows, "person", kinds).gt(1)


def _disability_twice(sent: Sent) -> pd.Series:
    rows = sent["disabilities"]
    return rows["disability"].ne("?") & rows.duplicated(["person", "disability"])


def _whole(sent: Sent, *, is_wrong: bool) -> pd.Series:
    return pd.Series(is_wrong, index=sent["header"].index, dtype=bool)


def _many_without_sex(sent: Sent) -> pd.Series:
    people = sent["children"]
    blank = ~people["sex"].isin(_KNOWN_SEX) & ~people["is_expected"]
    return _whole(sent, is_wrong=bool(blank.sum() > _MOST_WITHOUT_SEX * len(people)))


def _disabilities(sent: Sent) -> pd.DataFrame:
    rows = sent["disabilities"]
    return rows[~rows["disability"].isin(["No disability", "", "?"])]


def _few_disability_codes(sent: Sent) -> pd.Series:
    found = _disabilities(sent)
    used = found["disability"].nunique()
    return _whole(sent, is_wrong=bool(len(found)) and used < _LEAST_DISABILITY_CODES)


def _one_disability_each(sent: Sent) -> pd.Series:
    found = _disabilities(sent)
    return _whole(sent, is_wrong=bool(len(found)) and bool(found["person"].is_unique))


def _not_year_end(sent: Sent) -> pd.Series:
    dates = sent["header"]["reference_date"]
    return dates.notna() & ~(dates.dt.month.eq(3) & dates.dt.day.eq(31))


def _other_year(sent: Sent) -> pd.Series:
    header = sent["header"]
    return header["year"].notna() & header["year"].ne(sent.last_day.year)


RULES: tuple[Rule, ...] = (
    rule(
        *("100", "reference_date", "header.reference_date", "", _not_year_end),
        "a reference date that is not 31 March",
        "31 March, the end of the census year",
        "put the date right; the financial year it lies in is taken",
    ),
    rule(
        *("100", "year", "header.year", "", _other_year),
        "another year than that of the reference date",
        "the year in which the census year ends",
        "put the year or the date right; the reference date is taken",
    ),
    rule(
        "8500",
        "id_blank",
        "children.child_id",
        "",
        lambda sent: sent["children"]["child_id"].isna(),
        "a child without an LA child ID",
        "an LA child ID for every child",
        "add it; until then the child is left out",
    ),
    rule(
        *("1570", "id_long", "children.child_id", "", _is("is_id_long", True)),
        "an LA child ID of more than 20 characters",
        "at most 20 characters",
        "send the child's own ID",
    ),
    rule(
        *("1580", "id_characters", "children.child_id", "", _is("is_id_odd", True)),
        "an LA child ID with other characters than letters and digits",
        "letters and digits only",
        "send the child's own ID",
    ),
    rule(
        "8510",
        "child_twice",
        "children.child_id",
        "",
        lambda sent: (
            sent["children"]["child_id"].notna()
            & sent["children"].duplicated("child_id", keep="first")
        ),
        "an LA child ID that an earlier child has",
        "one Child element for each child",
        "put what is known of the child in one, or the ID right; until then they are one child",
    ),
    rule(
        *("1510", "upn_check_letter", "children.upn", "", _is("upn", CHECK_LETTER)),
        "a UPN whose first letter does not fit its digits",
        "the check letter that follows from the digits",
        "ask the school for the UPN",
    ),
    rule(
        *("1540", "upn_digits", "children.upn", "", _is("upn", DIGITS)),
        "a UPN without 13 characters, or without digits in places 5 to 12",
        "a letter, 11 digits and a digit or letter",
        "ask the school for the UPN",
    ),
    rule(
        *("1550", "upn_last_character", "children.upn", "", _is("upn", LAST)),
        "a UPN that ends in a character that it may not",
        "a digit, or a letter other than I, O and S",
        "ask the school for the UPN",
    ),
    rule(
        *("1520", "upn_shared", "children.upn", "", _is("is_upn_shared", True)),
        "a UPN that another child of the census has",
        "a UPN of the child's own",
        "find out whether they are one child, or ask the school for the UPN",
    ),
    rule(
        *("8770Q", "upn_lacking", "children.upn", "children.birth_date", _without_number),
        "a child of school age without a UPN or a valid reason for none",
        "a UPN, or UPNunknown other than UN1",
        "add the UPN or the reason",
    ),
    rule(
        "8772",
        "upn_reason",
        "children.upn_unknown",
        "episodes.is_no_further_action",
        _wrong_reason,
        "UN7 (no further action) for a child with a referral that went further",
        "another reason, or a UPN",
        "add the UPN or the right reason",
    ),
    rule(
        "8525Q",
        "births",
        "children.birth_date",
        "children.expected_birth_date",
        _two_births,
        "neither a date of birth nor an expected one that can be read, or both",
        "one of the two",
        "send the date of birth, or before birth the expected one",
    ),
    rule(
        *("8530Q", "expected_birth", "children.expected_birth_date", "", _expected_far_off),
        "an expected date of birth long before or after the end of the year",
        "30 days before the reference date to 9 months after it",
        "put the date right, or send the date of birth",
    ),
    rule(
        "8535Q",
        "death_before_birth",
        "children.death_date",
        "children.birth_date",
        lambda sent: sent["children"]["death_date"].lt(sent["children"]["own_birth_date"]),
        "a death before the birth",
        "a date of death on or after that of birth",
        "put the date right",
    ),
    rule(
        "8545Q",
        "death_year",
        "children.death_date",
        "",
        lambda sent: sent["children"]["death_date"].lt(sent.first_day),
        "a death before the census year",
        "a date of death in the census year",
        "put the date right, or close the episode in the year it ended in",
    ),
    rule(
        "4180",
        "sex_blank",
        "children.sex",
        "",
        lambda sent: sent["children"]["sex"].eq(""),
        "no sex",
        "a sex, or the code for not known",
        "add it",
    ),
    rule(
        *("8750", "unborn_sex", "children.sex", "children.expected_birth_date", _unborn_with_sex),
        "a sex for a child who is not born yet",
        "not known, until the birth",
        "put the sex right, or send the date of birth",
    ),
    rule(
        "4220",
        "ethnicity_blank",
        "children.ethnicity",
        "",
        lambda sent: sent["children"]["ethnicity"].eq(""),
        "no ethnicity",
        "an ethnicity, or the code for not obtained or refused",
        "add it",
    ),
    rule(
        *("8590", "no_episode", "children.child_id", "episodes.child_id", _without_episode),
        "a child without an episode",
        "at least one CINdetails for each child",
        "add the episode, or take the child out",
    ),
    rule(
        *("8790", "disability_none", "disabilities.disability", "", _none_with_others),
        "NONE beside a disability",
        "NONE alone, or the disabilities",
        "take out what is wrong",
    ),
    rule(
        *("8794", "disability_twice", "disabilities.disability", "", _disability_twice),
        "a disability that is there twice",
        "each once",
        "take one out",
    ),
    rule(
        *("2886Q", "sex_lacking", "header.reference_date", "children.sex", _many_without_sex),
        "no sex for more than 2% of children",
        "a sex for nearly every child",
        "find out why it is not recorded",
    ),
    rule(
        *("2887Q", "disability_codes", "header.reference_date", "disabilities.disability"),
        _few_disability_codes,
        "fewer than eight kinds of disability in the whole census",
        "most of the twelve kinds",
        "find out whether the kind is recorded, or one code stands for all",
    ),
    rule(
        *("2888Q", "disability_each", "header.reference_date", "disabilities.disability"),
        _one_disability_each,
        "no child with more than one disability",
        "children with several, where they have several",
        "find out whether the system sends only the first",
    ),
)
