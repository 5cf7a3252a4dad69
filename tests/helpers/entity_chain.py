"""The entity components without a trained model, for tests."""

from __future__ import annotations

import spacy
from exomine.nlp.factories import register_factories
from spacy.language import Language

#: The order of the shipped pipeline, a rule-based sentence splitter in the model's place.
COMPONENTS = ("blocks", "mirna", "lexicon", "boundaries", "sentencizer", "abbreviations", "resolve", "ground")


def entity_chain(**settings: dict[str, object]) -> Language:
    """A blank English pipeline with the entity components; ``settings`` by component name."""
    register_factories()
    nlp = spacy.blank("en")
    for name in COMPONENTS:
        nlp.add_pipe(name, config=settings.get(name, {}))
    return nlp
