from __future__ import annotations

from pathlib import Path

from lscb_analysis.commands.formats import columns_page
from lscb_analysis.sources import layouts

PAGE = Path(__file__).parents[1] / "docs" / "columns.md"


def test_the_page_of_columns_is_what_is_read():
    # to write it anew: lscb formats > docs/columns.md
    assert PAGE.read_text("utf-8").rstrip("\n") == columns_page(layouts()).rstrip("\n")


def test_every_table_has_a_column_that_tells_it():
    sections = PAGE.read_text("utf-8").split("\n## ")[1:]
    assert len(sections) > 30
    assert all("` * |" in section for section in sections)
