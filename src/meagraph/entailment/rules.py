"""All rules, in the order in which they are first applied.

A next rule is a function in the module of its subject and an entry of that module's tuple.
"""

from __future__ import annotations

from meagraph.entailment.claims import CLAIMS, INVOLVES, READING_OF
from meagraph.entailment.cooperation import (
    AS_NAMED,
    BETWEEN,
    COOPERATES_WITH,
    COOPERATING,
    RESTS_ON,
    ROLLED_UP,
    ROLLS_UP_TO,
)
from meagraph.entailment.dating import DATING, EARLIEST, END, LATEST, START
from meagraph.entailment.hierarchy import HIERARCHY
from meagraph.entailment.rule import Rule, mea
from meagraph.entailment.statuses import LATEST_STATUS, STATUSES

RULES: tuple[Rule, ...] = (*HIERARCHY, *DATING, *CLAIMS, *STATUSES, *COOPERATING)

ONLY_DERIVED = frozenset(
    predicate.value
    for predicate in (
        *(EARLIEST, LATEST, START, END, LATEST_STATUS, INVOLVES, READING_OF),
        *(mea("fallsUnder"), ROLLS_UP_TO),
        *(COOPERATES_WITH, BETWEEN, RESTS_ON, AS_NAMED, ROLLED_UP),
    )
)
"""IRIs of the properties that belong to the rules alone: no file says anything with them."""
