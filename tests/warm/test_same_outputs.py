"""A notebook's outputs are the same on a forked kernel, a pre-started one and a plain one."""

from __future__ import annotations

import re

import nbformat
import pytest

from tests.warm.drawn import notebook, run

SOURCES = (
    "import sys\nimport pandas as pd\nprint('x is', x)\nprint('beware', file=sys.stderr)",
    "pd.DataFrame({'a': [1, 2], 'b': ['é', 'ü']})",
    "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2, 3])\n"
    "ax.set_title('a chart');",
    "handle = display('first', display_id=True)",
    "handle.update('second')",
    "import seaborn\naxes = seaborn.barplot(x=['a', 'b'], y=[1, 2], errorbar=None)",
    "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('stays')",
    "import numpy as np\nnp.random.seed(1)\nnp.random.random(3)",
    "import warnings\nwarnings.warn('mind this')",
    "import sys\n(sys.stdin.read(), sys.argv[1:-1], __name__, plt.get_backend())",
    "In[3], Out[4].shape, _",
    "!echo from a shell",
    "def f():\n    return 1 / 0\nf()",
)
MOVING = re.compile(r"0x[0-9a-f]+|ipykernel_\d+|/[^ ]*\.json|[\w-]+\.json")


def outputs(node) -> list:
    told = [dict(output) for cell in node.cells for output in cell.get("outputs", [])]
    return [MOVING.sub("…", repr(each)) for each in told]


@pytest.mark.slow
@pytest.mark.parametrize("way", ["fork", "pool"])
def test_outputs_are_those_of_a_plain_kernel(tmp_path, way):
    path = notebook(tmp_path, *SOURCES)
    ran = {}
    for each in ("plain", way):
        with pytest.raises(Exception, match="ZeroDivisionError"):
            run(path, each)
        ran[each] = nbformat.read(tmp_path / f"drawn_{each}.ipynb", as_version=4)
    assert outputs(ran[way]) == outputs(ran["plain"])
    assert [cell.get("execution_count") for cell in ran[way].cells] == [
        cell.get("execution_count") for cell in ran["plain"].cells
    ]
    text = str(outputs(ran[way]))
    assert "image/png" in text
    assert "second" in text
    assert "first" not in text
    assert "from a shell" in text
    assert "beware" in text


@pytest.mark.slow
def test_each_kernel_draws_random_numbers_of_its_own(tmp_path):
    path = notebook(tmp_path, "import numpy, random\nprint(numpy.random.random(), random.random())")
    first, second = (outputs(run(path)) for _ in range(2))
    assert first != second


@pytest.mark.slow
def test_a_variable_that_an_interpreter_reads_at_its_start_gets_a_plain_kernel(
    tmp_path, monkeypatch
):
    path = notebook(tmp_path, "import os\nprint(os.environ['PYTHONHASHSEED'], hash('a') % 1000)")
    run(notebook(tmp_path, "1", name="before"))  # the server has none of it
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    assert outputs(run(path)) == outputs(run(path, "plain"))


@pytest.mark.slow
def test_a_module_in_the_folder_is_found_before_an_installed_one(tmp_path, monkeypatch):
    (tmp_path / "seaborn.py").write_text("told = 'my own'")
    monkeypatch.chdir(tmp_path)
    ran = run(notebook(tmp_path, "import seaborn\nprint(seaborn.told)"))
    assert "my own" in str(outputs(ran))


@pytest.mark.slow
def test_the_folders_matplotlibrc_counts(tmp_path, monkeypatch):
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 7.5")
    monkeypatch.chdir(tmp_path)
    ran = run(
        notebook(tmp_path, "import matplotlib\nprint(matplotlib.rcParams['lines.linewidth'])")
    )
    assert "7.5" in str(outputs(ran))


@pytest.mark.slow
def test_what_a_notebook_leaves_for_the_end_is_done(tmp_path):
    path = notebook(
        tmp_path,
        f"import atexit, pathlib\nfolder = pathlib.Path({str(tmp_path)!r})",
        "atexit.register(lambda: (folder / 'at_exit').write_text('done'))",
        "half = open(folder / 'half', 'w')\nhalf.write('not flushed');",
    )
    run(path)
    assert (tmp_path / "at_exit").read_text() == "done"
    assert (tmp_path / "half").read_text() == "not flushed"
