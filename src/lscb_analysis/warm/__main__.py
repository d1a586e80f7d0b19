"""A command whose notebooks start warm: `python -m lscb_analysis.warm COMMAND [ARGUMENT...]`.

One server for all that the command runs, in whatever processes: a shell script, make, xargs.
It ends with the command.
"""

from __future__ import annotations

import os
import subprocess
import sys

from lscb_analysis.warm import ENGINE, PROVISIONER
from lscb_analysis.warm.folders import SOCKET_NAME
from lscb_analysis.warm.forkserver import ForkServer
from lscb_analysis.warm.kernels import MODULES_VARIABLE, SOCKET_VARIABLE, has_fork

USAGE = f"""Usage: python -m lscb_analysis.warm COMMAND [ARGUMENT...]

Runs the command with a server of warm kernels for as long as it takes:

  python -m lscb_analysis.warm papermill --engine {ENGINE} a.ipynb a_out.ipynb
  python -m lscb_analysis.warm sh run_all.sh

With JUPYTER_DEFAULT_PROVISIONER_NAME={PROVISIONER} every Jupyter tool's kernels are warm.
"""


def main(command: list[str]) -> int:
    """The command's exit code; 2 where none is given or there is no fork."""
    if not command or command[0] in ("-h", "--help"):
        print(USAGE, end="", file=sys.stdout if command else sys.stderr)
        return 0 if command else 2
    if not has_fork():
        print("There is no fork to warm kernels with here: run the command itself", file=sys.stderr)
        return 2
    server = ForkServer(tuple(os.environ.get(MODULES_VARIABLE, "").split()))
    try:
        given = {SOCKET_VARIABLE: str(server.folder / SOCKET_NAME)}
        code = subprocess.run(command, env=os.environ | given, check=False).returncode
        return code if code >= 0 else 128 - code  # as a shell tells a signal
    except FileNotFoundError:
        print(f"There is no command {command[0]}", file=sys.stderr)
        return 127
    except OSError as error:
        print(f"{command[0]} cannot be run: {error.strerror}", file=sys.stderr)
        return 126
    except KeyboardInterrupt:
        return 130
    finally:
        server.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
