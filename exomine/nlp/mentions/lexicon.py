"""Component ``lexicon``: every term of the lexicon and of the lab's own files, as evidence.

It works on character offsets of the text only, so it may run before or after any other component.
"""

from __future__ import annotations

from pathlib import Path

from spacy.tokens import Doc

from exomine.nlp.mentions.cell_names import cells_of_vesicles
from exomine.nlp.mentions.enumerations import coordinated, members, pathway, sharing
from exomine.nlp.mentions.evidence import Candidate, add_evidence
from exomine.nlp.mentions.inhibitors import drug_classes, inhibitors
from exomine.nlp.mentions.matcher import Hit, Matcher, lexicon_matcher
from exomine.nlp.mentions.noncoding import noncoding
from exomine.nlp.mentions.reduced_names import reduced_names
from exomine.nlp.mentions.sublines import sublines
from exomine.nlp.mentions.therapies import therapies
from exomine.nlp.mentions.variants import alterations, fusions, named_forms, variants
from exomine.vocabulary.terms import lexicon_hash, read_stop_terms, read_terms, sha256

__all__ = ["LexiconComponent"]

#: Candidates kept for one place: a symbol such as "p40" names many genes, of which grounding looks at the best.
MOST = 8


class LexiconComponent:
    """``terms`` and ``stop_terms`` are paths of a lab's own CSV files, or empty. Raises TermsError on a bad row."""

    def __init__(self, *, terms: str = "", stop_terms: str = "") -> None:
        self._files = {"terms": terms, "stop_terms": stop_terms}
        own = read_terms(Path(terms)) if terms else ()
        stops = read_stop_terms(Path(stop_terms)) if stop_terms else ()
        self.matcher = lexicon_matcher(own, stops)

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of the lexicon and of the lab's files, for run.json."""
        files = {name: sha256(Path(path)) for name, path in self._files.items() if path}
        return {"lexicon": lexicon_hash(), **files}

    def __call__(self, doc: Doc) -> Doc:
        hits = with_enumerations(doc.text, self.matcher)
        add_evidence(doc, [c for hit in hits for c in candidates(hit)])
        add_evidence(doc, list(inhibitors(doc.text, self.matcher.lookup)))
        add_evidence(doc, list(drug_classes(doc.text, self.matcher.lookup)))
        add_evidence(doc, list(therapies(doc.text, hits, self.matcher.lookup)))
        add_evidence(doc, list(cells_of_vesicles(doc.text, self.matcher.lookup)))
        add_evidence(doc, list(noncoding(doc.text, self.matcher.lookup)))
        add_evidence(doc, list(sublines(doc.text, hits, self.matcher.lookup)))
        add_evidence(doc, list(variants(doc.text, hits, self.matcher.lookup)))
        forms = named_forms(doc.text, self.matcher.lookup)
        add_evidence(doc, [*alterations(doc.text, hits), *fusions(doc.text, hits), *forms])
        return doc


def with_enumerations(text: str, matcher: Matcher) -> list[Hit]:
    """All hits in ``text`` and the members of enumerations that are written in part only."""
    hits = matcher.find(text)
    further = [
        more
        for hit in hits
        for find in (members, coordinated, sharing, pathway)
        for more in find(text, hit, matcher.lookup)
    ]
    return hits + further + list(reduced_names(text, matcher.lookup))


def candidates(hit: Hit) -> list[Candidate]:
    """The candidates of a hit, one for each label and CURIE."""
    found: dict[tuple[str, str], Candidate] = {}
    for n, term in enumerate(hit.terms):
        score = {"lab": 1.0, "curated": 1.0, "name": 0.95, "synonym": 0.85, "previous": 0.7}[term.status]
        score = round(score * (0.6 if term.guard else 1.0) - 0.01 * min(n, 5), 4)
        found.setdefault(
            (term.label, term.curie),
            Candidate(hit.start, hit.end, term.label, term.curie, term.name, "lexicon", score, term.status, term.guard),
        )
    return list(found.values())[:MOST]
