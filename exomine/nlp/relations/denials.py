"""What the sentence denies: the cues of negation over a token."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span

from exomine.nlp.assertion.component import CUE_SPANS, SCOPE_SPANS
from exomine.nlp.relations.sentence import Sentence

__all__ = ["cues_over", "denials"]


def denials(sentence: Sentence, *tokens: int) -> tuple[int, ...]:
    """The tokens of the cues that deny what the ``tokens`` carry; none where two cues cancel out."""
    over = [cue for cue in _over(sentence, tokens) if cue.label_ == "negated"]
    return tuple(i for cue in over for i in range(cue.start, cue.end)) if len(over) % 2 else ()


def cues_over(sentence: Sentence, *tokens: int) -> tuple[int, ...]:
    """The tokens of all cues, of negation and of speculation, over what the ``tokens`` carry."""
    return tuple(i for cue in _over(sentence, tokens) for i in range(cue.start, cue.end))


def _over(sentence: Sentence, tokens: Sequence[int]) -> list[Span]:
    spans = sentence.doc.spans
    pairs = zip(spans.get(CUE_SPANS, ()), spans.get(SCOPE_SPANS, ()), strict=True)
    return [cue for cue, scope in pairs if any(scope.start <= i < scope.end for i in tokens)]
