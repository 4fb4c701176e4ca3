"""The terminal that the reader sits at."""

from __future__ import annotations

import os
import sys

_WITHOUT_TERMINAL = 100


def width() -> int:
    """The width of the terminal in cells; ``COLUMNS`` decides, then the terminal, then 100."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or _WITHOUT_TERMINAL
    except (OSError, ValueError):
        return _WITHOUT_TERMINAL
