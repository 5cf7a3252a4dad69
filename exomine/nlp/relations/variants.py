"""Variants as subjects: what is said of "EGFR T790M" or of "the T790M mutation in EGFR" is said of the variant and of
its gene."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from exomine.nlp.relations.items import Item, as_item
from exomine.nlp.relations.sentence import Sentence
from exomine.nlp.relations.statement import Statement

__all__ = ["of_variants"]

_NOUN = r"(?:mutations?|mutants?|substitutions?|variants?|alleles?|change)"
#: Between a variant and its gene: "T790M (gatekeeper) mutation in the EGFR gene", "T790M of EGFR".
_IN_GENE = re.compile(rf"(?:\s+(?:[\w-]+\s+)?{_NOUN})?\s+(?:of|in|within)\s+(?:the\s+)?", re.I)
#: Between a gene and its variant: "EGFR mutation T790M", "the EGFR mutant (T790M)".
_BY_GENE = re.compile(rf"\s+(?:gene\s+|kinase\s+)?(?:{_NOUN}\s+)?\(?", re.I)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A variant and its gene."""

    variant: Item
    gene: Item


def of_variants(sentence: Sentence, statements: Sequence[Statement]) -> list[Statement]:
    """The statements, those about a gene in its variant and about a variant of a named gene told of both; none has a
    variant for object."""
    pairs = list(_pairs(sentence))
    told = [s for s in statements if s.object.span.label_ != "VARIANT"]
    told = [_mutated(s, pairs) if _is_variant(s.subject, pairs) else s for s in told]
    known = {(id(s.subject), s.predicate, id(s.object)) for s in told}
    twins = [t for s in told for t in _twins(s, pairs) if (id(t.subject), t.predicate, id(t.object)) not in known]
    return [*told, *twins]


def _pairs(sentence: Sentence) -> Iterator[_Pair]:
    genes = [i for i in sentence.items if i.span.label_ == "PROTEIN"]
    for span in sentence.variants:
        inside = [g for g in genes if span.start <= g.span.start and g.span.end <= span.end]
        yield from (_Pair(as_item(sentence, span), g) for g in inside)
    for variant in (i for i in sentence.items if i.span.label_ == "VARIANT"):
        yield from (_Pair(variant, g) for g in genes if _beside(sentence, variant, g))


def _beside(sentence: Sentence, variant: Item, gene: Item) -> bool:
    if variant.end <= gene.start:
        return bool(_IN_GENE.fullmatch(f" {sentence.doc[variant.end : gene.start].text_with_ws}"))
    return gene.end <= variant.start and bool(
        _BY_GENE.fullmatch(f" {sentence.doc[gene.end : variant.start].text_with_ws}")
    )


def _is_variant(item: Item, pairs: Sequence[_Pair]) -> bool:
    """Whether a subject is a variant, or the gene inside one."""
    return item.span.label_ == "VARIANT" or any(p.gene is item for p in pairs)


def _mutated(s: Statement, pairs: Sequence[_Pair]) -> Statement:
    """A variant that is gained is there, and no more of its gene; an amplification is more of it."""
    names = [s.subject, *(p.variant for p in pairs if p.gene is s.subject)]
    more = s.state == "increased" and not any(i.span.text.lower().endswith("amplification") for i in names)
    return replace(s, state="mutated") if s.state == "normal" or more else s


def _twins(s: Statement, pairs: Sequence[_Pair]) -> Iterator[Statement]:
    for p in pairs:
        other = p.variant if s.subject is p.gene else p.gene if s.subject is p.variant else None
        if other is not None:
            yield replace(s, subject=other)
