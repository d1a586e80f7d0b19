"""Files of official statistics: CSV read block by block as text, whatever its encoding."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from lscb_analysis.sources.dfe_cells import clean, count_cells, read_cells
from lscb_analysis.sources.dfe_columns import Layout, recognise
from lscb_analysis.sources.raw_tables import UnreadableFile

LARGEST_FILE = 2 * 1024**3
_BLOCK = 8 * 1024**2
_SAMPLE = 256 * 1024
_HEADER_ROWS = 10
_FIRST_ROWS = 20_000
_SEND_AGAIN = "download the file again from Explore Education Statistics"
_NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"%PDF")
Choose = Callable[[Layout, pa.RecordBatch], pa.Array | None]


@dataclass(frozen=True)
class Opened:
    """A file known to be official statistics: how it is written and where its header is."""

    path: Path
    encoding: str
    delimiter: str
    header_row: int
    layout: Layout


@dataclass(frozen=True)
class Cells:
    """The chosen rows of a file as text, and what all of its rows hold.

    `table` has a column for each position (`0`, `1`, …) and `row`, the row number that
    Excel shows. `counts` has a row for each position: how many of all the file's cells are
    `number`, `symbol`, `other` and `blank`, and `decimals`, the most that any prints.
    `first` are the first rows of the file, chosen or not. `uneven` says what was found in
    the rows left out for having more or fewer cells than the header, by row number.
    """

    table: pa.Table
    counts: pd.DataFrame
    first: pd.DataFrame
    uneven: dict[int, str]


def open_statistics(path: Path) -> Opened:
    """How the file is written, once it is known to be official statistics.

    Text may be UTF-8 or UTF-16, with or without a byte-order mark, or Windows-1252; cells
    may be separated by commas, semicolons, tabs or bars; the header is looked for in the
    first ten rows. Raises UnreadableFile for anything else.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableFile("a file of more than 2 GB", "less", "split the file")
        with path.open("rb") as file:
            sample = file.read(_SAMPLE)
        if not sample.strip(b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"):
            raise UnreadableFile("an empty file", "a header row and data", _SEND_AGAIN)
        encoding = _encoding(path, sample)
    except OSError as error:
        raise _unopened(error) from None
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(sample)
    lines = re.split(r"\r\n|\r|\n", text.lstrip("\ufeff"))[:_HEADER_ROWS]
    for number, line in enumerate(lines, start=1):
        delimiter = max(",;\t|", key=line.count)
        header = [clean(cell) for cell in next(csv.reader([line], delimiter=delimiter), [])]
        layout = recognise(header)
        if layout is not None and layout.others:
            return Opened(path, encoding, delimiter, number, layout)
    raise UnreadableFile(
        "no header row of official statistics",
        "columns time_period, geographic_level, an area's code and at least one indicator",
        "check that this is the data file of the release, not a page or a summary of it",
    )


def read_rows(opened: Opened, choose: Choose) -> Cells:
    """The rows of the file for which `choose` is true (all, where it gives None), as text.

    Read in blocks, so that only the chosen rows are ever held. A row that has more or
    fewer cells than the header only by blank ones is read all the same. Raises
    UnreadableFile where the file is not a table to its end.
    """
    positions = [str(position) for position in range(len(opened.layout.header))]
    uneven: dict[int, list[str]] = {}
    kept, first, tallies = [], [], []
    total = 0
    try:
        for batch in _batches(opened, positions, uneven):
            tallies.append(_tally(batch))
            if total < _FIRST_ROWS:
                first.append(batch.slice(0, _FIRST_ROWS - total))
            place = np.arange(total, total + batch.num_rows)
            kept.append(_chosen(batch, choose(opened.layout, batch), place))
            total += batch.num_rows
    except (pa.ArrowInvalid, UnicodeError) as error:
        raise UnreadableFile(
            f"a file that is not a table to its end ({type(error).__name__})",
            "as many cells in every row as in the header, and quotations that close",
            _SEND_AGAIN,
        ) from None
    except OSError as error:
        raise _unopened(error) from None
    width = len(positions)
    numbers = _row_numbers(opened.header_row, total, uneven)
    mended = _mended(opened, uneven)
    if mended:
        columns = [pa.array(texts, pa.string()) for texts in zip(*mended.values(), strict=True)]
        batch = pa.record_batch(columns, names=positions)
        tallies.append(_tally(batch))
        first.append(batch.slice(0, _FIRST_ROWS))
        place = np.arange(total, total + batch.num_rows)
        kept.append(_chosen(batch, choose(opened.layout, batch), place))
        numbers = np.concatenate([numbers, np.array(list(mended), dtype="int64")])
    schema = pa.schema([*((name, pa.string()) for name in positions), ("row", pa.int64())])
    table = pa.concat_tables(kept) if kept else schema.empty_table()
    table = table.set_column(width, "row", pa.array(numbers[table.column("row").to_numpy()]))
    if mended:
        table = table.take(pc.sort_indices(table.column("row")))
    head = pa.Table.from_batches(first, schema=pa.schema(list(schema)[:-1])).to_pandas()
    head.columns = range(width)
    left_out = {
        row: _described(cells)
        for row, cells in uneven.items()
        if row not in mended and any(map(clean, cells))
    }
    return Cells(table, _counts(tallies, width), head, left_out)


def _described(cells: list[str]) -> str:
    lines = 1 + sum(cell.count("\n") for cell in cells)
    over = f" over {lines:,} lines (a quotation does not close)" if lines > 1 else ""
    return f"{len(cells):,} cells{over}: the row is left out"


def _mended(opened: Opened, uneven: dict[int, list[str]]) -> dict[int, list[str]]:
    """The uneven rows that lack or add nothing but blank cells, as wide as the header."""
    width = len(opened.layout.header)
    named = max(place for place, name in enumerate(opened.layout.header) if name) + 1
    return {
        row: (cells + [""] * width)[:width]
        for row, cells in uneven.items()
        if len(cells) >= named and not any(map(clean, cells[named:]))
    }


def _encoding(path: Path, sample: bytes) -> str:
    """The encoding of the whole file, found by decoding it once in pieces."""
    if sample.startswith(_NOT_TEXT):
        raise UnreadableFile("a file that is not text", "a CSV file", _SEND_AGAIN)
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if sample[1:4000:2].count(0) > len(sample[:4000]) / 4:
        return "utf-16-le"
    for encoding in ("utf-8", "cp1252"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while piece := file.read(_BLOCK):
                    decoder.decode(piece)
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise UnreadableFile("a file that is not text", "text in UTF-8", _SEND_AGAIN)


def _batches(
    opened: Opened, positions: list[str], uneven: dict[int, list[str]]
) -> Iterator[pa.RecordBatch]:
    width = len(positions)

    def skip(row: pacsv.InvalidRow) -> str:
        try:
            cells = next(csv.reader(io.StringIO(row.text), delimiter=opened.delimiter), [])
        except csv.Error:
            cells = [row.text] + ["unreadable"] * (row.actual_columns - 1)
        uneven[row.number] = cells
        return "skip"

    reader = pacsv.open_csv(
        opened.path,
        read_options=pacsv.ReadOptions(
            use_threads=False,
            block_size=_BLOCK,
            column_names=positions,
            skip_rows_after_names=opened.header_row,
            encoding="utf8" if opened.encoding == "utf-8" else opened.encoding,
        ),
        parse_options=pacsv.ParseOptions(
            delimiter=opened.delimiter,
            newlines_in_values=True,
            ignore_empty_lines=width == 1,
            invalid_row_handler=skip,
        ),
        convert_options=pacsv.ConvertOptions(
            column_types=dict.fromkeys(positions, pa.string()), strings_can_be_null=False
        ),
    )
    yield from reader


def _chosen(batch: pa.RecordBatch, mask: pa.Array | None, place: np.ndarray) -> pa.Table:
    """The rows of a block that are wanted, with their place in the file before `row` is known."""
    table = pa.Table.from_batches([batch]).append_column("row", pa.array(place))
    if mask is not None:
        return table.filter(mask)
    texts = [
        column.dictionary_encode().cast(pa.dictionary(pa.int32(), pa.string()))
        for column in table.columns[:-1]
    ]
    return pa.table([*texts, table.column("row")], names=table.column_names)


def _tally(batch: pa.RecordBatch) -> list[dict[str, int]]:
    tallies = []
    for column in batch.columns:
        encoded = column.dictionary_encode()
        times = np.bincount(encoded.indices.to_numpy(), minlength=len(encoded.dictionary))
        tallies.append(count_cells(read_cells(encoded.dictionary), times))
    return tallies


def _counts(tallies: list[list[dict[str, int]]], width: int) -> pd.DataFrame:
    kinds = ("number", "symbol", "other", "blank")
    rows = []
    for position in range(width):
        column = [tally[position] for tally in tallies]
        counted = {kind: sum(tally[kind] for tally in column) for kind in kinds}
        rows.append(counted | {"decimals": max((t["decimals"] for t in column), default=0)})
    return pd.DataFrame(rows, columns=[*kinds, "decimals"])


def _row_numbers(header_row: int, total: int, uneven: dict[int, list[str]]) -> np.ndarray:
    """Excel's number of each row that was read: those of uneven rows are passed over."""
    first = header_row + 1
    every = np.arange(first, first + total + len(uneven))
    return np.setdiff1d(every, np.array(list(uneven), dtype="int64"), assume_unique=True)[:total]


def _unopened(error: OSError) -> UnreadableFile:
    if isinstance(error, FileNotFoundError):
        return UnreadableFile("no file", "the data file", _SEND_AGAIN)
    action = "close it in other programs, or ask for the right to read it, and run again"
    return UnreadableFile(f"a file that cannot be read ({type(error).__name__})", "a file", action)


def has_texts(column: pa.Array, wanted: pa.Array) -> pa.Array:
    """Which cells are one of the wanted texts, whatever their case and the spaces around them."""
    encoded = column.dictionary_encode()
    known = [clean(text).upper() for text in encoded.dictionary.to_pylist()]
    return pc.is_in(pa.array(known, pa.string()), wanted).take(encoded.indices)
