"""Canaries planted in a notebook: none gets into a page that passes, however it was packed."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from lscb_analysis.briefing.export import ExportError, page_of_notebook
from lscb_analysis.release_check import check_release
from lscb_analysis.release_check.page import parse_page
from tests.release_check.drawn_page import (
    BODY,
    MARKING,
    TITLE,
    coded,
    drawn_manifest,
    drawn_page,
)

CANARY = "Zquxelle"
FACTS = {"title": TITLE, "marking": MARKING, "is_synthetic": True, "footer": TITLE}
Plant = Callable[[nbformat.NotebookNode], None]


def notebook() -> nbformat.NotebookNode:
    """An executed notebook that makes the clean page."""
    part = BODY.replace("{picture}", coded())
    shown = v4.new_output("display_data", {"text/html": part, "text/plain": "Part(html='')"})
    node = v4.new_notebook(cells=[v4.new_code_cell("lscb.headline(briefing)", outputs=[shown])])
    node.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python",
        "language": "python",
    }
    return node


def page_of(node: nbformat.NotebookNode, tmp_path: Path) -> str:
    path = tmp_path / "plans.ipynb"
    nbformat.write(node, path)
    return page_of_notebook(path, FACTS)


def _output(kind: str, content: str) -> Plant:
    def plant(node: nbformat.NotebookNode) -> None:
        node.cells[0].outputs[0]["data"][kind] = content

    return plant


def _html(content: str) -> Plant:
    def plant(node: nbformat.NotebookNode) -> None:
        node.cells[0].outputs[0]["data"]["text/html"] += content

    return plant


def _markdown(text: str) -> Plant:
    return lambda node: node.cells.append(v4.new_markdown_cell(text))


def _cell(cell: nbformat.NotebookNode) -> Plant:
    return lambda node: node.cells.append(cell)


def _metadata(node: nbformat.NotebookNode) -> None:
    node.metadata["title"] = CANARY
    node.metadata["authors"] = [{"name": CANARY}]
    node.metadata["papermill"] = {"parameters": {"child": CANARY}, "input_path": CANARY}
    node.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"x": CANARY}}


def _cell_metadata(node: nbformat.NotebookNode) -> None:
    node.cells[0].metadata["name"] = node.cells[0].metadata["note"] = CANARY
    node.cells[0].outputs[0]["metadata"] = {"text/html": {"note": CANARY}}


def _source(node: nbformat.NotebookNode) -> None:
    node.cells[0].source += f"  # {CANARY}"


def _hidden_cell(node: nbformat.NotebookNode) -> None:
    shown = v4.new_output("display_data", {"text/html": CANARY, "text/plain": "Part()"})
    cell = v4.new_code_cell("x", outputs=[shown])
    cell.metadata["jupyter"] = {"outputs_hidden": True, "source_hidden": True}
    cell.metadata["tags"] = ["hide_output", "remove_cell"]
    node.cells.append(cell)


def _attachment(node: nbformat.NotebookNode) -> None:
    cell = v4.new_markdown_cell("![Plans](attachment:a.png)")
    cell["attachments"] = {"a.png": {"image/png": base64.b64encode(CANARY.encode()).decode()}}
    node.cells.append(cell)


DROPPED = {
    "the notebook's metadata, papermill's parameters, widget state",
    "a cell's metadata",
    "code",
    "plain text beside the part",
    "latex beside the part",
    "json beside the part",
    "a picture beside the part",
    "a drawing beside the part",
    "javascript beside the part",
    "a widget beside the part",
    "a table of data beside the part",
    "a raw cell",
}
CODED = base64.b64encode(CANARY.encode()).decode()
SVG = base64.b64encode(f"<svg><title>{CANARY}</title></svg>".encode()).decode()
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + zlib.compress(CANARY.encode())).decode()
PLANTS: dict[str, Plant] = {
    "the notebook's metadata, papermill's parameters, widget state": _metadata,
    "a cell's metadata": _cell_metadata,
    "code": _source,
    "a cell with hidden outputs": _hidden_cell,
    "an attachment": _attachment,
    "plain text beside the part": _output("text/plain", f"Part({CANARY})"),
    "latex beside the part": _output("text/latex", CANARY),
    "json beside the part": _output("application/json", CANARY),
    "a picture beside the part": _output("image/png", PNG),
    "a drawing beside the part": _output("image/svg+xml", f"<svg>{CANARY}</svg>"),
    "javascript beside the part": _output("application/javascript", CANARY),
    "a widget beside the part": _output("application/vnd.jupyter.widget-view+json", CANARY),
    "a table of data beside the part": _output("application/vnd.dataresource+json", CANARY),
    "printed text": lambda node: node.cells[0].outputs.append(v4.new_output("stream", text=CANARY)),
    "a warning": lambda node: node.cells[0].outputs.append(
        v4.new_output("stream", name="stderr", text=CANARY)
    ),
    "an error": lambda node: node.cells[0].outputs.append(
        v4.new_output("error", ename="E", evalue=CANARY, traceback=[CANARY])
    ),
    "a result that is no part": lambda node: node.cells[0].outputs.append(
        v4.new_output(
            "execute_result", {"text/html": CANARY, "text/plain": CANARY}, execution_count=1
        )
    ),
    "a raw cell": _cell(v4.new_raw_cell(f"<p>{CANARY}</p>")),
    "a paragraph": _markdown(f"{CANARY} was seen."),
    "a heading": _markdown(f"## {CANARY}"),
    "a comment in prose": _markdown(f"<!-- {CANARY} -->"),
    "markup in prose": _markdown(f"<p hidden>{CANARY}</p>"),
    "a link in prose": _markdown(f"[Plans](https://example.org/{CANARY})"),
    "the name of a link": _markdown(f"[Plans](#main '{CANARY}')"),
    "an image in prose": _markdown(f"![Plans](data:image/png;base64,{PNG})"),
    "the text of an image": _markdown(f"![{CANARY}](a.png)"),
    "a formula": _markdown(f"${CANARY}$"),
    "code in prose": _markdown(f"`{CANARY}`"),
    "a table in prose": _markdown(f"| Plans |\n| --- |\n| {CANARY} |"),
    "a footnote's reference": _markdown(f"[x]: https://example.org '{CANARY}'\n\n[Plans][x]"),
    "a script in a part": _html(f"<script>{CANARY}</script>"),
    "a comment in a part": _html(f"<!-- {CANARY} -->"),
    "a hidden element in a part": _html(f'<p style="display:none">{CANARY}</p>'),
    "a data attribute in a part": _html(f'<p data-x="{CANARY}">Plans</p>'),
    "a handler in a part": _html(f"<p onclick=\"x('{CANARY}')\">Plans</p>"),
    "a title in a part": _html(f'<p title="{CANARY}">Plans</p>'),
    "a class in a part": _html(f'<p class="{CANARY}">Plans</p>'),
    "an id in a part": _html(f'<p id="{CANARY}">Plans</p>'),
    "a coded text in a part": _html(f"<p>{CODED}</p>"),
    "entities in a part": _html("<p>" + "".join(f"&#{ord(each)};" for each in CANARY) + "</p>"),
    "a drawing in a part": _html(
        f'<img src="data:image/svg+xml;base64,{SVG}" alt="Plans over time">'
    ),
    "a picture in a part": _html(f'<img src="data:image/png;base64,{PNG}" alt="Plans over time">'),
    "a drawing written out in a part": _html(f"<svg><text>{CANARY}</text></svg>"),
    "a style in a part": _html(f"<style>p::after {{ content: '{CANARY}' }}</style>"),
    "a frame in a part": _html(f"<iframe srcdoc='{CANARY}'></iframe>"),
    "a template in a part": _html(f"<template>{CANARY}</template>"),
    "a form in a part": _html(f"<input value='{CANARY}'>"),
    "a picture of the web in a part": _html(
        f'<img src="https://x/{CANARY}" alt="Plans over time">'
    ),
}


def holds(page: str) -> bool:
    """Whether the canary is in the page, in any packing that is planted here."""
    texts = [page, " ".join(told.text for told in parse_page(page).texts)]
    for found in re.findall(r"[A-Za-z0-9+/]{8,}={0,2}", page):
        try:
            raw = base64.b64decode(found + "=" * (-len(found) % 4))
        except ValueError:
            continue
        texts.append(raw.decode("latin-1"))
        at = raw.find(b"\x78\x9c")
        if at >= 0:
            try:
                texts.append(zlib.decompress(raw[at:]).decode("latin-1"))
            except zlib.error:
                continue
    return any(CANARY in text for text in texts)


def told_of(node: nbformat.NotebookNode, tmp_path: Path) -> str:
    """Why the page is not made or not released; blank where the canary is not in it."""
    try:
        page = page_of(node, tmp_path)
    except ExportError as error:
        return str(error)
    return " ".join(check_release(page, drawn_manifest())) if holds(page) else ""


def test_the_clean_notebook_makes_the_clean_page(tmp_path: Path):
    page = page_of(notebook(), tmp_path)
    assert check_release(page, drawn_manifest()) == []
    assert parse_page(page).texts == parse_page(drawn_page()).texts


def test_there_are_as_many_channels_as_the_design_names():
    assert len(PLANTS) >= 43


@pytest.mark.parametrize("channel", PLANTS)
def test_what_is_planted_in_a_notebook_never_gets_into_a_page_that_passes(channel, tmp_path: Path):
    node = notebook()
    PLANTS[channel](node)
    packed = (CANARY, CODED, SVG, PNG, f"&#{ord(CANARY[0])};")
    assert any(each in nbformat.writes(node) for each in packed)
    told = told_of(node, tmp_path)
    assert CANARY not in told
    assert told or channel in DROPPED


def test_enough_channels_reach_the_page_for_the_check_to_be_needed(tmp_path: Path):
    reached = []
    for channel, plant in PLANTS.items():
        node = notebook()
        plant(node)
        try:
            reached += [channel] if holds(page_of(node, tmp_path)) else []
        except ExportError:
            continue
    assert len(reached) >= 20
