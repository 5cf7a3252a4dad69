"""spaCy component ``package_entities``: the entities of an installed spaCy package in the place of the encoder's.

The package reads the text with its own tokeniser, vectors and layers, and its entities are carried over by character
offsets. So any package serves whose ``ner`` uses the labels of the Cancer Genetics task, such as scispaCy's
en_ner_bionlp13cg_md, however it was built.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import SimpleFrozenList, filter_spans

from exomine.errors import ResourceError
from exomine.nlp.encoder.component import ENTITY_SCORES

__all__ = ["PackageEntities", "make_package_entities"]

#: Components of a package that its entities need; the others are not run.
NEEDED = ("tok2vec", "transformer", "ner")


class PackageEntities:
    """Sets ``doc.ents``, replacing what stands there.

    The package is loaded when first used, so that listing settings is cheap.
    """

    def __init__(self, package: str, name: str = "package_entities") -> None:
        self.package, self.name = package, name
        self._nlp: Language | None = None

    @property
    def nlp(self) -> Language:
        """The package's pipeline, without what its entities do not need."""
        if self._nlp is None:
            try:
                nlp = spacy.load(self.package)
            except OSError as error:
                raise ResourceError(
                    f"the model {self.package} is not installed; pipelines/README.md says how to install it."
                ) from error
            if "ner" not in nlp.pipe_names:
                raise ResourceError(
                    f"the model {self.package} has no entity recogniser; it has {', '.join(nlp.pipe_names)}."
                )
            for other in [p for p in nlp.pipe_names if p not in NEEDED]:
                nlp.remove_pipe(other)
            self._nlp = nlp
        return self._nlp

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document."""
        nlp = self.nlp
        nlp.max_length = max(nlp.max_length, len(doc.text) + 1)
        spans = [
            doc.char_span(e.start_char, e.end_char, label=e.label_, alignment_mode="expand") for e in nlp(doc.text).ents
        ]
        doc.set_ents(filter_spans([s for s in spans if s is not None]))
        doc.user_data.pop(ENTITY_SCORES, None)  # the probabilities were the encoder's
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:  # noqa: ARG002 (spaCy's signature)
        """Annotate a stream of documents."""
        for doc in stream:
            yield self(doc)

    def to_disk(self, path: object, *, exclude: Iterable[str] = SimpleFrozenList()) -> None:
        """Nothing to write: the package stays where it is installed."""

    def from_disk(self, path: object, *, exclude: Iterable[str] = SimpleFrozenList()) -> PackageEntities:  # noqa: ARG002
        """Nothing to read."""
        return self


@Language.factory(
    "package_entities",
    assigns=["doc.ents"],
    default_config={"package": "en_ner_bionlp13cg_md"},
    default_score_weights={"ents_f": 1.0},
)
def make_package_entities(nlp: Language, name: str, package: str) -> PackageEntities:  # noqa: ARG001
    """Factory of :class:`PackageEntities`; ``package`` is the name of an installed package, or a folder."""
    return PackageEntities(package, name)
