"""Set up and run, on any system with Python alone: `python make.py briefings`, `… test`.

The Makefile calls this file; on Windows, where there is no make, it is called directly.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)
EXAMPLE_AREA = HERE / "data" / "raw" / "X06000001"


def say(text: str) -> None:
    """One line of progress."""
    print(f"==> {text}", flush=True)


def run(*command: str | Path, **environment: str) -> int:
    """The exit code of a command run in the project's folder."""
    made = os.environ | environment
    return subprocess.run(
        [str(word) for word in command], cwd=HERE, env=made, check=False
    ).returncode


def must(*command: str | Path) -> None:
    """Run a command; stop with its exit code where it fails."""
    code = run(*command)
    if code:
        sys.exit(code)


def set_up(lock: str) -> None:
    """The project's own .venv, with exactly what the lock file lists; once for each lock."""
    locked = (HERE / "requirements" / lock).read_bytes()
    wanted = hashlib.sha256(locked + (HERE / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / f".{lock}.installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if not PYTHON.exists():
        say("making .venv")
        venv.create(VENV, with_pip=True, clear=True)
    say(f"installing what requirements/{lock} lists (the first time takes a minute or two)")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    must(*pip, "--require-hashes", "-r", f"requirements/{lock}")
    must(*pip, "--no-deps", "--no-build-isolation", "--editable", ".")
    stamp.write_text(wanted)


def briefings() -> None:
    """Everything from nothing: the example board's data, then all briefings of both areas."""
    set_up("run.txt")
    lscb = [PYTHON, "-m", "lscb_analysis"]
    if not EXAMPLE_AREA.exists():
        must(*lscb, "demo")
    must(*lscb, "run")


def test() -> None:
    """The tests; those that need a browser say so where there is none."""
    set_up("dev.txt")
    sys.exit(run(PYTHON, "-m", "pytest", "--numprocesses", "2", *sys.argv[2:]))


def check() -> None:
    """Format, lint, types, import contracts and tests: what every change must pass."""
    set_up("dev.txt")
    must(PYTHON, "-m", "ruff", "format", "--check", ".")
    must(PYTHON, "-m", "ruff", "check", ".")
    must(PYTHON, "-m", "mypy")
    must(BIN / "lint-imports")
    test()


def lab() -> None:
    """JupyterLab with the notebooks."""
    set_up("run.txt")
    sys.exit(run(PYTHON, "-m", "lscb_analysis", "lab"))


COMMANDS = {each.__name__: each for each in (briefings, test, check, lab)}


def main() -> None:
    """Do what the first argument names."""
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:2])
        sys.exit(f"Python {OLDEST[0]}.{OLDEST[1]} or later is needed; this is Python {found}")
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in COMMANDS:
        lines = [f"  {key:<10} {each.__doc__}" for key, each in COMMANDS.items()]
        sys.exit("\n".join(["Usage: python make.py COMMAND", "", *lines]))
    COMMANDS[name]()


if __name__ == "__main__":
    main()
