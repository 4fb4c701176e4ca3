"""The graph against its shapes and the rules on files: findings, each with its places."""

from meagraph.validation.corpus import Place
from meagraph.validation.findings import SEVERITIES, Finding, Report, Rule
from meagraph.validation.shapes import as_sentence
from meagraph.validation.verdict import validate

__all__ = ["SEVERITIES", "Finding", "Place", "Report", "Rule", "as_sentence", "validate"]
