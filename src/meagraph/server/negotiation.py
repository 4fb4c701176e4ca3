"""Which of the forms that we have suits a client best, by its header ``Accept`` (RFC 9110)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_WEIGHT = re.compile(r"0(?:\.\d{0,3})?|1(?:\.0{0,3})?")
_QUOTED = r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)'  # one without its end goes to the end of the header
_PART = re.compile(rf'(?:[^,"]|{_QUOTED})++', re.DOTALL)
_FIELD = re.compile(rf'(?:[^;"]|{_QUOTED})++', re.DOTALL)
_MOST = 100
"""Ranges that are read of one header; nobody sends more in earnest."""


class Range(NamedTuple):
    """What a client takes, and how gladly.

    Args:
        type: of media, such as ``text``; ``*`` for any.
        subtype: such as ``turtle``; ``*`` for any.
        parameters: of the media type, but the weight.
        weight: from 0, never, to 1.
    """

    type: str
    subtype: str
    parameters: Mapping[str, str]
    weight: float


def ranges(accept: str) -> list[Range]:
    """The ranges of a header; what cannot be read is passed over."""
    found = []
    for part in _PART.findall(accept)[:_MOST]:
        media, *fields = [one.strip() for one in _FIELD.findall(part)] or [""]
        type_, slash, subtype = media.lower().partition("/")
        if not slash or not type_ or not subtype or (type_ == "*" and subtype != "*"):
            continue
        weight, parameters = 1.0, {}
        for field in fields:
            name, _, value = (one.strip() for one in field.partition("="))
            if name.lower() == "q":
                weight = float(value) if _WEIGHT.fullmatch(value) else 0.0
                break
            parameters[name.lower()] = value.strip('"').lower()
        found.append(Range(type_, subtype, parameters, weight))
    return found


def weight(media_type: str, accepted: Sequence[Range]) -> float:
    """How gladly a client takes a media type; the most specific range that fits it says so."""
    best, weighed = -1, 0.0
    given, *fields = (part.strip().lower() for part in media_type.split(";"))
    parameters = dict(field.partition("=")[::2] for field in fields)
    type_, _, subtype = given.partition("/")
    for one in accepted:
        fits = one.type in ("*", type_) and one.subtype in ("*", subtype)
        if not fits or any(
            parameters.get(name, value) != value for name, value in one.parameters.items()
        ):
            continue
        rank = (one.type != "*") + (one.subtype != "*") + len(one.parameters)
        if rank > best or (rank == best and one.weight > weighed):
            best, weighed = rank, one.weight
    return weighed


def preferred(accept: str | None, offered: Iterable[str]) -> str | None:
    """The media type that suits best; of equals, the first offered.

    Args:
        accept: the header; empty or ``None`` takes anything.
        offered: media types, ours first choice first.

    Returns:
        One of them, or ``None`` if the client takes none.
    """
    choices = list(offered)
    if not accept or not accept.strip():
        return choices[0]
    accepted = ranges(accept)
    weighed = [(weight(media_type, accepted), media_type) for media_type in choices]
    best = max(one for one, _ in weighed)
    return next(media_type for one, media_type in weighed if one == best) if best else None


def takes_gzip(header: str) -> bool:
    """Whether a client takes gzip, by its header ``Accept-Encoding``."""
    weights = {}
    for part in header.lower().split(",")[:_MOST]:
        coding, _, rest = (one.strip() for one in part.partition(";"))
        name, _, value = rest.partition("=")
        sound = name.strip() == "q" and _WEIGHT.fullmatch(value.strip())
        weights[coding] = float(value) if sound else (0.0 if rest else 1.0)
    return weights.get("gzip", weights.get("*", 0.0)) > 0
