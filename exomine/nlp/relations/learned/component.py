"""The ``relation_model`` component: what the network says of each sentence's pairs, for ``relations`` to weigh with its rules.

Without it, or with it switched off, ``relations`` goes by its rules alone.
"""

from __future__ import annotations

from pathlib import Path

from spacy.tokens import Doc

from exomine.nlp.extensions import register_extensions
from exomine.nlp.relations.learned.judge import Judge
from exomine.nlp.relations.learned.network import PairModel, PairScore
from exomine.nlp.relations.reading import Read, sentences_to_read
from exomine.resources import model_path
from exomine.vocabulary.terms import sha256

__all__ = ["PAIR_SCORES", "RelationModel"]

#: ``doc.user_data`` key: the judge, and by first token the pairs' scores of each sentence; taken away by ``relations``.
PAIR_SCORES = "exomine.pair_scores"


class RelationModel:
    """spaCy component. ``model`` is a folder with a trained network; empty: the shipped one. Raises ResourceError where it is missing."""

    def __init__(self, *, model: str = "", threads: int = 1) -> None:
        register_extensions()
        self.folder = Path(model) if model else model_path("exomine_relations")
        self.network = PairModel(self.folder, threads)
        self.judge = Judge.from_folder(self.folder)

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of the model's files, for run.json."""
        return {f"relations/{path.name}": sha256(path) for path in sorted(self.folder.iterdir()) if path.is_file()}

    def __call__(self, doc: Doc) -> Doc:
        """Score the pairs of each sentence."""
        scores = {read.span.start: self.read(read) for read in sentences_to_read(doc) if not read.silent}
        doc.user_data[PAIR_SCORES] = (self.judge, scores)
        return doc

    def read(self, read: Read) -> list[PairScore]:
        """The scores of a sentence's pairs; subject and object are positions in ``read.mentions``."""
        if len(read.mentions) < 2:
            return []
        base = read.span.start_char
        places = [(m.start_char - base, m.end_char - base, m.label_) for m in read.mentions]
        return self.network.scores(read.span.text, places)
