"""Component ``ground``: a CURIE and a canonical name for each mention, or none where nothing is sure enough.

Candidates come from ``resolve``. Where there are several, the paper decides: what it names elsewhere without doubt,
then the status of the symbol (approved before alias before former symbol). A mention without candidates is looked up
without what does not change its identity ("human", "protein"), then by similarity
(:mod:`exomine.nlp.mentions.similarity`). Every choice keeps its score and reason (:func:`grounding_of`); below the
threshold the CURIE stays empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass

from spacy.tokens import Doc, Span, SpanGroup

from exomine.nlp.extensions import MENTIONS, kept, place_key
from exomine.nlp.mentions.evidence import Candidate
from exomine.nlp.mentions.matcher import Matcher
from exomine.nlp.mentions.resolve import CHOICES
from exomine.nlp.mentions.similarity import SimilarNames
from exomine.nlp.mentions.support import OPEN_LABELS
from exomine.vocabulary.normal import compatible, key

__all__ = ["GROUNDINGS", "Grounder", "Grounding", "grounding_of"]

#: First part of the keys of ``doc.user_data`` that keep the choices; offsets and CURIE follow it.
GROUNDINGS = "exomine.grounding"


@dataclass(frozen=True, slots=True)
class Grounding:
    """A mention's identity: ``reason`` says what it rests on, ``score`` (0 to 1) how sure it is.

    The CURIE may be empty.
    """

    curie: str
    name: str
    score: float
    reason: str


def grounding_of(span: Span) -> Grounding | None:
    """The grounding of a mention of ``doc.spans["mentions"]``, or ``None`` for another span."""
    found = kept(span.doc).get(place_key(GROUNDINGS, span.start_char, span.end_char, span.kb_id_))
    return None if found is None else Grounding(*found)


class Grounder:
    """Chooses the identity of each mention.

    ``matcher`` gives the lexicon when it is first needed. ``least`` is the score under which the CURIE stays empty,
    ``similarity`` the least cosine of a name that is written differently.
    """

    def __init__(self, matcher: Callable[[], Matcher], *, least: float = 0.4, similarity: float = 0.82) -> None:
        self._matcher = matcher
        self._least = least
        self._similarity = similarity
        self._names: dict[str, SimilarNames] = {}
        self._kinds: frozenset[str] = frozenset()

    def __call__(self, doc: Doc) -> Doc:
        choices: list[tuple[Candidate, ...]] = doc.user_data.pop(CHOICES, [])
        spans = list(doc.spans[MENTIONS])
        named = Counter(c[0].curie for c in choices if _certain(c))
        for span, candidates in zip(spans, choices, strict=True):
            grounding = self.ground(span.text, span.label_, candidates, named)
            at = place_key(GROUNDINGS, span.start_char, span.end_char, grounding.curie)
            kept(doc)[at] = list(astuple(grounding))
            span.kb_id_ = grounding.curie
            span._.name = grounding.name
        doc.spans[MENTIONS] = SpanGroup(doc, name=MENTIONS, spans=spans)
        doc.ents = _identified(doc, spans)
        return doc

    def ground(self, text: str, label: str, candidates: Sequence[Candidate], named: Counter[str]) -> Grounding:
        """The identity of one mention; ``named`` counts the CURIEs that the paper names without doubt."""
        known = [c for c in candidates if c.name]
        if known:
            chosen = self._choose(known, named)
            return self._narrowed(text, chosen) if chosen.curie in _GENERIC else chosen
        for form in plainer(text, label):
            terms = [
                t for t in self._matcher().lookup(form) if t.label == label and (not t.guard or t.status == "name")
            ]
            if terms:
                return Grounding(terms[0].curie, terms[0].name, 0.7, f"lexicon, read as {form!r}")
        return (
            self._capitalised(text, label)
            or self._similar(text, label)
            or Grounding("", compatible(text), 0.0, "no candidate")
        )

    def _capitalised(self, text: str, label: str) -> Grounding | None:
        """A gene's symbol in lower case ("cdkn1a", "pten"), which the matcher does not take for one: the model said
        it is.
        """
        if label != "PROTEIN" or not _LOWER_SYMBOL.fullmatch(text):
            return None
        for form in (text.upper(), text.capitalize()):
            for t in self._matcher().lookup(form):
                if t.label == label and t.status in ("lab", "curated", "name") and not t.guard:
                    return Grounding(t.curie, t.name, 0.7, f"lexicon, read as {form!r}")
        return None

    def _narrowed(self, text: str, generic: Grounding) -> Grounding:
        """What a cancer is that was recognised by its generic word only ("laryngeal malignancy", "large tumors").

        It is looked up with another generic word ("laryngeal cancer"). Where that is no name and the words beside it
        tell a kind, it has no CURIE, for that of cancer would be a wrong level. Other words ("large") leave it a
        cancer.
        """
        forms = [
            f for p in plainer(text, "CANCER") for f in (p, _NEOPLASIA.sub("neoplasm", _MALIGNANCY.sub("cancer", p)))
        ]
        found = [t for form in forms for t in self._matcher().lookup(form) if t.label == "CANCER" and not t.guard]
        if found:
            return (
                generic
                if found[0].curie in _GENERIC
                else Grounding(found[0].curie, found[0].name, 0.7, "lexicon, reworded")
            )
        self._kinds = self._kinds or _kinds(self._matcher().keys_of("CANCER"))
        if not self._kinds.intersection(key(text).split()):
            return generic
        return Grounding("", text, 0.0, "a kind of cancer without a name")

    def _choose(self, known: Sequence[Candidate], named: Counter[str]) -> Grounding:
        curies = {c.curie for c in known}
        best = max(
            known,
            key=lambda c: (c.method == "abbreviation", c.score + _support(c, named, len(curies)), -known.index(c)),
        )
        score = round(min(1.0, best.score + _support(best, named, len(curies))), 4)
        reason = {"abbreviation": "the paper's definition", "grammar": "grammar"}.get(
            best.method, f"lexicon, {best.status}"
        )
        if len(curies) > 1 and named[best.curie]:
            reason += ", named elsewhere in the paper"
        if score < self._least:
            return Grounding("", best.name, score, f"{reason}, below the threshold")
        return Grounding(best.curie, best.name, score, reason)

    def _similar(self, text: str, label: str) -> Grounding | None:
        if label not in OPEN_LABELS or (" " not in text and len(text) < 8):
            return None
        if label not in self._names:
            self._names[label] = SimilarNames(self._matcher().keys_of(label))
        similar = self._names[label].nearest(text, self._similarity, same_length=label != "CANCER")
        if similar is None:
            return None
        terms = [t for t in self._matcher().terms_by_key(similar.key) if t.label == label and not t.guard]
        if len({t.curie for t in terms}) != 1:
            return None
        return Grounding(
            terms[0].curie, terms[0].name, round(similar.similarity * 0.8, 4), f"similar to {terms[0].synonym!r}"
        )


def _identified(doc: Doc, mentions: Sequence[Span]) -> list[Span]:
    """``doc.ents`` with the CURIEs of the mentions at their places; of several at one place the first."""
    curies: dict[tuple[int, int, str], str] = {}
    for m in mentions:
        curies.setdefault((m.start, m.end, m.label_), m.kb_id_)
    return [
        Span(doc, e.start, e.end, label=e.label, kb_id=curies.get((e.start, e.end, e.label_), "")) for e in doc.ents
    ]


_LOWER_SYMBOL = re.compile(r"[a-z]{3,6}\d{0,3}[a-z]?\d?")
_GENERIC = frozenset({"doid:162", "doid:14566"})
_MALIGNANCY = re.compile(r"malignanc(?:y|ies)", re.I)
_NEOPLASIA = re.compile(r"neoplasias?", re.I)
#: Words of cancers' names that tell no kind: extent, course, people, generic nouns.
_NO_KIND = frozenset(
    "cancer tumor tumour neoplasm neoplasia malignancy disease disorder syndrome lesion cell tissue type "
    "stage grade site mass "
    "primary secondary malignant benign advanced metastatic recurrent refractory relapsed solid human "
    "adult childhood pediatric "
    "juvenile familial hereditary sporadic inherited early late low high well poorly moderately "
    "differentiated undifferentiated "
    "invasive aggressive localized local multiple single unknown female male non small large with without "
    "of the and in to by due "
    "or a an at other positive negative drug resistant sensitive related associated induced susceptibility "
    "tumoral rare common "
    "mixed complex unspecified classic variant form mutant i ii iii iv".split()
)


def _kinds(keys: Sequence[str]) -> frozenset[str]:
    """Words that three or more names of cancers hold and that tell a kind: organs, tissues, histology."""
    counts = Counter(word for k in keys for word in set(k.split()) if len(word) > 2)
    return frozenset(word for word, n in counts.items() if n >= 3 and word not in _NO_KIND)


def _certain(candidates: Sequence[Candidate]) -> bool:
    """Whether a mention has one reading only, and that from no doubtful term."""
    first = candidates[0]
    return bool(first.curie) and not first.guard and len({c.curie for c in candidates if c.name}) == 1


def _support(c: Candidate, named: Counter[str], n: int) -> float:
    """Less than lies between an approved name and a synonym: the paper decides between equals only."""
    return 0.08 if n > 1 and named[c.curie] else 0.0


_BEFORE = re.compile(
    r"^(?:human|mouse|murine|rat|mutant|mutated|wild[- ]type|activated|active|phosphorylated|phospho"
    r"|soluble|recombinant|circulating|"
    r"exosomal|serum|plasma|total|nuclear|mature|endogenous|exogenous|oncogenic|anti|p)[-\s]+", re.I
)  # fmt: skip
_AFTER = {
    "PROTEIN": re.compile(r"[-\s]+(?:proteins?|genes?|mRNAs?|oncogenes?|oncoproteins?"
        r"|molecules?|antigens?|family|polypeptides?"
        r"|(?-i:(?:p\.)?(?:[A-Z]\d{2,4}[A-Z]|[A-Z][a-z]{2}\d{2,4}[A-Z][a-z]{2})))$", re.I
    ),
    "CANCER": re.compile(r"[-\s]+(?:patients?|tissues?|cases?|xenografts?|lesions?|disease)$", re.I),
    "CELL_TYPE": re.compile(r"(?<=\w)[-\s]+(?:populations?|subsets?)$", re.I),
    "DRUG": re.compile(r"[-\s]+(?:treatment|therapy|hydrochloride|sodium|sulfate)$", re.I),
}  # fmt: skip
_TUMORAL = re.compile(r"^(?:anti|peri|intra|pro|non)-?(?=tumou?r|cancer)", re.I)


def plainer(text: str, label: str) -> Iterator[str]:
    """Forms of a mention without words that do not change what it names, the mention itself first."""
    yield text
    form = text
    after = _AFTER.get(label)
    for _ in range(3):
        shorter = _BEFORE.sub("", form)
        shorter = after.sub("", shorter) if after else shorter
        if label == "CANCER":
            shorter = _TUMORAL.sub("", shorter)
        if shorter == form or len(shorter) < 2:
            return
        form = shorter
        yield form
