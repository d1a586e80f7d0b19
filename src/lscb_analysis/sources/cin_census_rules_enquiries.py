"""Rules of the CIN census about assessments, section 47 enquiries and their conferences."""

from __future__ import annotations

import pandas as pd

from lscb_analysis.sources.cin_census_around import (
    AFTER_ASSESSMENT,
    Fails,
    days_open,
    has,
    is_before,
    is_before_episode,
    is_before_year,
    is_second_open,
    is_weekend,
    of_episode,
    of_row,
    rule,
    starts_within,
)
from lscb_analysis.sources.cin_census_layouts import ASSESSMENT, EPISODE
from lscb_analysis.sources.derive import ASSESSMENT_DAYS, CONFERENCE_DAYS
from lscb_analysis.sources.rules import Rule, Sent

_NONE = "21"


def _is_open(sent: Sent) -> pd.Series:
    return sent["assessments"]["authorised_date"].isna()


def _started_early(sent: Sent) -> pd.Series:
    return _is_open(sent) & sent["assessments"]["start_date"].lt(sent.first_day)


def _open_too_long(sent: Sent) -> pd.Series:
    days = days_open(sent["assessments"]["start_date"], sent.last_day)
    return _is_open(sent) & days.gt(ASSESSMENT_DAYS)


def _open_in_closed(sent: Sent) -> pd.Series:
    return _is_open(sent) & of_episode(sent, "assessments", "closed_date").notna()


def _two_open(sent: Sent) -> pd.Series:
    return is_second_open(sent["assessments"], _is_open(sent), EPISODE)


def _starts_within(sent: Sent) -> pd.Series:
    rows = sent["assessments"]
    return starts_within(rows, "start_date", rows["authorised_date"], EPISODE)


def _factors(sent: Sent) -> pd.Series:
    """How many different known factors each assessment has."""
    known = sent["factors"][~sent["factors"]["factor"].isin(["", "?"])]
    counts = known.groupby(ASSESSMENT)["factor"].nunique()
    return counts.reindex(sent["assessments"].index, fill_value=0)


def _without_factors(sent: Sent) -> pd.Series:
    return sent["assessments"]["authorised_date"].ge(sent.first_day) & _factors(sent).eq(0)


def _early_factors(sent: Sent) -> pd.Series:
    return _is_open(sent) & _factors(sent).gt(0)


def _none_with_others(sent: Sent) -> pd.Series:
    rows = sent["factors"]
    return rows["factor"].eq(_NONE) & of_row(rows, ASSESSMENT, _factors(sent)).gt(1)


def _none_but_not_closed(sent: Sent) -> pd.Series:
    """The only assessment of an episode found nothing, and the episode went on."""
    rows = sent["assessments"]
    found_none = sent["factors"].loc[sent["factors"]["factor"].eq(_NONE), ASSESSMENT]
    is_sole = ~rows.duplicated(EPISODE, keep=False)
    closed_for = of_episode(sent, "assessments", "closure_reason")
    is_closed = closed_for.fillna("").ne("") & ~closed_for.isin(AFTER_ASSESSMENT)
    return is_sole & is_closed & pd.Series(rows.index.isin(found_none), index=rows.index)


def _factor_twice(sent: Sent) -> pd.Series:
    rows = sent["factors"]
    return rows["factor"].ne("?") & rows.duplicated([ASSESSMENT, "factor"])


def _waits(sent: Sent) -> pd.Series:
    """Enquiries without a conference that are not said to need none."""
    rows = sent["enquiries"]
    unneeded = rows["is_conference_unneeded"].fillna(False).astype(bool)
    return rows["conference_date"].isna() & ~unneeded


def _waits_early(sent: Sent) -> pd.Series:
    return _waits(sent) & sent["enquiries"]["s47_start_date"].lt(sent.first_day)


def _waits_too_long(sent: Sent) -> pd.Series:
    days = days_open(sent["enquiries"]["s47_start_date"], sent.last_day)
    return _waits(sent) & days.gt(CONFERENCE_DAYS)


def _waits_in_closed(sent: Sent) -> pd.Series:
    return _waits(sent) & of_episode(sent, "enquiries", "closed_date").notna()


def _two_wait(sent: Sent) -> pd.Series:
    return is_second_open(sent["enquiries"], _waits(sent), EPISODE)


def _enquiry_within(sent: Sent) -> pd.Series:
    """Enquiries that start while another runs; one that needs no conference ends at once."""
    rows = sent["enquiries"]
    ends = rows["conference_date"].where(rows["conference_date"].notna() | _waits(sent))
    ends = ends.mask(ends.isna() & ~_waits(sent), rows["s47_start_date"])
    return starts_within(rows, "s47_start_date", ends, EPISODE)


def _without_assessment(sent: Sent) -> pd.Series:
    assessed = sent["episodes"].index[has(sent, "assessments")]
    rows = sent["enquiries"]
    return rows[EPISODE].isin(sent["episodes"].index) & ~rows[EPISODE].isin(assessed)


def _weekend(column: str) -> Fails:
    return is_weekend("enquiries", column)


_START, _DONE = "assessments.start_date", "assessments.authorised_date"
_FACTOR, _CLOSED = "factors.factor", "episodes.closed_date"
_S47, _HELD = "enquiries.s47_start_date", "enquiries.conference_date"
_NEEDED = "enquiries.is_conference_unneeded"
_WRONG_DATE = "put the date that is wrong right"
RULES: tuple[Rule, ...] = (
    rule(
        *("1103", "assessment_before_referral", _START, "episodes.referral_date"),
        is_before_episode("assessments", "start_date"),
        "an assessment that starts before the referral",
        "a start on or after the referral",
        _WRONG_DATE,
    ),
    rule(
        *("8608", "assessment_dates", _DONE, _START),
        is_before("assessments", "authorised_date", "start_date"),
        "an assessment authorised before it starts",
        "an authorisation on or after the start",
        f"{_WRONG_DATE}; until then it ends on the day it starts",
    ),
    rule(
        *("8696", "assessment_year", _DONE, "", is_before_year("assessments", "authorised_date")),
        "an assessment authorised before the census year",
        "an authorisation in the census year",
        "take it out, or put the date right",
    ),
    rule(
        *("8736", "assessment_open_early", _START, _DONE, _started_early),
        "an assessment that started before the census year and is not authorised",
        "an authorisation in the census year, or a start in it",
        "add the authorisation, or take the assessment out",
    ),
    rule(
        *("8670Q", "assessment_open_long", _START, _DONE, _open_too_long),
        "an assessment open for more than 45 working days",
        "an authorisation within 45 working days",
        "add the authorisation if there was one; if not, ask why it is open",
    ),
    rule(
        *("8867", "assessment_open_in_closed", _DONE, _CLOSED, _open_in_closed),
        "an assessment that is not authorised, though the episode is closed",
        "an authorisation before the closure",
        "add it",
    ),
    rule(
        *("8896", "assessment_two_open", _DONE, _START, _two_open),
        "a second open assessment in one episode",
        "one open assessment",
        "add the authorisation of the one that is done",
    ),
    rule(
        *("8863Q", "assessment_within", _START, _DONE, _starts_within),
        "an assessment that starts while another of the episode runs",
        "one assessment after another",
        _WRONG_DATE,
    ),
    rule(
        *("8897Q", "factors_lacking", _DONE, _FACTOR, _without_factors),
        "an authorised assessment without a factor",
        "every factor that was found, or 21 for none",
        "add them",
    ),
    rule(
        *("8614", "factors_early", _DONE, _FACTOR, _early_factors),
        "factors of an assessment that is not authorised",
        "factors once the assessment is authorised",
        "add the authorisation, or take the factors out",
    ),
    rule(
        *("8869", "factor_none", _FACTOR, "", _none_with_others),
        "factor 21 (none) beside another",
        "21 alone, or the factors",
        "take out what is wrong",
    ),
    rule(
        *("8873Q", "factor_none_went_on", _DONE, f"{_FACTOR} episodes.closure_reason"),
        _none_but_not_closed,
        "no factor found in the only assessment, but closed for another reason than that",
        "closure RC8 or RC9, or the factors that were found",
        "put the reason or the factors right",
    ),
    rule(
        *("8898", "factor_twice", _FACTOR, "", _factor_twice),
        "a factor that is there twice",
        "each once",
        "take one out",
    ),
    rule(
        *("2889", "enquiry_before_referral", _S47, "episodes.referral_date"),
        is_before_episode("enquiries", "s47_start_date"),
        "a section 47 enquiry before the referral",
        "a start on or after the referral",
        _WRONG_DATE,
    ),
    rule(
        *("8615", "enquiry_after_conference", _HELD, _S47),
        is_before("enquiries", "conference_date", "s47_start_date"),
        "an initial conference before its enquiry",
        "a conference on or after the start of the enquiry",
        _WRONG_DATE,
    ),
    rule(
        *("8740", "enquiry_year", _S47, f"{_HELD} {_NEEDED}", _waits_early),
        "an enquiry of an earlier year without a conference that is still needed",
        "its conference, or that none was needed",
        "add it",
    ),
    rule(
        *("8675Q", "conference_late", _S47, f"{_HELD} {_NEEDED}", _waits_too_long),
        "an enquiry that has waited for its conference for more than 15 working days",
        "a conference within 15 working days",
        "add the conference, or that none was needed",
    ),
    rule(
        *("8868", "enquiry_in_closed", _HELD, f"{_NEEDED} {_CLOSED}", _waits_in_closed),
        "an enquiry that still needs a conference, though the episode is closed",
        "its conference, or that none was needed",
        "add it",
    ),
    rule(
        *("8839", "two_enquiries", _HELD, f"{_S47} {_NEEDED}", _two_wait),
        "a second enquiry in one episode that still needs a conference",
        "one enquiry at a time",
        "add the conference of the first, or that none was needed",
    ),
    rule(
        *("8890", "enquiry_within", _S47, f"{_HELD} {_NEEDED}", _enquiry_within),
        "an enquiry that starts while another of the episode runs",
        "one enquiry after another",
        _WRONG_DATE,
    ),
    rule(
        *("2991Q", "enquiry_without_assessment", _S47, "assessments.", _without_assessment),
        "an enquiry in an episode without an assessment",
        "the assessment",
        "add it",
    ),
    rule(
        *("8870Q", "target_weekend", "enquiries.target_date", "", _weekend("target_date")),
        "a conference due on a Saturday or Sunday",
        "a weekday, 15 working days after the start",
        "put the date right",
    ),
    rule(
        *("8715", "enquiry_conference_year", _HELD, ""),
        is_before_year("enquiries", "conference_date"),
        "an initial conference before the census year",
        "a conference in the census year",
        "take it out, or put the date right",
    ),
    rule(
        *("8875", "enquiry_conference_weekend", _HELD, "", _weekend("conference_date")),
        "an initial conference on a Saturday or Sunday",
        "a weekday",
        "put the date right",
    ),
    rule(
        *("1104", "enquiry_conference_before_referral", _HELD, "episodes.referral_date"),
        is_before_episode("enquiries", "conference_date"),
        "an initial conference before the referral",
        "a conference on or after the referral",
        _WRONG_DATE,
    ),
)
