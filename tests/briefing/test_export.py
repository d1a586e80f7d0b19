"""From an executed notebook to a page: what is kept, what is dropped, what is refused."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from lscb_analysis.briefing.export import ExportError, framed, page_of_notebook
from lscb_analysis.briefing.part import Part
from lscb_analysis.release_check import RULES, Manifest, check_release

FACTS = {
    "title": "Plans, Mereford, 2016-17 Q4",
    "marking": "OFFICIAL-SENSITIVE",
    "is_synthetic": False,
    "footer": "Plans.",
}


def shows(part: object, **more: str) -> nbformat.NotebookNode:
    html = part.html if isinstance(part, Part) else str(part)
    return v4.new_output("execute_result", {"text/html": html, "text/plain": repr(part)} | more)


def code(source: str, *outputs: nbformat.NotebookNode, tags: tuple[str, ...] = ()):
    return v4.new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)})


MARKUP = {name: RULES[name] for name in ("unseen", "nesting", "elements", "attributes", "links")}
MANIFEST = Manifest(title="Plans", marking="OFFICIAL-SENSITIVE", is_synthetic=False)


def page(folder: Path, *cells: nbformat.NotebookNode) -> str:
    first = code("lscb.headline(briefing)", shows(Part("<h1>Plans</h1>")))
    path = folder / "run.ipynb"
    nbformat.write(v4.new_notebook(cells=[first, *cells]), path)
    return page_of_notebook(path, FACTS)


def test_a_page_is_its_markdown_and_its_parts(tmp_path):
    html = page(
        tmp_path,
        v4.new_markdown_cell("## Scorecard\n\nRead *across*."),
        code("lscb.scorecard(briefing)", shows(Part("<p>The scorecard</p>"))),
    )
    assert "<p>Read <em>across</em>.</p>" in html
    assert "<p>The scorecard</p>" in html
    assert not [each for each in check_release(html, MANIFEST, MARKUP) if "style" not in each]


def test_no_code_reaches_a_page(tmp_path):
    html = page(tmp_path, code("secret_name = 1; lscb.who()", shows(Part("<p>Who</p>"))))
    assert "<p>Who</p>" in html
    assert "secret_name" not in html


@pytest.mark.parametrize("tag", ["parameters", "injected-parameters", "setup", "analyst-only"])
def test_a_tagged_cell_is_dropped_with_all_that_it_shows(tmp_path, tag):
    html = page(tmp_path, code("look()", shows(Part("<p>For the analyst</p>")), tags=(tag,)))
    assert "For the analyst" not in html


def test_an_analysts_prose_is_dropped_too(tmp_path):
    note = v4.new_markdown_cell("For the analyst", metadata={"tags": ["analyst-only"]})
    assert "For the analyst" not in page(tmp_path, note)


@pytest.mark.parametrize(
    ("output", "told"),
    [
        (v4.new_output("error", ename="KeyError", evalue="plan 7"), "failed"),
        (v4.new_output("stream", name="stdout", text="plan 7"), "prints text"),
        (v4.new_output("stream", name="stderr", text="plan 7"), "prints text"),
        (v4.new_output("execute_result", {"text/plain": "plan 7"}), "not a part"),
        (v4.new_output("display_data", {"image/png": "AAAA"}), "not a part"),
        (shows("<table><tr><td>plan 7</td></tr></table>"), "not a part"),
    ],
    ids=["an error", "printed text", "a warning", "bare text", "a picture", "another's table"],
)
def test_anything_but_a_part_is_refused_without_its_value(tmp_path, output, told):
    with pytest.raises(ExportError, match=told) as refused:
        page(tmp_path, code("look()", output))
    assert "cell 2" in str(refused.value)
    assert "plan 7" not in str(refused.value)


def test_a_cell_whose_figure_is_missing_is_refused(tmp_path):
    with pytest.raises(ExportError, match="cell 2 shows nothing"):
        page(tmp_path, code("chart = lscb.how_has_it_changed(briefing, 'plans')"))


def test_a_script_in_prose_does_not_pass_the_release_check(tmp_path):
    html = page(tmp_path, v4.new_markdown_cell("## Words\n\n<script>go()</script>"))
    found = check_release(html, MANIFEST, MARKUP)
    assert any(problem.startswith("a <script> element") for problem in found)


def test_the_contents_list_every_section_by_name():
    html = framed("<h1>Plans</h1><h2>Scorecard</h2><h2>Care &amp; health</h2>", FACTS)
    assert '<a href="#section-1">Scorecard</a>' in html
    assert '<h2 id="section-1">Scorecard</h2>' in html
    assert '<a href="#section-2">Care &amp; health</a>' in html


def test_the_frame_has_title_language_landmarks_and_policy():
    html = framed("<h1>Plans</h1><h2>One</h2><h2>Two</h2>", FACTS)
    for piece in (
        '<html lang="en-GB">',
        "<title>Plans, Mereford, 2016-17 Q4</title>",
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'",
        '<a class="skip" href="#main">',
        "<header>",
        '<nav aria-label="On this page">',
        '<main id="main">',
        "<footer>",
    ):
        assert html.count(piece) == 1, piece
    assert html.count('<p class="marking">OFFICIAL-SENSITIVE</p>') == 2


def test_a_marking_with_quotes_and_ampersands_is_printed_as_written():
    facts = FACTS | {"marking": 'OFFICIAL "A&B" </style>'}
    html = framed("<h1>Plans</h1>", facts)
    style = html[html.index("<style>") : html.index("</style>")]
    assert '"OFFICIAL \\000022 A\\000026 B\\000022  \\00003c \\00002f style\\00003e "' in style
    assert html.count("</style>") == 1


def test_lines_of_nothing_that_follow_each_other_become_one():
    html = framed('<h1>P</h1><p class="nothing">A</p>\n<p class="nothing">B</p>', FACTS)
    assert '<p class="nothing">No figures in this release: A; B.</p>' in html


def test_the_same_notebook_gives_the_same_bytes(tmp_path):
    cells = [v4.new_markdown_cell("## One"), code("x", shows(Part("<p>Who</p>")))]
    assert page(tmp_path, *cells) == page(tmp_path, *cells)
