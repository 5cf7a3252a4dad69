"""Papers, mentions and relations as PubTator: the title as ``|t|``, all other text as ``|a|`` in one line.

Offsets count the title, one sign between the two, and the text, as PubTator's do. Mentions are of our labels;
relations join the identifiers of a subject and an object, as PubTator's do, so that those of names without an
identifier are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exomine.document.model import Document
from exomine.export.papers import Paper, papers
from exomine.tables.store import Tables

__all__ = ["write"]


def write(tables: Tables, folder: Path) -> dict[str, bytes]:
    """``exomine.pubtator``."""
    text = "\n".join("".join(f"{line}\n" for line in _lines(p)) for p in papers(tables, folder))
    return {"exomine.pubtator": text.encode("utf-8")}


def _lines(paper: Paper) -> Iterator[str]:
    row, document, mentions, relations = paper
    key = row["pmid"] or row["doc_id"]
    split = _title_end(document)
    title, rest = document.text[:split], document.text[split:].removeprefix("\n")
    shift = 1 if not split else 0  # a paper without a title has an empty one, and the sign after it
    yield f"{key}|t|{title}"
    yield f"{key}|a|{_one_line(rest)}"
    for m in mentions:
        cells = (key, m["start"] + shift, m["end"] + shift, _one_line(m["text"]), m["label"], m["curie"] or "-")
        yield "\t".join(map(str, cells))
    yield from sorted({_relation(key, r) for r in relations if r["subject_curie"] and r["object_curie"]})


def _title_end(document: Document) -> int:
    """Where the title ends that begins the text; 0 where the text begins otherwise."""
    first = document.blocks[0] if document.blocks else None
    return first.end if first and first.kind == "title" and first.start == 0 else 0


def _one_line(text: str) -> str:
    """The text with a space for each sign that would end a line or a cell; as long as before."""
    return "".join(" " if c in _BREAKS else c for c in text)


#: What ``str.splitlines`` breaks at, and the tab.
_BREAKS = frozenset("\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


def _relation(key: str, row: dict[str, Any]) -> str:
    name = row["predicate"] if row["assertion"] == "asserted" else f"{row['predicate']} ({row['assertion']})"
    return "\t".join((key, name, row["subject_curie"], row["object_curie"]))
