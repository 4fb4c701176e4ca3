"""A live service as harvesters see it: real requests over HTTP."""

from __future__ import annotations

import requests

from harvesters.informea import Get

_WAIT = 60
"""Seconds after which a service is taken for dead."""


def asking_at(address: str) -> Get:
    """What asks a service for its records.

    Args:
        address: of the service, with a slash at its end.
    """
    session = requests.Session()

    def get(path: str, accept: str) -> tuple[int, str]:
        url = path if path.startswith(address) else address + path
        answer = session.get(url, headers={"Accept": accept}, timeout=_WAIT)
        return answer.status_code, answer.content.decode()

    return get
