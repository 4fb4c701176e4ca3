"""What the harvesters of InforMEA and ECOLEX would make of the feed, told before they come."""

from meagraph.export.informea_lint.faults import Fault, Findings, Verdict, lint
from meagraph.export.informea_lint.rules import RULES, Rule
from meagraph.export.informea_lint.showing import FORMATS, render, summary

__all__ = ["FORMATS", "RULES", "Fault", "Findings", "Rule", "Verdict", "lint", "render", "summary"]
