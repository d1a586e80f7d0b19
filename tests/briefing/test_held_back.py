"""A briefing with something held back: the note where it would stand, and all the rest."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat import v4

from lscb_analysis.briefing.saying import NOTE
from lscb_analysis.pipeline.holding_back import OF_THIS_RELEASE, held_back
from lscb_analysis.values import KEY, read_values, write_values
from tests.briefing.drawn_workspace import MEREFORD, QUARTER, drawn_workspace, processed
from tests.briefing.releasing import brief_area

pytestmark = pytest.mark.slow

HELD = "cp_plan_starts"
THEME = "child_protection"
WRONG = "Plans: 412 children at 31 March 2017, 100 more than 512 at 31 March 2016."


def plant(workspace: Path) -> list[str]:
    """Hold back one indicator's newest quarter and a text; make a notebook say what is wrong."""
    folder = processed(workspace, MEREFORD)
    values = read_values(folder / "values.parquet")
    of_it = values["indicator"].eq(HELD) & values["period_type"].eq("quarter")
    newest = values[of_it & values["area_code"].eq(MEREFORD)].sort_values("period_end").tail(1)
    key = tuple(str(newest.iloc[0][name]) for name in KEY)
    write_values(held_back(values, {key: OF_THIS_RELEASE}), folder / "values.parquet")
    texts = pd.read_parquet(folder / "texts.parquet")
    is_first = texts["approver"].ne("") & texts["indicator"].isin(["cp_plans_at_period_end", HELD])
    first = texts.index[is_first][0]
    said = str(texts.at[first, "text"])
    texts.loc[first, "text"] = ""
    texts["held_back"] = ["yes" if at == first else "" for at in texts.index]
    texts.to_parquet(folder / "texts.parquet")
    path = workspace / "notebooks" / f"{THEME}.ipynb"
    node = nbformat.read(path, as_version=4)
    node.cells.append(
        v4.new_code_cell(f"from lscb_analysis.briefing.part import Part\nPart('<p>{WRONG}</p>')")
    )
    nbformat.write(node, path)
    return [said, str(newest.iloc[0]["period"])]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[str], str]:
    """What was planted, what the run says is held, and the text of the page."""
    workspace = drawn_workspace(tmp_path_factory.mktemp("held"))
    what = plant(workspace)
    (outcome,) = brief_area(workspace, MEREFORD, [THEME])
    assert outcome.problems == []
    assert outcome.path is not None
    assert outcome.path.parent.parent.name == QUARTER
    text = BeautifulSoup(outcome.path.read_text("utf-8"), "html.parser").get_text(" ")
    return what, outcome.held, " ".join(text.split())


def test_the_page_says_which_figure_is_held_back_and_why(planted):
    (_, period), _, text = planted
    assert f"Child protection plans started, {period}: {OF_THIS_RELEASE}." in text


def test_the_page_says_that_a_partners_words_are_held_back(planted):
    (said, _), _, text = planted
    assert "is held back: it says otherwise than the released figures; it is being checked." in text
    assert not said or said not in text


def test_a_sentence_of_ours_that_disagrees_with_its_numbers_is_held_back(planted):
    _, held, text = planted
    assert NOTE in text
    assert WRONG not in text
    assert len(held) == 1


def test_the_rest_of_the_briefing_is_released(planted):
    assert "412 children at 31 March 2017" in planted[2]
