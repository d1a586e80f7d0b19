"""Warm kernels in ordinary tools: papermill's command, jupyter_client, a shell command."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest

from tests.warm.drawn import notebook, printed

ROOT = Path(__file__).parents[2]
GROUPS = ("papermill.engine", "jupyter_client.kernel_provisioners")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="a fork server by default"),
]


@pytest.fixture
def environment(tmp_path):
    """An environment that finds the entry points of pyproject.toml, installed or not."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = []
    for group in GROUPS:
        lines.append(f"[{group}]")
        lines += [f"{name} = {where}" for name, where in declared["entry-points"][group].items()]
    folder = tmp_path / "found" / "drawn_entry_points-1.dist-info"
    folder.mkdir(parents=True)
    (folder / "entry_points.txt").write_text("\n".join(lines))
    (folder / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: drawn-entry-points\nVersion: 1\n"
    )
    places = [str(folder.parent), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, places))}


PARENT = "import os\nprint(open(f'/proc/{os.getppid()}/cmdline').read().replace('\\0', ' '))"


def papermill(path: Path, *options: str, via: tuple[str, ...] = (), **given) -> str:
    made = path.with_name(f"made_{path.name}")
    command = [sys.executable, "-m", "papermill", *options, str(path), str(made)]
    done = subprocess.run([*via, *command], capture_output=True, text=True, check=False, **given)
    assert done.returncode == 0, done.stderr
    return printed(nbformat.read(made, as_version=4))


def test_papermills_command_runs_any_notebook(tmp_path, environment):
    path = notebook(tmp_path, PARENT, "print(x)")
    told = papermill(path, "--engine", "lscb-warm", "-p", "x", "5", env=environment)
    assert "lscb_analysis.warm.server" in told
    assert told.endswith("5\n")


def test_several_commands_share_one_server(tmp_path, environment):
    via = (sys.executable, "-m", "lscb_analysis.warm")
    path = notebook(tmp_path, PARENT)
    script = " && ".join(
        f"{sys.executable} -m papermill --engine lscb-warm {path} {tmp_path / name}"
        for name in ("first.ipynb", "second.ipynb")
    )
    done = subprocess.run(
        [*via, "sh", "-c", f"{script} && exit 7"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7, done.stderr
    first, second = (
        printed(nbformat.read(tmp_path / name, as_version=4))
        for name in ("first.ipynb", "second.ipynb")
    )
    assert first == second
    assert "warm.server" in first
    folder = Path(first.split()[-1] if "lscb-warm" in first.split()[-1] else first.split()[-2])
    assert not folder.exists()


MANAGED = """
import time
from jupyter_client import KernelManager

manager = KernelManager()
manager.start_kernel()
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=60)

def said(code):
    told = []
    client.execute_interactive(
        code, timeout=60,
        output_hook=lambda m: told.append(m["content"].get("text") or m["content"].get("ename")))
    return "".join(filter(None, told)).strip()

print(type(manager.provisioner).__name__, manager.provisioner.refused or "warm")
print(said("x = 1; print(x)"))
asked = client.execute("import time; time.sleep(60)")
time.sleep(0.5)
manager.interrupt_kernel()
print(client.get_shell_msg(timeout=30)["content"]["ename"])
manager.restart_kernel()
client.wait_for_ready(timeout=60)
print(said("print(x)"))
client.stop_channels()
manager.shutdown_kernel()
print(manager.is_alive())
"""


def test_a_jupyter_kernel_manager_starts_interrupts_and_restarts_warm_kernels(environment):
    done = subprocess.run(
        [sys.executable, "-c", MANAGED],
        env=environment | {"JUPYTER_DEFAULT_PROVISIONER_NAME": "lscb-warm"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout.split() == [
        "WarmProvisioner",
        "warm",
        "1",
        "KeyboardInterrupt",
        "NameError",
        "False",
    ], done.stderr


def test_a_command_that_is_missing_is_told():
    done = subprocess.run(
        [sys.executable, "-m", "lscb_analysis.warm", "no-such-command"],
        cwd=ROOT / "src",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (127, "There is no command no-such-command\n")


def test_a_command_that_is_killed_is_told_as_a_shell_does(environment):
    via = [sys.executable, "-m", "lscb_analysis.warm"]
    killed = subprocess.run([*via, "sh", "-c", "kill -TERM $$"], env=environment, check=False)
    assert killed.returncode == 128 + 15
    denied = subprocess.run(
        [*via, str(ROOT)], env=environment, capture_output=True, text=True, check=False
    )
    assert (denied.returncode, denied.stderr) == (126, f"{ROOT} cannot be run: Permission denied\n")


def test_a_memory_limit_that_is_no_number_is_told(tmp_path, environment):
    path = notebook(tmp_path, "print(x)")
    command = [sys.executable, "-m", "papermill", "--engine", "lscb-warm", str(path), str(path)]
    done = subprocess.run(
        command,
        env=environment | {"LSCB_WARM_MEMORY_MB": "2 GB"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "LSCB_WARM_MEMORY_MB is '2 GB': give a whole number of MB" in done.stderr
    assert done.returncode == 1
