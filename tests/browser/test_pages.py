"""What a reader's browser makes of the pages: axe, reflow, keyboard, requests, print."""

from __future__ import annotations

import io
import itertools
import re
from pathlib import Path

import pytest

from tests.browser.looking import violations

pytestmark = pytest.mark.browser

THEMES = (
    *("child_protection", "looked_after_children", "domestic_abuse", "child_deaths"),
    "annual_report",
)
PAGES = [
    "index.html",
    *(
        f"{area}/{quarter}/partnership/{name}.html"
        for area, quarter in (("X06000001", "2016-17-Q4"), ("E06000016", "2024-25-Q4"))
        for name in ("index", *THEMES)
    ),
]


@pytest.fixture(params=PAGES, ids=lambda page: page.replace("/partnership", ""))
def opened(request, browser, board):
    """One released page, open at 1280 pixels, and each address that it asked for but did not get.

    The page's own policy is off, so that it cannot hide what the page would have asked for.
    """
    path: Path = board.workspace / "reports" / request.param
    assert path.is_file()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    refused: list[str] = []

    def only_the_page(route) -> None:
        if route.request.url.startswith("data:") or route.request.url == path.as_uri():
            route.continue_()
        else:
            refused.append(route.request.url)
            route.abort()

    context.route("**/*", only_the_page)
    page = context.new_page()
    page.goto(path.as_uri())
    yield page, refused
    context.close()


def test_axe_finds_nothing_wide_or_narrow(opened):
    page, _ = opened
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert violations(page) == []


def test_the_page_reflows_at_320_pixels(opened):
    page, _ = opened
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_no_request_leaves_the_page(opened):
    page, refused = opened
    page.wait_for_load_state("networkidle")
    assert refused == []
    assert page.evaluate("document.scripts.length") == 0


@pytest.mark.parametrize("opened", [PAGES[0]], indirect=True, ids=["planted"])
def test_a_request_that_leaves_the_page_is_seen_and_not_made(opened):
    page, refused = opened
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://a.example/b'}))")
    page.wait_for_load_state("networkidle")
    page.wait_for_function("[...document.images].at(-1).complete")
    assert refused == ["http://a.example/b"]


def test_every_table_has_a_caption_and_every_heading_its_scope(opened):
    page, _ = opened
    bad = page.evaluate(
        """[...document.querySelectorAll('table')].filter(table =>
             !table.caption || !table.caption.textContent.trim() ||
             [...table.querySelectorAll('th')].some(
               th => !th.scope || !th.textContent.trim())).length"""
    )
    assert bad == 0


NUMBER = r"\d[\d,.]*\d|\d"


def test_every_picture_has_an_alternative_whose_numbers_are_in_its_own_table(opened):
    page, _ = opened
    pictures = page.evaluate(
        """[...document.images].map(image => {
             const rest = [...document.querySelectorAll('table')];
             const after = table =>
               image.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING;
             const own = image.closest('table') || rest.find(after);
             const cells = own ? [...own.querySelectorAll('caption, th, td')] : [];
             return [image.alt, cells.map(cell => cell.textContent).join(' ')];
           })"""
    )
    assert pictures or "index" in page.url or page.locator("figure").count() == 0
    for alternative, table in pictures:
        assert len(alternative.split()) > 3
        unseen = set(re.findall(NUMBER, alternative)) - set(re.findall(NUMBER, table))
        assert unseen == set(), alternative


@pytest.mark.parametrize("opened", [PAGES[2]], indirect=True, ids=["child_protection"])
def test_what_is_folded_opens_by_keyboard_and_is_sound_open_or_closed(opened):
    page, _ = opened
    folded = page.locator("details")
    assert folded.count() > 1
    for is_open in (False, True):
        page.evaluate(
            "open => document.querySelectorAll('details').forEach(each => each.open = open)",
            is_open,
        )
        assert page.locator("details[open]").count() == (folded.count() if is_open else 0)
        assert violations(page) == []
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.set_viewport_size({"width": 1280, "height": 900})
    first = folded.first
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    assert first.get_attribute("open") is None
    page.keyboard.press("Enter")
    assert first.get_attribute("open") is not None


def test_the_first_tab_stop_is_the_skip_link(opened):
    page, _ = opened
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.hash") == "#main"


def test_headings_start_with_one_and_skip_no_level(opened):
    page, _ = opened
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_every_printed_page_has_the_marking(opened):
    import pypdf

    page, _ = opened
    is_synthetic = "SYNTHETIC DATA" in page.inner_text("header")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", tagged=True)))
    assert printed.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for sheet in printed.pages:
        text = sheet.extract_text()
        assert "OFFICIAL-SENSITIVE" in text
        assert ("SYNTHETIC DATA" in text) or not is_synthetic
