"""Where a statement holds and who is cited for it: cancer, vesicle, cell, citation marks.

The cancer is the nearest one in the sentence, one relation a cancer where several are coordinated ("in breast and prostate
cancer"); else the cancer that a cell line of the sentence comes from; else, for a sentence that goes on from the one before,
that one's; else the one that the section headings or the title name. A cancer that is the object is the cancer too.

A citation mark belongs to the claims that stand before it, back to the previous mark of the sentence; a mark glued behind
the full stop belongs to the sentence it follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from exomine.document.citations import find_marks
from exomine.document.model import CitationMark
from exomine.nlp.blocks import CITATIONS
from exomine.nlp.cues.nouns import GENERIC_CANCER
from exomine.nlp.extensions import MENTIONS, register_extensions
from exomine.nlp.frames import Statement
from exomine.nlp.relation import Relation
from exomine.nlp.relations import STATEMENTS, Stated
from exomine.nlp.view import Item, SentenceView
from exomine.vocabulary.terms import CellLine

__all__ = ["Context", "marks_of"]

_GENERIC = re.compile(GENERIC_CANCER, re.I)
#: A sentence that begins like this goes on about what the one before was about.
_GOES_ON = re.compile(
    r"(?:furthermore|moreover|in addition|additionally|also|it|they|these|this|those|specifically|similarly|likewise|further|"
    r"consequently|therefore|thus|as a result|in turn|besides|interestingly|mechanistically|importantly|in particular|the)\b",
    re.I,
)
#: Between a full stop and the marks that stand behind it: nothing but marks.
_GLUE = re.compile(r"[\s.,;\[\]()\d–\-]*")
_SPECIFIC = ("MIRNA", "PROTEIN", "DRUG")
_BREAK = re.compile(r";|\b(?:whereas|while|although|but|however)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Cancer:
    span: Span | None
    name: str = ""
    curie: str = ""
    source: str = ""


class Context:
    """spaCy component. ``cell_lines`` tells which cancer a cell line comes from, by CURIE; names count where it has none."""

    def __init__(self, *, cell_lines: Mapping[str, CellLine] | None = None) -> None:
        register_extensions()
        self.by_curie = dict(cell_lines or {})
        self.by_name = {_squeezed(line.name): line for line in self.by_curie.values()}

    def __call__(self, doc: Doc) -> Doc:
        stated: Sequence[Stated] = doc.user_data.get(STATEMENTS, ())
        marks = marks_of(doc)
        text = doc.text  # spaCy builds it anew each time
        around = _Surroundings(doc)
        out: list[Relation] = []
        for relation, s in zip(doc._.relations, stated, strict=True):
            citations = _citations(s.view, s.statement, marks, text)
            vesicle = _vesicle(s)
            cell = _nearest(s, ("CELL_LINE",)) or _nearest(s, ("CELL_TYPE",))
            for cancer in self._cancers(s, around):
                out.append(
                    replace(
                        relation,
                        cancer=cancer.span,
                        cancer_name=cancer.name,
                        cancer_curie=cancer.curie,
                        cancer_source=cancer.source,
                        vesicle=vesicle,
                        cell=cell,
                        citations=citations,
                    )
                )
        doc._.relations = tuple(out)
        return doc

    def _cancers(self, s: Stated, around: _Surroundings) -> list[_Cancer]:
        if s.statement.object.label == "CANCER":
            return [_named(s.statement.object.span, "sentence")]
        inside = _sentence_cancers(s.view, s.statement)
        if inside:
            return [_named(i.span, "sentence") for i in inside]
        for item in s.view.items:
            if item.label == "CELL_LINE":
                known = self.by_curie.get(item.span.kb_id_) or self.by_name.get(
                    _squeezed(item.span._.name or item.span.text)
                )
                if known is not None and known.cancer_name:
                    return [_Cancer(None, known.cancer_name, known.cancer_curie, "cell_line")]
        return around.cancers(s.view)


def _squeezed(name: str) -> str:
    return re.sub(r"[\s\-]+", "", name.lower())


def _named(span: Span, source: str) -> _Cancer:
    return _Cancer(span, span._.name or span.text, span.kb_id_, source)


def _sentence_cancers(view: SentenceView, s: Statement) -> list[Item]:
    """The nearest cancer with its coordination; clause boundaries between count as distance."""
    named = [i for i in view.items if i.label == "CANCER" and not i.generic and i.alias is None]
    if not named:
        return []
    points = [s.object.start, s.subject.start, *s.anchors]
    best = min(named, key=lambda i: (min(_distance(view, p, i) for p in points), i.start))
    members = [m for m in best.group if m.label == "CANCER" and not m.generic and m.alias is None] or [best]
    seen: dict[str, Item] = {}
    for m in members:
        seen.setdefault(m.span.kb_id_ or m.span._.name or m.span.text.lower(), m)
    return list(seen.values())


def _distance(view: SentenceView, token: int, item: Item) -> int:
    lo, hi = (token, item.start) if token < item.start else (item.end, token)
    gap = view.doc[lo:hi].text if lo < hi else ""
    distance = max(0, hi - lo) + 15 * len(_BREAK.findall(gap))
    if token < item.start and item.start - 1 >= view.start and re.search(r"\b(?:in|of|against)\b[\w\s\-]{0,20}$", gap):
        distance -= 4
    return distance


class _Surroundings:
    """Cancers outside the sentence: the sentence before, headings, title."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.cancers_at = sorted(
            (m for m in doc.spans.get(MENTIONS, ()) if m.label_ == "CANCER" and not _GENERIC.fullmatch(m.text)),
            key=lambda m: m.start,
        )
        self.starts = [m.start for m in self.cancers_at]
        self.document = doc._.document
        self.text = doc.text
        self.specific = [m for m in doc.spans.get(MENTIONS, ()) if m.label_ in _SPECIFIC]

    def cancers(self, view: SentenceView) -> list[_Cancer]:
        before = self._sentence_before(view)
        if before is not None:
            return [_named(before, "section")]
        if self.document is None:
            return [_Cancer(None)]
        block = self.document.block_at(view.sent.start_char)
        for section in reversed(self.document.sections):
            if block is not None and section.start <= block.start < section.end:
                heading_end = section.start + len(section.path[-1])
                found = self._within(section.start, heading_end)
                if found:
                    return [_named(found[0], "section")]
        title = next((b for b in self.document.blocks if b.kind == "title"), None)
        found = self._within(title.start, title.end) if title is not None else []
        return [_named(found[0], "title")] if found else [_Cancer(None)]

    def _sentence_before(self, view: SentenceView) -> Span | None:
        if view.start == 0 or "\n" in self.doc[view.start - 1].text:
            return None
        previous = self.doc[view.start - 1].sent if self.doc.has_annotation("SENT_START") else None
        if previous is None or "\n" in self.text[previous.end_char - 1 : view.sent.start_char]:
            return None
        found = self._within(previous.start_char, previous.end_char)
        if not found or not (_GOES_ON.match(view.sent.text.lstrip()) or self._share(previous, view)):
            return None
        return found[-1]

    def _share(self, previous: Span, view: SentenceView) -> bool:
        """Whether both sentences name the same gene, microRNA or drug."""
        inside = [m for m in self.specific if previous.start <= m.start and m.end <= previous.end]
        before = {m.kb_id_ or m.text.lower() for m in inside}
        return any(
            (i.span.kb_id_ or i.span.text.lower()) in before
            for i in view.items
            if i.label in _SPECIFIC and not i.generic
        )

    def _within(self, start: int, end: int) -> list[Span]:
        return [m for m in self.cancers_at if start <= m.start_char and m.end_char <= end]


def _vesicle(s: Stated) -> Span | None:
    for item in (s.statement.subject, s.statement.object):
        if item.label == "VESICLE":
            return item.span
    return _nearest(s, ("VESICLE",))


def _nearest(s: Stated, labels: Sequence[str]) -> Span | None:
    points = [s.statement.subject.start, s.statement.object.start, *s.statement.anchors]
    found = [
        i for i in s.view.items if i.label in labels and i is not s.statement.subject and i is not s.statement.object
    ]
    if not found:
        return None
    return min(found, key=lambda i: (min(abs(i.start - p) for p in points), i.start)).span


# ---------------------------------------------------------------------- citations


def marks_of(doc: Doc) -> list[tuple[int, int, tuple[str, ...]]]:
    """Citation marks as (start, end, labels), from the paper, from the ``blocks`` component, else looked for here."""
    document = doc._.document
    if document is not None:
        found: Iterable[CitationMark] = document.citations
    else:
        found = doc.user_data[CITATIONS] if CITATIONS in doc.user_data else find_marks(doc.text)
    return [(m.start, m.end, m.labels) for m in found]


def _citations(
    view: SentenceView, s: Statement, marks: Sequence[tuple[int, int, tuple[str, ...]]], text: str
) -> tuple[str, ...]:
    """Labels of the marks that stand behind a statement; see the module's docstring."""
    here = _sentence_marks(view, marks, text)
    if not here:
        return ()
    inside = [
        i for i in (s.subject, s.object) if view.start <= i.start < view.end and not (i is s.subject and s.inherited)
    ]
    ends = [i.span.end_char for i in inside] + [view.token(a).idx + len(view.token(a)) for a in s.anchors]
    claim = max(ends)
    after = [m for m in here if m[0] >= claim]
    if after:
        return _cluster(after, text)
    lo = min(i.span.start_char for i in inside) if inside else claim
    within = [m for m in here if m[0] >= lo]
    if within:
        return _cluster(within[-1:], text)
    return (
        _cluster(here[-1:], text)
        if re.search(r"(?:et al\.?|colleagues|co-?workers|group)\s*,?\s*$", text[: here[-1][0]])
        else ()
    )


def _sentence_marks(
    view: SentenceView, marks: Sequence[tuple[int, int, tuple[str, ...]]], text: str
) -> list[tuple[int, int, tuple[str, ...]]]:
    """The sentence's marks: those inside it, without one that follows the full stop of the sentence before."""
    start, end = view.sent.start_char, view.sent.end_char
    lo = bisect_left(marks, start, key=lambda m: m[0])
    out = []
    glued = text[max(0, start - 5) : start].rstrip(" ").endswith((".", "]"))
    for m in marks[lo:]:
        if m[0] >= end and not _GLUE.fullmatch(text, end, m[0]):
            break
        if start > 0 and glued and _GLUE.fullmatch(text, start, m[0]):
            continue
        out.append(m)
    return out


def _cluster(marks: Sequence[tuple[int, int, tuple[str, ...]]], text: str) -> tuple[str, ...]:
    """The first mark and those glued to it ("[3][4]", "[3], [4]")."""
    labels = list(marks[0][2])
    end = marks[0][1]
    for m in marks[1:]:
        if text[end : m[0]].strip(" ,;"):
            break
        labels.extend(m[2])
        end = m[1]
    return tuple(dict.fromkeys(labels))
