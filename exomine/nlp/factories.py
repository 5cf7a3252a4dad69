"""Every component of the pipeline, registered in one explicit list.

spaCy finds the factories by the entry points in pyproject.toml (an installed exomine needs no import) or by
:func:`register_factories`, which :func:`exomine.load` calls. Registering again changes nothing.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from spacy.language import Language

from exomine.nlp.assertion.component import Assertion
from exomine.nlp.blocks import BlockBoundaries
from exomine.nlp.extensions import register_extensions
from exomine.nlp.mentions.abbreviations import Abbreviations
from exomine.nlp.mentions.boundaries import EvidenceBoundaries
from exomine.nlp.mentions.ground import Grounder
from exomine.nlp.mentions.lexicon import LexiconComponent
from exomine.nlp.mentions.matcher import Matcher, lexicon_matcher
from exomine.nlp.mentions.mirna import make_mirna
from exomine.nlp.mentions.resolve import Resolver
from exomine.nlp.mentions.scispacy_abbreviations import SciSpacyAbbreviations
from exomine.nlp.relations.component import Relations
from exomine.nlp.relations.context import Context
from exomine.nlp.relations.learned.component import RelationModel
from exomine.nlp.relations.tables import TableRelations
from exomine.vocabulary.terms import cell_lines

__all__ = [
    "FACTORIES",
    "make_abbreviations",
    "make_assertion",
    "make_blocks",
    "make_boundaries",
    "make_context",
    "make_ground",
    "make_lexicon",
    "make_relation_model",
    "make_relations",
    "make_resolve",
    "make_scispacy_abbreviations",
    "make_table_relations",
    "register_factories",
]  # fmt: skip


def make_blocks(nlp: Language, name: str) -> Any:
    """Factory of ``blocks``."""
    register_extensions()
    return BlockBoundaries()


def make_lexicon(nlp: Language, name: str, terms: str = "", stop_terms: str = "") -> Any:
    """Factory of ``lexicon``; ``terms`` and ``stop_terms`` are paths of a lab's own CSV files."""
    register_extensions()
    return LexiconComponent(terms=terms, stop_terms=stop_terms)


def make_boundaries(nlp: Language, name: str) -> Any:
    """Factory of ``boundaries``."""
    return EvidenceBoundaries()


def make_scispacy_abbreviations(nlp: Language, name: str) -> Any:
    """Factory of ``scispacy_abbreviations``."""
    return SciSpacyAbbreviations(nlp)


def make_abbreviations(nlp: Language, name: str) -> Any:
    """Factory of ``abbreviations``."""
    register_extensions()
    return Abbreviations(partial(_names_of, nlp))


def make_resolve(nlp: Language, name: str) -> Any:
    """Factory of ``resolve``."""
    register_extensions()
    return Resolver()


def make_ground(nlp: Language, name: str, least: float = 0.4, similarity: float = 0.82) -> Any:
    """Factory of ``ground``; below ``least`` a CURIE stays empty, below ``similarity`` a name is another."""
    register_extensions()
    return Grounder(partial(_matcher, nlp), least=least, similarity=similarity)


def _names_of(nlp: Language, curie: str) -> tuple[str, ...]:
    return _matcher(nlp).names_of(curie)


def _matcher(nlp: Language) -> Matcher:
    """The matcher of the component ``lexicon``, without one the shipped lexicon's."""
    found: Matcher = nlp.get_pipe("lexicon").matcher if nlp.has_pipe("lexicon") else lexicon_matcher()  # type: ignore[attr-defined]
    return found


def make_assertion(nlp: Language, name: str) -> Any:
    """Factory of ``assertion``."""
    return Assertion()


def make_relation_model(nlp: Language, name: str, model: str = "", threads: int = 1) -> Any:
    """Factory of ``relation_model``; ``model`` is the folder of another network than the shipped one."""
    return RelationModel(model=model, threads=threads)


def make_relations(nlp: Language, name: str, high: float = 0.6, low: float = 0.2) -> Any:
    """Factory of ``relations``; from the score ``high`` on a relation is in the high tier, below ``low`` it is
    dropped.
    """
    return Relations(high=high, low=low)


def make_context(nlp: Language, name: str) -> Any:
    """Factory of ``context``; the cancers of cell lines come from the shipped lexicon."""
    try:
        lines = cell_lines()
    except FileNotFoundError:
        lines = {}
    return Context(cell_lines=lines)


def make_table_relations(nlp: Language, name: str, high: float = 0.6) -> Any:
    """Factory of ``table_relations``."""
    return TableRelations(high=high)


#: Component name -> (factory, its default settings). pyproject.toml names the same; a test compares them.
FACTORIES: dict[str, tuple[Any, dict[str, Any]]] = {
    "blocks": (make_blocks, {}),
    "mirna": (make_mirna, {"line_breaks": "auto"}),
    "lexicon": (make_lexicon, {"terms": "", "stop_terms": ""}),
    "boundaries": (make_boundaries, {}),
    "scispacy_abbreviations": (make_scispacy_abbreviations, {}),
    "abbreviations": (make_abbreviations, {}),
    "resolve": (make_resolve, {}),
    "ground": (make_ground, {"least": 0.4, "similarity": 0.82}),
    "assertion": (make_assertion, {}),
    "relation_model": (make_relation_model, {"model": "", "threads": 1}),
    "relations": (make_relations, {"high": 0.6, "low": 0.2}),
    "context": (make_context, {}),
    "table_relations": (make_table_relations, {"high": 0.6}),
}


def register_factories() -> None:
    """Make every component known to spaCy in this process.

    The encoder, its tokeniser and the entities of a package register themselves when they are imported.
    """
    from exomine.nlp.encoder import component, package, tokenizer  # noqa: F401  importing them is what registers

    register_extensions()
    for name, (factory, defaults) in FACTORIES.items():
        if not Language.has_factory(name):
            Language.factory(name, default_config=defaults, func=factory)


# spaCy imports this module when an entry point names it and expects the factories to be registered then.
register_factories()
