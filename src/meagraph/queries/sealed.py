"""The worker that evaluates queries, cut off from the network before it opens the graph.

Run as a program, as `meagraph.queries.worker` is, with the same arguments. Two ways are tried, and
both are taken where both are allowed: a network of its own that leads nowhere (a namespace, Linux),
and a filter that refuses to open sockets (seccomp), which closes those of the file system too.
It takes some milliseconds more to start.
"""

from __future__ import annotations

import ctypes
import os
import sys
from importlib import import_module

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_SET_SECCOMP, _FILTER, _NO_NEW_PRIVILEGES = 22, 2, 38
_SOCKETS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""By machine: what the kernel calls it, and the number of the call that opens a socket."""
_IO_URING = 425
"""The call that sets up a queue by which sockets could be opened, too."""
_FOREIGN = 0x40000000
"""From here on are the calls of another convention on the same machine."""
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # with "operation not permitted"


class _Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("if_true", ctypes.c_ubyte),
        ("if_false", ctypes.c_ubyte),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step)))


def sealed() -> str:
    """Cut this process off; what keeps it from the network now, empty if nothing does."""
    library = ctypes.CDLL(None)
    held = []
    if hasattr(library, "unshare") and library.unshare(_NEW_USER | _NEW_NETWORK) == 0:
        held.append("namespace")
    if hasattr(library, "prctl") and _filtered(library):
        held.append("filter")
    return ", ".join(held)


def _filtered(library: ctypes.CDLL) -> bool:
    known = _SOCKETS.get(os.uname().machine)
    if not known:
        return False
    machine, socket = known
    program = (
        (_LOAD, 0, 0, 4),
        (_EQUAL, 0, 4, machine),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, 2, 0, _FOREIGN),
        (_EQUAL, 1, 0, socket),
        (_EQUAL, 0, 1, _IO_URING),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    )
    steps = (_Step * len(program))(*(_Step(*step) for step in program))
    given = _Program(len(program), steps)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return not library.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(given))


if __name__ == "__main__":
    how = sealed()
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path.append(here)
    worker = import_module("worker")
    sys.path.remove(here)
    worker.main(*sys.argv[1:], sealed=how)
