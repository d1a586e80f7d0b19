"""CIN census: the yearly return of children in need, as XML read child by child."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

import pandas as pd
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from lscb_analysis.findings import as_findings, join_findings
from lscb_analysis.periods import Quarter, financial_year_label, financial_year_period
from lscb_analysis.sources.board_tables import Layout
from lscb_analysis.sources.children import end_not_before_start, read_rows, with_child_columns
from lscb_analysis.sources.context import Context
from lscb_analysis.sources.files import failed, read_content
from lscb_analysis.sources.raw_tables import RawTable, UnreadableFile

NAME = "cin_census"
_SEND_AGAIN = "ask for the file again, exported as the guide has it"
_CHILD = {
    "child_id": ("LAchildID",),
    "birth_date": ("BirthDate",),
    "sex": ("Sex",),
    "ethnicity": ("Ethnicity",),
}
_KINDS = {
    "child_id": "identifier",
    "birth_date": "birth_date",
    "sex": "codes:sex",
    "ethnicity": "codes:ethnicity",
    "referral_source": "codes:referral_source",
    "is_no_further_action": "answers:no_further_action",
    "initial_category": "codes:category_of_abuse",
    "latest_category": "codes:category_of_abuse",
    "previous_plans": "number",
}
_TABLES: Mapping[str, dict[str, str]] = {
    "referrals": {
        "referral_date": "CINreferralDate",
        "referral_source": "ReferralSource",
        "is_no_further_action": "ReferralNFA",
    },
    "assessments": {
        "start_date": "AssessmentActualStartDate",
        "authorised_date": "AssessmentAuthorisationDate",
    },
    "section_47s": {
        "s47_start_date": "S47ActualStartDate",
        "conference_date": "DateOfInitialCPC",
    },
    "cp_plans": {
        "plan_start_date": "CPPstartDate",
        "plan_end_date": "CPPendDate",
        "initial_category": "InitialCategoryOfAbuse",
        "latest_category": "LatestCategoryOfAbuse",
        "previous_plans": "NumberOfPreviousCPP",
    },
    "cp_reviews": {"plan_start_date": "CPPstartDate", "review_date": "CPPreviewDate"},
}
_KEYS = {table: ["child_id", next(iter(columns))] for table, columns in _TABLES.items()}
_KEYS["cp_reviews"] = ["child_id", "plan_start_date", "review_date"]
_SPELLS = {
    "assessments": ("start_date", "authorised_date"),
    "cp_plans": ("plan_start_date", "plan_end_date"),
}
_MODULES = {
    "assessments": "Assessments",
    "section_47s": "Section47",
    "cp_plans": "ChildProtectionPlans",
}


def covers(_table: str, quarter: Quarter) -> tuple[date, date]:
    """The first and last day covered: the financial year, as far as the quarter's end."""
    year = financial_year_period(quarter.year)
    return year.period_start, min(year.period_end, quarter.end)


def read_xml(path: Path, context: Context) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """The tables of a census, and the findings; never raises for a bad file.

    `referrals`, `assessments`, `assessment_factors`, `section_47s`, `cp_plans`, `cp_reviews`.
    In findings the row is the number of the record of its kind in the file. A file
    with a DOCTYPE, cut short, or of another financial year is refused (`failed`).
    """
    file = f"{context.submission}/{path.name}"
    try:
        tables = _raw_tables(path, file, context)
    except UnreadableFile as problem:
        return {}, as_findings([failed(NAME, file, problem)])
    records, findings = {}, []
    for name, table in tables.items():
        records[name], found = _records(name, table, context)
        findings.append(_as_elements(found, is_first=name == "referrals"))
    records["assessment_factors"] = _factors(records["assessments"])
    records["assessments"] = records["assessments"].drop(columns="factors")
    return records, join_findings(findings)


def _as_elements(findings: pd.DataFrame, *, is_first: bool) -> pd.DataFrame:
    """The findings with elements for columns, and those of the child itself only once."""
    elements = findings["column"].str.replace(r" \([A-Z]+\)$", "", regex=True)
    of_child = elements.isin([names[0] for names in _CHILD.values()])
    return findings.assign(column=elements)[is_first | ~of_child]


def _raw_tables(path: Path, file: str, context: Context) -> dict[str, RawTable]:
    rows: dict[str, list[dict[str, str]]] = {name: [] for name in _TABLES}
    read_content(path)
    try:
        for tag, element in _elements(path):
            if tag == "Collection" and element.text != "CIN":
                raise UnreadableFile("a return that is not a CIN census", "CIN", _SEND_AGAIN)
            if tag == "ReferenceDate":
                _check_year(element.text or "", context.quarter)
            elif tag == "Child":
                for name, found in _child_rows(element).items():
                    rows[name] += found
    except DefusedXmlException:
        raise UnreadableFile(
            "a DOCTYPE or entity, which a census never has", "plain XML", _SEND_AGAIN
        ) from None
    except ParseError:
        raise UnreadableFile(
            "XML that is cut short or broken", "a whole XML file", _SEND_AGAIN
        ) from None
    return {name: _as_table(name, found, file) for name, found in rows.items()}


def _elements(path: Path) -> Iterator[tuple[str, Element]]:
    """Each child, and the texts of the header, once read; children are let go afterwards."""
    parents: list[Element] = []
    for event, element in iterparse(path, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            if not parents and _tag(element) != "Message":
                raise UnreadableFile("XML that is not a CIN census", "Message", _SEND_AGAIN)
            parents.append(element)
            continue
        parents.pop()
        tag = _tag(element)
        if tag in ("Collection", "ReferenceDate", "Child"):
            yield tag, element
        if tag == "Child" and parents:
            parents[-1].remove(element)


def _check_year(text: str, quarter: Quarter) -> None:
    expected = financial_year_period(quarter.year)
    try:
        reference = date.fromisoformat(text.strip())
    except ValueError:
        raise UnreadableFile(
            "no reference date", "a date such as 2017-03-31", _SEND_AGAIN
        ) from None
    if not expected.period_start <= reference <= expected.period_end:
        raise UnreadableFile(
            f"a census of another year (reference date {reference:%d/%m/%Y})",
            f"that of {financial_year_label(quarter.year)}",
            "move it to the folder of its own fourth quarter",
        )


def _child_rows(child: Element) -> dict[str, list[dict[str, str]]]:
    person = _texts(child)
    shared = {
        "LAchildID": person.get("LAchildID", ""),
        "BirthDate": person.get("PersonBirthDate") or person.get("ExpectedPersonBirthDate", ""),
        "Sex": person.get("Sex") or person.get("GenderCurrent", ""),
        "Ethnicity": person.get("Ethnicity", ""),
    }
    rows: dict[str, list[dict[str, str]]] = {name: [] for name in _TABLES}
    for details in _children(child, "CINdetails"):
        rows["referrals"].append(shared | _own_texts(details))
        for name, tag in _MODULES.items():
            for element in _children(details, tag):
                row = shared | _own_texts(element)
                if name == "assessments":
                    row["Factors"] = " ".join(_all_texts(element, "AssessmentFactors"))
                rows[name].append(row)
                if name == "cp_plans":
                    rows["cp_reviews"] += [
                        row | {"CPPreviewDate": day} for day in _all_texts(element, "CPPreviewDate")
                    ]
    return rows


def _as_table(name: str, rows: list[dict[str, str]], file: str) -> RawTable:
    columns = [*(names[0] for names in _CHILD.values()), *_TABLES[name].values()]
    columns += ["Factors"] if name == "assessments" else []
    index = pd.RangeIndex(1, len(rows) + 1)
    frame = pd.DataFrame(rows, columns=columns, index=index, dtype=object)
    return RawTable(file, _MODULES.get(name, name), 0, frame.replace({"": None}))


def _records(name: str, table: RawTable, context: Context) -> tuple[pd.DataFrame, pd.DataFrame]:
    columns = _CHILD | {column: (tag,) for column, tag in _TABLES[name].items()}
    layout = Layout(NAME, f"CIN census {name}", columns, marks=tuple(columns))
    kinds = {column: _KINDS.get(column, "date") for column in columns}
    key = _KEYS[name]
    rows, findings = read_rows(table, layout, kinds, context, key=key, needed=key)
    rows, early = with_child_columns(rows), as_findings()
    if name in _SPELLS:
        rows, early = end_not_before_start(rows, *_SPELLS[name], table, layout)
    if name == "assessments":
        rows["factors"] = table.rows["Factors"].reindex(rows.index)
    stamped = rows.assign(submission=context.submission, source=NAME).reset_index(drop=True)
    return stamped, join_findings([findings, early])


def _factors(assessments: pd.DataFrame) -> pd.DataFrame:
    """The authorised assessments with any factor, and which kinds of domestic abuse.

    `21` means that no factor was found: alone it is none.
    """
    texts = assessments["factors"].astype("str").fillna("").str.upper()
    found = texts.map(lambda text: frozenset(text.split()) - {"21"}).astype(object)
    chosen = assessments["authorised_date"].notna() & found.map(bool).astype(bool)
    rows = assessments[chosen].drop(columns=["factors", "start_date"])
    for code in ("3A", "3B", "3C"):
        has = found[chosen].map(lambda codes, code=code: code in codes)
        rows[f"has_factor_{code.lower()}"] = has.astype("boolean")
    any_of = rows[["has_factor_3a", "has_factor_3b", "has_factor_3c"]].any(axis=1)
    rows["has_domestic_abuse"] = any_of.astype("boolean")
    return rows.drop_duplicates(["child_id", "authorised_date"]).reset_index(drop=True)


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: Element, tag: str) -> Iterator[Element]:
    return (child for child in element if _tag(child) == tag)


def _own_texts(element: Element) -> dict[str, str]:
    return {_tag(child): (child.text or "").strip() for child in element if not len(child)}


def _all_texts(element: Element, tag: str) -> list[str]:
    return [text for e in element.iter() if _tag(e) == tag and (text := (e.text or "").strip())]


def _texts(child: Element) -> dict[str, str]:
    """The texts of the child's identifiers and characteristics."""
    found: dict[str, str] = {}
    for tag in ("ChildIdentifiers", "ChildCharacteristics"):
        for element in _children(child, tag):
            found |= _own_texts(element)
    return found
