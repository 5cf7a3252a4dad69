"""The ``relation_model`` component: what the network says of each sentence's pairs, for ``relations`` to weigh with
its rules.

Without it, or with it switched off, ``relations`` goes by its rules alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from spacy.tokens import Doc, Span

from exomine.nlp.extensions import register_extensions
from exomine.nlp.relations.learned.candidates import ScoredPair
from exomine.nlp.relations.learned.judge import Judge
from exomine.nlp.relations.learned.network import PairModel
from exomine.nlp.relations.learned.pieces import MARKED_LABELS
from exomine.nlp.relations.reading import Read, sentences_to_read
from exomine.nlp.texts import text_of
from exomine.resources import model_path

__all__ = ["PAIR_SCORES", "RelationModel", "read_pairs", "refers_back"]

#: ``doc.user_data`` key: the judge, and by first token the pairs' scores of each sentence; taken away by ``relations``.
PAIR_SCORES = "exomine.pair_scores"


class RelationModel:
    """spaCy component. ``model`` is a folder with a trained network; empty: the shipped one. Raises ResourceError
    where it is missing."""

    def __init__(self, *, model: str = "", threads: int = 1) -> None:
        register_extensions()
        self.folder = Path(model) if model else model_path("exomine_relations")
        self.network = PairModel(self.folder, threads)
        self.judge = Judge.from_folder(self.folder)

    def __call__(self, doc: Doc) -> Doc:
        """Score the pairs of each sentence."""
        doc.user_data[PAIR_SCORES] = (self.judge, read_pairs(doc, self.network))
        return doc


def read_pairs(doc: Doc, network: PairModel) -> dict[int, list[ScoredPair]]:
    """The scores of each sentence's pairs, by its first token.

    A sentence is read alone; where a word of it refers back, it is read behind the one before as well, for the pairs
    of a mention there with one here.
    """
    out: dict[int, list[ScoredPair]] = {}
    before: Read | None = None
    for read in sentences_to_read(doc):
        if read.silent:
            before = None
            continue
        found = _scored(network, doc, read.mentions)
        if before is not None and before.block == read.block and refers_back(read.span.text):
            both = _scored(network, doc, (*before.mentions, *read.mentions))
            found += [p for p in both if (p.subject.start < read.span.start) != (p.object.start < read.span.start)]
        out[read.span.start] = found
        before = read
    return out


def _scored(network: PairModel, doc: Doc, mentions: Sequence[Span]) -> list[ScoredPair]:
    """Scores of the pairs of ``mentions`` in the text of their sentences; the network knows the labels of its training
    only."""
    mentions = [m for m in mentions if m.label_ in MARKED_LABELS]
    if len(mentions) < 2:
        return []
    first, last = mentions[0].sent, mentions[-1].sent
    base, text = first.start_char, text_of(doc)[first.start_char : last.end_char]
    places = [(m.start_char - base, m.end_char - base, m.label_) for m in mentions]
    return [ScoredPair(mentions[s.subject], mentions[s.object], s) for s in network.scores(text, places)]


def refers_back(text: str) -> bool:
    """Whether one of the first words of a sentence may stand for something named before it."""
    return bool(_REFERS.search(_NEITHER.sub("", " ".join(text.split()[:_FIRST_WORDS]))))


#: Words at a sentence's beginning in which one that refers to the sentence before stands: "Its loss", "In them, both".
_FIRST_WORDS = 6
#: It stands for nothing where both are named: "Neither X nor Y".
_NEITHER = re.compile(r"\bneither\b(?=.*\bnor\b)|\beither\b(?=.*\bor\b)", re.I)
_REFERS = re.compile(
    r"\b(?:its?|itself|they|theirs?|them|this|these|those|both|latter|former|neither|either|such|"
    r"the (?:micro-?rna|mirna|gene|protein|kinase|drug|compound|agent|inhibitor|vesicles?|exosomes?|antibod\w+|"
    r"molecule|pathway|lncrna|circrna|factor|receptor|enzyme|transporter))\b",
    re.I,
)
