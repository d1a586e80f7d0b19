"""The ledger's page: what does not add up, as one self-contained, accessible HTML file."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd

from lscb_analysis.briefing.export import framed
from lscb_analysis.briefing.part import paragraph, safe
from lscb_analysis.ledger.arithmetic import holds
from lscb_analysis.ledger.relations import relations_table
from lscb_analysis.ledger.told import SEPARATOR, cell, number_text
from lscb_analysis.report_ledger import CheckedReport
from lscb_analysis.tables import html_table

MARKING = "FIGURE LEDGER - FOR THE AUTHORS OF THE REPORT"
_LABELLED = 6
_FORMULA = ("=", "+", "-", "@", "\t")
_HEADS = {
    "rule": "Check",
    "where": "Figures",
    "found": "What is printed",
    "expected": "What was expected",
    "action": "What to do",
}
LEVELS = ("warning", "look", "note")
_HELD = {True: "holds", False: "does not hold", None: "cannot be told"}


def write_ledger(report: CheckedReport, folder: Path) -> list[Path]:
    """The files written: the page, the findings and, where there is one, the comparison (CSV)."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = Path(report.name).stem
    page = folder / f"{stem} ledger.html"
    page.write_text(ledger_page(report), "utf-8")
    written = [page, _write_table(report.findings, folder / f"{stem} findings.csv")]
    if len(report.comparison):
        written.append(_write_table(report.comparison, folder / f"{stem} comparison.csv"))
    return written


def ledger_page(report: CheckedReport) -> str:
    """The page of a checked report."""
    body = f"<h1>{safe('Figure ledger: ' + report.name)}</h1>\n"
    body += paragraph("Does the report add up?", "question")
    body += paragraph(answer(report), "answer")
    severity = report.findings["severity"]
    problems = report.findings[severity.isin(["failed", "warning"])]
    body += _section(
        "What does not add up",
        _findings_table(problems, "Figures that do not add up"),
        "Nothing was found.",
    )
    if severity.eq("look").any():
        body += _section(
            "What may not add up",
            _findings_table(
                report.findings[severity.eq("look")],
                "Figures that do not add up if their labels mean what they suggest",
            ),
            "",
        )
    body += _section(
        "Notes",
        _findings_table(report.findings[severity.eq("note")], "What cannot be judged as printed"),
        "Nothing was found.",
    )
    body += _section("The population that each rate implies", _populations(report), "No rate.")
    if len(report.comparison):
        body += _section("Beside published figures", _comparison(report), "")
    body += _section("What was checked", _relations(report), "No relation is known.")
    facts = {
        "title": f"Figure ledger: {report.name}",
        "marking": MARKING,
        "is_synthetic": False,
        "footer": f"Made by lscb ledger from {report.name}.",
    }
    return framed(body, facts)


def answer(report: CheckedReport) -> str:
    """The answer in a sentence or two: whether it adds up, and how much of it was checked.

    Where few of its figures stand in a relation it says so, and not that the report adds up.
    """
    severities = report.findings["severity"]
    if severities.eq("failed").any():
        return "The report cannot be read as figures: see below."
    problems, doubts, notes = (int(severities.eq(each).sum()) for each in LEVELS)
    told = _verdict(report, problems, doubts)
    told += f" {_count(notes, 'note')}." if notes else ""
    told += f" {_covered(report)}"
    if is_hardly_checked(report):
        told += " Declare what belongs together in a relations file (--relations)."
    if len(report.comparison):
        results = report.comparison["result"].value_counts(sort=False)
        parts = [f"{count} {result}" for result, count in results.items()]
        told += f" Beside published figures: {', '.join(parts)}."
    return told


def is_hardly_checked(report: CheckedReport) -> bool:
    """Whether less than half of the figures stand in a relation that was checked."""
    return 2 * len(report.checked) < len(report.measured) or not report.checked


def _verdict(report: CheckedReport, problems: int, doubts: int) -> str:
    if problems:
        also = f", and {_count(doubts, 'thing')} that may not add up" if doubts else ""
        return f"No: {_count(problems, 'problem')}{also}."
    if doubts:
        return f"It may not add up: {_count(doubts, 'thing')} to look up."
    if is_hardly_checked(report):
        return "Nothing was found that does not add up, but hardly anything could be checked."
    return "It adds up, as far as it was checked."


def _covered(report: CheckedReport) -> str:
    """How many relations were checked, and how many of the figures stand in one."""
    held = [holds(report.figures, each) for each in report.relations]
    every, tested = len(report.measured), len(report.tested)
    return (
        f"{_count(len(report.figures), 'figure')} read, {every:,} of them numbers of something; "
        f"{_count(tested, 'relation')} between {len(report.checked):,} of these "
        f"{'was' if tested == 1 else 'were'} checked, of which {held.count(True):,} "
        f"{'holds' if held.count(True) == 1 else 'hold'}."
    )


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _section(title: str, table: str, nothing: str) -> str:
    return f"<h2>{safe(title)}</h2>\n{table or paragraph(nothing)}"


def _findings_table(findings: pd.DataFrame, caption: str) -> str:
    if findings.empty:
        return ""
    shown = findings.assign(where=[_where(row) for _, row in findings.iterrows()])
    shown = shown[list(_HEADS)].rename(columns=_HEADS)
    return html_table(shown, caption=caption, row_header=_HEADS["rule"], wide=True)


def _where(row: pd.Series) -> str:
    """The ids of a finding's figures, with their labels where they are not many."""
    ids, labels = (str(row[name]).split(SEPARATOR) for name in ("figures", "labels"))
    if len(ids) > _LABELLED or len(ids) != len(labels):
        return ", ".join(ids)
    pairs = zip(ids, labels, strict=True)
    return SEPARATOR.join(f"{name} {label}".strip() for name, label in pairs)


def _populations(report: CheckedReport) -> str:
    rows = report.populations
    if rows.empty:
        return ""
    shown = pd.DataFrame(
        {
            "Rate": [_labelled(report.figures, name) for name in rows["rate"]],
            "Date": [f"{day:%d %B %Y}" if day else "" for day in rows["date"]],
            "Rate as printed": [str(report.figures.at[name, "text"]) for name in rows["rate"]],
            "Count": [str(report.figures.at[name, "text"]) for name in rows["count"]],
            "At least": [number_text(math.ceil(each), 0) for each in rows["least"]],
            "At most": [number_text(math.floor(each), 0) for each in rows["most"]],
        }
    )
    return html_table(
        shown,
        caption="Population implied by each rate and its count",
        row_header="Rate",
        numeric=["Rate as printed", "Count", "At least", "At most"],
        note="Rates of one date and population should overlap.",
        wide=True,
    )


def _labelled(figures: pd.DataFrame, name: str) -> str:
    return f"{name} {cell(figures, name, 'label')}"


def _comparison(report: CheckedReport) -> str:
    names = {
        "label": "Figure",
        "printed": "Printed",
        "published": "Published",
        "gap": "Gap",
        "gap_percent": "Gap in %",
        "result": "Result",
        "source": "Source",
    }
    labels = report.comparison["figure"] + " " + report.comparison["label"]
    shown = report.comparison.assign(label=labels)[list(names)].rename(columns=names)
    return html_table(
        shown,
        caption="The report's figures beside published ones",
        row_header="Figure",
        numeric=["Printed", "Published", "Gap", "Gap in %"],
        note="They agree where one, rounded to the digits of the other, is the other; they are "
        "close within 1 %. A difference from what was published is not counted as a problem of "
        "the report's own sums.",
        wide=True,
    )


def _relations(report: CheckedReport) -> str:
    if not report.relations:
        return ""
    rows = relations_table(report.relations, report.figures)
    rows = rows.assign(result=[_HELD[holds(report.figures, each)] for each in report.relations])
    names = {
        "figure": "Figure",
        "label": "Label",
        "relation": "Relation",
        "made_of": "Made of",
        "declared": "Who says so",
        "result": "Result",
    }
    shown = rows[list(names)].rename(columns=names)
    return html_table(
        shown, caption="Relations between the figures", row_header="Figure", wide=True
    )


def _write_table(table: pd.DataFrame, path: Path) -> Path:
    """A CSV file that a spreadsheet opens without running anything in it."""
    texts = table.astype("object").fillna("").astype("str")
    safe_texts = texts.map(lambda text: f"'{text}" if text.startswith(_FORMULA) else text)
    safe_texts.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
    return path
