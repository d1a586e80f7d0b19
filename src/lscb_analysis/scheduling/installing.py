"""Installing, finding and removing the daily job with each scheduler of this computer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lscb_analysis.scheduling.jobs import (
    Job,
    cron_mark,
    jupyter_cell,
    jupyter_job,
    jupyter_notebook_name,
    systemd_units,
    windows_task,
    with_job,
    without_job,
)

SECONDS = 30  # that a scheduler's command may take


class ScheduleError(RuntimeError):
    """A job that cannot be installed, found or removed; the message says what to do."""


@dataclass(frozen=True)
class Kind:
    """How one scheduler is dealt with: each gives the lines to tell the user."""

    install: Callable[[Job], list[str]]
    find: Callable[[Job], list[str]]
    remove: Callable[[Job], list[str]]


def usual_kind() -> str:
    """The scheduler of this computer: Windows' own, else cron, else systemd.

    Raises ScheduleError where there is none.
    """
    if sys.platform == "win32":
        return "windows"
    for kind, program in (("cron", "crontab"), ("systemd", "systemctl")):
        if shutil.which(program):
            return kind
    raise ScheduleError(
        "there is neither crontab nor systemctl here: install cron, or use "
        "lscb schedule show --kind jupyter"
    )


def _run(command: Sequence[str], given: str | None = None) -> subprocess.CompletedProcess[str]:
    if shutil.which(command[0]) is None:
        raise ScheduleError(f"there is no {command[0]} here: choose another --kind")
    try:
        return subprocess.run(
            command, input=given, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise ScheduleError(f"{command[0]} does not answer within {SECONDS} s") from None


def _must(command: Sequence[str], given: str | None = None) -> None:
    done = _run(command, given)
    if done.returncode:
        raise ScheduleError(f"{' '.join(command)} failed: {done.stderr.strip() or 'no reason'}")


def _crontab() -> str:
    """The user's crontab; blank where there is none yet."""
    done = _run(["crontab", "-l"])
    if done.returncode and "no crontab" not in done.stderr.lower():
        raise ScheduleError(f"crontab cannot be read: {done.stderr.strip()}")
    return "" if done.returncode else done.stdout


def _install_cron(job: Job) -> list[str]:
    _must(["crontab", "-"], with_job(_crontab(), job))
    return _find_cron(job)


def _find_cron(job: Job) -> list[str]:
    return [line for line in _crontab().splitlines() if line.endswith(cron_mark(job))]


def _remove_cron(job: Job) -> list[str]:
    found = _find_cron(job)
    if found:
        _must(["crontab", "-"], without_job(_crontab(), job))
    return found


def _units_folder() -> Path:
    given = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(given) if given else Path.home() / ".config") / "systemd" / "user"


def _install_systemd(job: Job) -> list[str]:
    folder = _units_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in systemd_units(job).items():
        (folder / name).write_text(text, "utf-8")
    _must(["systemctl", "--user", "daemon-reload"])
    _must(["systemctl", "--user", "enable", "--now", f"{job.name}.timer"])
    return _find_systemd(job)


def _find_systemd(job: Job) -> list[str]:
    paths = [_units_folder() / name for name in systemd_units(job)]
    return [str(path) for path in paths if path.is_file()]


def _remove_systemd(job: Job) -> list[str]:
    found = _find_systemd(job)
    if found:
        _run(["systemctl", "--user", "disable", "--now", f"{job.name}.timer"])
        for path in found:
            Path(path).unlink()
        _run(["systemctl", "--user", "daemon-reload"])
    return found


def _install_windows(job: Job) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "task.xml"
        path.write_text(windows_task(job), "utf-16")
        _must(["schtasks", "/Create", "/F", "/TN", job.name, "/XML", str(path)])
    return [f"the task {job.name}"]


def _find_windows(job: Job) -> list[str]:
    done = _run(["schtasks", "/Query", "/TN", job.name])
    return [] if done.returncode else [f"the task {job.name}"]


def _remove_windows(job: Job) -> list[str]:
    found = _find_windows(job)
    if found:
        _must(["schtasks", "/Delete", "/F", "/TN", job.name])
    return found


def _notebook(job: Job) -> Path:
    return job.workspace / ".lscb" / jupyter_notebook_name(job)


def _install_jupyter(job: Job) -> list[str]:
    from lscb_analysis.briefing.tools import nbformat

    v4 = nbformat().v4
    path = _notebook(job)
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat().write(v4.new_notebook(cells=[v4.new_code_cell(jupyter_cell(job))]), path)
    return [
        f"{path} is written. In JupyterLab, with jupyter-scheduler: right-click it, choose",
        "Create Notebook Job, then Run on a schedule, and enter:",
        *jupyter_job(job).splitlines(),
    ]


def _find_jupyter(job: Job) -> list[str]:
    return [str(_notebook(job))] if _notebook(job).is_file() else []


def _remove_jupyter(job: Job) -> list[str]:
    found = _find_jupyter(job)
    _notebook(job).unlink(missing_ok=True)
    return [*found, "delete the job in JupyterLab too: Notebook Jobs"] if found else []


KINDS = {
    "cron": Kind(_install_cron, _find_cron, _remove_cron),
    "systemd": Kind(_install_systemd, _find_systemd, _remove_systemd),
    "windows": Kind(_install_windows, _find_windows, _remove_windows),
    "jupyter": Kind(_install_jupyter, _find_jupyter, _remove_jupyter),
}
