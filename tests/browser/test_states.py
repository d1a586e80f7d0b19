"""Pages in every state: all withheld, empty, very long labels, for the public, for the panel."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from lscb_analysis.briefing.places import pages_folder
from lscb_analysis.briefing.release import brief
from lscb_analysis.periods import parse_quarter
from lscb_analysis.settings import read_settings
from lscb_analysis.values import read_values, write_values
from tests.briefing.drawn_workspace import MEREFORD, QUARTER, drawn_workspace, processed
from tests.browser.looking import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]
THEME = "child_protection"
LONG = "children whose plan began before they came to live in the area and was taken over " * 2
NUMBERS = ["numerator", "denominator", "value", "band_lower", "band_upper"]


def all_withheld(values: pd.DataFrame) -> pd.DataFrame:
    gone = values.assign(status="suppressed", symbol="c", reason="withheld to protect children")
    return gone.assign(**dict.fromkeys(NUMBERS, float("nan")))


def empty(values: pd.DataFrame) -> pd.DataFrame:
    return values.iloc[:0]


def long_labels(values: pd.DataFrame) -> pd.DataFrame:
    is_part = values["breakdown_topic"].ne("Total")
    longer = values["breakdown"] + f" {LONG}"
    return values.assign(breakdown=values["breakdown"].mask(is_part, longer))


def as_drawn(values: pd.DataFrame) -> pd.DataFrame:
    return values


STATES = {
    "everything withheld": (all_withheld, "partnership"),
    "an empty theme": (empty, "partnership"),
    "very long labels": (long_labels, "partnership"),
    "for the public": (as_drawn, "public"),
    "for the panel": (as_drawn, "panel"),
}


@pytest.fixture(params=STATES, scope="module")
def state(request, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of one state, which has passed the release check."""
    change, audience = STATES[request.param]
    workspace = drawn_workspace(tmp_path_factory.mktemp("state"))
    folder = processed(workspace, MEREFORD)
    write_values(change(read_values(folder / "values.parquet")), folder / "values.parquet")
    facts = folder / "provenance.json"
    facts.write_text(facts.read_text().replace('"partnership"', f'"{audience}"'))
    if audience != "partnership":
        folder.rename(folder.with_name(audience))
    settings = replace(read_settings(workspace), audience=audience)
    (outcome, *_) = brief(settings, MEREFORD, parse_quarter(QUARTER), [THEME], lambda _: None)
    assert outcome.problems == []
    return pages_folder(workspace, MEREFORD, parse_quarter(QUARTER), audience) / f"{THEME}.html"


def test_a_page_in_any_state_has_no_violation_and_does_not_scroll_sideways(state: Path, browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(state.as_uri())
    try:
        assert violations(page) == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    finally:
        context.close()


def test_only_a_page_for_the_panel_says_that_it_must_not_be_passed_on(state: Path):
    page = state.read_text("utf-8")
    assert ("Do not pass this page on" in page) == ("panel" in state.parts)
