"""The sentences behind a triple as people read them: names marked, the cited works in full, the place on the page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from exomine.document.model import Box, Document
from exomine.tables.dataframes import records
from exomine.tables.rows import WORDS_BETWEEN
from exomine.tables.store import Tables

__all__ = ["Passage", "Passages", "Piece", "Place"]

ROLES = ("subject", "object", "cancer")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; ``label`` is empty outside of mentions, ``role`` is what it is in the statement."""

    text: str
    label: str = ""
    role: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A page and the boxes of a sentence on it, in points, origin top left."""

    page: int
    width: float
    height: float
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Passage:
    """One relation with what a person needs to judge it."""

    relation: Mapping[str, Any]
    document: Mapping[str, Any]
    pieces: tuple[Piece, ...]
    references: tuple[Mapping[str, Any], ...]
    lacking: tuple[str, ...]  # labels that the paper's list does not have
    words: tuple[str, ...]  # the words that license the slots, where they are known


class Passages:
    """The passages of extracted tables; ``processed`` is their folder, where the papers as read are."""

    def __init__(self, tables: Tables, processed: Path) -> None:
        self._processed = processed
        self.documents = {d["doc_id"]: d for d in records(tables.documents)}
        starts = zip(tables.sentences["sentence_id"], tables.sentences["start"], strict=True)
        self._starts = {key: int(start) for key, start in starts}
        self._mentions = tables.mentions
        self._in_sentence = tables.mentions.groupby("sentence_id", sort=False).indices
        self._references = {(r["doc_id"], r["label"]): r for r in records(tables.references)}
        self._read = lru_cache(maxsize=6)(self._document)

    def of(self, relation: Mapping[str, Any]) -> Passage:
        """The passage of a relation."""
        doc_id = relation["doc_id"]
        labels = [label for label in (relation["citations"] or "").split(";") if label]
        known = [self._references[doc_id, label] for label in labels if (doc_id, label) in self._references]
        lacking = tuple(label for label in labels if (doc_id, label) not in self._references)
        words = tuple(w for w in (relation.get("evidence_words") or "").split(WORDS_BETWEEN) if w.strip())
        return Passage(relation, self.documents[doc_id], self._pieces(relation), tuple(known), lacking, words)

    def places(self, relation: Mapping[str, Any]) -> list[Place]:
        """Where the sentence is printed; none for formats without pages, or where the paper as read is not there."""
        document = self._read(relation["doc_id"])
        if document is None:
            return []
        start = self._starts[relation["sentence_id"]]
        boxes: dict[int, list[Box]] = {}
        for page, box in _boxes(document, start, start + len(relation["sentence"])):
            boxes.setdefault(page, []).append(box)
        sizes = {p.number: p for p in document.pages}
        return [Place(n, sizes[n].width, sizes[n].height, tuple(b)) for n, b in sorted(boxes.items()) if n in sizes]

    def _document(self, doc_id: str) -> Document | None:
        try:
            return Document.from_dict(json.loads((self._processed / "papers" / f"{doc_id}.json").read_bytes()))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _pieces(self, relation: Mapping[str, Any]) -> tuple[Piece, ...]:
        text, shift = relation["sentence"], self._starts[relation["sentence_id"]]
        marks = [(m["start"] - shift, m["end"] - shift, m) for m in self._marked(relation)]
        return tuple(_cut(text, [(a, b, m) for a, b, m in marks if 0 <= a < b <= len(text)], _roles(relation)))

    def _marked(self, relation: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The mentions of the sentence that can be marked side by side: those of the statement, then the longest."""
        places = self._in_sentence.get(relation["sentence_id"], [])
        found = records(self._mentions.iloc[places])
        roles = _roles(relation)
        kept: list[dict[str, Any]] = []
        for m in sorted(found, key=lambda m: (m["mention_id"] not in roles, m["start"] - m["end"], m["start"])):
            if all(m["end"] <= k["start"] or k["end"] <= m["start"] for k in kept):
                kept.append(m)
        return sorted(kept, key=lambda m: m["start"])


def _roles(relation: Mapping[str, Any]) -> dict[str, str]:
    """What each mention is in the statement; an object that is the cancer too is the object."""
    return {relation[f"{role}_mention_id"]: role for role in reversed(ROLES) if relation[f"{role}_mention_id"]}


def _cut(text: str, marks: Sequence[tuple[int, int, Mapping[str, Any]]], roles: Mapping[str, str]) -> Iterator[Piece]:
    done = 0
    for start, end, m in marks:
        if start > done:
            yield Piece(text[done:start])
        told = " · ".join(x for x in (m["label"], m["name"], m["curie"]) if x)
        yield Piece(text[start:end], m["label"], roles.get(m["mention_id"], ""), told)
        done = end
    if done < len(text):
        yield Piece(text[done:])


def _boxes(document: Document, start: int, end: int) -> Iterator[tuple[int, Box]]:
    """The boxes of the printed lines; the first and the last are cut where the sentence begins and ends, by its share
    of them."""
    for line in document.lines_of(start, end):
        width, n = line.box.x1 - line.box.x0, line.end - line.start
        left = line.box.x0 + width * max(0, start - line.start) / n
        right = line.box.x1 - width * max(0, line.end - end) / n
        yield line.page, Box(left, line.box.y0, right, line.box.y1)
