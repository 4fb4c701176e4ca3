"""A real browser without a window, and the checker of accessibility that is put into its pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

_OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-proxy-server",
)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Generator[Chrome]:
    """Chromium with a profile of its own; it keeps a log of its console and of its requests."""
    pytest.importorskip("selenium", reason="needs selenium: pip install selenium")
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("needs Chromium: apt-get install chromium chromium-driver")
    options = ChromeOptions()
    options.binary_location = chromium
    for option in (*_OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = Chrome(options=options, service=Service(driver))
    chrome.set_page_load_timeout(120)
    chrome.set_script_timeout(120)
    try:
        yield chrome
    finally:
        chrome.quit()


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core (npm, MPL-2.0), which is not kept here."""
    modules = os.environ.get("MEAGRAPH_NODE_MODULES")
    path = Path(modules or "node_modules") / "axe-core" / "axe.min.js"
    if not modules or not path.is_file():
        pytest.skip(
            "needs axe-core: npm install axe-core in a folder elsewhere, and set "
            "MEAGRAPH_NODE_MODULES to its node_modules"
        )
    return path.read_text()
