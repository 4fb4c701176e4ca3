"""Pages in a real browser: no barrier that axe-core finds, nothing cut off, nothing loaded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from looks import PAGES, PASSAGE, Look, looks_of
from running import Served

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

_RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(
  found => done(found.violations.map(one => ({
    rule: one.id, where: one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)),
    why: one.nodes[0].failureSummary}))),
  error => done([{rule: 'axe failed', why: String(error)}]));
"""


@pytest.mark.parametrize("path", PAGES)
def test_no_barrier_on_any_screen(server: Served, browser: Chrome, axe: str, path: str) -> None:
    for look in looks_of(path):
        look.put_on(browser)
        browser.get(server.url + path)
        browser.execute_script(axe)
        found: list[dict[str, Any]] = browser.execute_async_script(_RUN)
        assert found == [], f"{look}: {json.dumps(found, indent=1)}"


@pytest.mark.parametrize("width", [320, 390, 800, 1200])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_the_screen(
    server: Served, browser: Chrome, path: str, width: int
) -> None:
    Look(width, is_dark=False).put_on(browser)
    browser.get(server.url + path)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", PAGES[:-3])
def test_a_page_asks_only_its_own_server_and_nothing_is_refused(
    server: Served, browser: Chrome, path: str
) -> None:
    for log in ("browser", "performance"):
        browser.get_log(log)  # what was before
    browser.get(server.url + path)
    assert browser.get_log("browser") == []
    told = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [
        urlsplit(one["params"]["request"]["url"])
        for one in told
        if one["method"] == "Network.requestWillBeSent"
    ]
    # The browser's own pages and pictures within a page go nowhere.
    away = {one.netloc for one in asked if one.scheme not in ("chrome", "data", "about")}
    assert away == {urlsplit(server.url).netloc}


def test_the_keyboard_reaches_the_content_at_once(server: Served, browser: Chrome) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.get(server.url + "/about")
    browser.switch_to.active_element.send_keys(Keys.TAB)
    skip = browser.switch_to.active_element
    assert skip.text == "Skip to the content" and skip.rect["x"] >= 0
    skip.send_keys(Keys.ENTER)
    assert browser.switch_to.active_element.get_attribute("id") == "main"


def test_a_claim_that_is_linked_to_stands_out(server: Served, browser: Chrome) -> None:
    browser.get(server.url + PASSAGE + "#engagement")
    script = "return getComputedStyle(document.querySelector(arguments[0])).backgroundColor"
    colours = [browser.execute_script(script, of) for of in (":target", ".claim:not(:target)")]
    assert colours[0] != colours[1]
