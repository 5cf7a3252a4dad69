"""The shipped spaCy folder: tokenizer, encoder and lemmatiser, with its meta data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.lookups import Lookups

import exomine.nlp.encoder.component  # noqa: F401 (the factory, where exomine is not installed)
from exomine.nlp.encoder.network import EncoderModel
from exomine.nlp.encoder.tokenizer import blank
from exomine.training.lemmas import Tables

__all__ = ["assemble"]


def assemble(files: Path, lemma_tables: Tables, meta: dict[str, Any], out: Path) -> Language:
    """Put a pipeline together from exported files and write it to ``out``."""
    nlp = blank()
    encoder: Any = nlp.add_pipe("exomine_encoder", name="encoder")
    encoder.network = EncoderModel.from_folder(files)
    lemmatizer: Any = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lookups = Lookups()
    for name, table in lemma_tables.items():
        lookups.add_table(name, table)
    lemmatizer.initialize(lookups=lookups)
    nlp.meta.update(meta)
    nlp.to_disk(out)
    return nlp
