"""The daily job as each scheduler wants it written: cron, systemd, Windows, jupyter-scheduler."""

from __future__ import annotations

import hashlib
import json
import shlex
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

NAME = "lscb-analysis"
MARK = f"# {NAME}:"  # ends a line of the crontab that is ours; the workspace follows
LOG = ".lscb/schedule.log"


@dataclass(frozen=True)
class Job:
    """What is run, where, and at what time of the day (`06:30`)."""

    workspace: Path
    python: Path
    time: str

    @property
    def arguments(self) -> tuple[str, ...]:
        """The arguments of Python."""
        return ("-m", "lscb_analysis", "schedule", "run", "--log", LOG)

    @property
    def name(self) -> str:
        """A name of its own for each workspace."""
        return f"{NAME}-{hashlib.sha256(str(self.workspace).encode()).hexdigest()[:8]}"

    @property
    def at(self) -> tuple[int, int]:
        """Hour and minute."""
        hour, _, minute = self.time.partition(":")
        return int(hour), int(minute)


def cron_line(job: Job) -> str:
    """The job's line of a crontab, marked as ours and as this workspace's.

    >>> job = Job(Path("/data/our board"), Path("/opt/venv/bin/python"), "06:30")
    >>> cron_line(job).partition(" && ")[0]
    "30 6 * * * cd '/data/our board'"
    """
    hour, minute = job.at
    command = f"cd {shlex.quote(str(job.workspace))} && {shlex.join([str(job.python)])} "
    command += shlex.join(job.arguments)
    command = command.replace("%", "\\%")  # cron takes a plain one for the end of the line
    return f"{minute} {hour} * * * {command} {cron_mark(job)}"


def cron_mark(job: Job) -> str:
    """What the job's line ends with."""
    return f"{MARK} {str(job.workspace).replace('%', chr(92) + '%')}"


def with_job(crontab: str, job: Job) -> str:
    """A crontab with the job's line, the others as they were."""
    rest = without_job(crontab, job)
    return f"{rest}{cron_line(job)}\n"


def without_job(crontab: str, job: Job) -> str:
    """A crontab without the job's line, the others as they were."""
    kept = [line for line in crontab.splitlines() if not line.endswith(cron_mark(job))]
    return "".join(f"{line}\n" for line in kept)


def systemd_units(job: Job) -> dict[str, str]:
    """The service and the timer, by their files' names."""
    hour, minute = job.at
    command = " ".join(f'"{_unit(each)}"' for each in (str(job.python), *job.arguments))
    return {
        f"{job.name}.service": (
            "[Unit]\n"
            f"Description=Quarterly safeguarding briefings of {_plain(job.workspace)}\n\n"
            "[Service]\n"
            "Type=oneshot\n"
            f"WorkingDirectory={_plain(job.workspace)}\n"
            f"ExecStart={command}\n"
            "UMask=0077\n"
            "Nice=10\n"
        ),
        f"{job.name}.timer": (
            "[Unit]\n"
            "Description=Asks daily whether the quarter's briefings are to be made\n\n"
            "[Timer]\n"
            f"OnCalendar=*-*-* {hour:02}:{minute:02}:00\n"
            "Persistent=true\n\n"
            "[Install]\n"
            "WantedBy=timers.target\n"
        ),
    }


def _plain(text: object) -> str:
    """A path where a unit takes it as it stands."""
    return str(text).replace("%", "%%")


def _unit(text: str) -> str:
    """A word of a unit's command, to be quoted."""
    return _plain(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")


def windows_task(job: Job) -> str:
    """The job as Windows' Task Scheduler takes it: XML, to be written as UTF-16."""
    hour, minute = job.at
    arguments = " ".join(job.arguments)
    return f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Quarterly safeguarding briefings of {escape(str(job.workspace))}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2020-01-01T{hour:02}:{minute:02}:00</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT4H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(str(job.python))}</Command>
      <Arguments>{escape(arguments)}</Arguments>
      <WorkingDirectory>{escape(str(job.workspace))}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


def jupyter_job(job: Job) -> str:
    """The job's definition for jupyter-scheduler, as JSON: what its form asks for."""
    hour, minute = job.at
    return json.dumps(
        {
            "name": job.name,
            "input_filename": jupyter_notebook_name(job),
            "schedule": f"{minute} {hour} * * *",
            "timezone": "Europe/London",
            "output_formats": [],
            "parameters": {},
        },
        indent=2,
    )


def jupyter_notebook_name(job: Job) -> str:
    """The name of the notebook that jupyter-scheduler runs."""
    return f"{job.name}.ipynb"


def jupyter_cell(job: Job) -> str:
    """The one cell of the notebook that jupyter-scheduler runs: it asks, and fails where it did."""
    return (
        "import subprocess\n\n"
        f"command = {[str(job.python), *job.arguments]!r}\n"
        f"subprocess.run(command, cwd={str(job.workspace)!r}, check=True)"
    )
