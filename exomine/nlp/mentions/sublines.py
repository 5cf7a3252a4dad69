"""Resistant sublines by their names: "HepG2/ADM", "Huh7-SR", "PC-9/GR", "U87TR", "A2780cis".

A cell line's name, a joint or none, and a code: a drug's, or one that ends with R for resistant. The whole is a cell
line of its own, with the identity of the line it comes from and the code; the code of a drug is a mention of the drug
inside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from exomine.nlp.mentions.evidence import Candidate
from exomine.nlp.mentions.matcher import Hit
from exomine.vocabulary.terms import Term

__all__ = ["parent_line", "sublines"]

Lookup = Callable[[str], Sequence[Term]]
_CODE = re.compile(r"[/-](?P<code>[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Z0-9])){0,6})(?![A-Za-z0-9]|[-/][A-Za-z0-9])")
#: "R", "GR", "TamR", "OR2", "Res"; "BrR"
_RESISTANT = re.compile(r"(?:[A-Z]{1,3}|[A-Z][a-z]{1,3})?(?:R|Res|res)-?\d{0,2}")
#: Sublines whose codes are no drug's and tell no resistance.
_LISTED = frozenset({"A02", "G01", "CP70", "cis", "CIS", "CP", "MDR", "MDR1"})
#: A line's name with a code glued to it: "U87TR", "A2780cis", "PC9GR".
_GLUED = re.compile(r"(?<![\w/.-])[A-Z][A-Za-z]{0,4}-?\d{1,5}[A-Za-z]{1,5}(?![\w-])")
_GLUED_CODE = re.compile(r"[A-Z]{0,2}R|[A-Z][a-z]{2}R|cis|DDP|ADR|DOX")


def sublines(text: str, hits: Sequence[Hit], lookup: Lookup) -> Iterator[Candidate]:
    """Evidence for the sublines in ``text`` and for the drugs in their names."""
    for hit in hits:
        line = next((t for t in hit.terms if t.label == "CELL_LINE"), None)
        m = _CODE.match(text, hit.end) if line else None
        if line and m:
            yield from _named(text, hit.start, m.start("code"), m.end(), line, lookup)
    for m in _GLUED.finditer(text):
        for at in range(m.end() - 4, m.end()):
            line = _GLUED_CODE.fullmatch(text, at, m.end()) and _line(lookup(text[m.start() : at]))
            if line:
                yield from _named(text, m.start(), at, m.end(), line, lookup)
                break


def _line(terms: Sequence[Term]) -> Term | None:
    return next((t for t in terms if t.label == "CELL_LINE" and not t.guard), None)


def _named(text: str, start: int, at: int, end: int, line: Term, lookup: Lookup) -> Iterator[Candidate]:
    code, terms = text[at:end], lookup(text[at:end])
    if any(t.label == "CELL_LINE" for t in lookup(text[start:end])):
        return  # the lexicon has it
    drug = next((t for t in terms if t.label == "DRUG"), None)
    gene = any(t.label == "PROTEIN" and not t.guard and len(code) > 3 for t in terms)
    if not drug and code not in _LISTED and (gene or not _RESISTANT.fullmatch(code)):
        return
    name = f"{line.name}{'/' if drug or code in _LISTED or '-' in line.name else '-'}{code}"
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    yield Candidate(start, end, "CELL_LINE", f"exomine:cell-{slug}", name, "lexicon", 1.0, "curated")
    if drug:
        yield Candidate(at, end, "DRUG", drug.curie, drug.name, "lexicon", 1.0, "curated")


def parent_line(name: str) -> str:
    """The name of the line that a subline of this module comes from, empty where ``name`` is no subline's."""
    head, _, code = name.rpartition("/") if "/" in name else name.rpartition("-")
    return head if head and (_RESISTANT.fullmatch(code) or "/" in name or code in _LISTED) else ""
