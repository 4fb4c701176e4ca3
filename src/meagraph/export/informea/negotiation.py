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
_XML = {
    "*/*",
    "application/*",
    "text/*",
    "text/plain",
    "text/xml",
    "application/xml",
    "application/atom+xml",
    "application/atomsvc+xml",
}


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
    ranked: list[tuple[float, int, bool]] = []
    for place, part in enumerate(accept.split(",")):
        name, *parameters = (one.strip().lower() for one in part.split(";"))
        weight = _weight(parameters)
        if weight and (name == "application/json" or name in _XML):
            ranked.append((-weight, place, name == "application/json"))
    if not ranked:
        raise Refusal(NOT_ACCEPTABLE, "This service answers in application/json or in XML.")
    return min(ranked)[2]


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
