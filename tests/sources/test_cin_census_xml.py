"""The CIN census's XML: the shapes of every year, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from lscb_analysis.sources import cin_census
from lscb_analysis.sources.cin_census_xml import Rows, read_census
from lscb_analysis.sources.raw_tables import UnreadableFile
from tests.sources.extracts import CONTEXT, shown

WHOLE = """<Message><Children><Child>
<ChildIdentifiers><LAchildID>C1</LAchildID>{sex}</ChildIdentifiers>
<ChildCharacteristics><Disabilities><Disability>AUT</Disability><Disability>LD</Disability>
</Disabilities></ChildCharacteristics>
<CINdetails>{details}</CINdetails></Child></Children></Message>"""


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "census.xml"
    path.write_text(text, encoding)
    return path


def rows_of(folder: Path, text: str) -> dict[str, Rows]:
    return read_census(written(folder, text))[0]


def child(sex: str = "", details: str = "") -> str:
    return WHOLE.format(sex=sex, details=details)


@pytest.mark.parametrize("tag", ["Sex", "GenderCurrent", "Gender", "SEX", "gendercurrent"])
def test_sex_is_read_under_the_name_of_any_year(tmp_path: Path, tag: str):
    assert rows_of(tmp_path, child(f"<{tag}>1</{tag}>"))["children"].texts["Sex"] == ["1"]


def test_capitals_and_prefixes_of_elements_make_no_difference(tmp_path: Path):
    text = child("<Sex>F</Sex>", "<CINreferralDate>2016-05-10</CINreferralDate>")
    plain = rows_of(tmp_path, text)
    small = text.replace("Message", "message").replace("Child>", "CHILD>")
    assert rows_of(tmp_path, small) == plain
    prefixed = text.replace("</", "</c:").replace("<", "<c:").replace("<c:/c:", "</c:")
    named = prefixed.replace("<c:Message", '<c:Message xmlns:c="urn:cin"', 1)
    assert rows_of(tmp_path, named) == plain


def test_reviews_stand_in_one_element_or_in_one_each(tmp_path: Path):
    one = "<Reviews><CPPreviewDate>2016-10-01</CPPreviewDate>"
    two = "<CPPreviewDate>2016-12-01</CPPreviewDate></Reviews>"
    for between, paths in (("", ([1, 1], [1, 2])), ("</Reviews><Reviews>", ([1, 2], [1, 1]))):
        plan = f"<ChildProtectionPlans>{one}{between}{two}</ChildProtectionPlans>"
        reviews = rows_of(tmp_path, child(details=plan))["reviews"]
        assert reviews.texts == {"CPPreviewDate": ["2016-10-01", "2016-12-01"]}
        assert (list(reviews.paths["Reviews"]), list(reviews.paths["CPPreviewDate"])) == paths


@pytest.mark.parametrize(
    "factors",
    [
        "<FactorsIdentifiedAtAssessment><AssessmentFactors>2A</AssessmentFactors>"
        "<AssessmentFactors>3B</AssessmentFactors></FactorsIdentifiedAtAssessment>",
        "<AssessmentFactors>2A</AssessmentFactors><AssessmentFactors>3B</AssessmentFactors>",
        "<AssessmentFactors>2A, 3B</AssessmentFactors>",
    ],
)
def test_factors_are_read_nested_bare_or_listed(tmp_path: Path, factors: str):
    rows = rows_of(tmp_path, child(details=f"<Assessments>{factors}</Assessments>"))
    assert rows["factors"].texts == {"AssessmentFactors": ["2A", "3B"]}
    assert list(rows["factors"].belongs["assessments"]) == [0, 0]


def test_text_between_elements_is_passed_over(tmp_path: Path):
    rows = rows_of(tmp_path, child("PersonBirthDate<Sex>1</Sex>UPN"))
    assert rows["children"].texts["Sex"] == ["1"]


def test_of_an_element_that_is_there_twice_the_first_with_a_text_counts(tmp_path: Path):
    rows = rows_of(tmp_path, child("<Sex/><Sex> 2 </Sex><Sex>1</Sex>"))
    assert rows["children"].texts["Sex"] == ["2"]


def test_a_conference_belongs_to_the_element_it_stands_in(tmp_path: Path):
    rows = rows_of(
        tmp_path,
        child(
            details="<DateOfInitialCPC>2016-09-01</DateOfInitialCPC><Section47>"
            "<DateOfInitialCPC>2016-09-02</DateOfInitialCPC></Section47>"
        ),
    )
    assert rows["episodes"].texts["DateOfInitialCPC"] == ["2016-09-01"]
    assert rows["enquiries"].texts["DateOfInitialCPC"] == ["2016-09-02"]


@pytest.mark.parametrize("day", ["2016-05-10Z", "2016-05-10+01:00", " 2016-05-10 "])
def test_a_date_may_have_a_time_zone(tmp_path: Path, day: str):
    path = written(tmp_path, child(details=f"<CINreferralDate>{day}</CINreferralDate>"))
    records, _ = cin_census.read_xml(path, CONTEXT)
    assert shown(records["referrals"], "referral_date") == [("2016-05-10",)]


def test_a_module_outside_an_episode_is_read_and_breaks_no_rule_about_it(tmp_path: Path):
    plan = "<CINPlanDates><CINPlanStartDate>2016-05-10</CINPlanStartDate></CINPlanDates>"
    text = child().replace("<CINdetails></CINdetails>", plan)
    records, findings = cin_census.read_xml(written(tmp_path, text), CONTEXT)
    assert len(records["cin_plans"]) == 1
    assert "cin_census.cin_plan_before_referral" not in set(findings["rule"])


def test_numbers_of_pupils_and_names_are_dropped_without_a_word(tmp_path: Path):
    text = child("<FormerUPN>H801200001001</FormerUPN><Surname>Bloggs</Surname>")
    rows, strangers = read_census(written(tmp_path, text))
    assert strangers == {}
    assert "FormerUPN" not in rows["children"].texts


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_text_in_another_encoding_is_read(tmp_path: Path, encoding: str):
    rows, _ = read_census(written(tmp_path, child("<Sex>F</Sex>"), encoding))
    assert rows["children"].texts["Sex"] == ["F"]


def test_windows_text_that_says_so_is_read(tmp_path: Path):
    text = '<?xml version="1.0" encoding="windows-1252"?>' + child("<LAchildID>é</LAchildID>")
    rows, _ = read_census(written(tmp_path, text, "cp1252"))
    assert rows["children"].texts["LAchildID"] == ["C1"]


def test_a_text_of_any_length_is_cut(tmp_path: Path):
    rows = rows_of(tmp_path, child(f"<Sex>{'M' * 1_000_000}</Sex>"))
    assert len(str(rows["children"].texts["Sex"][0])) < 10_000


WHOLE_CHILD = child("<Sex>F</Sex>")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<!DOCTYPE Message SYSTEM "http://localhost/x.dtd">' + WHOLE_CHILD, "DOCTYPE"),
        ('<!DOCTYPE m [<!ENTITY a "b">]>' + WHOLE_CHILD, "DOCTYPE"),
        ('<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + WHOLE_CHILD, "DOCTYPE"),
        (child("<Sex>&a;</Sex>"), "cut short or broken"),
        (WHOLE_CHILD[:-5], "cut short or broken"),
        (WHOLE_CHILD[:100], "cut short or broken"),
        (WHOLE_CHILD.replace("F", "\0"), "cut short or broken"),
        (WHOLE_CHILD + "\0\0", "cut short or broken"),
        (WHOLE_CHILD * 2, "cut short or broken"),
        ('<?xml version="1.0" encoding="no-such"?>' + WHOLE_CHILD, "cut short or broken"),
        ("\0\0\0", "an empty file"),
        ("", "an empty file"),
        ("LAchildID,UPN\n", "cut short or broken"),
        ("<Other/>", "not a CIN census"),
        ("<Message>" + "<a>" * 100, "nested too deep"),
        ("<Message>" + "".join(f"<a{n}/>" for n in range(2000)), "not a CIN census"),
    ],
)
def test_a_file_that_is_not_a_whole_census_is_refused(tmp_path: Path, text: str, said: str):
    path = written(tmp_path, text)
    with pytest.raises(UnreadableFile, match=said):
        read_census(path)
    assert cin_census.read_xml(path, CONTEXT)[1]["severity"].tolist() == ["failed"]


def test_a_folder_or_no_file_at_all_is_refused(tmp_path: Path):
    for path in (tmp_path, tmp_path / "none.xml"):
        records, findings = cin_census.read_xml(path, CONTEXT)
        assert (records, findings["severity"].tolist()) == ({}, ["failed"])
