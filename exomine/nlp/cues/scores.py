"""How often a frame is right, measured on the development review (see docs/relations.md); used as probabilities."""

from __future__ import annotations

__all__ = ["FRAME_SCORES", "PENALTIES"]

FRAME_SCORES: dict[str, float] = {
    "regulate": 0.7,
    "regulate-vague": 0.45,
    "target": 0.75,
    "oncogene": 0.65,
    "involve": 0.6,
    "role": 0.5,
    "protect": 0.5,
    "sensitize": 0.8,
    "resist": 0.6,
    "against": 0.45,
    "through-pathway": 0.5,
    "resistant-release": 0.7,
    "resistant-expression": 0.65,
    "participle": 0.6,
    "adjective": 0.7,
    "carry": 0.8,
    "carry-weak": 0.5,
    "located": 0.7,
    "in-vesicle": 0.6,
    "expression": 0.75,
    "marker": 0.75,
    "marker_purpose": 0.5,
    "marker-context": 0.5,
    "bind": 0.6,
    "associate": 0.5,
    "associate-resistance": 0.6,
    "table": 0.85,
}
#: Factors for what makes a reading less sure.
PENALTIES: dict[str, float] = {"inherited": 0.8, "loose": 0.75, "vague": 0.85, "unusual_subject": 0.7}
