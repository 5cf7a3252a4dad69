"""Standoff annotation and the papers it stands in: each sentence is found again by its hash, not only by its offset."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from exomine.annotation.record import AnnotatedSentence, digest
from exomine.document.model import Document
from exomine.document.read import read_document
from exomine.errors import CorpusError, DocumentError

__all__ = ["Layout", "lay_out", "locate"]

#: How far from its old place a sentence is looked for first; then everywhere.
_NEAR = 2000
_SUFFIXES = (".xml", ".nxml", ".txt")


@dataclass(frozen=True, slots=True)
class Layout:
    """What was put together: records with their text; sentences whose paper is there and text is not; papers
    missing.
    """

    sentences: tuple[AnnotatedSentence, ...]
    lost: tuple[str, ...]
    missing: tuple[str, ...]


def lay_out(records: Iterable[AnnotatedSentence], papers: Path) -> Layout:
    """``records`` with their text from the articles in the folder ``papers`` (JATS XML or text, recursively).

    Records that hold their text are passed through. Raises :class:`CorpusError` where the folder holds no article.
    """
    wanted: dict[str, list[AnnotatedSentence]] = defaultdict(list)
    done: list[AnnotatedSentence] = []
    for r in records:
        if r.laid_out:
            done.append(r)
        else:
            wanted[r.doc].append(r)
    lost: list[str] = []
    if wanted:
        for document in _documents(papers):
            for r in wanted.pop(document.paper_id, ()):
                text = locate(document.text, r)
                if text is None:
                    lost.append(r.id)
                else:
                    done.append(replace(r, text=text))
    done.sort(key=lambda s: (s.doc, s.start or 0, s.id))
    return Layout(tuple(done), tuple(sorted(lost)), tuple(sorted(wanted)))


def locate(text: str, record: AnnotatedSentence) -> str | None:
    """The sentence of ``record`` in ``text``, found by its hash: at its old offset, near it, then anywhere."""
    old = record.start or 0
    near = range(max(0, old - _NEAR), old + _NEAR)
    for start in (old, *near, *range(len(text) - record.length + 1)):
        if 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
            continue
        piece = text[start : start + record.length]
        if len(piece) == record.length and digest(piece) == record.sha256:
            return piece
    return None


def _documents(papers: Path) -> Iterator[Document]:
    files = sorted(f for f in papers.rglob("*") if f.suffix.lower() in _SUFFIXES and f.is_file())
    if not files:
        raise CorpusError(f"{papers}: no articles there; expected JATS XML (.xml, .nxml) or text (.txt).")
    for file in files:
        try:
            yield read_document(file)
        except DocumentError:
            continue
