"""Pages with letters of twice the size on a phone, and on paper."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest
from looks import PASSAGE, Look
from running import Served

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

HUB = "/organisations/minamata-secretariat"
NARROWEST = 120
"""Pixels that a field must keep, so that some words can be seen in it."""
_LARGE = "document.documentElement.style.fontSize = '200%'"
_WIDTH = "return document.querySelector('input[type=search]').getBoundingClientRect().width"
_SKIP = "const r = document.querySelector('.skip').getBoundingClientRect();"
_FOLDED = (
    "return [...document.querySelectorAll('details:not([open])')].map("
    "one => one.lastElementChild.checkVisibility())"
)


@pytest.fixture
def printing(browser: Chrome) -> Generator[Chrome]:
    """The browser as it lays pages out for paper."""
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    yield browser
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize("path", ["/", "/search?q=mercury", "/browse/meetings", HUB, PASSAGE])
def test_large_letters_fit_a_phone(server: Served, browser: Chrome, path: str) -> None:
    Look(340, is_dark=False).put_on(browser)
    browser.get(server.url + path)
    browser.execute_script(_LARGE)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 340
    assert browser.execute_script(_WIDTH) >= NARROWEST
    assert browser.execute_script(_SKIP + "return r.bottom <= 0 || r.right <= 0")


def test_what_is_folded_away_is_on_paper(server: Served, printing: Chrome) -> None:
    printing.get(server.url + HUB)
    seen = printing.execute_script(_FOLDED)
    assert seen and all(seen)
