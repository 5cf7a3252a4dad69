"""Identifiers: hashes of content, so that the same paper gives the same ids in every run and on every machine."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from exomine.vocabulary.normal import GREEK

__all__ = ["content_hash", "entity_key", "normalise_name", "normalise_sentence", "triple_id"]

_SEPARATOR = "\x1f"  # never part of a printed text, so that ("ab", "c") and ("a", "bc") differ
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_JOINT = re.compile(r"(?<=[^\W\d_])[- ]?(?=\d)")
_CITATION = re.compile(r"\[\s*[A-Za-z]?\d+[^\[\]]{0,80}\]")


def content_hash(*parts: str) -> str:
    """The first 16 hex digits of the SHA-256 of ``parts``."""
    return hashlib.sha256(_SEPARATOR.join(parts).encode("utf-8")).hexdigest()[:16]


def normalise_name(name: str) -> str:
    """A name as it counts in an identifier: Unicode compatibility form, case folded, plain hyphens, single spaces.

    Greek letters count as their names, and a number behind letters is joined in one way: "XR-2940", "XR 2940", "XR2940".
    """
    text = _DASHES.sub("-", unicodedata.normalize("NFKC", name)).casefold()
    text = "".join(GREEK.get(c, c) for c in text)
    return _JOINT.sub("-", " ".join(text.split()))


def normalise_sentence(sentence: str) -> str:
    """A sentence as it counts in ``evidence_id``: letters and digits only, case folded, without numeric citation marks.

    A PDF and an XML of one paper differ in hyphens, spaces and the way of printing citation marks; their evidence shall not.
    """
    text = unicodedata.normalize("NFKC", _CITATION.sub(" ", sentence)).casefold()
    return "".join(c for c in text if c.isalnum())


def entity_key(curie: str, label: str, name: str) -> str:
    """What an entity is in a triple: its CURIE, else label and normalised name; empty where there is none."""
    if curie:
        return curie
    return f"{label}:{normalise_name(name)}" if name else ""


def triple_id(subject: str, predicate: str, object_: str, cancer: str, assertion: str) -> str:
    """The identifier of a triple; ``subject``, ``object_`` and ``cancer`` are :func:`entity_key` values."""
    return content_hash("triple", subject, predicate, object_, cancer, assertion)
