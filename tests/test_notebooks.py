from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from lscb_analysis.briefing.run import NotebookError, check_parameters
from lscb_analysis.catalogue import areas, measured_themes, themes

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
THEMES = [NOTEBOOKS / f"{theme}.ipynb" for theme in measured_themes()]
ALL = sorted(NOTEBOOKS.glob("*.ipynb"))
PARAMETERS = {"area", "quarter", "audience"}
CONTROL = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda),
    *(ast.For, ast.AsyncFor, ast.While, ast.If, ast.IfExp, ast.Match, ast.Try, ast.With),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)


def cells(notebook: Path, kind: str = "") -> list[dict]:
    found = json.loads(notebook.read_text("utf-8"))["cells"]
    return [cell for cell in found if kind in ("", cell["cell_type"])]


def source(cell: dict) -> str:
    return "".join(cell["source"])


def tags(cell: dict) -> list[str]:
    return cell["metadata"].get("tags", [])


def test_each_theme_has_its_notebook_and_each_notebook_its_theme():
    others = {"_new_theme", "explore"}
    assert {path.stem for path in ALL} == {*themes(), *others}


@pytest.mark.parametrize("notebook", ALL, ids=lambda path: path.stem)
class TestEveryNotebook:
    def test_is_stored_without_outputs(self, notebook):
        assert all(
            not cell["outputs"] and cell["execution_count"] is None
            for cell in cells(notebook, "code")
        )

    def test_has_cells_of_at_most_eight_lines(self, notebook):
        assert max(len(source(cell).splitlines()) for cell in cells(notebook)) <= 8

    def test_has_no_control_flow(self, notebook):
        for cell in cells(notebook, "code"):
            assert not any(isinstance(node, CONTROL) for node in ast.walk(ast.parse(source(cell))))

    def test_has_prose_without_figures_or_area_names(self, notebook):
        names = [area.area for area in areas().values()]
        for cell in cells(notebook, "markdown"):
            assert not re.search(r"\d", source(cell))
            assert not any(re.search(rf"\b{re.escape(name)}\b", source(cell)) for name in names)

    def test_has_cells_with_fixed_ids_of_their_own(self, notebook):
        ids = [cell["id"] for cell in cells(notebook)]
        assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("notebook", THEMES, ids=lambda path: path.stem)
class TestEveryThemeNotebook:
    def test_is_short(self, notebook):
        assert 10 <= len(cells(notebook)) <= 22
        assert len(cells(notebook, "code")) <= 14

    def test_starts_with_its_parameters_and_opens_its_own_theme(self, notebook):
        first, second = cells(notebook, "code")[:2]
        assert tags(first) == ["parameters"]
        assigned = {node.targets[0].id for node in ast.parse(source(first)).body}
        assert assigned == PARAMETERS
        assert tags(second) == ["setup"]
        assert f'open_briefing("{notebook.stem}", area, quarter, audience)' in source(second)

    def test_declares_what_the_runner_gives(self, notebook):
        check_parameters(notebook, dict.fromkeys(PARAMETERS, ""))

    def test_names_only_indicators_of_its_theme(self, notebook):
        from lscb_analysis.catalogue import breakdowns, theme_indicators

        known = {*theme_indicators(notebook.stem), *breakdowns()}
        used = set()
        for cell in cells(notebook, "code")[2:]:
            if "analyst-only" not in tags(cell):
                used |= set(re.findall(r'"([a-z0-9_]+)"', source(cell)))
        assert used
        assert used <= known


def test_a_parameter_that_is_not_declared_is_refused_by_name():
    with pytest.raises(NotebookError, match="does not declare quater"):
        check_parameters(THEMES[0], {"area": "", "quater": "", "audience": "", "quarter": ""})


def test_a_parameter_that_is_not_given_is_refused_by_name():
    with pytest.raises(NotebookError, match="asks for quarter"):
        check_parameters(THEMES[0], {"area": "", "audience": ""})


def test_explore_says_that_it_reads_child_level_data_and_is_never_exported():
    first = source(cells(NOTEBOOKS / "explore.ipynb")[0])
    assert "reads child-level data" in first
    assert "never exported" in first


def test_explore_is_no_theme_so_that_no_run_ever_briefs_it():
    assert "explore" not in themes()
    assert "_new_theme" not in themes()


def released(workspace: Path, area: str, theme: str) -> str:
    (page,) = (workspace / "reports" / area).glob(f"*/partnership/{theme}.html")
    return page.read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("theme", list(measured_themes()))
class TestEveryThemeNotebookRuns:
    def test_for_the_fictional_area_under_its_own_name(self, board, theme):
        page = released(board.workspace, board.area, theme)
        assert f"<h1>{themes()[theme].title}, {areas()[board.area].area}, 2016-17 Q4</h1>" in page
        assert areas()[board.real].area not in page

    def test_for_the_real_area_under_its_own_name(self, board, theme):
        page = released(board.workspace, board.real, theme)
        assert f"<h1>{themes()[theme].title}, {areas()[board.real].area}, year to" in page
        assert areas()[board.area].area not in page

    def test_and_none_of_its_code_is_on_the_page(self, board, theme):
        for area in (board.area, board.real):
            page = released(board.workspace, area, theme)
            assert "open_briefing" not in page
            assert "import lscb_analysis" not in page


def executed(notebook: Path, folder: Path, monkeypatch, workspace: Path) -> list[dict]:
    import papermill

    monkeypatch.setenv("LSCB_WORKSPACE", str(workspace))
    made = folder / notebook.name
    papermill.execute_notebook(
        str(notebook), str(made), kernel_name="python3", progress_bar=False, log_output=False
    )
    return cells(made, "code")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["explore", "_new_theme"])
def test_the_analysts_own_notebooks_run_as_they_are_and_write_nothing_into_the_reports(
    board, name, tmp_path, monkeypatch
):
    reports = board.workspace / "reports"
    before = {path: path.read_bytes() for path in reports.rglob("*") if path.is_file()}
    found = executed(NOTEBOOKS / f"{name}.ipynb", tmp_path, monkeypatch, board.workspace)
    shown = [cell["outputs"] for cell in found if "parameters" not in tags(cell)]
    assert all(each or "setup" in tags(cell) for each, cell in zip(shown, found[1:], strict=True))
    assert {path: path.read_bytes() for path in reports.rglob("*") if path.is_file()} == before
