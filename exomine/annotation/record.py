"""Annotated sentences as records, one JSON line each.

A record holds its text, or where it stands: the document, the half-open offsets of the sentence in ``Document.text``
when it was annotated, and the SHA-256 of its UTF-8 text. Offsets of mentions count Unicode code points from the
beginning of the record's text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from exomine.errors import CorpusError, StorageError
from exomine.vocabulary.entities import LABELS, acting
from exomine.vocabulary.predicates import PREDICATES, predicate

__all__ = [
    "ANNOTATED_LABELS",
    "ASSERTIONS",
    "BASES",
    "SHORT",
    "STATES",
    "AnnotatedMention",
    "AnnotatedRelation",
    "AnnotatedSentence",
    "digest",
    "read_corpus",
    "write_corpus",
]

#: The short names of predicates that annotators write.
SHORT: dict[str, str] = {p.short: p.name for p in PREDICATES}
#: Labels of mentions; a VARIANT acts where its gene may act.
ANNOTATED_LABELS: tuple[str, ...] = LABELS
ASSERTIONS = ("asserted", "negated", "speculative")
STATES = ("normal", "reduced", "increased", "mutated")
#: Whether a cause is stated, or a correlation told as such ("X is high in D-resistant cells").
BASES = ("cause", "correlation")


@dataclass(frozen=True, slots=True, order=True)
class AnnotatedMention:
    """A mention at ``start`` to ``end`` (half-open, code points of the record's text)."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True, order=True)
class AnnotatedRelation:
    """A relation between mentions, all given as positions in the record's ``mentions`` (from 0)."""

    subject: int
    predicate: str
    object: int
    assertion: str = "asserted"
    state: str = "normal"
    basis: str = "cause"
    cancer: int | None = None
    vesicle: int | None = None
    donor: int | None = None
    recipient: int | None = None


@dataclass(frozen=True, slots=True)
class AnnotatedSentence:
    """One record. ``focus`` is where the sentence itself begins in ``text``: before it stands the sentence before."""

    id: str
    doc: str
    text: str
    mentions: tuple[AnnotatedMention, ...] = ()
    relations: tuple[AnnotatedRelation, ...] = ()
    aliases: tuple[tuple[int, int], ...] = ()
    focus: int = 0
    start: int | None = None
    length: int = 0
    sha256: str = ""
    tags: tuple[str, ...] = field(default=())

    @property
    def laid_out(self) -> bool:
        """Whether the text is there."""
        return bool(self.text)

    def bare(self) -> AnnotatedSentence:
        """The record of a paper's sentence without its text."""
        return replace(self, text="", length=len(self.text), sha256=digest(self.text))


def digest(text: str) -> str:
    """SHA-256 of a sentence, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def as_json(sentence: AnnotatedSentence) -> dict[str, Any]:
    """The record as plain data, empty fields and defaults left out."""
    out: dict[str, Any] = {"id": sentence.id, "doc": sentence.doc}
    if sentence.text:
        out["text"] = sentence.text
        if sentence.start is not None:
            out["start"] = sentence.start
    else:
        out |= {"start": sentence.start, "length": sentence.length, "sha256": sentence.sha256}
    if sentence.focus:
        out["focus"] = sentence.focus
    out["mentions"] = [[m.start, m.end, m.label] for m in sentence.mentions]
    out["relations"] = [_relation_json(r) for r in sorted(sentence.relations, key=_order)]
    if sentence.aliases:
        out["aliases"] = [list(pair) for pair in sentence.aliases]
    if sentence.tags:
        out["tags"] = list(sentence.tags)
    return out


def _order(r: AnnotatedRelation) -> tuple[Any, ...]:
    return (r.subject, r.object, r.predicate, r.assertion, -1 if r.cancer is None else r.cancer)


def _relation_json(r: AnnotatedRelation) -> dict[str, Any]:
    row: dict[str, Any] = {"subject": r.subject, "predicate": r.predicate, "object": r.object, "assertion": r.assertion}
    if r.state != "normal":
        row["state"] = r.state
    if r.basis != "cause":
        row["basis"] = r.basis
    for slot in ("cancer", "vesicle", "donor", "recipient"):
        if getattr(r, slot) is not None:
            row[slot] = getattr(r, slot)
    return row


def from_json(row: dict[str, Any]) -> AnnotatedSentence:
    """The record of one line; raises :class:`CorpusError` naming what is wrong with it."""
    try:
        sentence = AnnotatedSentence(
            id=row["id"], doc=row["doc"], text=row.get("text", ""),
            mentions=tuple(AnnotatedMention(*m) for m in row["mentions"]),
            relations=tuple(AnnotatedRelation(**r) for r in row["relations"]),
            aliases=tuple((a, b) for a, b in row.get("aliases", ())),
            focus=row.get("focus", 0), start=row.get("start"), length=row.get("length", 0),
            sha256=row.get("sha256", ""), tags=tuple(row.get("tags", ())),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise CorpusError(f"{row.get('id', 'a record without id')}: not an annotated sentence ({error!r}).") from error
    problems = list(faults(sentence))
    if problems:
        raise CorpusError(f"{sentence.id}: {'; '.join(problems)}.")
    return sentence


def faults(sentence: AnnotatedSentence) -> Iterator[str]:
    """What does not fit in a record: places outside the text, unknown words, pairs that no predicate admits."""
    length, n = sentence.length or len(sentence.text), len(sentence.mentions)
    for m in sentence.mentions:
        if not 0 <= m.start < m.end <= length:
            yield f"a mention at {m.start} to {m.end} in a text of {length} characters"
    if len(set(sentence.mentions)) < n:
        yield "a mention twice"
    for r in sentence.relations:
        yield from _relation_faults(sentence, r)


def _relation_faults(sentence: AnnotatedSentence, r: AnnotatedRelation) -> Iterator[str]:
    places = [r.subject, r.object, *(p for p in (r.cancer, r.vesicle, r.donor, r.recipient) if p is not None)]
    if not all(0 <= p < len(sentence.mentions) for p in places):
        yield f"a relation names a mention that is not there ({places})"
        return
    for value, allowed in ((r.assertion, ASSERTIONS), (r.state, STATES), (r.basis, BASES)):
        if value not in allowed:
            yield f"{value!r} is none of {', '.join(allowed)}"
    if r.predicate not in {p.name for p in PREDICATES}:
        yield f"no predicate {r.predicate!r}"
        return
    signature = predicate(r.predicate)
    subject, object_ = sentence.mentions[r.subject].label, sentence.mentions[r.object].label
    if acting(subject) not in signature.subjects or acting(object_) not in signature.objects or r.subject == r.object:
        yield f"{subject} {r.predicate} {object_} is not in the predicate's signature"
    if r.cancer is not None and sentence.mentions[r.cancer].label != "CANCER":
        yield f"the cancer of a relation is a {sentence.mentions[r.cancer].label}"


def read_corpus(*paths: Path) -> list[AnnotatedSentence]:
    """All records of JSONL files, or of the folders that hold them, in order of file name and line.

    Raises :class:`CorpusError` naming file and line of a record that cannot be used, or a folder without any.
    """
    files = sorted(f for p in paths for f in (p.rglob("*.jsonl") if p.is_dir() else [p]))
    if not files:
        raise CorpusError(f"{', '.join(map(str, paths))}: no annotated sentences there; expected .jsonl files.")
    return [sentence for file in files for sentence in _read_file(file)]


def _read_file(file: Path) -> Iterator[AnnotatedSentence]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{file}: {error}; expected annotated sentences as UTF-8 text.") from error
    for number, line in enumerate(lines, 1):
        try:
            yield from_json(json.loads(line))
        except (CorpusError, json.JSONDecodeError) as error:
            expected = "expected annotated sentences, a JSON object a line"
            raise CorpusError(f"{file}, line {number}: {error}; {expected}.") from error


def write_corpus(path: Path, sentences: Iterable[AnnotatedSentence]) -> None:
    """Write records as JSONL, sorted by document, place and id, so that equal records give equal bytes.

    Raises :class:`StorageError` where the file cannot be written.
    """
    rows = sorted(sentences, key=lambda s: (s.doc, s.start or 0, s.id))
    text = "".join(json.dumps(as_json(s), ensure_ascii=False) + "\n" for s in rows)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"{path} cannot be written: {error.strerror or error}; free space or name another file with --out."
        ) from error
