"""CIN census: the records and the findings of a whole file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from lscb_analysis.periods import Quarter
from lscb_analysis.sources import cin_census
from lscb_analysis.sources.records import CHILD, COLUMNS, KEYS, STAMP
from tests.sources.extracts import CONTEXT, shown, told
from tests.sources.rules_cin_census.drawing import drawn

DETAILS = """
<CINdetails>
  <CINreferralDate>2016-10-06</CINreferralDate>
  <ReferralSource>1A</ReferralSource>
  <PrimaryNeedCode>N1</PrimaryNeedCode>
  <ReferralNFA>{nfa}</ReferralNFA>
  <Assessments>
    <AssessmentActualStartDate>2016-10-10</AssessmentActualStartDate>
    <AssessmentAuthorisationDate>2016-11-30</AssessmentAuthorisationDate>
    <FactorsIdentifiedAtAssessment>
      <AssessmentFactors>3B</AssessmentFactors><AssessmentFactors>2A</AssessmentFactors>
    </FactorsIdentifiedAtAssessment>
  </Assessments>
  <CINPlanDates><CINPlanStartDate>2016-10-20</CINPlanStartDate>
    <CINPlanEndDate>2016-11-17</CINPlanEndDate></CINPlanDates>
  <Assessments>
    <AssessmentActualStartDate>2016-12-10</AssessmentActualStartDate>
    <AssessmentAuthorisationDate>2016-12-30</AssessmentAuthorisationDate>
    <FactorsIdentifiedAtAssessment><AssessmentFactors>21</AssessmentFactors>
    </FactorsIdentifiedAtAssessment>
  </Assessments>
  <Section47>
    <S47ActualStartDate>2016-11-01</S47ActualStartDate>
    <DateOfInitialCPC>2016-11-17</DateOfInitialCPC>
  </Section47>
  <ChildProtectionPlans>
    <CPPstartDate>2016-11-17</CPPstartDate>
    <InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse>
    <LatestCategoryOfAbuse>MUL</LatestCategoryOfAbuse>
    <NumberOfPreviousCPP>1</NumberOfPreviousCPP>
    <Reviews><CPPreviewDate>2017-01-15</CPPreviewDate></Reviews>
    <Reviews><CPPreviewDate>2017-03-15</CPPreviewDate></Reviews>
  </ChildProtectionPlans>
</CINdetails>
"""


def census(
    folder: Path,
    nfa: str = "0",
    doctype: str = "",
    born: str = "<PersonBirthDate>2010-03-27</PersonBirthDate>",
    reference: str = "2017-03-31",
    namespace: str = "",
    year: str = "2017",
    disabilities: str = "",
) -> Path:
    path = folder / "census.xml"
    path.write_text(
        f"""<?xml version="1.0"?>{doctype}
<Message{namespace}><Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>
<ReferenceDate>{reference}</ReferenceDate></CollectionDetails></Header><Children><Child>
<ChildIdentifiers><LAchildID>C1</LAchildID><UPN>H801200001001</UPN>{born}<GenderCurrent>2</GenderCurrent>
</ChildIdentifiers><ChildCharacteristics><Ethnicity>MWBC</Ethnicity>{disabilities}</ChildCharacteristics>
{DETAILS.format(nfa=nfa)}</Child></Children></Message>"""
    )
    return path


def test_the_tables_of_a_child_are_read(tmp_path: Path):
    records, findings = cin_census.read_xml(census(tmp_path), CONTEXT)
    assert findings.empty
    assert {name: len(rows) for name, rows in records.items()} == {
        "referrals": 1,
        "assessments": 2,
        "section_47s": 1,
        "cp_plans": 1,
        "cp_reviews": 2,
        "assessment_factors": 1,
        "cin_episodes": 1,
        "cin_plans": 1,
        "census_conferences": 1,
        "pre_proceedings": 0,
        "disabilities": 0,
        "assessment_factor_codes": 3,
    }
    assert shown(records["referrals"], "referral_date", "sex", "ethnicity") == [
        ("2016-10-06", "Female", "Mixed")
    ]
    assert shown(records["cp_plans"], "plan_start_date", "latest_category", "previous_plans") == [
        ("2016-11-17", "Multiple", 1)
    ]
    assert shown(records["cp_reviews"], "review_date") == [("2017-01-15",), ("2017-03-15",)]


def test_every_table_has_the_columns_and_keys_of_its_records(tmp_path: Path):
    records, _ = cin_census.read_xml(census(tmp_path), CONTEXT)
    derived = {"is_re_referral", "working_days", "is_within_45_working_days", "matured_date"}
    derived |= {"has_conference", *COLUMNS["cp_plans"][5:]}
    for name, rows in records.items():
        columns = {*CHILD, *COLUMNS.get(name, ()), *STAMP} - derived
        assert columns <= set(rows), name
        assert set(KEYS[name]) <= set(rows), name
        assert not rows.duplicated(list(KEYS[name])).any(), name
        assert set(rows["child_id"].str[:6]) <= {"LSCBID"}, name


def test_a_conference_of_the_episode_counts_once_beside_that_of_its_enquiry(tmp_path: Path):
    example = """
        episode conference_date=2016-09-05
        enquiry
        enquiry s47_start_date=2016-10-03 conference_date=2016-10-21
        episode referral_date=2017-01-10 conference_date=2017-02-01
    """
    records, _ = cin_census.read_xml(drawn(example, tmp_path), CONTEXT)
    assert shown(records["census_conferences"], "conference_date", "s47_start_date") == [
        ("2016-09-05", "2016-08-15"),
        ("2016-10-21", "2016-10-03"),
        ("2017-02-01", None),
    ]


def test_an_episode_says_how_it_closed_and_when_the_child_died(tmp_path: Path):
    example = """
        child death_date=2016-12-01
        episode closed_date=2016-12-02 closure_reason=RC2 primary_need=N4
    """
    records, _ = cin_census.read_xml(drawn(example, tmp_path), CONTEXT)
    columns = ("referral_date", "closed_date", "closure_reason", "primary_need", "death_date")
    assert shown(records["cin_episodes"], *columns) == [
        ("2016-05-10", "2016-12-02", "Died", "Family in acute stress", "2016-12-01")
    ]


def test_pre_proceedings_and_disabilities_are_read(tmp_path: Path):
    example = """
        child
        disability NONE
        disability AUT
        pre_proceedings is_meeting_offered=true is_meeting_held=0 review_meetings=2
    """
    records, _ = cin_census.read_xml(drawn(example, tmp_path), CONTEXT)
    columns = ("started_date", "is_meeting_offered", "is_meeting_held", "review_meetings")
    assert shown(records["pre_proceedings"], *columns) == [("2016-10-03", True, False, 2)]
    assert shown(records["disabilities"], "disability") == [("No disability",), ("Autism",)]


def test_every_factor_is_a_row_and_an_unknown_one_a_finding(tmp_path: Path):
    example = """
        assessment
        factor 3b
        factor 2A
        factor 99Z
    """
    records, findings = cin_census.read_xml(drawn(example, tmp_path), CONTEXT)
    codes = records["assessment_factor_codes"]
    assert shown(codes, "factor", "authorised_date") == [
        ("3B", "2016-06-20"),
        ("2A", "2016-06-20"),
    ]
    unknown = findings[findings["column"].eq("AssessmentFactors")]
    assert unknown["found"].tolist() == ["the code 99Z"]
    assert unknown["row"].tolist() == ["Child[1]/CINdetails[1]/Assessments[1]/AssessmentFactors[3]"]


def test_a_plan_that_ends_before_it_starts_ends_on_the_day_it_starts(tmp_path: Path):
    example = "cp_plan plan_start_date=2016-09-05 plan_end_date=2016-09-01"
    records, findings = cin_census.read_xml(drawn(example, tmp_path), CONTEXT)
    assert shown(records["cp_plans"], "plan_end_date") == [("2016-09-05",)]
    assert "cin_census.cp_plan_dates" in set(findings["rule"])


def test_the_same_plan_twice_counts_once_with_a_finding_at_the_second(tmp_path: Path):
    records, findings = cin_census.read_xml(drawn("cp_plan\ncp_plan", tmp_path), CONTEXT)
    assert len(records["cp_plans"]) == 1
    again = findings[findings["rule"].eq("cin_census.twice")]
    assert again["row"].tolist() == ["Child[1]/CINdetails[1]/ChildProtectionPlans[2]"]
    assert again["child"].tolist() == records["cp_plans"]["child_id"].tolist()


def test_an_assessment_that_found_no_factor_is_not_one_with_factors(tmp_path: Path):
    factors = cin_census.read_xml(census(tmp_path), CONTEXT)[0]["assessment_factors"]
    assert shown(factors, "has_factor_3a", "has_factor_3b", "has_domestic_abuse") == [
        (False, True, True)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, True) for text in ("1", "true", "True", "TRUE", "Yes", "yes", "Y")),
        *((text, False) for text in ("0", "false", "False", "FALSE", "No", "no", "N")),
        ("", pd.NA),
        ("perhaps", pd.NA),
    ],
)
def test_a_boolean_is_read_in_every_spelling(tmp_path: Path, text: str, expected: object):
    records, _ = cin_census.read_xml(census(tmp_path, nfa=text), CONTEXT)
    assert records["referrals"]["is_no_further_action"].tolist() == [expected]


def test_the_expected_date_of_birth_stands_in_for_an_unborn_child(tmp_path: Path):
    born = "<ExpectedPersonBirthDate>2017-05-01</ExpectedPersonBirthDate>"
    records, _ = cin_census.read_xml(census(tmp_path, born=born), CONTEXT)
    assert shown(records["cp_plans"], "birth_date") == [("2017-05-01",)]


def test_a_birth_in_1066_is_one_finding_that_does_not_repeat_it(tmp_path: Path):
    born = "<PersonBirthDate>1066-04-13</PersonBirthDate>"
    records, findings = cin_census.read_xml(census(tmp_path, born=born), CONTEXT)
    assert records["referrals"]["birth_date"].isna().all()
    assert told(findings)[0] == ("Child[1]", "a date out of range")
    assert findings["column"].iloc[0] == "PersonBirthDate"
    assert not findings.astype("str").apply(lambda texts: texts.str.contains("1066")).any(axis=None)


def test_a_namespace_makes_no_difference(tmp_path: Path):
    records, _ = cin_census.read_xml(census(tmp_path, namespace=' xmlns="urn:cin"'), CONTEXT)
    assert len(records["referrals"]) == 1


def refused(path: Path) -> str:
    records, findings = cin_census.read_xml(path, CONTEXT)
    assert records == {}
    assert findings["severity"].tolist() == ["failed"]
    return findings["found"].iloc[0]


def test_a_doctype_is_refused(tmp_path: Path):
    assert "DOCTYPE" in refused(census(tmp_path, doctype='<!DOCTYPE m [<!ENTITY a "b">]>'))


def test_a_file_that_is_cut_short_is_refused_whole(tmp_path: Path):
    path = census(tmp_path)
    path.write_text(path.read_text()[:-30])
    assert "cut short" in refused(path)


@pytest.mark.parametrize(
    ("reference", "year"), [("2016-03-31", "2016"), ("2016-03-31", "2017"), ("", "2016")]
)
def test_the_census_of_another_year_is_refused(tmp_path: Path, reference: str, year: str):
    assert "another year" in refused(census(tmp_path, reference=reference, year=year))


@pytest.mark.parametrize("year", ["2017", "", "this year"])
@pytest.mark.parametrize("reference", ["", "31 of March"])
def test_a_census_without_a_reference_date_is_read_with_a_finding(
    tmp_path: Path, reference: str, year: str
):
    path = census(tmp_path, reference=reference, year=year)
    records, findings = cin_census.read_xml(path, CONTEXT)
    assert len(records["referrals"]) == 1
    assert told(findings) == [("Header[1]", "no reference date")]


def test_a_reference_date_in_the_year_but_not_at_its_end_is_a_finding(tmp_path: Path):
    _, findings = cin_census.read_xml(census(tmp_path, reference="2016-07-21"), CONTEXT)
    assert told(findings) == [("Header[1]", "a reference date that is not 31 March")]


def test_a_reference_date_that_is_the_day_of_the_extract_leaves_the_year_to_say(tmp_path: Path):
    path = census(tmp_path, reference="2017-07-21", year="2017")
    records, findings = cin_census.read_xml(path, CONTEXT)
    assert len(records["referrals"]) == 1
    assert ("Header[1]", "a reference date that is not 31 March") in told(findings)


@pytest.mark.parametrize(
    ("year", "code", "found"),
    [
        (2016, "<GenderCurrent>2</GenderCurrent>", []),
        (2024, "<GenderCurrent>2</GenderCurrent>", [("Sex", "the code 2")]),
        (2016, "<Sex>F</Sex>", [("GenderCurrent", "the code F")]),
        (2024, "<Sex>F</Sex>", []),
    ],
)
def test_a_code_of_sex_that_is_not_in_use_that_year_is_a_finding_and_is_read(
    tmp_path: Path, year: int, code: str, found: list[tuple[str, str]]
):
    path = census(tmp_path, reference=f"{year + 1}-03-31", year=str(year + 1))
    path.write_text(path.read_text().replace("<GenderCurrent>2</GenderCurrent>", code))
    context = replace(CONTEXT, quarter=Quarter(year, 4))
    records, findings = cin_census.read_xml(path, context)
    assert set(records["referrals"]["sex"]) == {"Female"}
    of_sex = findings[findings["column"].isin(["Sex", "GenderCurrent"])]
    assert shown(of_sex, "column", "found") == found


def test_a_census_without_a_child_says_so(tmp_path: Path):
    path = drawn("header", tmp_path)
    records, findings = cin_census.read_xml(path, CONTEXT)
    assert all(rows.empty for rows in records.values())
    assert told(findings) == [("", "a census without a child")]


def test_another_collection_is_refused(tmp_path: Path):
    assert "not a CIN census" in refused(drawn("header collection=SC", tmp_path))


def test_other_xml_is_refused(tmp_path: Path):
    path = tmp_path / "other.xml"
    path.write_text("<Other><Child/></Other>")
    assert "not a CIN census" in refused(path)


def test_an_element_that_a_census_does_not_have_is_a_note_and_is_not_read(tmp_path: Path):
    path = census(tmp_path, disabilities="<SocialWorker>Jo Bloggs</SocialWorker>")
    _, findings = cin_census.read_xml(path, CONTEXT)
    assert findings[["severity", "column"]].values.tolist() == [["note", "SOCIALWORKER"]]
    assert not findings.astype("str").apply(lambda texts: texts.str.contains("Jo")).any(axis=None)


def test_no_raw_identifier_is_in_the_tables_that_rules_look_at(tmp_path: Path):
    sent, _ = cin_census.tables_sent(census(tmp_path), CONTEXT)
    for name, table in sent.items():
        held = [table.rows, table.places, *(each.rows for each in table.tables)]
        assert not any(each.isin(["C1", "H801200001001"]).any(axis=None) for each in held), name
