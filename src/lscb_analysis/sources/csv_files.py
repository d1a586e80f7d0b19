"""CSV files: read column by column, in one pass, whatever their encoding and delimiter."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lscb_analysis.findings import as_findings, row_findings
from lscb_analysis.sources.raw_tables import (
    RawTable,
    UnreadableFile,
    header_position,
    named_columns,
)

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SAVE_AGAIN = "open it, save it again as .xlsx or as CSV (UTF-8), and put it in the folder"
_SEND_AGAIN = "ask for the file again"
_ROWS_AT_A_TIME = 20_000
_BYTES_AT_A_TIME = 1024**2
_FIRST_ROWS = 5
_SIGNS = ",;\t|"


def csv_tables(content: bytes, file: str, source: str) -> tuple[list[RawTable], pd.DataFrame]:
    """The table of a CSV file (none where it has no rows at all), and the findings.

    Text may be UTF-8 (with or without a byte-order mark), UTF-16 or Windows-1252,
    divided by commas, semicolons, tabs or bars. A row with more or fewer cells than the
    header is a finding and is read as far as it goes. Raises UnreadableFile where the
    file is not text, has a quotation that never closes, or is cut short in its last row.
    """
    encoding = encoding_of(content)
    text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    reader = csv.reader(text, delimiter=_delimiter(content, encoding), strict=True)
    try:
        first = list(islice(reader, _FIRST_ROWS))
        position = header_position(first)
        if position is None:
            return [], as_findings()
        header = first[position]
        chunks, uneven, last = _chunks(first[position + 1 :], reader, position + 2, len(header))
    except csv.Error:
        raise UnreadableFile(
            "a quotation that never closes", "a whole CSV file", _SEND_AGAIN
        ) from None
    is_cut = list(uneven) == [last] and uneven[last] < len(header)
    if is_cut and not content.endswith((b"\n", b"\r", b"\0")):
        raise UnreadableFile(
            "a last row that is cut short: the file may be half-written",
            f"{len(header)} cells in every row",
            _SEND_AGAIN,
        )
    kept, names = named_columns(header)
    rows = _as_rows(chunks, kept, names, position + 2)
    found = row_findings(
        dict.fromkeys(uneven, "more or fewer cells than the header has"),
        source,
        file,
        expected=f"{len(header)} cells",
        action="look for a comma in an unquoted text, and send the row again",
    )
    return [RawTable(file, "", position + 1, rows, tuple(kept))], found


def encoding_of(content: bytes) -> str:
    """The encoding of a text file: UTF-8, UTF-16 or, failing those, Windows-1252.

    Raises UnreadableFile where it is not text.

    >>> encoding_of("é".encode("cp1252")), encoding_of(b"a,b")
    ('cp1252', 'utf-8-sig')
    """
    if content.startswith((_ZIP, _OLE)):
        raise UnreadableFile("a workbook under the ending of a CSV file", "text", _SAVE_AGAIN)
    sample = content[:2000]
    encodings = ["utf-8-sig", "cp1252"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif sample[1::2].count(0) > len(sample) / 4:
        encodings = ["utf-16-le"]
    found = next((encoding for encoding in encodings if _is_text_in(content, encoding)), None)
    if found is None:
        raise UnreadableFile("a file that is not text", "text in UTF-8", _SAVE_AGAIN)
    return found


def _is_text_in(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    view = memoryview(content)
    try:
        for start in range(0, len(content), _BYTES_AT_A_TIME):
            end = start + _BYTES_AT_A_TIME
            if "\0" in decoder.decode(bytes(view[start:end]), final=end >= len(content)):
                return False
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(content: bytes, encoding: str) -> str:
    """What divides the cells: the sign that the first line with two or more of one has most of.

    A title above the header has fewer; where every line has, the first line says it.
    """
    text = content[:100_000].decode(encoding, errors="ignore").lstrip("\r\n")
    counts = [{sign: line.count(sign) for sign in _SIGNS} for line in text.split("\n", _FIRST_ROWS)]
    told = next((count for count in counts[:_FIRST_ROWS] if max(count.values()) > 1), counts[0])
    return max(_SIGNS, key=lambda sign: told[sign])


def _chunks(
    first: list[list[str]], reader: Iterator[list[str]], number: int, width: int
) -> tuple[list[list[pa.Array]], dict[int, int], int]:
    """The cells by column, so many rows at a time; how long each uneven row is; the last row."""
    chunks: list[list[pa.Array]] = []
    uneven: dict[int, int] = {}
    lines = first + list(islice(reader, _ROWS_AT_A_TIME))
    while lines:
        if set(map(len, lines)) != {width}:
            after = enumerate(lines, start=number)
            uneven |= {row: len(each) for row, each in after if len(each) != width and any(each)}
            lines = [_fitted(cells, width) for cells in lines]
        columns = zip(*lines, strict=True)
        chunks.append([_cells(cells) for cells in columns])
        number += len(lines)
        lines = list(islice(reader, _ROWS_AT_A_TIME))
    return chunks, uneven, number - 1


def _cells(texts: tuple[str, ...]) -> pa.Array:
    cells = pa.array(texts, pa.large_string())
    return pc.if_else(pc.equal(pc.utf8_trim_whitespace(cells), ""), None, cells)


def _fitted(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _as_rows(
    chunks: list[list[pa.Array]], kept: list[int], names: list[str], number: int
) -> pd.DataFrame:
    """The rows that say something, under their names, by their number; `chunks` is used up."""
    total = sum(len(chunk[0]) for chunk in chunks)
    says = np.zeros(total, dtype=bool)
    columns: dict[str, pd.Series] = {}
    for name, column in zip(names, kept, strict=True):
        cells = pa.chunked_array([chunk[column] for chunk in chunks], pa.large_string())
        for chunk in chunks:
            chunk[column] = None
        columns[name] = pd.Series(cells.to_pandas(), dtype="str")
        says |= columns[name].notna().to_numpy()
        del cells
    numbers = pd.Index(np.arange(number, number + total), dtype="int64")
    if says.all():
        return pd.DataFrame(columns, copy=False).set_axis(numbers, axis=0)
    return pd.DataFrame(
        {name: cells[says].set_axis(numbers[says]) for name, cells in columns.items()},
        index=numbers[says],
    )
