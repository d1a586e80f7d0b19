"""Files: CSV files and workbooks as raw tables, and a finding for each that cannot be read."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from lscb_analysis.findings import as_findings, finding, join_findings
from lscb_analysis.sources.csv_files import csv_tables
from lscb_analysis.sources.raw_tables import RawTable, UnreadableFile, as_table
from lscb_analysis.sources.zip_safety import zip_problem

TABLE_ENDINGS = (".csv", ".xlsx", ".xlsm", ".xls")
LARGEST_FILE = 300 * 1024**2
_OLE = b"\xd0\xcf\x11\xe0"
_SAVE_AGAIN = "open it, save it again as .xlsx or as CSV (UTF-8), and put it in the folder"
_SEND_AGAIN = "ask for the file again"


def read_tables(
    path: Path, base: Path, source: str = "file"
) -> tuple[list[RawTable], pd.DataFrame]:
    """The tables of one .csv, .xlsx or .xls file, and its findings; never raises for a bad file.

    Text may be UTF-8 (with or without a byte-order mark), UTF-16 or Windows-1252.
    The header is looked for in the first five rows. A file that is missing, empty,
    locked, half-written or not what its ending says gives no table and a finding
    of severity `failed`. Files are named by their path below `base`.
    """
    file = below(path, base)
    try:
        content = read_content(path)
        if path.suffix.casefold() == ".csv":
            tables, findings = csv_tables(content, file, source)
        else:
            tables, findings = (
                _workbook_tables(content, path.suffix.casefold(), file),
                as_findings(),
            )
        if not tables:
            raise UnreadableFile("no rows at all", "a header row and data", _SEND_AGAIN)
    except UnreadableFile as problem:
        return [], as_findings([failed(source, file, problem)])
    repeated = [_repeated_headers(table, source) for table in tables]
    return tables, join_findings([findings, *repeated])


def below(path: Path, base: Path) -> str:
    """How findings name a file: by its path below `base`."""
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else path.name


def failed(source: str, file: str, problem: UnreadableFile) -> dict[str, str]:
    """The finding for a file that could not be read."""
    return finding(
        source,
        file,
        found=problem.found,
        expected=problem.expected,
        action=problem.action,
        severity="failed",
    )


def read_content(path: Path) -> bytes:
    """The bytes of the file.

    Raises UnreadableFile where it is missing, locked, empty or larger than 300 MB.
    """
    try:
        before = path.stat()
        if before.st_size > LARGEST_FILE:
            raise UnreadableFile("a file of more than 300 MB", "less", "split the extract")
        content = path.read_bytes()
        after = path.stat()
    except FileNotFoundError:
        raise UnreadableFile("no file", "the extract", _SEND_AGAIN) from None
    except PermissionError:
        raise UnreadableFile(
            "a file that may not be opened",
            "a file nobody else has locked",
            "close it in Excel, or ask for the right to read it, and run again",
        ) from None
    except OSError as error:
        raise UnreadableFile(
            f"a file the system cannot read ({type(error).__name__})", "a file", _SEND_AGAIN
        ) from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise UnreadableFile(
            "a file that was changed while it was read",
            "a file that nobody is writing to",
            "wait until it has been copied or saved, and run again",
        )
    if not content.strip(b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("an empty file", "a header row and data", _SEND_AGAIN)
    return content


def _workbook_tables(content: bytes, ending: str, file: str) -> list[RawTable]:
    if ending == ".xls" and not content.startswith(_OLE):
        raise UnreadableFile("a file that is not an .xls workbook", "one", _SAVE_AGAIN)
    if ending != ".xls":
        if content.startswith(_OLE):
            raise UnreadableFile(
                "a workbook with a password, or an old .xls under another ending",
                "an .xlsx workbook without a password",
                _SAVE_AGAIN,
            )
        problem = zip_problem(content)
        if problem:
            raise UnreadableFile(problem, "a whole .xlsx workbook", _SAVE_AGAIN)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = {
            name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in workbook.sheet_names
        }
    except (CalamineError, OSError, ValueError, RuntimeError) as error:
        raise UnreadableFile(
            f"a workbook that does not open ({type(error).__name__})", "a workbook", _SAVE_AGAIN
        ) from None
    tables = [as_table(lines, file, name) for name, lines in sheets.items()]
    return [table for table in tables if table is not None]


def _repeated_headers(table: RawTable, source: str) -> pd.DataFrame:
    repeated = [name for name in table.rows.columns if name.endswith(" (2)")]
    return as_findings(
        finding(
            source,
            **table.place,
            row=table.header_row,
            column=name.removesuffix(" (2)"),
            found="a column that occurs twice: the first is read",
            expected="each column once",
            action="remove the other",
        )
        for name in repeated
    )
