"""Excel workbook for reading. Every cell is a string or a number: nothing in it is ever taken for a formula or a
link."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from exomine.errors import UsageError
from exomine.export.references import reference_texts
from exomine.tables.dataframes import records
from exomine.tables.store import Tables

__all__ = ["write"]

#: Excel takes no more characters in a cell.
_LONGEST = 32_000
#: Columns of each sheet with their widths.
_STATEMENTS = (
    ("statement", 52), ("assertion", 12), ("n_documents", 11), ("n_primaries", 11), ("n_retracted", 11),
    ("n_citations", 11), ("score", 8),
    ("tier", 7), ("subject_name", 18), ("subject_label", 12), ("subject_curie", 26), ("predicate", 22),
    ("object_name", 18),
    ("object_label", 12), ("object_curie", 20), ("cancer_name", 20), ("cancer_curie", 16), ("triple_id", 20),
)  # fmt: skip
#: A column more of tables that decisions were carried out on.
_DECIDED = (("status", 12),)
_SENTENCES = (
    ("statement", 44), ("sentence", 80), ("file", 24), ("page", 6), ("section", 24), ("references", 80), ("assertion",
    12), ("score", 8),
    ("tier", 7), ("paper", 50), ("triple_id", 20), ("evidence_id", 20),
)  # fmt: skip
_PAPERS = (
    ("source_path", 30), ("title", 80), ("year", 7), ("doi", 28), ("pmid", 12), ("pmcid", 14), ("status", 10),
    ("n_pages", 8),
    ("n_sentences", 11), ("n_relations", 11), ("doc_id", 20),
)  # fmt: skip


def write(tables: Tables, folder: Path) -> dict[str, bytes]:
    """``exomine.xlsx`` with the sheets Statements, Sentences, Papers."""
    try:
        import xlsxwriter
    except ImportError:
        raise UsageError(
            "The workbook needs XlsxWriter, which is not installed: pip install 'exomine[export]' (or: pip "
            "install xlsxwriter)."
        ) from None
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        book.set_properties(
            {"title": "exomine: statements and their sentences", "created": datetime.datetime(2000, 1, 1)}
        )
        look = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        decided = [c for c in _DECIDED if c[0] in tables.triples.columns]
        _sheet(book, look, "Statements", [_STATEMENTS[0], *decided, *_STATEMENTS[1:]], records(tables.triples))
        _sheet(book, look, "Sentences", _SENTENCES, _sentences(tables))
        _sheet(book, look, "Papers", _PAPERS, records(tables.documents))
    return {"exomine.xlsx": data.getvalue()}


def _sheet(
    book: Any, look: dict[str, Any], name: str, columns: Sequence[tuple[str, int]], rows: Iterable[dict[str, Any]]
) -> None:
    """A sheet with a head that stays in sight and can be filtered by."""
    sheet = book.add_worksheet(name)
    for i, (column, width) in enumerate(columns):
        sheet.set_column(i, i, width)
        sheet.write_string(0, i, column, look["head"])
    last = 0
    for last, row in enumerate(rows, start=1):
        for i, (column, _) in enumerate(columns):
            _cell(sheet, last, i, row[column], look["text"])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _cell(sheet: Any, row: int, column: int, value: Any, look: Any) -> None:
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, look)
    elif value is not None:
        sheet.write_string(row, column, str(value)[:_LONGEST], look)


def _sentences(tables: Tables) -> Iterator[dict[str, Any]]:
    """One row a sentence, in the order of the statements, with the whole references that are cited."""
    statements = {r["triple_id"]: (i, r["statement"]) for i, r in enumerate(records(tables.triples))}
    papers = {r["doc_id"]: r for r in records(tables.documents)}
    texts = reference_texts(tables)
    for row in sorted(records(tables.relations), key=lambda r: statements[r["triple_id"]][0]):
        paper = papers[row["doc_id"]]
        labels = [label for label in (row["citations"] or "").split(";") if label]
        cited = "\n".join(f"[{label}] {texts.get((row['doc_id'], label), '')}".rstrip() for label in labels)
        facts = {"file": paper["source_path"], "paper": paper["title"], "references": cited}
        yield {**row, **facts, "statement": statements[row["triple_id"]][1]}
