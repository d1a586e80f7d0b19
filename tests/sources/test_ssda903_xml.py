"""SSDA903 as XML: the same tables as from CSV, and files that are refused."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lscb_analysis.sources import ssda903
from lscb_analysis.sources.raw_tables import RawTable
from lscb_analysis.sources.ssda903_xml import read_xml
from tests.sources.extracts import CONTEXT, shown, told

CHILD = """
<CHILD>
  <HEADER>
    <CHILDID>1</CHILDID><UPN>UN1</UPN><SEX>2</SEX><DOB>01/02/2008</DOB><ETHNIC>WBRI</ETHNIC>
    <UASC>1</UASC><DUC>01/02/2026</DUC>
    <DATE_INT>01/05/2016</DATE_INT><DATE_MATCH>01/06/2016</DATE_MATCH>
    <FOSTER_CARE>1</FOSTER_CARE><NB_ADOPTR>2</NB_ADOPTR><SEX_ADOPTR>MF</SEX_ADOPTR>
    <LS_ADOPTR>L11</LS_ADOPTR><IN_TOUCH/><ACTIV/><ACCOM></ACCOM>
    <AMISSING><MISSING>M</MISSING><MIS_START>03/05/2016</MIS_START><MIS_END/></AMISSING>
    <AREVIEW><REVIEW>28/05/2016</REVIEW><REVIEW_CODE>PN3</REVIEW_CODE></AREVIEW>
    <AREVIEW><REVIEW>28/07/2016</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
    <PERMANENCE><PREV_PERM>Z1</PREV_PERM></PERMANENCE>
    <OC2><SDQ_SCORE>12</SDQ_SCORE><IMMUNISATIONS>1</IMMUNISATIONS></OC2>
    <AD_PLACED><DATE_PLACED>01/05/2016</DATE_PLACED></AD_PLACED>
  </HEADER>
  <EPISODE>
    <DECOM>01/05/2016</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U6</PL>
    <PLACE_PROVIDER>PR1</PLACE_PROVIDER><DEC>01/06/2016</DEC><REC>X1</REC>
  </EPISODE>
  <EPISODE>
    <DECOM>01/06/2016</DECOM><RNE>P</RNE><LS>C2</LS><CIN>N1</CIN><PL>Q9</PL>
    <PLACE_PROVIDER>PR1</PLACE_PROVIDER><DEC></DEC><REC/>
  </EPISODE>
</CHILD>
"""
LEAVER = """
<CHILD><HEADER>
  <CHILDID>2</CHILDID><UPN/><SEX>1</SEX><DOB>01/03/1998</DOB><ETHNIC>REFU</ETHNIC><UASC>0</UASC>
  <IN_TOUCH>YES</IN_TOUCH><ACTIV>F2</ACTIV><ACCOM>U1</ACCOM>
</HEADER></CHILD>
"""
RETURN = f"<EXPSSDA903>{CHILD}{LEAVER}</EXPSSDA903>"


def tables_of(folder: Path, content: str | bytes) -> tuple[list[RawTable], pd.DataFrame]:
    path = folder / "return.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_xml(path, CONTEXT)


def read(folder: Path, content: str) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    tables, found = tables_of(folder, content)
    assert found.empty
    return ssda903.read(tables, CONTEXT)


def test_a_return_in_xml_gives_the_records_of_the_csv_files(tmp_path: Path):
    records, _ = read(tmp_path, RETURN)
    assert shown(
        records["ssda903_episodes"], "started_date", "ceased_date", "placement_type", "sex"
    ) == [
        ("2016-05-01", "2016-06-01", "Foster placement", "Female"),
        ("2016-06-01", None, "Not known", "Female"),
    ]
    assert records["ssda903_episodes"]["is_asylum_seeking"].tolist() == [True, True]
    assert shown(records["lac_reviews"], "review_date") == [("2016-05-28",), ("2016-07-28",)]
    assert shown(records["missing_episodes"], "missing_start_date", "is_missing") == [
        ("2016-05-03", True)
    ]
    assert shown(records["care_leavers_at_date"], "age_band", "is_in_touch") == [("19 to 21", True)]
    assert shown(records["health_at_date"], "sdq_score", "is_immunised") == [(12, True)]
    assert shown(records["adoptions"], "matched_date", "adopters") == [("2016-06-01", "Two")]
    assert shown(records["adoption_decisions"], "decided_date") == [("2016-05-01",)]
    assert shown(records["previous_permanence"], "previous_permanence") == [("None",)]


def test_an_element_that_a_return_does_not_have_is_told_by_its_name_alone(tmp_path: Path):
    text = RETURN.replace("<DECOM>", "<CARERNAME>Ann Other</CARERNAME><OC2/><DECOM>", 1)
    tables, findings = tables_of(tmp_path, text)
    assert shown(findings, "column", "severity") == [("CARERNAME", "note")]
    assert not any("CARERNAME" in table.rows for table in tables)


def test_a_child_that_is_not_asylum_seeking_is_not_among_them(tmp_path: Path):
    tables, _ = tables_of(tmp_path, RETURN)
    seekers = next(table for table in tables if "DUC" in table.rows)
    assert seekers.rows["CHILD"].tolist() == ["1"]


def test_a_finding_gives_the_path_of_the_element(tmp_path: Path):
    _, findings = read(tmp_path, RETURN)
    unknown = findings[findings["found"].eq("the code Q9")].iloc[0]
    assert (unknown["row"], unknown["column"]) == ("CHILD[1]/EPISODE[2]", "PLACE")
    assert unknown["file"] == "2016-17-Q4/return.xml"
    assert unknown["child"].startswith("LSCBID")
    assert unknown["letter"] == ""


def test_the_path_of_what_stands_in_the_header_names_the_header(tmp_path: Path):
    tables, _ = tables_of(tmp_path, RETURN.replace("28/07/2016", "31/07/2017"))
    _, findings = ssda903.read(tables, CONTEXT)
    late = findings[findings["found"].eq("a date out of range")]
    assert late["row"].tolist() == ["CHILD[1]/HEADER[1]/AREVIEW[2]"]


def test_tables_of_later_years_are_there_only_where_they_are_sent(tmp_path: Path):
    liberty = "<DOLO><DOLO_START>01/05/2016</DOLO_START></DOLO>"
    without, _ = read(tmp_path, RETURN)
    with_it, _ = read(tmp_path, RETURN.replace("</HEADER>", liberty + "</HEADER>", 1))
    assert "deprivations_of_liberty" not in without
    assert len(with_it["deprivations_of_liberty"]) == 1


def test_a_namespace_is_no_hindrance(tmp_path: Path):
    named = RETURN.replace("<EXPSSDA903>", '<EXPSSDA903 xmlns="http://example.org/903">')
    assert len(read(tmp_path, named)[0]["ssda903_episodes"]) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_return_is_read_in_every_encoding_of_xml(tmp_path: Path, encoding: str):
    name = encoding.removesuffix("-sig")
    content = f'<?xml version="1.0" encoding="{name}"?>{RETURN}'.encode(encoding)
    tables, found = tables_of(tmp_path, content)
    assert found.empty
    assert {"DECOM", "REVIEW"} <= {column for table in tables for column in table.rows}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<!DOCTYPE EXPSSDA903><EXPSSDA903/>", "a DOCTYPE or entity, which a return never has"),
        (
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><EXPSSDA903>&b;</EXPSSDA903>',
            "a DOCTYPE or entity, which a return never has",
        ),
        (RETURN[: len(RETURN) // 2], "XML that is cut short or broken"),
        ("<EXPSSDA903>&nothing;</EXPSSDA903>", "XML that is cut short or broken"),
        ('<?xml version="1.0" encoding="none-such"?><a/>', "XML that is cut short or broken"),
        ("CHILD,DOB\n1,2\n", "XML that is cut short or broken"),
        ("<Message/>", "XML that is not an SSDA903 return"),
        ("", "an empty file"),
        ("<EXPSSDA903></EXPSSDA903>", "a return without a child"),
    ],
)
def test_what_is_no_return_is_a_finding(tmp_path: Path, content: str, found: str):
    tables, findings = tables_of(tmp_path, content)
    assert told(findings) == [("", found)]
    assert not any(len(table.rows) for table in tables)


def test_a_folder_under_the_name_of_a_return_is_a_finding(tmp_path: Path):
    (tmp_path / "return.xml").mkdir()
    tables, findings = read_xml(tmp_path / "return.xml", CONTEXT)
    assert tables == []
    assert findings["severity"].tolist() == ["failed"]
