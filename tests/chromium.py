"""The browser that the browser tests drive: which program, and with which flags."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_program() -> str:
    """The path of Chromium: the one that CHROMIUM names, else the first found; else nothing."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")


def is_required() -> bool:
    """Whether a machine without a browser is a failure and not a reason to skip."""
    return os.environ.get("LSCB_REQUIRE_BROWSER", "") not in ("", "0")
