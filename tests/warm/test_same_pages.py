"""A theme's page is the same byte for byte, whichever way its notebook ran."""

from __future__ import annotations

from pathlib import Path

import pytest

from lscb_analysis.briefing.briefing import open_briefing
from lscb_analysis.briefing.export import page_of_notebook
from lscb_analysis.briefing.making import page_facts
from lscb_analysis.briefing.run import run_notebook
from lscb_analysis.warm.kernels import SHARED, WAY_VARIABLE
from tests.briefing.drawn_workspace import drawn_workspace

ROOT = Path(__file__).parents[2]
ASKED = {"area": "X06000001", "quarter": "2016-17-Q4", "audience": "partnership"}


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["child_protection", "looked_after_children"])
def test_the_page_is_the_same_from_a_fork_a_pool_and_papermill(tmp_path, monkeypatch, theme):
    workspace = drawn_workspace(tmp_path)
    briefing = open_briefing(theme, *ASKED.values(), workspace)
    notebook = ROOT / "notebooks" / f"{theme}.ipynb"
    pages = {}
    for engine, way in (("papermill", ""), ("warm", "fork"), ("warm", "pool")):
        monkeypatch.setenv(WAY_VARIABLE, way)
        made = tmp_path / f"{engine}{way}.ipynb"
        SHARED.close()
        run_notebook(notebook, ASKED, made, workspace, engine)
        pages[engine + way] = page_of_notebook(made, page_facts(briefing))
        if engine == "warm":
            assert type(SHARED.kernels()).__name__ == {"fork": "ForkServer", "pool": "Pool"}[way]
    assert "<img" in pages["papermill"]
    assert pages["warmfork"] == pages["papermill"]
    assert pages["warmpool"] == pages["papermill"]
