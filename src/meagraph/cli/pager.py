"""A long text shown page by page, as other programs do."""

from __future__ import annotations

import os
import shlex
import sys


def paged(text: str) -> bool:
    """Show a text in the reader's pager; whether that was done.

    Only where standard output is a terminal that the text does not fit on. The pager is
    ``MEAGRAPH_PAGER``, else ``PAGER``, else ``less``; an empty one is none.
    """
    if not sys.stdout.isatty():
        return False
    try:
        fits = text.count("\n") < os.get_terminal_size(sys.stdout.fileno()).lines
    except (OSError, ValueError):
        return False
    named = os.environ.get("MEAGRAPH_PAGER", os.environ.get("PAGER", "less"))
    if fits or not named:
        return False
    import shutil
    import subprocess

    words = shlex.split(named)
    if shutil.which(words[0]) is None:
        return False
    # As git does: less leaves the text on the screen, and keeps its colours.
    environment = {"LESS": "FRX", **os.environ}
    sys.stdout.flush()
    pager = subprocess.Popen(words, stdin=subprocess.PIPE, env=environment)
    try:
        pager.communicate(text.encode())
    except BrokenPipeError:
        pager.wait()
    return True
