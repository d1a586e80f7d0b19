"""What partners write for a code besides the code itself."""

from __future__ import annotations

import csv
from importlib import resources

import pandas as pd
import pytest

from lscb_analysis.catalogue.toml_file import CatalogueError
from lscb_analysis.sources.codes import code_table
from lscb_analysis.sources.columns import normalise
from lscb_analysis.sources.parsing import is_blank, parse_codes
from lscb_analysis.sources.synonyms import meanings, read_synonyms, synonyms

HEADER = "field,canonical,variant"


def rows() -> list[dict[str, str]]:
    text = resources.files("lscb_analysis.catalogue").joinpath("synonyms.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize(
    ("table", "value", "label"),
    [
        ("sex", "Gender unspecified", "Not known"),
        ("ethnicity", "WENG - White English", "White"),
        ("ethnicity", "Dual Heritage", "Mixed"),
        ("referral_source", "Family member / relative / carer", "Individual"),
        ("referral_source", "Health visitor", "Health services"),
        ("referral_source", "LA housing or Housing Association", "Housing"),
        ("category_of_need", "Domestic violence", "Abuse or neglect"),
        ("category_of_abuse", "Neglect; Emotional abuse", "Multiple"),
        ("closure_reason", "Step down to Early Help", "Services ended for any other reason"),
        ("closure_reason", "Case closed after assessment NFA", "Closed after assessment"),
        ("case_status", "CPP", "Child protection plan"),
        ("legal_status", "Single period of accommodation under section 20", "Section 20"),
        ("legal_status", "INTERIM CARE ORDER S38", "Interim care order"),
        ("permanence_plan", "Long Term Fostering - Connected Person", "Long-term fostering"),
        ("ceased_reason", "Returned home (planned)", "Returned home"),
        ("ceased_reason", "Moved abroad", "Moved abroad"),
        ("placement_provider", "Own provision (by the LA)", "Own provision"),
        ("eligibility", "former relevant 18-20", "Former relevant"),
        ("in_touch", "In touch", "Yes"),
        ("in_touch", "Not in touch", "No"),
        ("legal_status", "Full care orders", "Full care order"),
        ("closure_reason", "Transfer to another LA", "Transferred to another authority"),
        ("placement_type", "NHS/Health Trust", "Other residential setting"),
        ("in_touch", "Young person refuses contact", "No"),
        ("suitability", "Accommodation is considered unsuitable", "No"),
        ("accommodation_type", "Homeless", "No fixed abode"),
        ("activity", "Pregnancy or parenting", "No"),
        ("adoption_reversal", "No adopters found", "No adopters found"),
        ("leaving_adoption_process", "On hold", "Process on hold"),
        ("disability", "Autism", "Yes"),
        ("child_seen", "Seen alone", "Yes"),
    ],
)
def test_a_wording_of_real_returns_means_one_thing(table: str, value: str, label: str) -> None:
    assert [code_table(table)[code] for code in meanings(table, value)] == [label]


@pytest.mark.parametrize(
    ("table", "value", "codes"),
    [
        ("referral_source", "Friend/Neighbour", ("Individual", "Other")),
        ("referral_source", "Probation Service", ("Police", "Other legal agency")),
        ("ethnicity", "White - Not yet obtained", ("White", "Not stated")),
        ("seen_alone", "Child seen", ("Yes", "No")),
        ("return_interview_accepted", "Offered and Declined (by YP)", ("Yes", "No")),
        (
            "permanence_plan",
            "Independent Living",
            ("Supported living in the community", "Other"),
        ),
    ],
)
def test_a_wording_that_returns_use_for_two_things_has_all_its_codes(
    table: str, value: str, codes: tuple[str, ...]
) -> None:
    assert meanings(table, value) == codes


def test_a_wording_nobody_has_listed_means_nothing() -> None:
    assert meanings("sex", "a lighthouse") == ()
    assert meanings("case_status", None) == ()


def test_a_short_code_of_one_authoritys_system_is_no_synonym() -> None:
    assert meanings("ethnicity", "B") == ()
    assert meanings("referral_source", "CON") == ()


def test_the_same_wording_means_what_its_column_makes_of_it() -> None:
    assert meanings("legal_status", "Residence order") == ()
    assert meanings("placement_type", "Secure unit") == ("K1",)
    assert meanings("category_of_need", "Neglect") == ("N1",)


def test_a_code_table_without_synonyms_has_none() -> None:
    assert dict(synonyms("new_episode")) == {}


def test_a_code_table_that_is_not_there_is_an_error() -> None:
    with pytest.raises(CatalogueError, match="did you mean ethnicity"):
        synonyms("ethnicty")


def test_every_canonical_value_is_a_code_of_its_table() -> None:
    unknown = [
        row
        for row in rows()
        if not set(row["canonical"].split("|")) <= set(code_table(row["field"]))
    ]
    assert unknown == []


def test_each_wording_stands_once_in_its_field() -> None:
    found = pd.DataFrame(rows())
    assert len(found) > 3000
    assert not found.duplicated(["field", "variant"]).any()


def test_each_wording_is_normalised_and_not_blank() -> None:
    assert [row for row in rows() if normalise(row["variant"]) != row["variant"]] == []
    assert [row for row in rows() if is_blank(row["variant"])] == []


def test_no_wording_is_one_that_the_code_table_meets_by_itself() -> None:
    codes = {field: {normalise(code) for code in code_table(field)} for field in fields()}
    assert [row for row in rows() if row["variant"] in codes[row["field"]]] == []


def test_the_codes_of_an_ambiguous_wording_stand_for_different_things() -> None:
    several = [row for row in rows() if "|" in row["canonical"]]
    assert several
    for row in several:
        codes = row["canonical"].split("|")
        assert len({code_table(row["field"])[code] for code in codes}) == len(codes), row


def test_an_ambiguous_wording_is_a_finding_and_an_unambiguous_one_is_read() -> None:
    cells = pd.Series(["Midwife", "LADO"], index=[2, 3])
    labels, findings = parse_codes(
        cells,
        code_table("referral_source"),
        synonyms=synonyms("referral_source"),
        source="annex_a",
        file="list_1.csv",
        column="Contact Source",
    )
    assert labels.tolist() == ["Health services", "Not known"]
    assert findings["row"].tolist() == ["3"]
    assert findings["found"].tolist() == ["a value that may mean more than one code"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("sex,Man,chap", "no code"),
        ("sex,Male|Femal,chap", "no code"),
        ("sex,Male,A Chap", "without case"),
        ("sex,Male,", "without case"),
        ("gendr,Male,chap", "no code table"),
    ],
)
def test_a_row_that_cannot_be_right_is_an_error(line: str, message: str) -> None:
    with pytest.raises(CatalogueError, match=message):
        read_synonyms([HEADER, line])


def test_a_wording_given_twice_is_an_error() -> None:
    with pytest.raises(CatalogueError, match="twice"):
        read_synonyms([HEADER, "sex,Male,chap", "sex,Female,chap"])


def fields() -> set[str]:
    return {row["field"] for row in rows()}
