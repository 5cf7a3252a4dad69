"""Participles glued to a name, with their sign: "X-induced P", "P-inducing X"."""

from __future__ import annotations

__all__ = ["DESCRIBING", "DOING", "DONE_BY"]

#: Participles that make the mention before them the agent: "exosome-mediated resistance", "X-suppressed growth".
DONE_BY = {
    **dict.fromkeys(
        "induced mediated driven promoted triggered stimulated enhanced activated dependent facilitated elicited evoked".split(),
        1,
    ),
    **dict.fromkeys("inhibited suppressed reduced blocked repressed attenuated".split(), -1),
}
#: Participles that make the mention before them the target: "angiogenesis-promoting exosomes", "resistance-reversing X".
DOING = {
    **dict.fromkeys("inducing promoting stimulating enhancing activating conferring mediating driving".split(), 1),
    **dict.fromkeys("inhibiting suppressing repressing silencing reducing blocking reversing".split(), -1),
}
#: Participles that make the mention before them a mere description of what is named behind: "X-targeting Y", "X-sponging Y".
DESCRIBING = frozenset(
    "targeting sponging binding regulating modulating controlling upregulating downregulating degrading".split()
)
