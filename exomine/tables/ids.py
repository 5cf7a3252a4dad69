"""Identifiers: hashes of content, so that the same paper gives the same ids in every run and on every machine.

Each begins with the letter of its kind (:data:`LETTERS`): a spreadsheet takes sixteen digits for a number and rounds
it. Only the ``doc_id`` is the plain hash of the file. What is hashed into another id is the hash without its letter.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from exomine.vocabulary.normal import GREEK

__all__ = [
    "LETTERS",
    "bare",
    "content_hash",
    "entity_key",
    "evidence_id",
    "id_pattern",
    "lettered",
    "normalise_name",
    "normalise_sentence",
    "own_id",
    "triple_id",
]

#: The first letter of each kind of id.
LETTERS = {
    "triple_id": "t",
    "extracted_as": "t",
    "relation_id": "r",
    "evidence_id": "e",
    "sentence_id": "s",
    "mention_id": "m",
}
_BARE = re.compile(r"[0-9a-f]{16}")

_SEPARATOR = "\x1f"  # never part of a printed text, so that ("ab", "c") and ("a", "bc") differ
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_JOINT = re.compile(r"(?<=[^\W\d_])[- ]?(?=\d)")
_CITATION = re.compile(r"\[\s*[A-Za-z]?\d+[^\[\]]{0,80}\]")


def content_hash(*parts: str) -> str:
    """The first 16 hex digits of the SHA-256 of ``parts``."""
    return hashlib.sha256(_SEPARATOR.join(parts).encode("utf-8")).hexdigest()[:16]


def own_id(kind: str, *parts: str) -> str:
    """An id of ``kind``, a key of :data:`LETTERS`: its letter and the hash of kind and ``parts``."""
    return LETTERS[kind] + content_hash(kind.removesuffix("_id"), *parts)


def bare(identifier: str) -> str:
    """An id without its letter, as other ids are made of it."""
    return identifier[-16:]


def lettered(kind: str, value: str) -> str:
    """``value`` with the letter of ``kind`` where it is an id of earlier times, which had none; else unchanged."""
    return LETTERS[kind] + value if _BARE.fullmatch(value) else value


def id_pattern(column: str) -> str:
    """The regular expression for the ids of a column; ``subject_mention_id`` holds ids of the kind ``mention_id``."""
    kind = column.removeprefix("subject_").removeprefix("object_").removeprefix("cancer_")
    return f"^{LETTERS.get(kind, '')}[0-9a-f]{{16}}$"


def normalise_name(name: str) -> str:
    """A name as it counts in an identifier: Unicode compatibility form, case folded, plain hyphens, single spaces.

    Greek letters count as their names, and a number behind letters is joined in one way: "XR-2940", "XR 2940",
    "XR2940".
    """
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", name)).casefold()
    text = "".join(GREEK.get(c, c) for c in text)
    return _JOINT.sub("-", " ".join(text.split()))


def normalise_sentence(sentence: str) -> str:
    """A sentence as it counts in ``evidence_id``: letters and digits only, case folded, without numeric citation marks.

    A PDF and an XML of one paper differ in hyphens, spaces and the way of printing citation marks; their evidence shall
    not.
    """
    text = unicodedata.normalize("NFKC", _CITATION.sub(" ", sentence)).casefold()
    return "".join(c for c in text if c.isalnum())


def evidence_id(paper_id: str, sentence: str, triple: str) -> str:
    """The identifier of a sentence of a paper, in any of its copies, as evidence for a triple (its ``triple_id``)."""
    return own_id("evidence_id", paper_id, normalise_sentence(sentence), bare(triple))


def entity_key(curie: str, label: str, name: str) -> str:
    """What an entity is in a triple: its CURIE, else label and normalised name; empty where there is none."""
    if curie:
        return curie
    return f"{label}:{normalise_name(name)}" if name else ""


def triple_id(subject: str, predicate: str, object_: str, cancer: str, assertion: str) -> str:
    """The identifier of a triple; ``subject``, ``object_`` and ``cancer`` are :func:`entity_key` values."""
    return own_id("triple_id", subject, predicate, object_, cancer, assertion)
