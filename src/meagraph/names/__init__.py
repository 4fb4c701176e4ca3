"""From what a reader calls a thing to its IRI: labels, acronyms, symbols and near spellings.

Names are compared without regard to case, accents and white space. A name that is recorded
exactly as it was asked for wins over one that is recorded in another spelling, and what records
say of a thing wins over what a passage happens to call it. A name that was given up leads to what
replaces it, and means that only where nothing else is called so.
"""

from meagraph.names.lookup import FAINT, Ambiguous, Match, find, resolve
from meagraph.names.records import GivenUp, current, given_up, label
from meagraph.names.spelling import fold

__all__ = [
    "FAINT",
    "Ambiguous",
    "GivenUp",
    "Match",
    "current",
    "find",
    "fold",
    "given_up",
    "label",
    "resolve",
]
