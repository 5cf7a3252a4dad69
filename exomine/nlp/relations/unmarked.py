"""What is cited for a sentence without a mark of its own: the work of the authors that it names, or the one that the
next sentence, which goes on with the same work, is marked with.

On 90 open-access papers a sentence that names authors without a mark was followed by the mark of these authors' work in
16 of 20 cases, the rest being sentences that begin with something else; so only a sentence that goes on is looked at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from exomine.document.model import Document, Reference
from exomine.nlp.relations.citing import Mark

__all__ = ["UnmarkedCitations"]

#: "Arden et al. have reported", "Berg and co-workers found".
_AUTHORS = re.compile(
    r"\b([A-Z][\w'’\-]+)(?:,? et al\b\.?|,? and (?:his |her |their )?(?:colleagues|co-?workers)|"
    r"(?:'|’)s (?:group|team)\b)"
)
#: How a sentence begins that goes on with the work of the one before.
_GOES_ON = re.compile(
    r"(?:They|It|He|She|These|This|Those|The (?:authors?|stud(?:y|ies)|same (?:authors?|study|group)|researchers|"
    r"investigators)|In addition|Additionally|Moreover|Furthermore|Besides|Also|In parallel|Likewise|Consequently|"
    r"As a result|Thus|Hence|Therefore)\b"
)
#: The mark of such a sentence is looked for in so many sentences at most.
_FURTHEST = 2


class UnmarkedCitations:
    """The works cited for the sentences of a paper that have no mark. ``review``: the paper tells of others' work."""

    def __init__(self, doc: Doc, marks: Sequence[Mark], *, review: bool) -> None:
        self.doc, self.marks, self.review = doc, marks, review
        self.document: Document | None = doc._.document
        self.by_author = _by_author(self.document.references if self.document is not None else ())

    def of(self, sentence: Span) -> tuple[str, ...]:
        """The labels of the works; none where it is not plain which."""
        if self.document is None:
            return ()
        named = _AUTHORS.search(sentence.text)
        if named is not None and self.by_author:  # a text may come without its list
            return self._of_authors(named[1], sentence)
        following = next(self._following(sentence), None)
        if not self.review or following is None or not _GOES_ON.match(following.text):
            return ()
        return () if _AUTHORS.search(following.text) else self._first_mark(following)

    def _of_authors(self, name: str, sentence: Span) -> tuple[str, ...]:
        """The one work of an author; of several the one that a sentence behind is marked with."""
        theirs = self.by_author.get(name.lower(), [])
        if len(theirs) < 2:
            return tuple(theirs)
        marked = (label for s in self._following(sentence) for label in self._first_mark(s) if label in theirs)
        return tuple([label] if (label := next(marked, "")) else [])

    def _following(self, sentence: Span) -> Iterator[Span]:
        """The sentences behind one in its paragraph."""
        block = self.document.block_at(sentence.start_char) if self.document is not None else None
        for _ in range(_FURTHEST):
            if block is None or sentence.end >= len(self.doc):
                return
            sentence = self.doc[sentence.end].sent
            if sentence.start_char >= block.end:
                return
            yield sentence

    def _first_mark(self, sentence: Span) -> tuple[str, ...]:
        inside = (m for m in self.marks if sentence.start_char <= m.start < sentence.end_char)
        first = next(inside, None)
        return first.labels if first is not None else ()


def _by_author(references: Sequence[Reference]) -> dict[str, list[str]]:
    """The labels of references by the family name of their first author, in lower case."""
    out: dict[str, list[str]] = defaultdict(list)
    for reference in references:
        if reference.authors and (words := reference.authors[0].lower().split()):
            out[words[0]].append(reference.label)
    return out
