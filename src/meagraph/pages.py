"""What every page of ours begins with: it asks nothing of anyone, and fits any screen."""

from __future__ import annotations

from html import escape

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What the browser may load, whatever a label holds: nothing but the page's own style."""


def opening(title: str, style: str, *, fonts: bool = False, dark: bool = True) -> list[str]:
    """The lines of a page (HTML, the WHATWG's living standard) up to its body.

    Args:
        title: what the browser calls the page.
        style: its style sheet.
        fonts: whether the page holds letters of its own.
        dark: whether the style sheet serves dark screens too.
    """
    policy = f"{_POLICY}; font-src data:" if fonts else _POLICY
    return [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta name="color-scheme" content="{"light dark" if dark else "light"}">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="generator" content="meagraph">',
        f"<title>{escape(title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
    ]
