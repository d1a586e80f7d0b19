"""A quarter by cron, from an empty workspace to the post: one partner late, one notebook failing.

Takes some minutes, most of them waiting for cron.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import trustme

from tests.circulating.servers import Postbox, mail_server, mail_table, server_context, trust

LONGEST = 420  # seconds that one day may take
LATE = "police*"
FAILS_ONCE = """
from pathlib import Path

tried = Path("{tried}")
if not tried.exists():
    tried.touch()
    raise RuntimeError("the first try fails")
"""
ADDRESSES = {
    "board": "chair@board.example.uk",
    "paag": "analysts@board.example.uk",
    "dvsv": "violence@board.example.uk",
    "cdop": "deaths@board.example.uk",
}

pytestmark = [pytest.mark.slow, pytest.mark.thorough]


def _lscb(workspace: Path, *asked: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lscb_analysis", *asked],
        cwd=workspace,
        env={**os.environ, "LSCB_WORKSPACE": str(workspace)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def cron() -> Iterator[None]:
    """Debian's cron at work, and this user's crontab as it was afterwards."""
    held = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False)
    is_running = subprocess.run(["pgrep", "-x", "cron"], check=False).returncode == 0
    daemon = None if is_running else subprocess.Popen(["cron", "-f"])
    try:
        yield
    finally:
        if held.returncode:
            subprocess.run(["crontab", "-r"], check=False)
        else:
            subprocess.run(["crontab", "-"], input=held.stdout, text=True, check=True)
        if daemon is not None:
            daemon.terminate()
            daemon.wait()


@contextmanager
def _every_minute(workspace: Path, day: str) -> Iterator[None]:
    """The job as `lscb schedule install` wrote it, but every minute and on a day of ours."""
    line = _lscb(workspace, "schedule", "show", "--kind", "cron").stdout.strip()
    now = re.sub(r"^30 6 ", "* * ", line).replace(" --log ", f" --today {day} --log ")
    assert now != line
    given = [
        f"{name}={os.environ[name]}" for name in ("PYTHONPATH", "CHROMIUM") if name in os.environ
    ]
    table = "\n".join([*given, "LSCB_MAIL_PASSWORD=pass word", 'MAILTO=""', now, ""])
    subprocess.run(["crontab", "-"], input=table, text=True, check=True)
    try:
        yield
    finally:
        subprocess.run(["crontab", "-r"], check=True)


def _fired(workspace: Path, day: str, until: str) -> str:
    """What the log says of one day: cron fires once, and the run comes to its end."""
    log = workspace / ".lscb" / "schedule.log"
    before = len(log.read_text("utf-8")) if log.exists() else 0

    def said() -> str:
        return log.read_text("utf-8")[before:] if log.exists() else ""

    with _every_minute(workspace, day):
        began = time.monotonic()
        while not said() and time.monotonic() - began < LONGEST:
            time.sleep(0.5)
    assert said(), f"cron fired nothing in {LONGEST} s"
    while not re.search(until, said()) and time.monotonic() - began < LONGEST:
        time.sleep(0.5)
    return said()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """An empty folder made a workspace by `lscb init`, with the example board's data."""
    folder = tmp_path / "a board"
    folder.mkdir()
    for command in ("init", "demo"):
        done = _lscb(folder, command)
        assert done.returncode == 0, done.stderr
    return folder


def _set_up(workspace: Path, port: int) -> None:
    path = workspace / "lscb.toml"
    text = path.read_text("utf-8").replace(
        'areas = ["X06000001", "E06000016"]', 'areas = ["X06000001"]'
    )
    for group, address in ADDRESSES.items():
        head = f"[groups.{group}]\n"
        text = text.replace(head, f'{head}addresses = ["{address}"]\n')
    text += f"\n[schedule]\ncirculate = true\n\n[mail]\n{mail_table(port).partition(']')[2]}\n"
    path.write_text(text, "utf-8")


def _breaks_once(workspace: Path, theme: str) -> None:
    path = workspace / "notebooks" / f"{theme}.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    cell = next(cell for cell in notebook["cells"] if "lscb.scorecard" in "".join(cell["source"]))
    tried = (workspace / ".lscb" / "tried").as_posix()
    cell["source"] = FAILS_ONCE.format(tried=tried) + "\nlscb.scorecard(briefing)"
    path.write_text(json.dumps(notebook), "utf-8")


def test_a_quarter_runs_by_cron_until_it_is_in_the_post(workspace, tmp_path, cron):
    authority, postbox = trustme.CA(), Postbox()
    trust(workspace, authority)
    with mail_server(postbox, server_context(authority)) as port:
        _set_up(workspace, port)
        assert _lscb(workspace, "schedule", "install", "--kind", "cron").stdout.startswith("30 6 ")
        own = workspace / "data" / "raw" / "X06000001" / "2016-17-Q4"
        late = sorted(own.glob(LATE))
        assert late
        for path in late:
            shutil.move(path, tmp_path)

        first = _fired(workspace, "2017-05-01", r"Tried again tomorrow.*pages? made")
        assert "waiting for 1: Police" in first
        assert "the last time on 30 May 2017" in first
        assert postbox.messages == []
        reports = workspace / "reports" / "X06000001" / "2016-17-Q4" / "partnership"
        assert (reports / "domestic_abuse.html").is_file()

        for path in late:
            shutil.move(tmp_path / path.name, own)
        _breaks_once(workspace, "domestic_abuse")
        second = _fired(workspace, "2017-05-02", r"tried again tomorrow\n")
        assert "all returns that are due are in" in second
        assert "domestic_abuse.ipynb: cell" in second
        assert "RuntimeError" in second
        assert postbox.messages == []
        assert not (reports / "domestic_abuse.html").exists()

        third = _fired(workspace, "2017-05-03", r"(, finished|tried again tomorrow)\n")
        assert "1 page made, 6 as they were" in third
        assert third.rstrip().endswith(", sent, finished")
        assert set(postbox.by_receiver) == set(ADDRESSES.values())
        (to_panel,) = postbox.by_receiver[ADDRESSES["cdop"]]
        names = {part.get_filename() for part in to_panel.iter_attachments()}
        assert "X06000001-2016-17-Q4-child_deaths.html" in names
        assert not any("domestic_abuse" in name for name in names)
        assert "SYNTHETIC DATA" in to_panel["Subject"]

        again = _lscb(workspace, "schedule", "run", "--today", "2017-05-04")
        assert again.returncode == 0
        assert "was finished on 3 May 2017" in again.stdout
        assert len(postbox.messages) == len(ADDRESSES)
    assert "schedule run X06000001 2016-17-Q4" in _lscb(workspace, "runs").stdout
