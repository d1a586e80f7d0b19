from __future__ import annotations

import pytest
from click.testing import CliRunner

from lscb_analysis.cli import main
from lscb_analysis.periods import Quarter
from lscb_analysis.sources import read_area
from lscb_analysis.templates import return_form, write_form
from tests.sources.extracts import told
from tests.templates.filling import filled_in
from tests.templates.test_partner_return import FILLED

LSCB = 'areas = ["X06000001"]\nmarking = "OFFICIAL"\n[area.X06000001]\nneighbour_model = "x"\n'


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    (tmp_path / "lscb.toml").write_text(LSCB, "utf-8")
    monkeypatch.setenv("LSCB_WORKSPACE", str(tmp_path))
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(main, ["template", *arguments])


def test_forms_are_written_beside_the_areas_raw_data_and_it_says_where(workspace):
    folder = workspace / "data" / "raw" / "X06000001" / "templates"
    for kind in ("history", "settings"):
        done = run(kind)
        assert (done.exit_code, done.output) == (0, f"Written: {folder / f'{kind}.xlsx'}\n")
    assert run("return", "--agency", "police", "--year", "2016-17").exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "history.xlsx",
        "partner_return_police_2016-17.xlsx",
        "settings.xlsx",
    ]


def test_forms_are_written_to_the_folder_that_is_named(workspace):
    assert run("history", "--to", str(workspace / "forms")).exit_code == 0
    assert (workspace / "forms" / "history.xlsx").is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["return", "--year", "2016-17", "--agency", "polise"], "did you mean police?"),
        (["return", "--year", "2016"], "write for example --year"),
        (["history", "--area", "X0600000"], "no area has the code"),
    ],
)
def test_what_cannot_be_written_is_refused_with_what_to_write_instead(
    arguments, message, workspace
):
    done = run(*arguments)
    assert done.exit_code == 2
    assert message in done.output


def test_a_return_in_a_quarters_folder_is_among_the_areas_records(tmp_path):
    form = filled_in(return_form("police", 2016), FILLED)
    write_form(tmp_path / "2016-17-Q4" / "return.xlsx", form)
    records = read_area(tmp_path, Quarter(2016, 4), b"the key of a fictional area")
    assert len(records.records["partner_figures"]) == 4
    assert len(records.records["da_triage"]) == 5
    assert records.returns["agency"].tolist() == ["Police"]
    assert set(records.texts["kind"]) == {
        *("commentary", "assurance answer", "highlight", "audit finding")
    }
    assert told(records.findings) == []
