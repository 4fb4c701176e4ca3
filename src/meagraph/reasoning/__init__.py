"""Proof that the ontology does not contradict itself, or the causes if it does."""

from meagraph.reasoning.proof import Proof, prove
from meagraph.reasoning.statements import Axiom, Clash

__all__ = ["Axiom", "Clash", "Proof", "prove"]
