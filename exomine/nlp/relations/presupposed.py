"""What a cue of negation or doubt leaves as it is: the cargo that an adjective or participle takes for granted ("no
association between exosomal X and survival", "neither X nor Y carried by exosomes raised P"), and the part of one
thing among others ("X alone does not explain P")."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span

from exomine.nlp.assertion.component import CUE_SPANS, SCOPE_SPANS
from exomine.nlp.relations.statement import Statement

__all__ = ["only_part_denied", "taken_for_granted"]

#: Verbs and adjectives that say whether the cargo is there at all: "exosomal X was not detected".
_THERE = re.compile(
    r"\b(?:detect|found|find|present|presence|absent|absence|contain|carr|packag|load|lack|enrich|exist|identif|observ|abundan"
    r"|measur|quantif|seen|secret|releas|transfer|deliver|transport|shuttl|incorporat|sort|export)",
    re.I,
)
#: What was found, or was not, is something else: "no evidence was found that exosomal X", "no such effect was seen".
_OF_ANOTHER = re.compile(
    r"\b(?:evidence|effects?|changes?|differences?|associations?|correlations?|influence|impact|role)\s+"
    r"(?:(?:was|were|is|are|has been|have been|could be)\s+)?(?:found|seen|observed|detected|identified)\b", re.I
)  # fmt: skip
#: Tokens behind a cue within which such a word stands.
_TO_THERE = 8
_ALONE = re.compile(r"\s*(?:\w+\s)?(?:alone|solely|by itself|on its own|single-handedly)\b", re.I)


def taken_for_granted(doc: Doc, s: Statement) -> bool:
    """Whether the cues over a cargo in an adjective or participle are about something else than the cargo's being
    there."""
    participle = _participle(doc, s)
    if s.frame != "adjective" and participle is None:
        return False
    if s.denied:  # "exosomal X, but not exosomal Y, promoted P"
        return not _says_there(doc[s.subject.end : min(s.subject.end + _TO_THERE, len(doc))].text)
    cues = [] if s.spent else _over(doc, s)
    return bool(cues) and not any(_says_there(_behind(doc, cue, participle)) for cue in cues)


def _participle(doc: Doc, s: Statement) -> int | None:
    """The participle that tells of a cargo beside its vesicle: "exosomes containing X"."""
    told = (i for i in s.anchors if doc[i].dep_ == "acl" and doc[i].tag_ in ("VBN", "VBG"))
    return next(told, None) if s.predicate == "cargo_of" else None


def _says_there(text: str) -> bool:
    return _THERE.search(_OF_ANOTHER.sub("", text)) is not None


def only_part_denied(doc: Doc, s: Statement) -> bool:
    """ "X alone does not explain P": that X has a part in it is not denied."""
    behind = doc[s.subject.end : min(len(doc), s.subject.end + 4)].text_with_ws
    return bool(_ALONE.match(behind))


def _behind(doc: Doc, cue: Span, but: int | None) -> str:
    end = min(cue.end + _TO_THERE, len(doc))
    return "".join(t.text_with_ws for t in doc[cue.start : end] if t.i != but)


def _over(doc: Doc, s: Statement) -> list[Span]:
    pairs = zip(doc.spans.get(CUE_SPANS, ()), doc.spans.get(SCOPE_SPANS, ()), strict=True)
    return [cue for cue, scope in pairs if any(scope.start <= i < scope.end for i in s.anchors)]
