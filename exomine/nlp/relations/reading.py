"""The sentences of a document that may state something, each with its mentions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from exomine.nlp.extensions import MENTIONS
from exomine.nlp.relations.outline import is_notice, only_named
from exomine.nlp.texts import text_of

__all__ = ["Read", "sentences_to_read"]

#: Blocks whose sentences are not read: headings state nothing, table rows are read by ``table_relations``.
_SKIPPED_BLOCKS = ("heading", "table_row")


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence and the mentions inside it; ``block`` is the number of its block, None outside a paper."""

    span: Span
    mentions: tuple[Span, ...]
    block: int | None = None
    silent: bool = False  # states nothing, whatever stands in it


def sentences_to_read(doc: Doc) -> Iterator[Read]:
    """All sentences in their order; mentions in the order of their starts, longer ones first."""
    mentions = sorted(doc.spans.get(MENTIONS, ()), key=lambda m: (m.start, -m.end, m.label_))
    starts = [m.start for m in mentions]
    document = doc._.document
    for sent in _sentences(doc):
        block = document.block_at(sent.start_char) if document is not None else None
        skipped = block is not None and block.kind in _SKIPPED_BLOCKS
        lo, hi = bisect_left(starts, sent.start), bisect_left(starts, sent.end)
        inside = tuple(m for m in mentions[lo:hi] if m.end <= sent.end)
        silent = skipped or is_notice(text_of(doc), sent.start_char, sent.end_char) or only_named(sent)
        yield Read(sent, inside, None if block is None else block.start, silent)


def _sentences(doc: Doc) -> list[Span]:
    if doc.has_annotation("SENT_START"):
        return list(doc.sents)
    return [doc[:]] if len(doc) else []
