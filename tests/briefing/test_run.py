"""Running a notebook: its parameters are those it declares, and a failure is told plainly."""

from __future__ import annotations

import nbformat
import pytest
from nbformat import v4

from lscb_analysis.briefing.run import NotebookError, check_parameters, run_notebook

GIVEN = {"area": "X06000001", "quarter": "2016-17-Q4", "audience": "partnership"}
DECLARED = 'area = "X06000001"\nquarter = "2016-17-Q4"\naudience = "partnership"'


def notebook(folder, *sources: str, parameters: str = DECLARED, tag: str = "parameters"):
    cells = [v4.new_code_cell(parameters, metadata={"tags": [tag]})]
    cells += [v4.new_code_cell(source) for source in sources]
    node = v4.new_notebook(cells=cells)
    node.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    path = folder / "drawn.ipynb"
    nbformat.write(node, path)
    return path


def test_parameters_that_are_just_those_declared_are_accepted(tmp_path):
    check_parameters(notebook(tmp_path), GIVEN)


def test_a_parameter_that_the_notebook_does_not_declare_is_refused(tmp_path):
    with pytest.raises(NotebookError, match="does not declare region") as refused:
        check_parameters(notebook(tmp_path), GIVEN | {"region": "E12000004"})
    assert "drawn.ipynb" in str(refused.value)


def test_a_parameter_that_is_not_given_is_refused(tmp_path):
    with pytest.raises(NotebookError, match="asks for audience, which is not given"):
        check_parameters(notebook(tmp_path), {"area": "X06000001", "quarter": "2016-17-Q4"})


def test_a_parameters_cell_without_its_tag_is_refused(tmp_path):
    with pytest.raises(NotebookError, match="does not declare area, audience, quarter"):
        check_parameters(notebook(tmp_path, tag="settings"), GIVEN)


def test_a_name_that_would_run_code_is_refused_and_not_run(tmp_path):
    mark = tmp_path / "ran"
    name = f"area = open({str(mark)!r}, 'w')\nx"
    with pytest.raises(NotebookError, match="does not declare"):
        run_notebook(notebook(tmp_path), GIVEN | {name: "1"}, tmp_path / "run.ipynb", tmp_path)
    assert not mark.exists()
    assert not (tmp_path / "run.ipynb").exists()


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    path = tmp_path / "drawn.ipynb"
    path.write_text("not json", "utf-8")
    with pytest.raises(NotebookError, match=r"drawn.ipynb is not a notebook"):
        check_parameters(path, GIVEN)


@pytest.mark.slow
def test_a_notebook_runs_with_the_values_given(tmp_path):
    path = notebook(tmp_path, "print(area, quarter)")
    run = run_notebook(path, GIVEN | {"area": "E06000016"}, tmp_path / "run.ipynb", tmp_path)
    last = nbformat.read(run, as_version=4).cells[-1]
    assert last.outputs[0].text == "E06000016 2016-17-Q4\n"


@pytest.mark.slow
def test_a_failed_cell_is_named_without_its_data_and_stops_the_notebook(tmp_path):
    after = tmp_path / "after"
    path = notebook(
        tmp_path, "child = 'Ann Example'; raise KeyError(child)", f"open({str(after)!r}, 'w')"
    )
    with pytest.raises(NotebookError, match="failed with KeyError") as failed:
        run_notebook(path, GIVEN, tmp_path / "run.ipynb", tmp_path)
    assert "drawn.ipynb: cell" in str(failed.value)
    assert "Ann Example" not in str(failed.value)
    assert not after.exists()
