"""The TOML of a question's header, and what was read of it before.

Loading the standard library's TOML reader takes longer than answering a question, so what it gave
is kept in the user's cache, beside the graph, as Python keeps its bytecode.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from typing import Any
from zlib import crc32

from meagraph.project import cache_folder


def parse_header(text: str) -> dict[str, Any]:
    """Read a header.

    Raises:
        ValueError: it is not TOML; the message ends in line and column.
    """
    checksum = crc32(text.encode("utf-8", "surrogatepass"))
    path = os.path.join(cache_folder(), "headers", f"{checksum:08x}.{sys.implementation.cache_tag}")
    kept = _kept(path, text)
    if kept is not None:
        return kept
    import tomllib

    table = tomllib.loads(text)
    with suppress(OSError, ValueError):  # no cache to write in, or a date, which is not for us
        content = marshal.dumps((text, table))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        unfinished = f"{path}-{os.getpid()}"
        with open(unfinished, "wb") as file:
            file.write(content)
        os.replace(unfinished, path)
    return table


def _kept(path: str, text: str) -> dict[str, Any] | None:
    try:
        with open(path, "rb") as file:
            of_text, table = marshal.loads(file.read())
    except (OSError, EOFError, ValueError, TypeError):
        return None
    return table if of_text == text and isinstance(table, dict) else None
