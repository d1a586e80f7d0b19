"""How many examples Hypothesis tries of each reader, and from which seed.

A few in every run of the tests; as many as LSCB_EXAMPLES says where it is set (10,000 for
a release, see docs/decisions.md). The examples are the same every time (`derandomize`), so that
the number is the seed: whoever runs it again sees what was seen.
"""

from __future__ import annotations

import os


def examples(usual: int) -> int:
    """The number of examples: the usual one, or that of LSCB_EXAMPLES."""
    return int(os.environ.get("LSCB_EXAMPLES", usual))
