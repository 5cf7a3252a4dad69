"""Options of the commands that show tables, and the tables that they mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exomine.tables.store import Tables

__all__ = ["AS_EXTRACTED", "DECISIONS_FOLDER", "tables_of"]

AS_EXTRACTED = "Leave people's decisions aside."
DECISIONS_FOLDER = "Folder with decisions.csv, which are carried out"


def tables_of(processed: Path, curated: Path | None) -> Tables:
    """The tables as the decisions in ``curated`` leave them; as extracted where no folder is given."""
    from exomine.curation.curated import load_curated
    from exomine.tables.store import load_tables

    return load_tables(processed) if curated is None else load_curated(processed, curated)
