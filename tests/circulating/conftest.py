"""A released workspace to send from, and certificates for the mail servers of the tests."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from lscb_analysis.briefing.release import brief
from lscb_analysis.catalogue import find_area
from lscb_analysis.findings import as_findings
from lscb_analysis.periods import parse_quarter
from lscb_analysis.pipeline import Built
from lscb_analysis.releasing import log_run, release_drafts
from lscb_analysis.settings import read_settings
from tests.briefing.drawn_workspace import MEREFORD, QUARTER, drawn_workspace, processed
from tests.circulating.outbox import Outbox
from tests.circulating.servers import Postbox, mail_server, mail_table, server_context, trust

WHEN = parse_quarter(QUARTER)
THEMES = ["child_protection", "domestic_abuse", "child_deaths"]


def _release(workspace: Path, audience: str, themes: list[str]) -> None:
    settings = replace(read_settings(workspace), audience=audience)
    folder = processed(workspace, MEREFORD).parent / audience
    outcomes = brief(settings, MEREFORD, WHEN, themes, lambda _: None)
    assert [each for each in outcomes if each.problems] == []
    built = Built(folder, find_area(MEREFORD), WHEN, as_findings(), False)
    log_run(settings, MEREFORD, built, outcomes)
    if audience != "partnership":
        release_drafts(settings, MEREFORD, WHEN, "Ann", "Ben")


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three themes released for the partnership, and one for the panel."""
    workspace = drawn_workspace(tmp_path_factory.mktemp("to_circulate"))
    partnership = processed(workspace, MEREFORD)
    panel = partnership.with_name("panel")
    shutil.copytree(partnership, panel)
    facts = panel / "provenance.json"
    facts.write_text(facts.read_text().replace('"partnership"', '"panel"'))
    _release(workspace, "partnership", THEMES)
    _release(workspace, "panel", ["child_deaths"])
    return workspace


@pytest.fixture
def outbox(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Outbox:
    """A released workspace of one's own, to send from; there is no browser for PDFs."""
    workspace = tmp_path / "workspace"
    shutil.copytree(released, workspace)
    monkeypatch.setenv("LSCB_WORKSPACE", str(workspace))
    monkeypatch.setenv("LSCB_MAIL_PASSWORD", "pass word")
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "no_browser"))
    return Outbox(workspace)


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """An authority that nobody but the tests trusts."""
    return trustme.CA()


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def served(outbox: Outbox, authority: trustme.CA, postbox: Postbox):
    """A workspace that sends by a server with STARTTLS."""
    trust(outbox.workspace, authority)
    with mail_server(postbox, server_context(authority)) as port:
        outbox.set_up(mail=mail_table(port))
        yield outbox
