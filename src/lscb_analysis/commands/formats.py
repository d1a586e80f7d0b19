"""`lscb formats`: every table that is read, with its columns in each wording that is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from lscb_analysis.sources.layouts import Layout


@click.command(epilog="\b\nExamples:\n  lscb formats\n  lscb formats --source police")
@click.option("--source", help="One source only, such as annex_a or ssda903.")
def formats(source: str | None) -> None:
    """List every table that is read, and by which names of columns it is known."""
    from lscb_analysis.catalogue.toml_file import one_of
    from lscb_analysis.commands.asking import refusing
    from lscb_analysis.sources import layouts

    known = layouts()
    if source is not None:
        with refusing():
            one_of("--source", "source", source, {layout.source for layout in known})
    click.echo(columns_page(layout for layout in known if source in (None, layout.source)))


def columns_page(layouts: Iterable[Layout]) -> str:
    """The tables as a page in Markdown: a section each, a row a column, `*` for what tells it.

    The first wording is the one to use; the others are read as well.
    """
    lines = [
        "# Columns: every table that is read",
        "",
        "Made by `lscb formats`. A table is known by the columns marked `*`, whatever the file or",
        "sheet is called. Case, spaces, punctuation and quotes in a name do not matter.",
    ]
    by_title: dict[str, list[Layout]] = {}
    for layout in layouts:
        by_title.setdefault(layout.title, []).append(layout)
    for title, alike in by_title.items():
        lines += ["", f"## {title}", f"Source `{alike[0].source}`.", ""]
        lines += ["| column | also known as |", "|---|---|", *_rows(alike)]
    return "\n".join(lines) + "\n"


def _rows(alike: list[Layout]) -> list[str]:
    """A row for each column of a table that is known in one way or several."""
    wordings: dict[str, list[str]] = {}
    for layout in alike:
        for name, known in layout.columns.items():
            of_column = wordings.setdefault(name, [])
            of_column += [wording for wording in known if wording not in of_column]
    marks = {name for layout in alike for name in layout.marks}
    rows = []
    for name, (first, *others) in wordings.items():
        mark, also = " *" if name in marks else "", ", ".join(f"`{each}`" for each in others)
        rows.append(f"| `{first}`{mark} | {also} |")
    return rows
