"""Checks that the system answers from its own data, for the APIP checklist and the AKIP evaluation sheet.

A proof never decides: it says what the data show, and a person answers. Each is a function of a `Facts`, registered
under the name by which the YAML files ask for it.
"""

from lkip.proofs import measuring, planning, reporting
from lkip.proofs.facts import Facts, Proof, names, prove

__all__ = ["Facts", "Proof", "measuring", "names", "planning", "prove", "reporting"]
