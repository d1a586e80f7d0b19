"""The command that checks whether a report adds up."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lscb_analysis.commands.asking import refusing

FILE = click.Path(path_type=Path)
EPILOG = """
\b
Examples:
  lscb ledger annual_report.csv
  lscb ledger figures.xlsx --relations relations.csv --output checked
  lscb ledger figures.csv --compare published.csv

\b
FILE has a row for each figure as it is printed. Columns: label, value, unit, period;
  optional: id, section, theme, indicator, status, words, relations.
  A figure without an id is named by its row as a spreadsheet numbers it: the header is
  row 1, the first figure 2 (in a workbook of several sheets: Sheet1 2). Words: what the
  report says of the figure, such as "rose by 6 %".
RELATIONS says how figures hang together; columns: relation, figure, made of.
  total       LD29   LD21 + LD22 + LD23       difference  CR11   CR12 - CR13
  flow        CP01   CP03 + CP10 - CP13       change      CP02   CP03 -> CP01
  percentage  SN04   SN03 / SN02              rate        CP04   CP01
  percentage  AT03   ? / 2 * BD06             part        LV01   LV03
  same        SN01   CR14                     claim       QC08   SN17 -> SN16
  Where nothing is declared, labels, units, periods and the order of rows are gone by
  ("of which", "within 45 days", boys and girls, totals, "previous year"). A relation that
  words only suggest, and that fails, is marked "look"; the last line says how many
  figures were checked at all.
COMPARE has figures that others have published; columns: figure, published value, source.

\b
Exit codes: 0 nothing was found that does not add up (there may be notes; the last line
  says how much could be checked), 1 something does not ("warning"), or may not ("look"),
  or the file cannot be read, 2 bad arguments.
"""


@click.command(epilog=EPILOG)
@click.argument("file", type=FILE)
@click.option("--relations", type=FILE, help="How the figures hang together (CSV, workbook).")
@click.option("--compare", type=FILE, help="Published figures to set beside them.")
@click.option("--output", type=FILE, help="The folder to write to. Default: reports/ledger.")
def ledger(file: Path, relations: Path | None, compare: Path | None, output: Path | None) -> None:
    """Check whether the report in FILE, a CSV file or workbook of its figures, adds up."""
    from lscb_analysis.report_ledger import check_report
    from lscb_analysis.report_ledger.page import answer, write_ledger

    with refusing():
        report = check_report(file, relations, compare)
    for _, row in report.findings.iterrows():
        click.echo(f"{row['severity']:<8} {row['rule']}: {row['found']}")
        click.echo(f"         expected {row['expected']}; {row['action']}")
    click.echo(answer(report))
    try:
        for path in write_ledger(report, output or Path("reports") / "ledger"):
            click.echo(f"Written: {path}")
    except OSError as error:
        raise click.UsageError(f"{output} cannot be written to ({type(error).__name__})") from None
    sys.exit(0 if report.adds_up else 1)
