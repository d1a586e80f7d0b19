"""Files: CSV files and workbooks as raw tables, and a finding for each that cannot be read."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from lscb_analysis.findings import as_findings, finding, join_findings
from lscb_analysis.sources.zip_safety import zip_problem

TABLE_ENDINGS = (".csv", ".xlsx", ".xlsm", ".xls")
LARGEST_FILE = 300 * 1024**2
_HEADER_ROWS = 5
_HEADER_SHARE = 0.6
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SAVE_AGAIN = "open it, save it again as .xlsx or as CSV (UTF-8), and put it in the folder"
_SEND_AGAIN = "ask for the file again"


@dataclass(frozen=True)
class RawTable:
    """One table as it was sent: a CSV file, or one sheet of a workbook.

    `rows` has the header texts as found for columns and the row numbers that Excel
    shows for its index; cells are str, float, int, bool, date, datetime or None.
    """

    file: str
    sheet: str
    header_row: int
    rows: pd.DataFrame

    @property
    def place(self) -> str:
        """What a finding calls the table: its file, and the sheet if it has one."""
        return f"{self.file}, sheet {self.sheet}" if self.sheet else self.file


class UnreadableFile(ValueError):
    """A file that cannot be read as what its ending says: what was found, expected, to do."""

    def __init__(self, found: str, expected: str, action: str) -> None:
        super().__init__(found)
        self.found, self.expected, self.action = found, expected, action


def read_tables(
    path: Path, base: Path, source: str = "file"
) -> tuple[list[RawTable], pd.DataFrame]:
    """The tables of one .csv, .xlsx or .xls file, and its findings; never raises for a bad file.

    Text may be UTF-8 (with or without a byte-order mark), UTF-16 or Windows-1252.
    The header is looked for in the first five rows. A file that is missing, empty,
    locked, half-written or not what its ending says gives no table and a finding
    of severity `failed`. Files are named by their path below `base`.
    """
    file = path.relative_to(base).as_posix() if path.is_relative_to(base) else path.name
    try:
        content = read_content(path)
        if path.suffix.casefold() == ".csv":
            tables, findings = _csv_tables(content, file, source)
        else:
            tables, findings = _workbook_tables(content, path.suffix.casefold(), file), []
        if not tables:
            raise UnreadableFile("no rows at all", "a header row and data", _SEND_AGAIN)
    except UnreadableFile as problem:
        return [], as_findings([failed(source, file, problem)])
    repeated = [_repeated_headers(table, source) for table in tables]
    return tables, join_findings([as_findings(findings), *repeated])


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
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableFile("a file of more than 300 MB", "less", "split the extract")
        content = path.read_bytes()
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
    if not content.strip(b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("an empty file", "a header row and data", _SEND_AGAIN)
    return content


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or, failing those, Windows-1252.

    Raises UnreadableFile where it is not text.
    """
    if content.startswith((_ZIP, _OLE)):
        raise UnreadableFile("a workbook under the ending of a CSV file", "text", _SAVE_AGAIN)
    sample = content[:2000]
    encodings = ["utf-8-sig", "cp1252"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif sample[1::2].count(0) > len(sample) / 4:
        encodings = ["utf-16-le"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFile("a file that is not text", "text in UTF-8", _SAVE_AGAIN)


def _csv_tables(
    content: bytes, file: str, source: str
) -> tuple[list[RawTable], list[dict[str, str]]]:
    text = decode(content)
    first_line = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",;\t|", key=first_line.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise UnreadableFile(
            "a quotation that never closes", "a whole CSV file", _SEND_AGAIN
        ) from None
    table = as_table(lines, file)
    if table is None:
        return [], []
    uneven, findings = _uneven_rows(lines, table), []
    if uneven == [len(lines)] and not text.endswith(("\n", "\r")):
        width = len(lines[table.header_row - 1])
        if len(lines[-1]) < width:
            raise UnreadableFile(
                "a last row that is cut short: the file may be half-written",
                f"{width} cells in every row",
                _SEND_AGAIN,
            )
    for row in uneven[:20]:
        findings.append(
            finding(
                source,
                file,
                row=row,
                found="more or fewer cells than the header has",
                expected=f"{len(lines[table.header_row - 1])} cells",
                action="look for a comma in an unquoted text, and send the row again",
            )
        )
    return [table], findings


def _uneven_rows(lines: Sequence[Sequence[object]], table: RawTable) -> list[int]:
    width = len(lines[table.header_row - 1])
    after = enumerate(lines[table.header_row :], start=table.header_row + 1)
    return [row for row, cells in after if len(cells) != width and any(cells)]


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


def as_table(lines: Sequence[Sequence[object]], file: str, sheet: str = "") -> RawTable | None:
    """The raw table in these lines of cells, or None where they are all blank.

    Rows that are wholly blank, and columns without a header, are left out.
    """
    position = header_position(lines)
    if position is None:
        return None
    header = [str(cell).strip() if _is_text(cell) else "" for cell in lines[position]]
    kept = [column for column, text in enumerate(header) if text]
    body, numbers = [], []
    for number, line in enumerate(lines[position + 1 :], start=position + 2):
        width = len(line)
        cells = [_cell(line[column]) if column < width else None for column in kept]
        if any(cell is not None for cell in cells):
            body.append(cells)
            numbers.append(number)
    names = _distinct([header[column] for column in kept])
    rows = pd.DataFrame(body, columns=names, index=pd.Index(numbers, dtype="int64"), dtype=object)
    return RawTable(file, sheet, position + 1, rows)


def header_position(lines: Sequence[Sequence[object]]) -> int | None:
    """Which of the first five lines is the header, counted from 0; None where all are blank.

    It is the first that has most of the text cells that any of them has, so that a
    title above it, and text in the rows below it, do not pass for one.

    >>> header_position([["Referrals", ""], ["Child Unique ID", "Gender"], [123.0, "a) Male"]])
    1
    """
    widths = [sum(map(_is_text, line)) for line in lines[:_HEADER_ROWS]]
    most = max(widths, default=0)
    if not most:
        return None
    return next(row for row, width in enumerate(widths) if width >= most * _HEADER_SHARE)


def _distinct(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    distinct = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        distinct.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return distinct


def _repeated_headers(table: RawTable, source: str) -> pd.DataFrame:
    repeated = [name for name in table.rows.columns if name.endswith(" (2)")]
    return as_findings(
        finding(
            source,
            table.place,
            row=table.header_row,
            column=name.removesuffix(" (2)"),
            found="a column that occurs twice: the first is read",
            expected="each column once",
            action="remove the other",
        )
        for name in repeated
    )


def _is_text(cell: object) -> bool:
    return isinstance(cell, str) and bool(cell.strip())


def _cell(cell: object) -> object:
    return None if cell is None or (isinstance(cell, str) and not cell.strip()) else cell
