"""JSON or XML: what a harvester says that it takes."""

from __future__ import annotations

from meagraph.export.informea.refusals import BAD_REQUEST, NOT_ACCEPTABLE, Refusal

JSON = "application/json;odata=verbose;charset=utf-8"
XML = "application/xml;charset=utf-8"
TEXT = "text/plain;charset=utf-8"

_FORMATS = {
    "json": True,
    "verbosejson": True,
    "application/json": True,
    "atom": False,
    "xml": False,
    "application/atom+xml": False,
    "application/xml": False,
}
_JSON = (("application/json",), ("application/*",), ("*/*",))
_XML = (
    ("application/atom+xml", "application/xml", "application/atomsvc+xml", "text/xml"),
    ("application/*", "text/*", "text/plain"),
    ("*/*",),
)
"""Names of a form and of the ranges that it lies in, the exactest first. ``text/plain`` is what
those ask for who count; it is XML that they get of all else."""

_HARDLY = 0.0001
"""A weight less than any that can be given: verbose JSON for those who take other JSON only."""


def wants_json(accept: str, format_: str | None) -> bool:
    """Whether to answer in JSON; else it is XML, as for OData 2 where nothing is said.

    Args:
        accept: the header ``Accept``; empty for none.
        format_: the option ``$format``, which goes before the header.

    Raises:
        Refusal: 400 for a format that there is not, 406 where the header takes neither.
    """
    if format_ is not None:
        named = format_.partition(";")[0].strip().lower()
        if named not in _FORMATS:
            raise Refusal(BAD_REQUEST, "$format is “json” or “atom”.")
        return _FORMATS[named]
    if not accept.strip():
        return False
    said: dict[str, tuple[float, int]] = {}
    for place, part in enumerate(accept.split(",")):
        name, *parameters = (one.strip().lower() for one in part.split(";"))
        weight = _weight(parameters)
        if _is_later(parameters):
            weight *= _HARDLY
        said[name] = max(said.get(name, (-1.0, 0)), (weight, -place))
    json, xml = _liking(said, _JSON), _liking(said, _XML)
    if not json[0] and not xml[0]:
        raise Refusal(NOT_ACCEPTABLE, "This service answers in application/json or in XML.")
    return json > xml


def _liking(
    said: dict[str, tuple[float, int]], names: tuple[tuple[str, ...], ...]
) -> tuple[float, int, int]:
    """How much a form is liked: by its weight, then if named outright, then if named earlier.

    What is said of the form itself goes before what is said of a range that it lies in.
    """
    for exactness, group in enumerate(names):
        if found := [said[name] for name in group if name in said]:
            weight, place = max(found)
            return weight, -exactness, place
    return 0.0, 0, 0


def _is_later(parameters: list[str]) -> bool:
    """Whether JSON of a later OData is meant: Excel names it first, and reads Atom."""
    return any(
        one.startswith(("odata=", "odata.metadata=")) and one != "odata=verbose"
        for one in parameters
    )


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(0.0, float(value)), 1.0)
            except ValueError:
                return 0.0
    return 1.0
