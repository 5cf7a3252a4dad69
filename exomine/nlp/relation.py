"""The relation object that ``doc._.relations`` holds, and its plain form, in which a Doc keeps it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from spacy.tokens import Doc, Span

__all__ = ["ASSERTIONS", "CANCER_SOURCES", "GATES", "SUBJECT_STATES", "TIERS", "VOICES", "Relation", "Unread"]

ASSERTIONS = ("asserted", "negated", "speculative")
SUBJECT_STATES = ("normal", "reduced", "increased", "mutated")
CANCER_SOURCES = ("", "sentence", "cell_line", "section", "title")
TIERS = ("high", "all")
VOICES = ("own", "reported")
#: Why a sentence with a cue and two mentions that fit gave no relation, in the order in which they are asked.
GATES = ("announced", "unsure", "no_statement")


@dataclass(frozen=True, slots=True)
class Relation:
    """One stated relation.

    ``subject`` and ``object`` are Spans of ``doc.spans["mentions"]``. The statement holds for more of the subject, or
    a more active one; ``subject_state`` keeps what was written. ``score`` estimates the probability of being right.
    ``cancer`` is the mention that gives the context where one stands in the paper; ``cancer_name`` and
    ``cancer_curie`` are filled also when the cancer comes from a cell line, section or title. ``sentence`` is the
    Span in which it is stated and ``source`` tells where that is: text, caption or table. ``citations`` are reference
    labels, ranges expanded, in printed order. ``evidence`` are the words that license it besides the names
    themselves; ``donor`` and ``recipient`` the cells that its vesicle comes from and goes to; ``voice`` whether the
    paper shows it itself (own) or tells of others' work (reported).
    """

    subject: Span
    predicate: str
    object: Span
    sentence: Span
    assertion: str = "asserted"
    subject_state: str = "normal"
    score: float = 0.5
    tier: str = "all"
    method: str = ""
    cancer: Span | None = None
    cancer_name: str = ""
    cancer_curie: str = ""
    cancer_source: str = ""
    vesicle: Span | None = None
    cell: Span | None = None
    citations: tuple[str, ...] = ()
    source: str = "text"
    evidence: tuple[Span, ...] = ()
    donor: Span | None = None
    recipient: Span | None = None
    voice: str = "own"

    def to_plain(self) -> dict[str, Any]:
        """Strings, numbers, lists and dictionaries only, a Span as its offsets: what a Doc can be stored with."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}

    @classmethod
    def from_plain(cls, doc: Doc, data: dict[str, Any], *, offset: int = 0) -> Relation | None:
        """The inverse of :meth:`to_plain`; ``doc`` has the text that the relation was found in, beginning at
        ``offset``.

        ``None`` where the subject, the object or the sentence is not in ``doc``.
        """
        values = {name: _rebuilt(doc, value, offset) for name, value in data.items()}
        if any(values[name] is None for name in ("subject", "object", "sentence")):
            return None
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Unread:
    """A sentence with a cue and two mentions that fit, which gave no relation.

    ``start`` and ``end`` are its offsets; ``cue``, ``agent`` and ``object`` as written; ``gate`` is the first that it
    failed: ``announced`` (authors say what they will write about), ``unsure`` (a statement scored below the least),
    ``no_statement`` (neither a rule nor the relation model finds one).
    """

    start: int
    end: int
    cue: str
    agent: str
    object: str
    gate: str


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return {"start": value.start_char, "end": value.end_char, "label": value.label_, "curie": value.kb_id_}
    return [_plain(v) for v in value] if isinstance(value, tuple) else value


def _rebuilt(doc: Doc, value: Any, offset: int) -> Any:
    if isinstance(value, dict):
        return _span(doc, value, value["start"] + offset, value["end"] + offset)
    return tuple(_rebuilt(doc, v, offset) for v in value) if isinstance(value, list | tuple) else value


def _span(doc: Doc, value: dict[str, Any], start: int, end: int) -> Span | None:
    """The Span at the offsets, or ``None`` where they are not in the Doc."""
    if start < 0 or not len(doc) or end > doc[-1].idx + len(doc[-1]) + len(doc[-1].whitespace_):
        return None
    return doc.char_span(start, end, label=value["label"], kb_id=value["curie"], alignment_mode="expand")
