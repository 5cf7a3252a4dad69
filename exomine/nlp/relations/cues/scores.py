"""How often a frame is right; used as probabilities.

The figures are the shares of statements that match a reader's gold in four reviews (docs/relations.md), which are lower bounds,
raised where the gold is known to be incomplete and rounded to 0.05.
"""

from __future__ import annotations

__all__ = ["FAR", "FRAME_SCORES", "PENALTIES"]

FRAME_SCORES: dict[str, float] = {
    "regulate": 0.7,
    "regulate-vague": 0.5,
    "target": 0.85,
    "oncogene": 0.65,
    "involve": 0.6,
    "role": 0.55,
    "protect": 0.65,
    "sensitize": 0.75,
    "resist": 0.6,
    "against": 0.5,
    "through-pathway": 0.55,
    "cells-with": 0.65,
    # what resistant cells release or have more of goes with the resistance; that it causes it is not said
    "resistant-release": 0.45,
    "resistant-expression": 0.45,
    "participle": 0.65,
    "adjective": 0.8,
    "carry": 0.85,
    "carry-weak": 0.6,
    "located": 0.85,
    "in-vesicle": 0.7,
    "expression": 0.75,
    "marker": 0.8,
    "marker_purpose": 0.5,
    "marker-context": 0.4,
    "bind": 0.5,
    "associate": 0.45,
    "associate-resistance": 0.75,
    "table": 0.9,
}
#: Factors for what makes a reading less sure.
#: ``far``: subject and object stand more than :data:`FAR` tokens apart in a frame that needs the verb's arguments;
#: ``ungrounded``: a mention that only the model found and that no identifier confirms.
PENALTIES: dict[str, float] = {
    "inherited": 0.87,
    "loose": 0.75,
    "vague": 0.85,
    "unusual_subject": 0.7,
    "far": 0.6,
    "ungrounded": 0.7,
}
FAR = 22
