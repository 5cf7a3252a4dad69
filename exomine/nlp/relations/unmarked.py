"""What is cited for a sentence without a mark of its own: the work of the authors whose finding it reports, or in a
review the one that the next sentence, which goes on with the same work, is marked with.

On 90 open-access papers a sentence that names authors without a mark was followed by the mark of these authors' work in
16 of 20 cases, the rest being sentences that begin with something else; so only a sentence that goes on is looked at.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span

from exomine.document.model import Document, Reference
from exomine.nlp.relations.citing import Mark, joined
from exomine.nlp.texts import text_of

__all__ = ["UnmarkedCitations"]

#: Family names, particles included: "Arden", "van den Berg", "O'Brien".
_FAMILY = r"(?:(?:[Vv]an|[Vv]on|[Dd]e[rnl]?|[Dd][io]s?|[Dd]a|[Ll][ea]|[Tt]e[nr]|[EeAa]l)\s+){0,3}[A-Z][\w'’\-]+"
_GROUP = r"(?:,? et al\b\.?,?|,? and (?:his |her |their )?(?:colleagues|co-?workers),?|['’]s (?:group|team)\b)"
#: "Arden et al.", "Berg and co-workers".
_AUTHORS = re.compile(rf"\b{_FAMILY}{_GROUP}")
#: "Arden et al. (2012) have reported": those whose finding the sentence tells.
_FOUND = re.compile(
    rf"(?:^|[.;:] |\b(?:and|that|as|while|whereas|but|where|later|recently|first|Recently|Later|Similarly|Likewise),? )"
    rf"(?P<name>{_FAMILY}){_GROUP}(?: \((?P<year>(?:19|20)\d\d)\)| in (?P<in>(?:19|20)\d\d),?)?"
    r"\s+(?:(?:have|has|had|also|first|recently|previously|further|clearly)\s+)*"
    r"(?:found|showed|shown|reported|reports|demonstrated?|observed|described|identified|revealed|suggested|proposed|noted|"
    r"confirmed|discovered|detected|established|concluded|provided)\b"
)
#: How a sentence begins that goes on with the work of the one before.
_GOES_ON = re.compile(
    r"(?:They|He|She|It (?:also|further|thereby|then)|The (?:authors|same (?:authors|study|group|work)|researchers|"
    r"investigators)|These (?:authors|cells|exosomes|vesicles|mice|molecules|miRNAs|proteins|results|findings)|"
    r"This (?:effect|study|work|miRNA|protein|molecule|result|finding|process|mechanism)|"
    r"(?:After|Upon|Following) (?:its |their )?(?:uptake|transfer|internali[sz]ation|delivery|release)\b|"
    r"(?:In addition|Additionally|Moreover|Furthermore|Also|In parallel|Likewise),)(?=\s)"
)
#: What shows that a sentence tells of other work, or of what is known.
_OTHER_WORK = re.compile(
    r"\b(?:another|others?|elsewhere|contrast|contradict\w*|contrary|conflict\w*|disagree\w*|oppos\w+|unlike|earlier|previous\w*|agree|"
    r"reviews?|reviewed|trials?|is known|are known|was thought|were thought|well known)\b"
    r"|\b[A-Z][\w'’\-]+ (?:and [A-Z][\w'’\-]+ )?(?:found|showed|reported|demonstrated|observed|described|reviewed)\b",
)
#: The paper's own findings.
_OURS = re.compile(r"\b(?:we|our|ours|us)\b", re.I)


class UnmarkedCitations:
    """The works cited for the sentences of a paper that have no mark. ``review``: the paper tells of others' work."""

    def __init__(self, doc: Doc, marks: Sequence[Mark], *, review: bool) -> None:
        self.doc, self.marks, self.review = doc, marks, review
        self.text = text_of(doc)
        self.document: Document | None = doc._.document
        self.by_author = _by_author(self.document.references if self.document is not None else ())

    def of(self, sentence: Span) -> tuple[str, ...]:
        """The labels of the works; none where it is not plain which."""
        if self.document is None or _OURS.search(sentence.text):
            return ()
        named = _AUTHORS.findall(sentence.text)
        if named and self.by_author:  # a text may come without its list
            return self._of_authors(sentence) if len(named) == 1 else ()
        return self._of_next(sentence) if self.review else ()

    def _of_authors(self, sentence: Span) -> tuple[str, ...]:
        """The one work of authors whose finding is told; of several the one that the next sentence is marked with."""
        found = _FOUND.search(sentence.text)
        if found is None:
            return ()
        year = found["year"] or found["in"]
        theirs = [r for r in self.by_author.get(_key(found["name"]), []) if not year or str(r.year) == year]
        labels = tuple(r.label for r in theirs)
        return labels if len(labels) < 2 else tuple(x for x in self._of_next(sentence) if x in labels)

    def _of_next(self, sentence: Span) -> tuple[str, ...]:
        """The labels of the one mark of the next sentence, if that goes on with the same work."""
        following = next(self._following(sentence), None)
        if following is None or not _GOES_ON.match(following.text):
            return ()
        if any(pattern.search(following.text) for pattern in (_AUTHORS, _OTHER_WORK, _OURS)):
            return ()
        inside = [m for m in self.marks if following.start_char <= m.start < following.end_char]
        marks = joined(self.text, inside) if inside else []
        return marks[0].labels if len(marks) == 1 else ()

    def _following(self, sentence: Span) -> Iterator[Span]:
        """The sentence behind one in its paragraph."""
        block = self.document.block_at(sentence.start_char) if self.document is not None else None
        if block is None or sentence.end >= len(self.doc):
            return
        following = self.doc[sentence.end].sent
        if following.start_char < block.end:
            yield following


def _by_author(references: Sequence[Reference]) -> dict[str, list[Reference]]:
    """References by the family name of their first author."""
    out: dict[str, list[Reference]] = defaultdict(list)
    for reference in references:
        if reference.authors:
            out[_key(reference.authors[0])].append(reference)
    return out


def _key(name: str) -> str:
    """A family name for comparison: without accents, in lower case, one apostrophe."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return bare.casefold().replace("’", "'").strip()
