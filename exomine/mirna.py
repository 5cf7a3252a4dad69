"""The miRNA grammar under its public name: ``exomine.mirna.parse(text)``."""

from exomine.nlp.mirna import UNSPECIFIC, MirnaMention, parse

__all__ = ["UNSPECIFIC", "MirnaMention", "parse"]
