"""The daily job as each scheduler takes it, and beside what is there already."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lscb_analysis.scheduling.jobs import (
    Job,
    cron_line,
    jupyter_cell,
    jupyter_job,
    systemd_units,
    windows_task,
    with_job,
    without_job,
)

JOB = Job(Path("/data/our board 100%"), Path("/opt/a b/python"), "06:05")
OTHERS = "MAILTO=analyst@example.gov.uk\n# mine\n15 3 * * * backup\n"
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def test_the_other_lines_of_a_crontab_stay_as_they_are():
    once = with_job(OTHERS, JOB)
    assert once.startswith(OTHERS)
    assert with_job(once, JOB) == once
    assert without_job(once, JOB) == OTHERS


def test_two_workspaces_have_a_line_each():
    other = Job(Path("/data/our board 100%/inner"), JOB.python, "07:00")
    both = with_job(with_job("", JOB), other)
    assert len(both.splitlines()) == 2
    assert without_job(both, JOB) == f"{cron_line(other)}\n"


def test_a_per_cent_sign_does_not_end_the_command_for_cron():
    line = cron_line(JOB)
    assert line.startswith("5 6 * * * cd ")
    assert line.replace("\\%", "").count("%") == 0


def test_the_command_of_a_crontab_is_what_a_shell_runs(tmp_path):
    folder = tmp_path / "our 'board' 100%"
    folder.mkdir()
    told = tmp_path / "python"
    told.write_text('#!/bin/sh\npwd > ../told; echo "$@" >> ../told\n')
    told.chmod(0o755)
    command = cron_line(Job(folder, told, "06:30")).split(" ", 5)[5].replace("\\%", "%")
    subprocess.run(["/bin/sh", "-c", command], check=True)
    where, what = (tmp_path / "told").read_text().splitlines()
    assert where == str(folder)
    assert what == "-m lscb_analysis schedule run --log .lscb/schedule.log"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path):
    (tmp_path / "our board").mkdir()
    job = Job(tmp_path / "our board", Path("/bin/true"), "06:30")
    paths = []
    for name, text in systemd_units(job).items():
        paths.append(tmp_path / name)
        paths[-1].write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--man=no", *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
    )
    about = [line for line in done.stderr.splitlines() if job.name in line]
    assert (done.returncode, about) == (0, []), done.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_takes_the_time_of_day():
    timer = next(text for name, text in systemd_units(JOB).items() if name.endswith(".timer"))
    asked = next(line for line in timer.splitlines() if line.startswith("OnCalendar="))
    done = subprocess.run(
        ["systemd-analyze", "calendar", asked.partition("=")[2]],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "06:05:00" in done.stdout


def test_windows_task_is_well_formed_and_runs_daily_in_the_workspace(tmp_path):
    job = Job(Path("C:/Data/R&D <board>"), Path("C:/Program Files/Python/python.exe"), "06:05")
    path = tmp_path / "task.xml"
    path.write_text(windows_task(job), "utf-16")
    root = ElementTree.parse(path).getroot()
    assert root.tag == f"{TASK}Task"
    order = [child.tag.removeprefix(TASK) for child in root]
    assert order == ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
    texts = {each.tag.removeprefix(TASK): each.text for each in root.iter()}
    assert texts["StartBoundary"].endswith("T06:05:00")
    assert texts["DaysInterval"] == "1"
    assert texts["WorkingDirectory"] == str(job.workspace)
    assert texts["Command"] == str(job.python)


def test_jupyter_scheduler_gets_a_notebook_of_one_cell_and_a_schedule():
    assert json.loads(jupyter_job(JOB))["schedule"] == "5 6 * * *"
    ast.parse(jupyter_cell(JOB))
    assert "'schedule', 'run'" in jupyter_cell(JOB)
