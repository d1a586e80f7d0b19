"""Many notebooks in a row: no process, descriptor or file is left, and memory does not grow."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lscb_analysis.warm.kernels import SHARED
from lscb_analysis.warm.processes import children
from tests.warm.drawn import comes_true, is_running, notebook, open_files, run

MANY = int(os.environ.get("LSCB_TEST_NOTEBOOKS", "40"))
MB = 1_000_000


def held(pid: int | str = "self") -> int:
    """The bytes that a process holds now."""
    facts = Path(f"/proc/{pid}/statm").read_text().split()
    return int(facts[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts by /proc")
def test_notebooks_in_a_row_leave_nothing(tmp_path):
    path = notebook(tmp_path, "print(x)", "import pandas\npandas.DataFrame({'a': range(1000)})")
    for _ in range(5):
        run(path)  # caches fill
    server = SHARED.kernels("fork")
    before = (open_files(), sorted(server.folder.iterdir()), held(), held(server.process.pid))
    for _ in range(MANY):
        run(path)
    after = (open_files(), sorted(server.folder.iterdir()), held(), held(server.process.pid))
    print(
        f"{MANY} notebooks: own memory {before[2] / MB:.0f} to {after[2] / MB:.0f} MB, "
        f"server {before[3] / MB:.0f} to {after[3] / MB:.0f} MB, "
        f"{len(after[0])} descriptors, {len(after[1])} files"
    )
    assert after[0] == before[0]
    assert after[1] == before[1]
    assert [path.name for path in after[1]] == ["kernels"]
    assert comes_true(lambda: not any(map(is_running, children(server.process.pid))), 5)
    assert after[2] - before[2] < 10 * MB + 0.1 * MB * MANY
    assert after[3] - before[3] < 5 * MB
