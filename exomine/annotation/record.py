"""Annotated sentences as records, one JSON line each.

A record holds its text, or where it stands: the document, the half-open offsets of the sentence in ``Document.text``
when it was annotated, and the SHA-256 of its UTF-8 text. Offsets of mentions count Unicode code points from the
beginning of the record's text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, NamedTuple

from exomine.document.utf8 import read_utf8, why
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
    problems = list(form_faults(row))
    if problems:
        name = row.get("id") if isinstance(row, dict) else None
        raise CorpusError(f"{name or 'a record without id'}: {'; '.join(problems[:_SHOWN])}.")
    sentence = AnnotatedSentence(
        id=row["id"], doc=row["doc"], text=row.get("text", ""),
        mentions=tuple(AnnotatedMention(*m) for m in row["mentions"]),
        relations=tuple(AnnotatedRelation(**r) for r in row["relations"]),
        aliases=tuple((a, b) for a, b in row.get("aliases", ())),
        focus=row.get("focus", 0), start=row.get("start"), length=row.get("length", 0),
        sha256=row.get("sha256", ""), tags=tuple(row.get("tags", ())),
    )  # fmt: skip
    problems = list(faults(sentence))
    if problems:
        raise CorpusError(f"{sentence.id}: {'; '.join(problems)}.")
    return sentence


#: Problems of one record that are told.
_SHOWN = 3
_NEEDED = ("id", "doc", "mentions", "relations")
_SLOTS = ("cancer", "vesicle", "donor", "recipient")


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_mention(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 3:
        return False
    return _is_number(value[0]) and _is_number(value[1]) and value[2] in ANNOTATED_LABELS


def _is_relation(value: Any) -> bool:
    if not isinstance(value, dict) or not value.keys() <= {f.name for f in fields(AnnotatedRelation)}:
        return False
    texts = all(isinstance(value.get(name, ""), str) for name in ("predicate", "assertion", "state", "basis"))
    slots = all(value.get(name) is None or _is_number(value[name]) for name in _SLOTS)
    return texts and slots and "predicate" in value and all(_is_number(value.get(x)) for x in ("subject", "object"))


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


class _Form(NamedTuple):
    """What a field holds: one value or a list of such, and what to say was expected."""

    is_right: Callable[[Any], bool]
    expected: str
    listed: bool = False


_FORMS: dict[str, _Form] = {
    "id": _Form(lambda v: _is_text(v) and bool(v), "a text that is not empty"),
    "doc": _Form(_is_text, "a text"),
    "text": _Form(_is_text, "a text"),
    "sha256": _Form(_is_text, "a text"),
    "mentions": _Form(_is_mention, f"[start, end, label] with one of {', '.join(ANNOTATED_LABELS)}", listed=True),
    "relations": _Form(
        _is_relation, "an object with subject, predicate, object and none but known fields", listed=True
    ),
    "aliases": _Form(_is_pair, "two numbers of mentions", listed=True),
    "tags": _Form(_is_text, "a text", listed=True),
    "focus": _Form(_is_number, "a number"),
    "length": _Form(_is_number, "a number"),
    "start": _Form(lambda v: v is None or _is_number(v), "a number"),
}


def form_faults(row: Any) -> Iterator[str]:
    """What is not as it has to be in a line's JSON, before it can be a record."""
    if not isinstance(row, dict):
        yield f"{_short(row)} is no object"
        return
    for name in _NEEDED:
        if name not in row:
            yield f"the field {name} is missing"
    for name, form in _FORMS.items():
        if name in row:
            yield from _field_faults(name, form, row[name])


def _field_faults(name: str, form: _Form, value: Any) -> Iterator[str]:
    if not form.listed:
        if not form.is_right(value):
            yield f"{name} is {_short(value)}; expected {form.expected}"
    elif not isinstance(value, list):
        yield f"{name} is {_short(value)}; expected a list"
    else:
        wrong = (i for i, item in enumerate(value) if not form.is_right(item))
        yield from (f"{name}[{i}] is {_short(value[i])}; expected {form.expected}" for i in wrong)


def _short(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


def faults(sentence: AnnotatedSentence) -> Iterator[str]:
    """What does not fit in a record: places outside the text, unknown words, pairs that no predicate admits."""
    length, n = sentence.length or len(sentence.text), len(sentence.mentions)
    for m in sentence.mentions:
        if not 0 <= m.start < m.end <= length:
            yield f"a mention at {m.start} to {m.end} in a text of {length} characters"
    if len(set(sentence.mentions)) < n:
        yield "a mention twice"
    if not sentence.text and not (sentence.sha256 and sentence.length > 0 and sentence.start is not None):
        yield "neither a text nor where it stands (start, length, sha256)"
    if not all(0 <= k < n for pair in sentence.aliases for k in pair):
        yield f"an alias of a mention that is not there ({', '.join(map(str, sentence.aliases))})"
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
        text = read_utf8(file)
    except (OSError, ValueError) as error:
        raise CorpusError(f"{file}: {why(error)}; expected annotated sentences as UTF-8 text.") from None
    for number, line in enumerate(text.split("\n"), 1):  # other line ends may stand inside a text
        if line.strip():
            yield _read_line(line, f"{file}, line {number}")


def _read_line(line: str, where: str) -> AnnotatedSentence:
    remedy = "Expected an annotated sentence, a JSON object a line; mend or remove the line"
    try:
        return from_json(json.loads(line))
    except json.JSONDecodeError as error:
        shown = line[error.pos : error.pos + 20].strip() or "the line's end"
        raise CorpusError(f"{where}: no JSON from column {error.colno} on ({shown}). {remedy}.") from None
    except RecursionError:
        raise CorpusError(f"{where}: JSON that nests too deep. {remedy}.") from None
    except CorpusError as error:
        raise CorpusError(f"{where}: {error} {remedy}.") from None


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
