"""A page as a tagged PDF, printed by the Chromium of the machine, and the check of what it made."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from lscb_analysis.circulating.pages import Page
from lscb_analysis.circulating.tagging import plainly_tagged

LONGEST = 120  # seconds that one page may take
LANGUAGE = "en-GB"
SYNTHETIC = "SYNTHETIC DATA"
NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "msedge"),
)
UNREADABLE = (LookupError, ValueError, AttributeError, TypeError, OSError)
_WINDOWS = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_FLAGS = (
    *("--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-extensions"),
    "--host-resolver-rules=MAP * ~NOTFOUND",  # the page asks for nothing, and gets nothing
    *("--export-tagged-pdf", "--generate-pdf-document-outline"),
    *("--no-pdf-header-footer", "--print-to-pdf-no-header"),  # of newer and older versions
)


class PdfError(RuntimeError):
    """There is no PDF that may go; the message says why."""


def chromium_program() -> str:
    """The path of Chromium, Chrome or Edge: what CHROMIUM names, else the first found; else ''."""
    named = os.environ.get("CHROMIUM", "")
    found = named or next(filter(None, map(shutil.which, NAMES)), "")
    return found or next((str(path) for path in _usual_places() if path.is_file()), "")


def _usual_places() -> Iterator[Path]:
    for folder in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder in os.environ:
            yield from (Path(os.environ[folder]) / name for name in _WINDOWS)
    yield from map(Path, _MAC)


def pdf_of(program: str, page: Page) -> bytes:
    """The page as a PDF with tags, title, language, and its marking on every sheet.

    Raises PdfError where Chromium makes none, or one that lacks any of these.
    """
    with tempfile.TemporaryDirectory(prefix="lscb-pdf-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        source, target = folder / f"{page.theme}.html", folder / f"{page.theme}.pdf"
        source.write_bytes(page.content)
        _print(program, source, target, folder / "profile")
        if not target.is_file():
            raise PdfError("the browser made none")
        content = _plain(target.read_bytes())
    problems = pdf_problems(content, page)
    if problems:
        raise PdfError("; ".join(problems))
    return content


def _plain(content: bytes) -> bytes:
    from pypdf.errors import PyPdfError

    try:
        return plainly_tagged(content)
    except UNREADABLE as error:
        raise PdfError("it has no tags") from error
    except PyPdfError as error:
        raise PdfError("it cannot be read again") from error


def _print(program: str, source: Path, target: Path, profile: Path) -> None:
    command = [program, *_FLAGS, f"--user-data-dir={profile}", f"--print-to-pdf={target}"]
    if os.name == "posix" and os.geteuid() == 0:
        command.append("--no-sandbox")  # Chromium does not start as root with one
    command.append(source.as_uri())
    try:
        printing = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise PdfError(f"{program} does not start ({error.strerror})") from error
    try:
        printing.wait(LONGEST)
    except subprocess.TimeoutExpired:
        raise PdfError(f"the browser took longer than {LONGEST} seconds") from None
    finally:
        _end(printing)


def _end(printing: subprocess.Popen[Any]) -> None:
    """Nothing of the browser is left, whatever way it was stopped."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):  # all of it has ended by itself
            os.killpg(printing.pid, signal.SIGKILL)
    elif printing.poll() is None:
        printing.kill()
    printing.wait()


def pdf_problems(content: bytes, page: Page) -> list[str]:
    """What a PDF lacks: tags, title, language, or on some sheet its marking."""
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        book = pypdf.PdfReader(io.BytesIO(content))
        root: Any = book.trailer["/Root"]
        is_tagged = bool(root.get("/MarkInfo", {}).get("/Marked")) and "/StructTreeRoot" in root
        title = str(book.metadata.title if book.metadata else "")
        sheets = [" ".join(sheet.extract_text().split()) for sheet in book.pages]
    except (PyPdfError, *UNREADABLE):
        return ["it cannot be read again"]
    marked = [page.manifest.marking, *([SYNTHETIC] if page.manifest.is_synthetic else [])]
    told = {
        "it has no tags": is_tagged,
        "it does not say its language": str(root.get("/Lang", "")) == LANGUAGE,
        "it has not the page's title": title == page.manifest.title,
        "it has no sheet": bool(sheets),
        "a sheet of it lacks the marking": all(
            " ".join(text.split()) in sheet for text in marked for sheet in sheets
        ),
    }
    return [why for why, is_right in told.items() if not is_right]
