"""Entries against the source texts: nothing may be said of a passage that does not stand there."""

from meagraph.verification.examination import examine, verify
from meagraph.verification.faults import Fault, Verification

__all__ = ["Fault", "Verification", "examine", "verify"]
