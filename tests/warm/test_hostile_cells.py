"""Cells that work against the machinery: the run ends, nothing is left, and the next one runs."""

from __future__ import annotations

import signal
import sys

import pytest

from lscb_analysis.warm.ended import KernelEnded
from lscb_analysis.warm.kernels import SHARED
from lscb_analysis.warm.processes import children
from tests.warm.drawn import comes_true, is_running, notebook, printed, run
from tests.warm.test_same_outputs import outputs

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="signals and forks as on Linux"),
]
WAYS = ("fork", "pool")


@pytest.fixture(autouse=True)
def _nothing_is_left(tmp_path):
    yield
    assert printed(run(notebook(tmp_path, "print('next')", name="next"))) == "next\n"
    server = SHARED.kernels("fork")
    assert comes_true(lambda: not any(map(is_running, children(server.process.pid))), 5)
    assert comes_true(lambda: [path.name for path in server.folder.iterdir()] == ["kernels"], 5)


STOPS = {
    "keeper": "stop(os.getppid())",
    "server": "stop(server)",
    "server and keeper": "stop(server), stop(os.getppid())",
}


@pytest.mark.parametrize("who", list(STOPS))
def test_a_cell_that_stops_what_watches_it_only_delays_the_end(tmp_path, who):
    source = (
        "import os, signal\nstop = lambda pid: os.kill(pid, signal.SIGSTOP)\n"
        "stat = open(f'/proc/{os.getppid()}/stat').read()\n"
        "server = int(stat.rpartition(')')[2].split()[1])\n"
    )
    path = notebook(tmp_path, source + STOPS[who] + ";", "print('goes on')")
    assert printed(run(path)) == "goes on\n"


def test_a_cell_that_stops_itself_is_ended_when_its_time_is_over(tmp_path):
    path = notebook(tmp_path, "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)")
    with pytest.raises(KernelEnded, match="took more than 1 s"):
        run(path, execution_timeout=1)


MEMORY = {
    "one array": "import numpy\nheld = numpy.ones(10**8)",
    "shared": "import mmap\nheld = mmap.mmap(-1, 8 * 10**8)\n"
    "for _ in range(79): held.write(b'x' * 10**7)",
    "many processes": "import subprocess, sys\nall = [subprocess.Popen([sys.executable, '-c', "
    "'import time; held = b\"x\" * 10**8; time.sleep(60)']) for _ in range(6)]",
    "in steps": "import pandas\nheld = [pandas.DataFrame({'a': range(10**6)}) for _ in range(99)]",
}


@pytest.mark.parametrize("form", list(MEMORY))
def test_memory_is_limited_whatever_form_it_takes(tmp_path, form):
    path = notebook(tmp_path, MEMORY[form] + "\nimport time; time.sleep(60)")
    with pytest.raises(KernelEnded, match=r"^cell 3: it used more than 500 MB of memory"):
        run(path, memory_mb=500, execution_timeout=60)


def test_a_limit_of_none_is_no_limit(tmp_path):
    path = notebook(tmp_path, "import numpy, time\nheld = numpy.ones(10**7)\ntime.sleep(0.5)")
    run(path, memory_mb=0)


def test_a_process_that_makes_itself_a_daemon_ends_with_its_notebook(tmp_path):
    told = tmp_path / "pid"
    source = (
        "import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        f"        open({str(told)!r}, 'w').write(str(os.getpid()))\n        time.sleep(300)\n"
        f"    os._exit(0)\nwhile not os.path.exists({str(told)!r}): time.sleep(0.01)"
    )
    run(notebook(tmp_path, source))
    assert not is_running(int(told.read_text()))


def test_a_cell_that_aborts_runs_a_second_time_and_is_told(tmp_path):
    count = tmp_path / "count"
    source = f"import os\nopen({str(count)!r}, 'a').write('1')\nos.abort()"
    with pytest.raises(KernelEnded, match=r"^cell 3: its kernel ended, for the second time$"):
        run(notebook(tmp_path, source))
    assert count.read_text() == "11"


SAME = {
    "sys.exit": "import sys\nsys.exit(3)",
    "SystemExit": "raise SystemExit",
    "exit": "exit()",
    "quit": "quit()",
    "closes its output": "import os\nos.close(1)\nos.close(2)\nprint('still')",
    "writes below Python": "import os\nos.write(1, b'low\\n');\nos.system('echo lower');",
    "changes folder": "import os, tempfile\nos.chdir(tempfile.mkdtemp())\nos.rmdir(os.getcwd())",
    "takes signals": "import signal\nfor each in ('SIGTERM', 'SIGINT', 'SIGHUP', 'SIGCHLD'):\n"
    "    signal.signal(getattr(signal, each), signal.SIG_IGN);",
    "changes the mask": "import os\nos.umask(0o777);",
    "empties the environment": "import os\nos.environ.clear()",
    "closes standard input": "import os, sys\nos.close(0)\nsys.stdin.close()",
    "interrupts itself": "import os, signal, time\n"
    "os.kill(os.getpid(), signal.SIGINT)\ntime.sleep(5)",
    "hides builtins": "import builtins\nbuiltins.open = None\nprint = None",
    "prints odd text": "print('\\x00\\x1b[31mé\\r\\b')",
    "spawns": "import multiprocessing\n"
    "with multiprocessing.get_context('spawn').Pool(1) as pool: print(pool.map(abs, [-1]))",
    "uses loky": "from joblib import Parallel, delayed\n"
    "print(Parallel(2)(delayed(abs)(n) for n in (-1, -2)))",
    "leaves a thread": "import threading, time\n"
    "threading.Thread(target=time.sleep, args=(1,)).start()",
    "runs a loop": "import asyncio\nawait asyncio.sleep(0.01)\nprint('slept')",
}


@pytest.mark.parametrize("kind", list(SAME))
def test_an_odd_cell_gives_what_it_gives_on_a_plain_kernel(tmp_path, kind):
    path = notebook(tmp_path, SAME[kind], "2 + 2")
    ran = {}
    for way in ("plain", "fork"):
        try:
            ran[way] = outputs(run(path, way))
        except Exception as error:
            ran[way] = [type(error).__name__, str(error).splitlines()[-1]]
    assert ran["fork"] == ran["plain"]


def test_a_cell_that_closes_every_descriptor_is_told(tmp_path):
    path = notebook(tmp_path, "import os\nos.closerange(3, 4096)", "1")
    with pytest.raises(KernelEnded):
        run(path, execution_timeout=5)


def test_a_thread_or_function_that_never_ends_does_not_keep_the_run(tmp_path):
    told = tmp_path / "pid"
    path = notebook(
        tmp_path,
        f"import atexit, os, threading, time\nopen({str(told)!r}, 'w').write(str(os.getpid()))\n"
        "threading.Thread(target=time.sleep, args=(600,)).start()\n"
        "atexit.register(time.sleep, 600)",
    )
    run(path)
    assert comes_true(lambda: not is_running(int(told.read_text())), 5)


def test_a_cell_that_kills_its_keeper_ends_its_kernel_which_is_run_again(tmp_path):
    mark, told = tmp_path / "first", tmp_path / "pids"
    source = (
        "import os, pathlib, signal, subprocess, time\n"
        f"mark = pathlib.Path({str(mark)!r})\nif not mark.exists():\n    mark.touch()\n"
        "    daemon = subprocess.Popen(['sleep', '300'], start_new_session=True)\n"
        f"    open({str(told)!r}, 'w').write(f'{{os.getpid()}} {{daemon.pid}}')\n"
        "    os.kill(os.getppid(), signal.SIGKILL)\n    time.sleep(60)"
    )
    assert printed(run(notebook(tmp_path, source, "print('whole', x)"))) == "whole 2\n"
    family = list(map(int, told.read_text().split()))
    assert comes_true(lambda: not any(map(is_running, family)), 5)


def test_a_cell_that_kills_the_server_is_run_again(tmp_path):
    mark = tmp_path / "first"
    server = SHARED.kernels("fork").process
    source = (
        f"import os, pathlib, signal, time\nmark = pathlib.Path({str(mark)!r})\n"
        "if not mark.exists():\n    mark.touch()\n"
        f"    os.kill({server.pid}, {int(signal.SIGKILL)})\n    time.sleep(60)"
    )
    assert printed(run(notebook(tmp_path, source, "print('whole', x)"))) == "whole 2\n"
