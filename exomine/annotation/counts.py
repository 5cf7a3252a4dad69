"""What an annotated corpus holds, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from exomine.annotation.record import AnnotatedSentence
from exomine.vocabulary.predicates import PREDICATE_NAMES

__all__ = ["counts"]


def counts(sentences: Iterable[AnnotatedSentence]) -> dict[str, Any]:
    """Sentences, mentions by label, relations by predicate with each assertion, states; sorted, as plain data."""
    listed = list(sentences)
    relations = [r for s in listed for r in s.relations]
    by_predicate = {
        p: {"all": sum(r.predicate == p for r in relations)}
        | dict(sorted(Counter(r.assertion for r in relations if r.predicate == p).items()))
        for p in PREDICATE_NAMES
    }
    return {
        "sentences": len(listed),
        "documents": len({s.doc for s in listed}),
        "without_relation": sum(not s.relations for s in listed),
        "mentions": dict(sorted(Counter(m.label for s in listed for m in s.mentions).items())),
        "relations": len(relations),
        "predicates": by_predicate,
        "states": dict(sorted(Counter(r.state for r in relations).items())),
        "correlations": sum(r.basis == "correlation" for r in relations),
    }
