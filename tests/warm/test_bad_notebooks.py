"""Notebooks that misbehave: each is told plainly by its name and cell, and the next one runs."""

from __future__ import annotations

import json

import nbformat
import pytest

from lscb_analysis.briefing.run import NotebookError, run_notebook
from tests.warm.drawn import notebook, printed, run

pytestmark = pytest.mark.slow
BAD = {
    "errors": ("child = 'Ann Example'\nraise KeyError(child)", "cell 3 failed with KeyError"),
    "leaves": ("import os; os._exit(0)", "cell 3: its kernel left with exit code 0"),
    "reads input": ("input('who?')", "cell 3 failed with StdinNotImplementedError"),
    "is killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "second time"),
}


@pytest.mark.parametrize("kind", list(BAD))
@pytest.mark.parametrize("engine", ["warm", "papermill"])
def test_a_notebook_that_fails_is_told_without_its_data(tmp_path, kind, engine):
    source, told = BAD[kind]
    made = tmp_path / "made.ipynb"
    with pytest.raises(NotebookError) as failed:
        run_notebook(notebook(tmp_path, source), {"x": "2"}, made, tmp_path, engine)
    assert str(failed.value).startswith("drawn.ipynb: ")
    assert "Ann Example" not in str(failed.value)
    assert "\n" not in str(failed.value)
    if engine == "warm" or kind in ("errors", "reads input"):
        assert told in str(failed.value)
    assert made.exists(), "what has run is kept"
    good = notebook(tmp_path, "print(x)", name="good")
    made = run_notebook(good, {"x": "3"}, tmp_path / "good_made.ipynb", tmp_path, engine)
    assert printed(nbformat.read(made, as_version=4)) == "3\n"


def test_where_a_plain_kernel_had_to_be_taken_the_one_that_leaves_is_told_the_same(
    tmp_path, monkeypatch
):
    run_notebook(notebook(tmp_path), {"x": "1"}, tmp_path / "m.ipynb", tmp_path, "warm")
    monkeypatch.setenv("PYTHONHASHSEED", "7")  # read where Python starts: no fork can have it
    leaves = notebook(tmp_path, "print(hash('a'))\nimport os; os._exit(3)")
    with pytest.raises(NotebookError, match="cell 3: its kernel left with exit code 3"):
        run_notebook(leaves, {"x": "2"}, tmp_path / "m.ipynb", tmp_path, "warm")


@pytest.mark.parametrize("engine", ["warm", "papermill"])
def test_a_parameter_that_is_not_declared_is_refused(tmp_path, engine):
    with pytest.raises(NotebookError, match="does not declare y"):
        run_notebook(notebook(tmp_path), {"x": 1, "y": 1}, tmp_path / "m.ipynb", tmp_path, engine)


def test_an_engine_that_is_not_known_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no engine 'cold': use warm or papermill"):
        run_notebook(notebook(tmp_path), {"x": 1}, tmp_path / "m.ipynb", tmp_path, "cold")


@pytest.mark.parametrize("way", ["fork", "pool"])
def test_a_cell_that_prints_without_end_is_cut_and_says_so(tmp_path, way):
    path = notebook(tmp_path, "for _ in range(100):\n    print('x' * 10**6)", "print('after')")
    node = run(path, way)
    text = printed(node)
    assert 10**7 <= len(text) < 1.1 * 10**7
    assert "[The rest is not kept: this cell's output is more than 10 MB.]" in text
    assert text.endswith("after\n")
    assert len(json.dumps(node)) < 1.2 * 10**7


def test_many_displays_are_cut_as_well_and_what_is_cleared_does_not_count(tmp_path):
    show = "from IPython.display import HTML, clear_output, display\n"
    path = notebook(
        tmp_path,
        show + "for _ in range(30):\n    display(HTML('y' * 10**6))",
        show + "for _ in range(30):\n    clear_output()\n    display(HTML('z' * 10**6))",
    )
    many, cleared = (cell.outputs for cell in run(path).cells[-2:])
    assert 9 <= len([each for each in many if each.output_type == "display_data"]) <= 10
    assert "not kept" in many[-1].text
    assert [each.output_type for each in cleared] == ["display_data"]


def test_a_notebook_that_prints_nothing_runs(tmp_path):
    assert printed(run(notebook(tmp_path, "", "pass"))) == ""
