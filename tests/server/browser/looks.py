"""The screens that pages are looked at on, and the pages that stand for their kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

PASSAGE = "/documents/minamata-cop6-cooperation-activities/annex-1/15"
PAGES = (
    "/",
    "/about",
    "/browse",
    "/browse/meetings",
    "/browse/passages?page=2",
    "/search",
    "/search?q=mercury+waste",
    "/search?q=zzqqx",
    "/organisations/minamata-secretariat",
    "/meetings/minamata-cop-4",
    "/bodies/minamata-cop",
    "/decisions/mc-4-11",
    "/places/geneva",
    "/concepts/role",
    "/concepts/topic/health",
    "/identifiers/ecolex",
    "/dataset",
    "/graphs/entailed",
    "/ontology",
    "/documents/minamata-cop6-cooperation-activities",
    PASSAGE,
    "/readings/minamata-cop4-brs-joint-report/note/1",
    "/queries",
    "/queries/meetings-attended?agent=BRS+secretariat",
    "/sparql",
    "/check",
    "/rules",
    "/rules/Meeting-ordinal",
    "/api",
    "/organisations/minamata-secretriat",
    "/browse/nothing",
    "/queries/meetings-attended?agent=Nobody+at+all&agent=BRS+secretariat",
)
"""A page of each kind; the last three tell what went wrong."""


class Look(NamedTuple):
    """A screen: its width in CSS pixels, and whether it is a dark one."""

    width: int
    is_dark: bool

    def put_on(self, browser: Chrome) -> None:
        """Let the browser have this screen."""
        size = {"width": self.width, "height": 900, "deviceScaleFactor": 1}
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {**size, "mobile": self.width < 600}
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if self.is_dark else "light"}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})


LOOKS = tuple(Look(width, is_dark) for width in (390, 1200) for is_dark in (False, True))

LARGE = ("/ontology", "/rules", "/graphs/entailed", "/api")
"""Pages that axe takes long for: looked at on a small dark screen and on a wide light one."""


def looks_of(path: str) -> tuple[Look, ...]:
    """The screens on which a page is looked at."""
    return LOOKS[1:3] if path in LARGE else LOOKS
