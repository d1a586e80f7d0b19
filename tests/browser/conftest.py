"""One headless browser for all tests that look at pages."""

from __future__ import annotations

import pytest

from tests.chromium import FLAGS


@pytest.fixture(scope="session")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()
