"""A corrected extract to reissued briefings, and raw data that is purged: on one small quarter."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from lscb_analysis import reissuing
from lscb_analysis.audit import read_log
from lscb_analysis.catalogue import indicators
from lscb_analysis.cli import main
from lscb_analysis.demo import AREA_CODE, write_example_board
from lscb_analysis.periods import Quarter, parse_quarter
from lscb_analysis.pipeline import Reason
from lscb_analysis.pipeline.changes import changes_table
from lscb_analysis.pipeline.protecting import with_frozen
from lscb_analysis.purging import due_for_purge
from lscb_analysis.reissuing import check_reason, reissue
from lscb_analysis.running import AreaOutcome
from lscb_analysis.settings import read_settings
from lscb_analysis.state import StateError, by_day_file, write_private
from lscb_analysis.values import as_values, write_values

ROOT = Path(__file__).resolve().parents[1]
FIRST, SECOND = Quarter(2016, 2), Quarter(2016, 3)
INCIDENTS = f"police {SECOND.id} incidents.csv"
WHY = ("--why", "incidents that had been sent twice are left out", "--by", "Head of performance")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Path:
    """A workspace with two quarters of the example board, the second one briefed."""
    place = tmp_path_factory.mktemp("workspace")
    shutil.copy(ROOT / "lscb.toml", place)
    shutil.copytree(ROOT / "notebooks", place / "notebooks")
    write_example_board(place / "data" / "raw" / AREA_CODE, quarters=[FIRST, SECOND])
    return place


def lscb(workspace: Path, monkeypatch, *arguments: str):
    monkeypatch.setenv("LSCB_WORKSPACE", str(workspace))
    return CliRunner().invoke(main, [*arguments, "--area", AREA_CODE])


def shorter(workspace: Path, folder: Path) -> Path:
    """The incidents without the last two hundred."""
    lines = (raw(workspace) / INCIDENTS).read_bytes().splitlines(True)
    path = folder / INCIDENTS
    path.write_bytes(b"".join(lines[:-200]))
    return path


def raw(workspace: Path) -> Path:
    return workspace / "data" / "raw" / AREA_CODE / SECOND.id


@pytest.mark.slow
def test_from_a_corrected_file_to_a_reissued_page_and_then_a_purge(
    workspace, tmp_path, monkeypatch
):
    theme = ("--theme", "domestic_abuse")
    quarter = ("--quarter", SECOND.id)
    first = lscb(workspace, monkeypatch, "run", *quarter, *theme)
    assert first.exit_code == 0, first.output
    page = workspace / "reports" / AREA_CODE / SECOND.id / "partnership" / "domestic_abuse.html"
    assert "Corrected on" not in page.read_text("utf-8")

    file = ("--file", str(shorter(workspace, tmp_path)))
    again = lscb(workspace, monkeypatch, "reissue", *quarter, *theme, *file, *WHY)
    assert again.exit_code == 0, again.output
    told = page.read_text("utf-8")
    assert "incidents that had been sent twice are left out, Head of performance" in told
    assert "Corrections: figures of this briefing that were other" in told
    kept = list((workspace / ".lscb" / AREA_CODE / "replaced").glob(f"*/{INCIDENTS}"))
    assert len(kept) == 1
    assert kept[0].stat().st_size > (raw(workspace) / INCIDENTS).stat().st_size
    assert read_log(workspace, AREA_CODE)[-1]["why"] == WHY[1]

    days = by_day_file(workspace, AREA_CODE, FIRST.id)
    write_private(days, b"of single days")
    listed = lscb(workspace, monkeypatch, "purge", "--before", SECOND.id)
    assert "Nothing is removed yet" in listed.output
    assert (raw(workspace).parent / FIRST.id).is_dir()
    purged = lscb(workspace, monkeypatch, "purge", "--before", SECOND.id, "--yes")
    assert purged.exit_code == 0, purged.output
    assert not (raw(workspace).parent / FIRST.id).exists()
    assert (workspace / ".lscb" / AREA_CODE / "frozen.parquet").is_file()
    assert not list((workspace / ".lscb" / AREA_CODE).glob("replaced"))
    assert not days.exists()
    before = values(workspace)
    assert lscb(workspace, monkeypatch, "run", *quarter, *theme).exit_code == 0
    after = values(workspace)
    assert FIRST.label in set(before["period"])
    assert shown(after, FIRST.label) == shown(before, FIRST.label) != {}


def values(workspace: Path) -> pd.DataFrame:
    folder = workspace / "data" / "processed" / AREA_CODE / SECOND.id / "partnership"
    return pd.read_parquet(folder / "values.parquet")


def shown(table: pd.DataFrame, period: str) -> dict[str, float]:
    rows = table[table["period"].eq(period) & table["breakdown"].eq("Total")]
    return rows.dropna(subset="value").set_index("indicator")["value"].to_dict()


def test_a_file_that_replaces_nothing_is_refused_with_what_there_is(
    workspace, tmp_path, monkeypatch
):
    other = tmp_path / "new.csv"
    other.write_text("x")
    asked = ("reissue", "--quarter", SECOND.id, "--file", str(other), *WHY)
    found = lscb(workspace, monkeypatch, *asked)
    assert found.exit_code == 2
    assert "--instead-of" in found.output
    assert "marac.xlsx" in found.output.replace("\n", "")


@pytest.mark.parametrize("instead", ["../x.csv", "/etc/passwd", "findings/x"])
def test_a_path_is_no_name_of_a_file_to_replace(workspace, tmp_path, monkeypatch, instead):
    other = tmp_path / "new.csv"
    other.write_text("x")
    asked = ("reissue", "--quarter", SECOND.id, "--file", str(other), "--instead-of", instead)
    assert lscb(workspace, monkeypatch, *asked, *WHY).exit_code == 2


@pytest.fixture
def small(tmp_path) -> Path:
    """A workspace whose one submission has two files, `a.csv` and `b.csv`, that say `old`."""
    shutil.copy(ROOT / "lscb.toml", tmp_path)
    raw(tmp_path).mkdir(parents=True)
    for name in ("a.csv", "b.csv"):
        (raw(tmp_path) / name).write_text("old")
        (tmp_path / name).write_text("new")
    return tmp_path


def reissued(workspace: Path, *files: Path, instead_of: str = "") -> AreaOutcome:
    reason = Reason("sent twice", "Head")
    settings = read_settings(workspace)
    return reissue(settings, AREA_CODE, SECOND, files, reason, [], print, instead_of)


def sent(workspace: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(raw(workspace).iterdir())}


@pytest.mark.parametrize("stop", [OSError("disk full"), StateError("no"), KeyboardInterrupt()])
def test_a_reissue_that_stops_half_way_leaves_the_submission_as_it_was(small, monkeypatch, stop):
    def stopped(*_, **__):
        raise stop

    monkeypatch.setattr(reissuing, "run_area", stopped)
    with pytest.raises(type(stop)):
        reissued(small, small / "a.csv", small / "b.csv")
    assert sent(small) == {"a.csv": "old", "b.csv": "old"}


def test_a_file_that_cannot_be_set_aside_leaves_the_submission_as_it_was(small, monkeypatch):
    put = shutil.copy2

    def locked(source, target):
        if Path(source).name == "b.csv":
            raise OSError("locked")
        return put(source, target)

    monkeypatch.setattr(reissuing.shutil, "copy2", locked)
    with pytest.raises(OSError, match="locked"):
        reissued(small, small / "a.csv", small / "b.csv")
    assert sent(small) == {"a.csv": "old", "b.csv": "old"}


def test_a_file_name_in_a_finding_is_no_page_that_is_out(small, monkeypatch):
    lines = ["  2016-17-Q3/our draft 2.csv", "  REFUSED   child_protection: a released figure"]
    monkeypatch.setattr(reissuing, "run_area", lambda *_, **__: AreaOutcome(lines, True))
    assert "nothing was reissued" in reissued(small, small / "a.csv").lines[-1]
    assert sent(small) == {"a.csv": "old", "b.csv": "old"}


def test_no_file_of_the_submission_is_lost_to_another(small):
    (small / "more").mkdir()
    same = shutil.copy(small / "a.csv", small / "more" / "a.csv")
    with pytest.raises(StateError, match="two files would stand instead"):
        reissued(small, small / "a.csv", Path(same))
    with pytest.raises(StateError, match="is there already"):
        reissued(small, small / "b.csv", instead_of="a.csv")
    with pytest.raises(StateError, match="own file"):
        reissued(small, raw(small) / "a.csv")
    assert sent(small) == {"a.csv": "old", "b.csv": "old"}


def test_nothing_is_purged_where_it_could_not_be_logged(small):
    from lscb_analysis.purging import Due, purge

    state = small / ".lscb" / AREA_CODE
    state.mkdir(parents=True)
    (state / "audit.jsonl").write_text("{}")
    with pytest.raises(StateError, match="audit log"):
        purge(read_settings(small), AREA_CODE, Due((raw(small),), SECOND))
    assert raw(small).is_dir()


@pytest.mark.parametrize(
    ("why", "who", "told"),
    [
        ("", "Head", "needs its reason"),
        ("corrected", " ", "needs its reason"),
        ("3 incidents left out", "Head", "have no figure"),
        ("x" * 300, "Head", "under 200 characters"),
        ("the record of Jayden was wrong", "Head", "may be a name"),
    ],
)
def test_a_reason_may_stand_on_a_page_or_is_refused(why, who, told):
    with pytest.raises(StateError, match=told):
        check_reason(Reason(why, who))


def row(value: float, *, period: str = "2016-17 Q3", status: str = "published") -> dict:
    return {
        "indicator": "cp_plan_starts",
        "area_code": AREA_CODE,
        "area": "Mereford",
        "period_type": "quarter",
        "period": period,
        "value": value,
        "numerator": value,
        "status": status,
        "source": "submissions",
    }


def test_a_change_stands_with_both_figures_its_reason_and_day(tmp_path):
    write_values(as_values(pd.DataFrame([row(120)])), tmp_path / "released.parquet")
    found = changes_table(
        tmp_path, as_values(pd.DataFrame([row(112)])), indicators(), Reason("sent twice", "Head")
    )
    (change,) = found.to_dict("records")
    assert (change["old"], change["new"]) == ("120", "112")
    assert (change["why"], change["who"]) == ("sent twice", "Head")


def test_what_was_not_released_yet_is_no_change(tmp_path):
    found = changes_table(tmp_path, as_values(pd.DataFrame([row(112)])), indicators(), Reason())
    assert found.empty


def test_a_frozen_figure_stands_where_no_submission_gives_one_and_nowhere_else():
    gone = row(float("nan"), period="2014-15 Q1", status="unavailable") | {"numerator": None}
    now = as_values(pd.DataFrame([gone, row(112)]))
    frozen = as_values(pd.DataFrame([row(98, period="2014-15 Q1"), row(120)]))
    joined = with_frozen(now, frozen)
    assert joined.set_index("period")["value"].to_dict() == {"2014-15 Q1": 98, "2016-17 Q3": 112}


def test_what_is_due_for_purge_is_older_than_the_period_or_the_quarter_given(workspace):
    settings = read_settings(workspace)
    held = sorted(path.name for path in raw(workspace).parent.glob("20*"))
    with pytest.raises(StateError, match="set keep_quarters in"):
        due_for_purge(settings, AREA_CODE, None)
    due = due_for_purge(settings, AREA_CODE, parse_quarter(held[-1]))
    assert [path.name for path in due.folders] == held[:-1]
