"""The spaCy component ``mirna``: the grammar's mentions as evidence."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from exomine.mirna.grammar import MirnaMention, parse
from exomine.nlp.mentions.evidence import Candidate, add_evidence
from exomine.vocabulary.mirbase import ground_mirna

__all__ = ["MirnaComponent", "make_mirna"]


class MirnaComponent:
    """Adds a :class:`Candidate` with method ``grammar`` for every miRNA mention; assigns nothing else.

    ``line_breaks``: whether a newline counts as a space. In a paper's text it ends a block; in bare text that was
    pasted hard-wrapped it may not, so the default ``"auto"`` takes newlines for block ends only where
    ``doc._.document`` is set.
    """

    def __init__(self, *, line_breaks: str = "auto") -> None:
        if line_breaks not in ("auto", "space", "end"):
            raise ValueError(f"line_breaks is {line_breaks!r}; choose auto, space or end")
        self.line_breaks = line_breaks

    def __call__(self, doc: Doc) -> Doc:
        add_evidence(doc, [_candidate(m) for m in parse(doc.text, line_breaks=self._as_space(doc))])
        return doc

    def _as_space(self, doc: Doc) -> bool:
        if self.line_breaks != "auto":
            return self.line_breaks == "space"
        return not (doc.has_extension("document") and doc._.document is not None)


def _candidate(mention: MirnaMention) -> Candidate:
    curie, name = ground_mirna(mention)
    return Candidate(mention.start, mention.end, "MIRNA", curie, name, method="grammar")


def make_mirna(nlp: Language, name: str, line_breaks: str) -> MirnaComponent:  # noqa: ARG001
    """The factory function of the component ``mirna``."""
    return MirnaComponent(line_breaks=line_breaks)
