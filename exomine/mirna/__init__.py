"""miRNA names in running text: ``parse`` finds, normalises and expands them.

Pure text, usable alone (docs/mirna.md).
"""

from exomine.mirna.grammar import UNSPECIFIC, MirnaMention, parse

__all__ = ["UNSPECIFIC", "MirnaMention", "parse"]
