from __future__ import annotations

from lscb_analysis.findings import as_findings, finding
from lscb_analysis.pipeline.quality import quality_table


def impossible(row: int) -> dict[str, str]:
    return finding(
        "annex_a",
        "Annex A.xlsx",
        row=row,
        column="Date of Birth",
        found=f"an impossible date: {row}/02/2016",
        expected="a date",
        action="correct it",
    )


def test_rows_with_the_same_problem_are_counted_together():
    table = quality_table(as_findings(impossible(row) for row in range(3, 15)))
    assert table.to_dict("records") == [
        {
            "source": "annex_a",
            "problem": "Date of Birth: expected a date",
            "rows": "10 to 49 rows",
            "action": "correct it",
        }
    ]


def test_counts_are_told_in_classes_wider_than_any_legend():
    lost = finding("marac", "marac.xlsx", found="half a file", expected="a file", action="ask")
    table = quality_table(as_findings([impossible(3), impossible(4), lost]))
    assert table["rows"].tolist() == ["fewer than 10 rows", "files"]
    assert table["problem"].tolist()[1] == "The file: expected a file"


def test_a_file_that_could_not_be_read_comes_before_all_else():
    lost = finding(
        "police", "p.csv", found="noise", expected="text", action="save it again", severity="failed"
    )
    table = quality_table(as_findings([*(impossible(row) for row in range(3, 15)), lost]))
    assert table["rows"].tolist() == ["could not be read", "10 to 49 rows"]


def test_what_was_found_in_a_cell_is_never_carried_over():
    table = quality_table(as_findings(impossible(row) for row in range(3, 15)))
    assert "/02/2016" not in table.to_csv()


def test_without_findings_the_table_is_empty_with_its_columns():
    table = quality_table(as_findings())
    assert list(table.columns) == ["source", "problem", "rows", "action"]
    assert table.empty
