"""Entries against the source texts: nothing may be said of a passage that does not stand there.

And the other way round: what a passage names and no entry carries.
"""

from meagraph.verification.allowances import Allowance
from meagraph.verification.coverage import Coverage, Gap, coverage
from meagraph.verification.examination import examine, verify
from meagraph.verification.faults import Fault, Verification

__all__ = ["Allowance", "Coverage", "Fault", "Gap", "Verification", "coverage", "examine", "verify"]
