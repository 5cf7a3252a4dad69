"""Circular and long non-coding RNAs by their names: "circNRIP1", "hsa_circ_0001445", "lncRNA-ATB", "circ-PVT1".

The class may stand apart ("lncRNA UCA1", "long non-coding RNA HOTAIR"): then the gene's name is the mention, if it is
known.

New ones are named faster than any vocabulary lists them, but the names are formed by rule: a prefix and the symbol of
the host gene, a number, or a code. They are genes here (PROTEIN), under the name as written in one spelling and without
a CURIE unless the lexicon knows the code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from exomine.nlp.mentions.evidence import Candidate
from exomine.vocabulary.terms import Term

__all__ = ["noncoding"]

_NAME = re.compile(
    r"(?<![\w-])(?:"
    r"(?P<number>(?:hsa[_-])?circ(?:RNA)?[_-]?\d{4,9})"
    r"|(?P<circ>circ(?:ular)?(?:RNA)?[-_]?)(?P<host>(?!RNAs?\b)[A-Z][A-Z0-9]{1,9}\d*[A-Za-z]?(?:-\d{1,2})?)"
    r"|(?P<lnc>(?:lnc|linc)(?:RNA)?[-_]?)(?P<code>(?!RNAs?\b)[A-Z][A-Za-z0-9]{1,9}(?:-(?:\d{1,2}|(?:AS|IT|OT)\d?))?|p21)"
    r")(?![\w])"
)
#: A class and, behind a space, a symbol: two capitals or a capital and a digit.
_APART = re.compile(
    r"\b(?P<kind>(?:lnc|linc)RNA|long\s(?:intergenic\s|intervening\s)?non-?\s?coding\sRNA|circRNA|circular\sRNA)s?"
    r"(?:\s\((?:lnc|linc|circ)RNAs?\))?\s(?P<code>(?=[A-Z][A-Za-z]*[A-Z\d])[A-Z][A-Za-z0-9]{1,9}"
    r"(?:-[A-Z0-9]{1,4})?)(?![\w-])", re.I
)  # fmt: skip


def noncoding(text: str, lookup: Callable[[str], Sequence[Term]] = lambda _: ()) -> Iterator[Candidate]:
    """Evidence for the names in ``text``; ``lookup`` gives a code's entity where the lexicon has it ("lncRNA-UCA1"
    is UCA1).
    """
    for m in _NAME.finditer(text):
        if m["number"]:
            name = m["number"].replace("-", "_")
        elif m["host"]:
            name = f"circ{m['host']}"
        elif m["lnc"].rstrip("-_") == "linc" and m["code"].isdigit():
            continue
        else:
            known = next((t for t in lookup(m["code"]) if t.label == "PROTEIN" and not t.guard), None)
            if known and m["code"] != "p21":
                yield Candidate(m.start(), m.end(), "PROTEIN", known.curie, known.name, "lexicon", 0.95, known.status)
                continue
            name = f"{m['lnc'].rstrip('-_')}-{m['code']}"
        yield Candidate(m.start(), m.end(), "PROTEIN", "", name, "lexicon", 0.9, "synonym")
    yield from _apart(text, lookup)


def _apart(text: str, lookup: Callable[[str], Sequence[Term]]) -> Iterator[Candidate]:
    """ "lncRNA UCA1" is UCA1, "lncRNA ATB" the same as "lncRNA-ATB"; "circRNA PVT1" is circPVT1, not its host gene."""
    for m in _APART.finditer(text):
        code = m["code"]
        known = next((t for t in lookup(code) if t.label == "PROTEIN"), None)
        circular = m["kind"].lower().startswith("circ")
        if not code[0].isupper() or code.lower().startswith(("circ", "lnc", "linc0", "rna", "mirna")):
            continue
        if known and not (circular and known.status != "curated"):
            yield Candidate(m.start("code"), m.end(), "PROTEIN", known.curie, known.name, "lexicon", 0.95, known.status)
        elif known:
            yield Candidate(m.start(), m.end(), "PROTEIN", "", f"circ{code}", "lexicon", 0.9, "synonym")
        elif not circular and code.isupper():
            kind = "lincRNA" if m["kind"].lower().startswith("linc") else "lncRNA"
            yield Candidate(m.start(), m.end(), "PROTEIN", "", f"{kind}-{code}", "lexicon", 0.9, "synonym")
