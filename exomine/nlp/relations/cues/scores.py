"""Factors for what makes a statement less sure; how often a frame is right stands in its record
(``frames/catalogue.py``).
"""

from __future__ import annotations

__all__ = ["PENALTIES"]

#: ``far``: subject and object stand more than ``windows.FAR`` tokens apart in a frame that needs the verb's arguments;
#: ``ungrounded``: a mention that only the model found and that no identifier confirms.
PENALTIES: dict[str, float] = {
    "inherited": 0.87,
    "loose": 0.75,
    "vague": 0.85,
    "unusual_subject": 0.7,
    "far": 0.6,
    "ungrounded": 0.7,
}
