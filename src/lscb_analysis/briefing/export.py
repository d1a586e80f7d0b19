"""From an executed notebook to one self-contained page, by our own nbconvert template."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lscb_analysis.briefing.part import NOTHING, Part
from lscb_analysis.briefing.tools import nbformat

TEMPLATES = Path(__file__).parent / "templates"
NOTES = {
    "panel": "For the panel's named readers only: totals are shown whatever their size. Do not "
    "pass this page on."
}
DROPPED_TAGS = frozenset({"setup", "parameters", "injected-parameters", "analyst-only"})
_HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
_NOTHING = re.compile(rf'<p class="{NOTHING}">(.*?)</p>')
_NOTHINGS = re.compile(rf'(?:<p class="{NOTHING}">[^<]*</p>\s*)+')
_MARKUP = re.compile(r"<[^>]+>")
_OF_TABLE = re.compile(r'<(?:table|caption|div|p)\b[^>]*"table-[0-9a-f]{8}[^>]*>')
_QUOTED = re.compile(r'"[^"\n]*"|\'[^\'\n]*\'')
_TABLE_ID = re.compile(r"\btable-[0-9a-f]{8}\b")


class ExportError(RuntimeError):
    """A notebook that may not become a page; the message says which cell and why."""


def page_of_notebook(notebook: Path, facts: Mapping[str, Any]) -> str:
    """The HTML page of an executed notebook: its markdown and our parts, nothing else.

    `facts` holds title, marking, is_synthetic. Code is dropped, tagged cells are removed.
    Raises ExportError where a cell failed, shows nothing, or shows anything but a part.
    """
    node = nbformat().read(str(notebook), as_version=4)
    node.cells = [cell for cell in node.cells if not DROPPED_TAGS & set(_tags(cell))]
    for number, cell in enumerate(node.cells, start=1):
        _check_outputs(number, cell)
    try:
        named = {"metadata": {"name": facts["title"]}}
        body, _ = exporter().from_notebook_node(node, resources=named)
    except Exception as error:  # nbconvert's own errors quote the cell
        raise ExportError(f"a cell of prose cannot be shown ({type(error).__name__})") from error
    return framed(body, facts)


@functools.cache
def exporter() -> Any:
    """nbconvert's exporter with our template, compiled once a process."""
    nbformat()
    from nbconvert.exporters import HTMLExporter

    return HTMLExporter(
        template_name="lscb",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
        embed_images=True,
    )


def framed(body: str, facts: Mapping[str, Any]) -> str:
    """A body in the page's frame: head, marking, contents, main, foot. Headings get ids."""
    body = _numbered_tables(_NOTHINGS.sub(_joined, body))
    numbered = iter(range(1, 1000))
    headings: list[tuple[str, str]] = []

    def with_id(found: re.Match[str]) -> str:
        name = f"section-{next(numbered)}"
        headings.append((name, _MARKUP.sub("", found[1])))
        return f'<h2 id="{name}">{found[1]}</h2>'

    body = _HEADING.sub(with_id, body)
    template = _environment().get_template("lscb/frame.html.j2")
    style = style_of(str(facts["marking"]), bool(facts["is_synthetic"]))
    note = NOTES.get(str(facts.get("audience", "")), "")
    return template.render(body=body, headings=headings, style=style, note=note, **facts)


def style_of(marking: str, is_synthetic: bool) -> str:
    """The stylesheet of a page, which prints its marking on every sheet."""
    template = _environment().get_template("lscb/style.css.j2")
    return template.render(css=_css(), marking=marking, is_synthetic=is_synthetic)


def prose_of_notebook(notebook: Path) -> list[str]:
    """The markdown of a notebook as it stands in the workspace, and the captions in its code."""
    node = nbformat().read(str(notebook), as_version=4)
    kept = [cell for cell in node.cells if not DROPPED_TAGS & set(_tags(cell))]
    texts = [cell.source for cell in kept if cell.cell_type == "markdown"]
    for cell in kept:
        if cell.cell_type == "code":
            texts += [found[0][1:-1] for found in _QUOTED.finditer(cell.source)]
    return texts


def _joined(found: re.Match[str]) -> str:
    """Lines of nothing that follow each other as one line, each named once."""
    names = list(dict.fromkeys(_NOTHING.findall(found[0])))
    return f'<p class="{NOTHING}">No figures in this release: {"; ".join(names)}.</p>\n'


def _numbered_tables(body: str) -> str:
    """The body with its tables' ids as numbers, in their order: an id can carry nothing else."""
    number = 0

    def numbered(found: re.Match[str]) -> str:
        nonlocal number
        number += found[0].startswith("<table")
        # the region round a table comes before it and names its caption
        at = number + found[0].startswith("<div")
        return _TABLE_ID.sub(f"table-{at}", found[0])

    return _OF_TABLE.sub(numbered, body)


@functools.cache
def _environment() -> Any:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["css_string"] = _css_string
    return environment


def _css_string(text: str) -> Any:
    """The text as it may stand in a quoted string of a stylesheet."""
    import markupsafe

    kept = (each if each.isalnum() or each in " -" else f"\\{ord(each):06x} " for each in text)
    return markupsafe.Markup("".join(kept))


@functools.cache
def _css() -> str:
    return (TEMPLATES / "lscb" / "briefing.css").read_text("utf-8")


def _tags(cell: Any) -> list[str]:
    return list(cell.get("metadata", {}).get("tags", []))


def _check_outputs(number: int, cell: Any) -> None:
    if cell.cell_type == "code" and not cell.outputs:
        raise ExportError(
            f"cell {number} shows nothing: let it end in a part, or tag it setup or analyst-only"
        )
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            raise ExportError(f"cell {number} failed: a page is never made from it")
        if output.output_type == "stream":
            raise ExportError(f"cell {number} prints text: show a part instead")
        if not _is_part(output.get("data", {})):
            raise ExportError(f"cell {number} shows something that is not a part of a briefing")


def _is_part(data: Mapping[str, Any]) -> bool:
    """Whether an output is one of our parts: its HTML, and beside it the name of its class."""
    return "text/html" in data and str(data.get("text/plain", "")).startswith(f"{Part.__name__}(")
