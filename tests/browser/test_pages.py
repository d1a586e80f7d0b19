"""What a reader's browser makes of the pages: axe, reflow, keyboard, requests, print."""

from __future__ import annotations

import io
import itertools
import os
import re
import shutil
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
THEMES = ("child_protection", "looked_after_children", "domestic_abuse", "child_deaths")
PAGES = [
    "index.html",
    *(
        f"{area}/{quarter}/partnership/{name}.html"
        for area, quarter in (("X06000001", "2016-17-Q4"), ("E06000016", "2024-25-Q4"))
        for name in ("index", *THEMES)
    ),
]


def chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), "")
    if not found and os.environ.get("LSCB_REQUIRE_BROWSER"):
        pytest.fail("a browser is required (LSCB_REQUIRE_BROWSER) and there is none")
    if not found:
        pytest.skip("not run: no Chromium on this machine")
    return found


@pytest.fixture(scope="session")
def browser():
    program = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(params=PAGES, ids=lambda page: page.replace("/partnership", ""))
def opened(request, board, browser):
    """One released page, open at 1280 pixels, and every request that it made."""
    path: Path = board.workspace / "reports" / request.param
    assert path.is_file()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    requests: list[str] = []
    page.on("request", lambda made: requests.append(made.url))
    page.goto(path.as_uri())
    yield page, requests
    context.close()


def violations(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [f"{each['id']}: {len(each['nodes'])}" for each in found.response["violations"]]


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
    page, requests = opened
    page.wait_for_load_state("networkidle")
    outside = [url for url in requests if not url.startswith(("file:", "data:"))]
    assert outside == []
    assert page.evaluate("document.scripts.length") == 0


def test_every_table_has_a_caption_and_every_heading_its_scope(opened):
    page, _ = opened
    bad = page.evaluate(
        """[...document.querySelectorAll('table')].filter(table =>
             !table.caption || !table.caption.textContent.trim() ||
             [...table.querySelectorAll('th')].some(
               th => !th.scope || !th.textContent.trim())).length"""
    )
    assert bad == 0


def test_every_figure_has_an_alternative_whose_numbers_are_on_the_page(opened):
    page, _ = opened
    pictures = page.evaluate("[...document.images].map(image => image.alt)")
    cells = page.evaluate(
        "[...document.querySelectorAll('th, td, caption')].map(cell => cell.textContent)"
    )
    printed = set(re.findall(r"\d[\d,.]*\d|\d", " ".join(cells)))
    for alternative in pictures:
        assert len(alternative.split()) > 4
        assert set(re.findall(r"\d[\d,.]*\d|\d", alternative)) <= printed


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
