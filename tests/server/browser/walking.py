"""A person at a keyboard, in a real headless Chromium."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from looks import Look
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support import expected_conditions as expected
from selenium.webdriver.support.wait import WebDriverWait

PATIENCE = 400
"""Seconds after which a page is taken for never to come; a validation may wait for others."""
MOST_TABS = 400


class Walker:
    """Whoever uses the pages by keyboard alone.

    Args:
        driver: the browser.
        downloads: the folder that files are saved in.
    """

    def __init__(self, driver: Chrome, downloads: Path) -> None:
        self.driver = driver
        self.downloads = downloads
        kept = {"behavior": "allow", "downloadPath": str(downloads)}
        driver.execute_cdp_cmd("Browser.setDownloadBehavior", kept)

    @property
    def path(self) -> str:
        """The address of the page after that of the server."""
        return str(self.driver.execute_script("return location.pathname"))

    @property
    def heading(self) -> str:
        """What the page is called."""
        return self.driver.find_element(By.TAG_NAME, "h1").text

    def open(self, url: str, width: int = 1200) -> None:
        """Type an address, in a window of so many CSS pixels."""
        Look(width, is_dark=False).put_on(self.driver)
        self.driver.get(url)

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        chain = ActionChains(self.driver)
        for key in keys:
            chain.send_keys(key)
        chain.perform()

    def chord(self, held: str, key: str) -> None:
        """Press a key while another is held."""
        ActionChains(self.driver).key_down(held).send_keys(key).key_up(held).perform()

    def reach(self, name: str, tag: str = "") -> WebElement:
        """Press Tab until what has the focus is called so; it must be seen to have it.

        Args:
            name: a part of its accessible name.
            tag: of the element, where another may be called the same.
        """
        passed = []
        for _ in range(MOST_TABS):
            self.press(Keys.TAB)
            focused = self.driver.switch_to.active_element
            called = focused.accessible_name
            if name in called and tag in ("", focused.tag_name):
                assert self._shows_focus(focused), f"“{called}” does not show that it has the focus"
                return focused
            passed.append(called)
        pytest.fail(f"Tab does not come to “{name}”; it came to {passed[:60]}")

    def _shows_focus(self, element: WebElement) -> bool:
        shown = self.driver.execute_script(
            "const r = arguments[0].getBoundingClientRect(), s = getComputedStyle(arguments[0]);"
            "return r.width > 0 && r.bottom > 0 && r.top < innerHeight"
            " && (s.outlineStyle != 'none' && parseFloat(s.outlineWidth) > 0"
            "     || s.boxShadow != 'none')",
            element,
        )
        return bool(shown)

    def enter(self) -> None:
        """Press Enter where another page comes of it, and wait for that."""
        before = self.driver.find_element(By.TAG_NAME, "html")
        self.press(Keys.ENTER)
        wait = WebDriverWait(
            self.driver, PATIENCE, ignored_exceptions=(StaleElementReferenceException,)
        )
        wait.until(expected.staleness_of(before))
        wait.until(lambda one: one.execute_script("return document.readyState") == "complete")

    def follow(self, name: str) -> None:
        """Go to a link or a button that is called so, and use it."""
        self.reach(name)
        self.enter()

    def fill(self, name: str, text: str) -> None:
        """Write into a field, in the place of what stands there."""
        self.reach(name)
        self.chord(Keys.CONTROL, "a")
        self.press(text)

    def paste(self, name: str, text: str) -> None:
        """Insert a whole text into a field at once."""
        self.reach(name)
        self.driver.execute_cdp_cmd("Input.insertText", {"text": text})

    def download(self, name: str) -> Path:
        """Use a link that brings a file; the file."""
        known = {*self.downloads.iterdir()}
        self.reach(name)
        self.press(Keys.ENTER)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            new = [one for one in self.downloads.iterdir() if one not in known]
            if new and not any(one.suffix == ".crdownload" or one.name[0] == "." for one in new):
                return new[0]
            time.sleep(0.05)
        pytest.fail(f"nothing came of the link “{name}”")

    def scrolls_sideways(self) -> bool:
        """Whether the page is wider than its window."""
        script = "const r = document.documentElement; return r.scrollWidth > r.clientWidth"
        return bool(self.driver.execute_script(script))

    def picture(self, file: Path) -> None:
        """Keep the whole page as it is seen."""
        size = {"width": 0, "height": 0}
        for name in size:
            script = f"return document.documentElement.scroll{name.title()}"
            size[name] = int(self.driver.execute_script(script))
        whole = {**size, "deviceScaleFactor": 1, "mobile": size["width"] < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", whole)
        self.driver.save_screenshot(str(file))
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {**whole, "height": 900})
