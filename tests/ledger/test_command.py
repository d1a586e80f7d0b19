"""lscb ledger: what it writes, its exit codes, and bad files."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from lscb_analysis.cli import main
from tests.ledger.reports import EXAMPLE

ADDS_UP = (
    "id,label,value,unit,period\nA,Type: x,12,cases,2016/17\nB,Type: y,34,cases,2016/17\n"
    "C,Type: z,50,cases,2016/17\nT,Type total,96,cases,2016/17\n"
)
ALONE = "label,value,unit,period\nOne,12,cases,2016/17\nTwo,34,cases,2016/17\n"
DOES_NOT = (
    "id,label,value,unit,period\nA,Type: x,12,cases,2016/17\nB,Type: y,34,cases,2016/17\n"
    "C,Type: z,50,cases,2016/17\nT,Type total,97,cases,2016/17\n"
)


def ledger(folder: Path, *arguments: object) -> Result:
    given = ["ledger", *map(str, arguments), "--output", str(folder / "out")]
    return CliRunner().invoke(main, given)


def written(folder: Path, text: str, name: str = "report.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding)
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> tuple[Result, Path]:
    """The board's report with relations and comparison, as the command checks it."""
    folder = tmp_path_factory.mktemp("ledger")
    done = ledger(
        folder,
        EXAMPLE / "figures.csv",
        *("--relations", EXAMPLE / "relations.csv", "--compare", EXAMPLE / "dfe.csv"),
    )
    return done, folder / "out"


def test_a_report_that_adds_up_is_exit_code_0(tmp_path):
    done = ledger(tmp_path, written(tmp_path, ADDS_UP))
    assert done.exit_code == 0, done.output
    assert "It adds up" in done.output
    assert "1 relation between 4 of these was checked" in done.output


def test_a_report_of_which_hardly_anything_was_checked_is_not_said_to_add_up(tmp_path):
    done = ledger(tmp_path, written(tmp_path, ALONE))
    assert done.exit_code == 0, done.output
    assert "adds up" not in done.output
    assert "hardly anything could be checked" in done.output
    assert "0 relations between 0 of these were checked" in done.output
    assert "relations file" in done.output


def test_what_only_words_suggest_is_a_look_and_not_said_to_add_up(tmp_path):
    text = "label,value,unit,period\nOffered,131,children,2016/17\nTaken up,140,children,2016/17\n"
    done = ledger(tmp_path, written(tmp_path, text))
    assert done.exit_code == 1, done.output
    assert "look     larger than its set" in done.output
    assert "It may not add up: 1 thing to look up." in done.output
    page = (tmp_path / "out" / "report ledger.html").read_text("utf-8")
    assert "What may not add up" in page


def test_a_report_that_does_not_is_exit_code_1_and_says_what_to_do(tmp_path):
    done = ledger(tmp_path, written(tmp_path, DOES_NOT))
    assert done.exit_code == 1, done.output
    assert "12 + 34 + 50 = 96, but 97 (T) is printed" in done.output
    assert "No: 1 problem" in done.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("missing.csv",), "there is no file"),
        ((".",), "is a folder"),
        (("report.csv", "--relations", "missing.csv"), "there is no file"),
        (("report.csv", "--compare", "empty.csv"), "an empty file"),
        (("report.csv", "--colour"), "No such option"),
        (("report.txt",), "save it as"),
        ((), "Missing argument"),
    ],
)
def test_a_bad_argument_is_exit_code_2(tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    written(tmp_path, ADDS_UP)
    written(tmp_path, ADDS_UP, "report.txt")
    written(tmp_path, "", "empty.csv")
    done = ledger(tmp_path, *arguments)
    assert done.exit_code == 2, done.output
    assert told in done.output


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "an empty file"),
        ("unit,period\ncases,2016/17\n", "no column label and no column value"),
        ("label,unit\nOne,cases\n", "no column value"),
        ("label,value\n", "no rows"),
    ],
)
def test_a_file_without_figures_is_a_finding_and_exit_code_1(tmp_path, text, told):
    done = ledger(tmp_path, written(tmp_path, text))
    assert done.exit_code == 1, done.output
    assert told in done.output
    assert "cannot be read as figures" in (tmp_path / "out" / "report ledger.html").read_text()


@pytest.mark.parametrize(
    "value",
    [
        "=SUM(A1:A3)",
        "nan",
        "NaN",
        "1e400",
        "9" * 60,
        "106,00",
        "#REF!",
        "−",
        "½",
        "\u202e12",
        "<b>",
    ],
)
def test_any_cell_is_read_or_told_and_never_a_traceback(tmp_path, value):
    text = f'{DOES_NOT}Z,Odd,"{value}",cases,2016/17\n'
    done = ledger(tmp_path, written(tmp_path, text))
    assert done.exit_code == 1, done.output
    assert not done.exception or isinstance(done.exception, SystemExit)
    page = (tmp_path / "out" / "report ledger.html").read_text("utf-8")
    assert "<b>" not in page
    for line in (tmp_path / "out" / "report findings.csv").read_text("utf-8-sig").splitlines():
        assert not line.startswith(("=", "+", "@")), line


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_text_in_another_encoding_is_read(tmp_path, encoding):
    text = DOES_NOT.replace("Type: x", "Type: café £")
    done = ledger(tmp_path, written(tmp_path, text, encoding=encoding))
    assert done.exit_code == 1, done.output
    assert "café" in (tmp_path / "out" / "report findings.csv").read_text("utf-8-sig")


def test_a_file_that_is_not_text_is_a_finding(tmp_path):
    (tmp_path / "report.csv").write_bytes(bytes(range(256)) * 20)
    done = ledger(tmp_path, tmp_path / "report.csv")
    assert done.exit_code == 1, done.output
    assert "not text" in done.output


def test_a_workbook_may_hold_figures_and_relations_on_two_sheets(tmp_path):
    path = tmp_path / "report.xlsx"
    figures = pd.DataFrame(
        [
            ["A", "Open in 2016", 518],
            ["B", "Started", 384],
            ["C", "Ended", 586],
            ["D", "Open", 408],
        ],
        columns=["ID", "Label", "Value"],
    ).assign(Unit="plans", Period="2016/17")
    relations = pd.DataFrame(
        [["flow", "D", "A + B - C"]], columns=["Relation", "Figure", "Made of"]
    )
    with pd.ExcelWriter(path, engine="xlsxwriter") as writer:
        figures.to_excel(writer, sheet_name="Figures", index=False)
        relations.to_excel(writer, sheet_name="Relations", index=False)
    done = ledger(tmp_path, path)
    assert done.exit_code == 1, done.output
    assert "518 + 384 − 586 = 316, but 408 (D) is printed" in done.output


class Page(HTMLParser):
    """The elements of a page, and what they refer to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def count(self, tag: str) -> int:
        return sum(each == tag for each, _ in self.elements)


def test_the_page_is_self_contained_and_accessible(whole):
    text = (whole[1] / "figures ledger.html").read_text("utf-8")
    page = Page(text)
    attributes = [attrs for _, attrs in page.elements]
    assert page.elements[0] == ("html", {"lang": "en-GB"})
    assert (page.count("h1"), page.count("title"), page.count("script")) == (1, 1, 0)
    assert page.count("table") == page.count("caption") == 5
    assert all(attrs.get("scope") for tag, attrs in page.elements if tag == "th")
    assert all(str(attrs.get("href", "#")).startswith("#") for attrs in attributes)
    assert not any(
        "src" in attrs or any(name.startswith("on") for name in attrs) for attrs in attributes
    )
    assert not re.search(r"https?:|url\(|@import", text)


def test_the_answer_counts_what_was_found(whole):
    done, folder = whole
    findings = pd.read_csv(folder / "figures findings.csv")
    problems = int(findings["severity"].eq("warning").sum())
    assert done.exit_code == 1
    assert f"No: {problems} problems" in done.output
    assert "8 agree" in done.output


def test_the_same_report_is_written_with_the_same_bytes(whole, tmp_path):
    again = ledger(
        tmp_path,
        EXAMPLE / "figures.csv",
        *("--relations", EXAMPLE / "relations.csv", "--compare", EXAMPLE / "dfe.csv"),
    )
    assert again.exit_code == 1
    for path in sorted(whole[1].iterdir()):
        assert path.read_bytes() == (tmp_path / "out" / path.name).read_bytes()


def test_help_shows_examples_and_exit_codes():
    told = CliRunner().invoke(main, ["ledger", "--help"]).output
    assert "lscb ledger annual_report.csv" in told
    assert "Exit codes: 0 nothing was found" in told
    assert "the header is" in told
    assert "row 1, the first figure 2" in told
