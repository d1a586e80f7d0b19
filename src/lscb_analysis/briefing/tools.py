"""The notebook tools, imported when they are first needed and without what is never used."""

from __future__ import annotations

import sys
from typing import Any, cast

_GRAMMAR = "rfc3987_syntax"  # two seconds to import, for a format that no notebook has


def nbformat() -> Any:
    """The module nbformat; jsonschema does without the grammar of international addresses."""
    if _GRAMMAR not in sys.modules:
        cast("dict[str, Any]", sys.modules)[_GRAMMAR] = None  # an import of it now fails, as it may
    try:
        import nbformat as module
    finally:
        if sys.modules.get(_GRAMMAR, ...) is None:
            del sys.modules[_GRAMMAR]
    return module


def papermill() -> Any:
    """The module papermill, which needs nbformat."""
    nbformat()
    import papermill as module

    return module
