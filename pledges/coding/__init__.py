"""Coding a programme's statements: kind, commitment, measurable, topics and targets, with certainties.

Pure: statements in, labels out; reads only its own data files.
"""

from pledges.coding.coder import CODER_VERSION, code
from pledges.coding.labels import Certainty, Labels, TargetSpan, Unit
from pledges.coding.reasons import reasons

__all__ = ["CODER_VERSION", "Certainty", "Labels", "TargetSpan", "Unit", "code", "reasons"]
