"""The tokens of one sentence and, where there is one, their parse; everything is indexed by the tokens' place in the
Doc.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Span, Token

from exomine.nlp.trees import root_of

__all__ = ["FINITE", "HYPHENS", "Tokens"]

#: Penn tags of verbs that can head a clause; the last one is the infinitive.
FINITE = ("VBZ", "VBP", "VBD", "MD", "VB")
HYPHENS = ("-", "‐", "–")


class Tokens:
    """Accessors to the tokens; without a parse :attr:`parsed` is False and there are no children."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self.doc: Doc = span.doc
        self.start, self.end = span.start, span.end
        self.tagged = self.doc.has_annotation("TAG")
        whole = self.doc.has_annotation("DEP") and len(span) > 1 and any(t.dep_ for t in span)
        # a parse without any finite verb has failed or is none ("miR-9 promoted resistance" taken for a noun phrase)
        self.parsed = whole and any(t.tag_ in FINITE for t in span)

    def token(self, i: int) -> Token:
        """The token ``i`` of the Doc."""
        return self.doc[i]

    def lower(self, i: int) -> str:
        """Its lower-case text."""
        return self.doc[i].lower_

    def tag(self, i: int) -> str:
        """Its Penn tag, empty without a tagger."""
        return self.doc[i].tag_

    def children(self, i: int, *deps: str) -> list[int]:
        """Children of ``i`` with one of ``deps`` (all of them without ``deps``), in order."""
        if not self.parsed:
            return []
        return [c.i for c in self.doc[i].children if not deps or c.dep_ in deps]

    def head(self, i: int) -> int:
        """The head of ``i``; itself at a root."""
        return self.doc[i].head.i if self.parsed else i

    def dep(self, i: int) -> str:
        """The dependency label of ``i``."""
        return self.doc[i].dep_ if self.parsed else ""

    def root(self, span: Span) -> int:
        """The token that carries ``span``; its last one without a parse."""
        return root_of(span) if self.parsed else span.end - 1

    def first_conjunct(self, i: int) -> int:
        """The first member of the coordination that ``i`` belongs to."""
        while self.dep(i) == "conj" and self.head(i) < i:
            i = self.head(i)
        return i

    def objects_of(self, i: int, prepositions: Iterable[str]) -> list[int]:
        """What the prepositions below ``i`` lead to: heads of ``pobj`` and ``pcomp``, conjoined prepositions too."""
        wanted = frozenset(prepositions)
        out = []
        for p in self.children(i, "prep", "agent", "dative", "prt"):
            for q in [p, *self.children(p, "conj", "prep", "pcomp")]:
                if self.lower(q) in wanted:
                    out.extend(self.children(q, "pobj", "pcomp"))
        return out

    def hyphen_before(self, i: int) -> bool:
        """Whether ``i`` hangs on what stands before it by a hyphen."""
        return i > self.start and self.token(i - 1).text in HYPHENS
