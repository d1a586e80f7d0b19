"""CIN census: XML read child by child."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lscb_analysis.sources import cin_census
from tests.sources.extracts import CONTEXT, shown, told

DETAILS = """
<CINdetails>
  <CINreferralDate>2016-10-06</CINreferralDate>
  <ReferralSource>1A</ReferralSource>
  <ReferralNFA>{nfa}</ReferralNFA>
  <Assessments>
    <AssessmentActualStartDate>2016-10-10</AssessmentActualStartDate>
    <AssessmentAuthorisationDate>2016-11-30</AssessmentAuthorisationDate>
    <FactorsIdentifiedAtAssessment>
      <AssessmentFactors>3B</AssessmentFactors><AssessmentFactors>2A</AssessmentFactors>
    </FactorsIdentifiedAtAssessment>
  </Assessments>
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
) -> Path:
    path = folder / "census.xml"
    path.write_text(
        f"""<?xml version="1.0"?>{doctype}
<Message{namespace}><Header><CollectionDetails><Collection>CIN</Collection><Year>2017</Year>
<ReferenceDate>{reference}</ReferenceDate></CollectionDetails></Header><Children><Child>
<ChildIdentifiers><LAchildID>C1</LAchildID>{born}<GenderCurrent>2</GenderCurrent>
</ChildIdentifiers><ChildCharacteristics><Ethnicity>MWBC</Ethnicity></ChildCharacteristics>
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
    }
    assert shown(records["referrals"], "referral_date", "sex", "ethnicity") == [
        ("2016-10-06", "Female", "Mixed")
    ]
    assert shown(records["cp_plans"], "plan_start_date", "latest_category", "previous_plans") == [
        ("2016-11-17", "Multiple", 1)
    ]
    assert shown(records["cp_reviews"], "review_date") == [("2017-01-15",), ("2017-03-15",)]


def test_an_assessment_that_found_no_factor_is_not_one_with_factors(tmp_path: Path):
    factors = cin_census.read_xml(census(tmp_path), CONTEXT)[0]["assessment_factors"]
    assert shown(factors, "has_factor_3a", "has_factor_3b", "has_domestic_abuse") == [
        (False, True, True)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1", True), ("0", False), ("true", True), ("False", False), ("yes", True), ("", pd.NA)],
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
    assert told(findings) == [("1", "a date out of range")]
    assert findings["column"].tolist() == ["BirthDate"]


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


def test_the_census_of_another_year_is_refused(tmp_path: Path):
    assert "another year" in refused(census(tmp_path, reference="2016-03-31"))


def test_other_xml_is_refused(tmp_path: Path):
    path = tmp_path / "other.xml"
    path.write_text("<Other><Child/></Other>")
    assert "not a CIN census" in refused(path)
