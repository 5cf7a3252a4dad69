"""exomine: from reviews on exosomes, microRNAs and drug resistance to tidy tables of statements.

::

    nlp = exomine.load()                              # spacy.Language
    paper = exomine.read_document("a.pdf")            # Document
    tables = exomine.extract(["a.pdf"], out="out")    # Tables, written to out/
    tables = exomine.load_tables("data/processed")    # Tables, pandas DataFrames
    tables = exomine.load_curated("data/processed", "data/curated")                   # as people decided
    exomine.query(tables, agent="miR-21", drug="cisplatin", predicate="resistance")   # DataFrame
    exomine.resistance(tables, "cisplatin")           # which miRNAs, where, by how many; also effects, contradictions
    exomine.mirna.parse("miR-200a/b")                 # miRNA names

Importing the package is light: spaCy and pandas load when a function that needs them is first called.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exomine import mirna
    from exomine.curation.curated import load_curated
    from exomine.document.read import read_document
    from exomine.nlp.load import load
    from exomine.questions.answers import contradictions, effects, resistance
    from exomine.questions.query import query
    from exomine.run.extract import extract
    from exomine.tables.store import Tables, load_tables

__version__ = "0.1.0"
__all__ = [
    "Tables",
    "__version__",
    "contradictions",
    "effects",
    "extract",
    "load",
    "load_curated",
    "load_tables",
    "mirna",
    "query",
    "read_document",
    "resistance",
]

#: Where each public name lives; a name that is empty is the module itself.
_HOMES = {
    "Tables": ("exomine.tables.store", "Tables"),
    "contradictions": ("exomine.questions.answers", "contradictions"),
    "effects": ("exomine.questions.answers", "effects"),
    "extract": ("exomine.run.extract", "extract"),
    "load": ("exomine.nlp.load", "load"),
    "load_curated": ("exomine.curation.curated", "load_curated"),
    "load_tables": ("exomine.tables.store", "load_tables"),
    "mirna": ("exomine.mirna", ""),
    "query": ("exomine.questions.query", "query"),
    "read_document": ("exomine.document.read", "read_document"),
    "resistance": ("exomine.questions.answers", "resistance"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'exomine' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    value = importlib.import_module(module)
    if attribute:
        value = getattr(value, attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
