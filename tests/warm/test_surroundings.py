"""What a notebook finds around it is what it finds in a plain kernel."""

from __future__ import annotations

import os
import sys

import pytest

from lscb_analysis.warm.kernels import SHARED
from tests.warm.drawn import notebook, printed, run

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]
WAYS = ("fork", "pool")
PROCESS = """
import asyncio, gc, locale, logging, multiprocessing, os, resource, signal, sys, tempfile, threading
named = [each for each in signal.valid_signals() if isinstance(each, signal.Signals)]
print(sorted((each.name, str(signal.getsignal(each)).split(' at ')[0]) for each in named))
print(signal.pthread_sigmask(signal.SIG_BLOCK, []))
print(os.path.basename(sys.argv[0]), sys.argv[1], sys.argv[3:])
print(sys.path, sys.flags, sys._xoptions, sys.warnoptions, sys.dont_write_bytecode)
print(os.getcwd(), tempfile.gettempdir(), os.nice(0), os.sched_getaffinity(0))
print([line for line in open('/proc/self/status') if line.startswith(('Umask', 'Sig'))])
print([resource.getrlimit(getattr(resource, n)) for n in dir(resource) if n.startswith('RLIMIT')])
print(sorted(k for k in vars(sys.modules['__main__']) if k.startswith('__')), __name__, __doc__)
print(gc.isenabled(), gc.get_threshold(), threading.current_thread().name)
print(locale.setlocale(locale.LC_ALL), sys.stdout.encoding, sys.__stdout__.encoding)
print(logging.root.handlers, logging.root.level, logging.root.manager.disable)
print(type(asyncio.get_event_loop_policy()), asyncio.get_running_loop().__class__)
print(multiprocessing.get_start_method(True), multiprocessing.parent_process())
print(os.getpid() == os.getsid(0), [os.isatty(each) for each in range(3)])
print([type(each).__name__ for each in (sys.stdin, sys.stdout, sys.displayhook)])
print(sys.getrecursionlimit(), sys.gettrace(), sys.excepthook.__qualname__)
"""
# meant to differ; and what joblib sets when it is imported
OWN = ("_THREADS=", "JPY_PARENT_PID=", "JE_ARROW_MALLOC_CONF=", "KMP_")
VARIABLES = f"""
for each in sorted(f'{{name}}={{value}}' for name, value in os.environ.items()):
    if not any(own in each for own in {OWN}):
        print(each)
"""
PACKAGES = """
import numpy, pandas, matplotlib, matplotlib.pyplot as plt, matplotlib.units, decimal, warnings
print(numpy.geterr(), numpy.get_printoptions(), decimal.getcontext())
pandas.describe_option()
for name in sorted(matplotlib.rcParams):
    print(name, matplotlib.rcParams[name])
print(sorted(map(str, matplotlib.units.registry)), plt.get_fignums(), plt.isinteractive())
print([each for each in warnings.filters if each[2] is DeprecationWarning])
"""
WIDE = "pandas.DataFrame([range(40)] * 100)"


def told(node) -> str:
    shown = [
        str(output.data)
        for cell in node.cells
        for output in cell.get("outputs", [])
        if output.output_type == "execute_result"
    ]
    return "\n".join([printed(node), *shown])


@pytest.mark.parametrize("way", WAYS)
def test_process_packages_and_variables_are_as_in_a_plain_kernel(tmp_path, way):
    path = notebook(tmp_path, PROCESS, PACKAGES, WIDE, VARIABLES)
    warm, plain = (told(run(path, each)).splitlines() for each in (way, "plain"))
    assert "lines.linewidth 1.5" in plain
    assert [line for line in warm if line not in plain] == []
    assert [line for line in plain if line not in warm] == []
    assert len(warm) == len(plain)


CHANGED = """
import os, resource, tempfile
mask = os.umask(0)
print(mask, tempfile.gettempdir(), resource.getrlimit(resource.RLIMIT_NOFILE))
print(os.nice(0))
"""
ASKED = """
import os, resource, sys, tempfile
from pathlib import Path
from tests.warm.drawn import notebook, printed, run
folder, way = Path(sys.argv[1]), sys.argv[2]
run(notebook(folder, '1', name='before'), way)
os.umask(0o077)
usual = os.nice(0)
os.nice(1)
resource.setrlimit(resource.RLIMIT_NOFILE, (300, 400))
os.environ['TMPDIR'] = str(folder)
path = notebook(folder, sys.argv[3])
warm, plain = printed(run(path, way)), printed(run(path, 'plain'))
told, nice = warm.splitlines()
print(warm == plain, int(nice) - usual, told)
"""


@pytest.mark.parametrize("way", WAYS)
def test_what_its_owner_has_changed_since_the_start_counts(tmp_path, way, python):
    done = python("-c", ASKED, str(tmp_path), way, CHANGED)
    assert done.stdout.strip() == f"True 1 63 {tmp_path} (300, 400)", done.stderr


SOCKETS = """
import os
named = [f'/proc/self/fd/{each}' for each in os.listdir('/proc/self/fd')]
print([os.readlink(each)[:6] for each in named if os.path.exists(each)].count('socket'))
"""


def test_a_kernel_has_no_socket_of_its_keepers_or_the_servers(tmp_path):
    path = notebook(tmp_path, SOCKETS)
    assert printed(run(path)) == printed(run(path, "plain"))


def test_a_matplotlibrc_of_the_folder_the_server_started_in_is_not_every_notebooks(
    tmp_path, monkeypatch
):
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 7.5")
    away = tmp_path / "away"
    away.mkdir()
    path = notebook(away, "import matplotlib\nprint(matplotlib.rcParams['lines.linewidth'])")
    SHARED.close()
    monkeypatch.chdir(tmp_path)
    assert printed(run(path)) == "7.5\n"
    monkeypatch.chdir(away)
    assert printed(run(path)) == "1.5\n"


UNWRITABLE = """
import sys
from pathlib import Path
from tests.warm.drawn import notebook, printed, run
path = notebook(Path(sys.argv[1]), sys.argv[2])
print([printed(run(path, way)) for way in ('fork', 'fork', 'plain')])
"""
FOLDERS = """
import contextlib, io, os
with contextlib.redirect_stderr(io.StringIO()):
    import matplotlib
    folder = matplotlib.get_configdir()
print(os.path.basename(folder)[:11], os.access(folder, os.W_OK))
print(os.environ['MPLCONFIGDIR'] == folder)
"""


def test_a_home_that_cannot_be_used_is_no_matter(tmp_path, python):
    done = python("-c", UNWRITABLE, str(tmp_path), FOLDERS, HOME="/proc/nothing")
    assert done.stdout.strip() == str(["matplotlib- True\nTrue\n"] * 3), done.stderr
    assert not list(tmp_path.glob("matplotlib-*")), "what was made instead is removed"


def test_a_module_that_cannot_be_imported_beforehand_is_told_and_passed_over(tmp_path, python):
    (tmp_path / "broken.py").write_text("raise RuntimeError('the data of a child')")
    done = python(
        *("-c", UNWRITABLE, str(tmp_path), "print('runs')"),
        LSCB_WARM_MODULES="broken missing",
        PYTHONPATH=os.pathsep.join([str(tmp_path), *sys.path]),
    )
    assert "['runs\\n', 'runs\\n', 'runs\\n']" in done.stdout
    assert "Warm kernels: broken cannot be imported beforehand (RuntimeError)" in done.stderr
    assert "Warm kernels: there is no module missing to import beforehand" in done.stderr
    assert "Traceback" not in done.stderr
    assert "child" not in done.stderr


def test_a_module_that_starts_a_thread_gets_plain_kernels_and_one_line(tmp_path, python):
    (tmp_path / "threaded.py").write_text(
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()"
    )
    done = python(
        *("-c", UNWRITABLE, str(tmp_path), "print('runs')"),
        LSCB_WARM_MODULES="threaded",
        PYTHONPATH=os.pathsep.join([str(tmp_path), *sys.path]),
    )
    assert "['runs\\n', 'runs\\n', 'runs\\n']" in done.stdout
    assert done.stderr.count("Warm kernels cannot be forked, plain ones are started") == 1
    assert "Traceback" not in done.stderr
