"""Stored questions and free SPARQL: read, fill in, answer.

A stored question is ``queries/<theme>/<name>.rq``: valid SPARQL 1.1 that runs unchanged in any
tool, after a header of ``#+`` lines in TOML. Its parameters are the ``VALUES`` groups whose
variables the header declares.
"""

from meagraph.queries.entities import fitting
from meagraph.queries.parameters import (
    accepted,
    bind,
    defaults_used,
    example,
    unknown_parameter,
)
from meagraph.queries.questions import (
    RESERVED,
    Parameter,
    Question,
    load_question,
    load_questions,
    read_question,
)
from meagraph.queries.sparql import Answer, ask, standalone, without_header

__all__ = [
    "RESERVED",
    "Answer",
    "Parameter",
    "Question",
    "accepted",
    "ask",
    "bind",
    "defaults_used",
    "example",
    "fitting",
    "load_question",
    "load_questions",
    "read_question",
    "standalone",
    "unknown_parameter",
    "without_header",
]
