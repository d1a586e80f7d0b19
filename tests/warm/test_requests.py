"""Requests, endings and what is told of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lscb_analysis.warm.ended import told
from lscb_analysis.warm.inherited import out_of_reach
from lscb_analysis.warm.keeper import why_not
from lscb_analysis.warm.kernels import start_kernels
from lscb_analysis.warm.preloading import Preloaded, shadowed
from lscb_analysis.warm.provisioner import arguments_of, is_own_ipykernel
from lscb_analysis.warm.request import ONE_THREAD, Ending, Request, read_request, to_line


def test_a_request_survives_its_line():
    asked = Request(("-f", "é.json"), "/tmp", {"A": "b\nc"}, 100, {"umask": [18]})
    assert read_request(to_line(asked)) == asked
    assert to_line(asked).count(b"\n") == 1


@pytest.mark.parametrize("line", [b"{}", b"[]", b"3", b"half", b'{"arguments": 3}'])
def test_a_line_that_is_no_request_is_refused(line):
    with pytest.raises(ValueError, match=r"request|Expecting"):
        read_request(line)


@pytest.mark.parametrize(
    ("ending", "words", "by_the_cell"),
    [
        (Ending(0), "its kernel left with exit code 0", True),
        (Ending(-11), "its kernel was killed by signal 11", False),
        (Ending(-9, "memory"), "it used more than 2,048 MB of memory and was stopped", True),
        (Ending(-9, "server"), "its kernel was ended with the server of warm kernels", False),
        (Ending(-9, "lost"), "its kernel was lost", False),
    ],
)
def test_an_ending_is_told_and_whose_fault_it_was(ending, words, by_the_cell):
    assert told(ending, 2048) == words
    assert ending.is_by_the_cell == by_the_cell


def test_a_folder_that_is_not_there_is_not_forked_into(tmp_path):
    asked = Request((), str(tmp_path / "gone"), dict(os.environ))
    assert why_not(asked, Preloaded((), dict(os.environ), {})) == "its folder is not there"


def test_a_module_of_the_folder_that_hides_an_installed_one_is_found(tmp_path):
    (tmp_path / "pandas").mkdir()
    assert shadowed(str(tmp_path), ("numpy", "pandas")) == ""
    (tmp_path / "pandas" / "__init__.py").touch()
    assert shadowed(str(tmp_path), ("numpy", "pandas")) == "pandas"


def test_only_this_pythons_own_ipykernel_is_warm():
    assert is_own_ipykernel([sys.executable, "-m", "ipykernel_launcher", "-f", "a.json"])
    debugged = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "a.json"]
    assert is_own_ipykernel(debugged)
    assert arguments_of(debugged) == ["-f", "a.json"]
    assert not is_own_ipykernel(["/usr/bin/other", "-m", "ipykernel_launcher", "-f", "a.json"])
    assert not is_own_ipykernel([sys.executable, "-m", "bash_kernel", "-f", "a.json"])


def test_a_way_that_is_not_known_is_refused():
    with pytest.raises(ValueError, match="no way 'cold' to warm kernels: use fork or pool"):
        start_kernels("cold")


LOADED = """
import sys
from lscb_analysis.warm.preloading import preload, threads
names = preload(("lscb_analysis.briefing",))
import matplotlib
backends = [name for name in sys.modules if "backend_inline" in name or "backend_tk" in name]
print(threads(), matplotlib.rcParams._get_backend_or_none(), backends, "pandas" in names.names)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="forks by default on Linux")
def test_before_a_fork_one_thread_runs_and_no_plotting_backend_is_chosen():
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        env=os.environ | ONE_THREAD | {"PYTHONPATH": str(Path(__file__).parents[2] / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "1 None [] True\n", done.stderr


ANOTHERS = """
import os, time
from lscb_analysis.warm.processes import end_children
waiting = os.fork()
if waiting == 0:
    os.close(1), os.close(2)
    time.sleep(60)
os.setresuid(65534, 65534, 65534)
end_children()
print(waiting)
"""


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid(), reason="needs a process of another user"
)
def test_a_process_that_runs_for_another_user_is_not_waited_for():
    done = subprocess.run(
        [sys.executable, "-c", ANOTHERS],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "src")},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    os.kill(int(done.stdout), signal.SIGKILL)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.name != "posix", reason="limits and priorities")
def test_limits_and_priority_that_a_server_cannot_give_are_told():
    import resource

    assert out_of_reach({"umask": [0]}) == ""
    assert "priority" in out_of_reach({"priority": [os.getpriority(os.PRIO_PROCESS, 0) - 1]})
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert out_of_reach({"RLIMIT_NOFILE": [10, hard]}) == ""
    assert "RLIMIT_NOFILE is higher" in out_of_reach({"RLIMIT_NOFILE": [10, hard + 1]})
    assert "RLIMIT_NOFILE is higher" in out_of_reach({"RLIMIT_NOFILE": [10, -1]})
