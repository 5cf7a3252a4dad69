"""RO-Crate 1.3 of a run: its files with their hashes, the papers that were read, the program that made them, as a
zip."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from exomine import __version__
from exomine.tables.dataframes import records
from exomine.tables.owned import own_files
from exomine.tables.schema import TABLES
from exomine.tables.store import Tables, read_run

__all__ = ["write"]

_METADATA = "ro-crate-metadata.json"
_SPECIFICATION = "https://w3id.org/ro/crate/1.3"
_PROGRAM, _RUN, _LICENCE = "#exomine", "#run", "https://www.apache.org/licenses/LICENSE-2.0"
_MEANINGS = {f"{t.name}.{kind}": t.meaning for t in TABLES for kind in ("csv", "parquet")}
_KINDS = {"csv": "text/csv", "json": "application/json", "parquet": "application/vnd.apache.parquet"}
#: The zip's times: the same run gives the same bytes.
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write(tables: Tables, folder: Path) -> dict[str, bytes]:
    """``exomine.crate.zip``: the files of the run and ``ro-crate-metadata.json`` at its root."""
    files = {name: (folder / name).read_bytes() for name in sorted(own_files(folder)) if (folder / name).is_file()}
    metadata = _metadata(tables, read_run(folder), {name: len(data) for name, data in files.items()}, own_files(folder))
    content = {_METADATA: (json.dumps(metadata, ensure_ascii=False, indent=1) + "\n").encode("utf-8"), **files}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), data, zipfile.ZIP_DEFLATED)
    return {"exomine.crate.zip": packed.getvalue()}


def _metadata(tables: Tables, run: dict[str, Any], sizes: dict[str, int], hashes: dict[str, str]) -> dict[str, Any]:
    papers = [_paper(r) for r in records(tables.documents)]
    files = [_file(name, size, hashes[name]) for name, size in sizes.items()]
    parts = [{"@id": f["@id"]} for f in files]
    graph = [
        {"@id": _METADATA, "@type": "CreativeWork", "conformsTo": {"@id": _SPECIFICATION}, "about": {"@id": "./"}},
        _root(run, parts, papers), *files, *papers, _action(run, parts, papers), *_program(),
    ]  # fmt: skip
    return {"@context": f"{_SPECIFICATION}/context", "@graph": graph}


def _root(run: dict[str, Any], parts: list[dict[str, str]], papers: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "@id": "./", "@type": "Dataset", "name": "Statements extracted from papers with exomine",
        "description": f"Tables of sentences, mentions and statements of {len(papers)} papers, with the papers as "
                       f"read.",
        "datePublished": str(run.get("started", ""))[:10] or "1970-01-01", "license": {"@id": _LICENCE},
        "hasPart": parts,
        "mentions": {"@id": _RUN}, "isBasedOn": _one_or_all([{"@id": p["@id"]} for p in papers]),
    }  # fmt: skip


def _one_or_all(entities: list[dict[str, str]]) -> list[dict[str, str]] | dict[str, str]:
    """The specification wants a single value as such, not as a list of one."""
    return entities[0] if len(entities) == 1 else entities


def _file(name: str, size: int, digest: str) -> dict[str, Any]:
    about = _MEANINGS.get(name, "a paper as read" if name.startswith("papers/") else "about the run and its tables")
    return {
        "@id": name, "@type": "File", "name": name, "description": about, "contentSize": str(size), "sha256": digest,
        "encodingFormat": _KINDS[name.rpartition(".")[2]],
    }  # fmt: skip


def _paper(row: dict[str, Any]) -> dict[str, Any]:
    identifier = f"https://doi.org/{row['doi']}" if row["doi"] else f"#paper-{row['doc_id']}"
    facts = {"name": row["title"] or row["source_path"], "identifier": row["paper_id"]}
    dated = {"datePublished": str(row["year"])} if row["year"] else {}
    return {"@id": identifier, "@type": "ScholarlyArticle", **facts, **dated}


def _action(run: dict[str, Any], parts: list[dict[str, str]], papers: list[dict[str, Any]]) -> dict[str, Any]:
    told = {"startTime": run["started"]} if run.get("started") else {}
    return {
        "@id": _RUN, "@type": "CreateAction", "name": "exomine extract", "instrument": {"@id": _PROGRAM},
        "object": _one_or_all([{"@id": p["@id"]} for p in papers]), "result": parts, **told,
    }  # fmt: skip


def _program() -> list[dict[str, Any]]:
    return [
        {
            "@id": _PROGRAM, "@type": "SoftwareApplication", "name": "exomine", "version": __version__,
            "softwareVersion": __version__,
            "license": {"@id": _LICENCE},
        },
        {"@id": _LICENCE, "@type": "CreativeWork", "name": "Apache License 2.0", "identifier": "Apache-2.0"},
    ]  # fmt: skip
