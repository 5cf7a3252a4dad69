"""Circular and long non-coding RNAs by their names: "circNRIP1", "hsa_circ_0001445", "lncRNA-ATB", "circ-PVT1".

New ones are named faster than any vocabulary lists them, but the names are formed by rule: a prefix and the symbol of the
host gene, a number, or a code. They are genes here (PROTEIN), without a CURIE, under the name as written in one spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exomine.nlp.evidence import Candidate

__all__ = ["noncoding"]

_NAME = re.compile(
    r"(?<![\w-])(?:"
    r"(?P<number>(?:hsa[_-])?circ(?:RNA)?[_-]?\d{4,9})"
    r"|(?P<circ>circ(?:ular)?(?:RNA)?[-_]?)(?P<host>(?!RNAs?\b)[A-Z][A-Z0-9]{1,9}\d*[A-Za-z]?(?:-\d{1,2})?)"
    r"|(?P<lnc>(?:lnc|linc)(?:RNA)?[-_]?)(?P<code>(?!RNAs?\b)[A-Z][A-Za-z0-9]{1,9}(?:-\d{1,2})?|p21)"
    r")(?![\w])"
)


def noncoding(text: str) -> Iterator[Candidate]:
    """Evidence for the names in ``text``."""
    for m in _NAME.finditer(text):
        if m["number"]:
            name = m["number"].replace("-", "_")
        elif m["host"]:
            name = f"circ{m['host']}"
        elif m["lnc"].rstrip("-_") == "linc" and m["code"].isdigit():
            continue
        else:
            name = f"{m['lnc'].rstrip('-_')}-{m['code']}"
        yield Candidate(m.start(), m.end(), "PROTEIN", "", name, "lexicon", 0.9, "synonym")
