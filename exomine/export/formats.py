"""The formats, each with its writer; ``exomine export`` and its help derive from :data:`FORMATS`."""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from exomine.curation.curated import load_curated
from exomine.errors import StorageError, UsageError
from exomine.tables.store import load_tables

__all__ = ["FORMATS", "Format", "export"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the module of this room whose ``write(tables, folder)`` gives the files by name, and what it is for."""

    name: str
    module: str
    meaning: str
    of_run: bool = False  # the files of the run as they are, whatever people decided since


FORMATS: tuple[Format, ...] = (
    Format("xlsx", "workbook", "Excel workbook for reading: statements, sentences with page and full reference"),
    Format("kgx", "kgx", "nodes and edges in KGX's TSV, with Biolink categories and predicates"),
    Format("graphml", "graphml", "network for Cytoscape, Gephi, yEd, networkx"),
    Format("cx2", "cx2", "network for Cytoscape and NDEx, with colours"),
    Format("sqlite", "sqlite", "database for Datasette and SQL, with a full-text index of the sentences"),
    Format("bibtex", "bibtex", "the references that are cited for a statement"),
    Format("ris", "ris", "the same for reference managers"),
    Format("bioc", "bioc", "papers, mentions and relations as BioC JSON"),
    Format("pubtator", "pubtator", "papers, mentions and relations as PubTator"),
    Format("rocrate", "crate", "RO-Crate 1.3 of the run: its files, papers and program, as a zip", of_run=True),
)


def export(name: str, *, processed: Path, out: Path, curated: Path | None = None, force: bool = False) -> list[Path]:
    """Write the tables in ``processed`` in one of the :data:`FORMATS` into the folder ``out``; returns the files.

    With ``curated`` the decisions in that folder are carried out, but for a format that tells of the run itself.
    A file that is there is replaced only with ``force``. Raises :class:`UsageError` for an unknown format, a file in
    the way or a library that is not installed, and :class:`StorageError` where the files cannot be written.
    """
    chosen = next((f for f in FORMATS if f.name == name), None)
    if chosen is None:
        raise UsageError(f"No format is called {name!r}; known: {', '.join(f.name for f in FORMATS)}.")
    decided = curated is not None and not chosen.of_run
    tables = load_curated(processed, curated) if curated is not None and decided else load_tables(processed)
    module = importlib.import_module(f"exomine.export.{chosen.module}")
    files: Mapping[str, bytes] = module.write(tables, processed)
    there = [out / file for file in files if os.path.lexists(out / file)]
    if there and not force:
        raise UsageError(f"{there[0]} is there; give another folder with --out, or --force to replace it.")
    try:
        return [_put(out / file, data) for file, data in files.items()]
    except OSError as error:
        raise StorageError(
            f"Cannot write to {out}: {error.strerror or error}; give another folder with --out."
        ) from error


def _put(path: Path, data: bytes) -> Path:
    """Write a file so that it is whole or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path
