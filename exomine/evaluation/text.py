"""How well a paper was read: body text, tables, references and citation marks of a PDF against the JATS of the same
paper.

Every score runs over the gold side first, so that what was not found counts; shares are between 0 and 1, and empty
(None) where there was nothing to find, so that a mean over papers is not raised by papers without tables, references or
marks.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from exomine.document.limits import DEFAULT_LIMITS, Limits
from exomine.document.model import Document, Reference, Table
from exomine.document.read import read_document
from exomine.errors import DocumentError, UsageError
from exomine.evaluation.gold import Track, silent
from exomine.evaluation.table_questions import cell_key, question_share

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "BodyScore",
    "body_words",
    "citation_share",
    "evaluate_reading",
    "match_tables",
    "nothing_read",
    "pairs",
    "reference_share",
    "score_body",
    "sentences",
    "table_f1",
]

_HYPHENS = "\\-\u00ad\u2010\u2011\u2012\u2013\u2014\u2212"
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|et al|Figs?|Refs?|Eqs?|vs|al|Dr|No|spp?|cf|ca|approx|resp|[A-Z])\.$")


@dataclass(frozen=True, slots=True)
class BodyScore:
    """Shares of words in order (longest common subsequence) and of gold sentences found word for word."""

    recall: float
    precision: float
    sentences: float


def body_words(text: str) -> list[str]:
    """Words without case, hyphens and apostrophes."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(rf"(?<=\w)[{_HYPHENS}]+(?=\w)", "", text)
    return re.findall(r"[^\W_]+", re.sub(r"['’‘`´]", "", text))


def sentences(text: str) -> list[str]:
    """A plain split at ends of sentences before a capital or number; abbreviations end none."""
    out: list[str] = []
    buffer = ""
    for piece in re.split(r"(?<=[.!?])[\"”’)\]]?\s+(?=[A-Z0-9“\"(\[])", " ".join(text.split())):
        buffer = f"{buffer} {piece}".strip()
        if not _ABBREVIATION.search(buffer):
            out.append(buffer)
            buffer = ""
    return [*out, buffer] if buffer else out


def paragraphs(document: Document) -> list[str]:
    """Paragraphs and list items, numeric citation marks taken out (names and years are words of the sentence)."""
    marks = sorted(document.citations, key=lambda m: m.start)
    out = []
    for block in document.blocks:
        if block.kind not in ("paragraph", "list_item"):
            continue
        parts, at = [], block.start
        for mark in marks:
            inside = block.start <= mark.start and mark.end <= block.end
            if inside and not re.search(r"[^\W\d_]{2}|\d{4}", document.text[mark.start : mark.end]):
                parts.append(document.text[at : mark.start])
                at = mark.end
        out.append(" ".join([*parts, document.text[at : block.end]]))
    return out


def score_body(gold: Document, read: Document, *, least_words: int = 6) -> BodyScore:
    """Body words in order, and the share of gold sentences of ``least_words`` or more that stand in the text as
    read.
    """
    wanted, found = paragraphs(gold), paragraphs(read)
    g, r = body_words("\n".join(wanted)), body_words("\n".join(found))
    common = LCSseq.similarity(g, r) if g and r else 0
    hay = f" {' '.join(r)} "
    needles = [w for p in wanted for s in sentences(p) if len(w := body_words(s)) >= least_words]
    hits = sum(f" {' '.join(w)} " in hay for w in needles)
    precision = _share(common, len(r)) if r or not g else 0.0  # nothing read of something: not right
    return BodyScore(_share(common, len(g)), precision, _share(hits, len(needles)))


def _share(part: float, whole: float) -> float:
    """``part / whole``; 1.0 of nothing, since nothing was to be found."""
    return part / whole if whole else 1.0


# --- tables ----------------------------------------------------------------------------------------------------------


def table_cells(table: Table) -> Counter[str]:
    """Non-empty cells, a spanned one once."""
    return Counter(x for c in table.cells if (x := cell_key(c.text)))


def table_f1(gold: Table, read: Table | None) -> float:
    """F1 over the multiset of cell texts; a table that was not found has 0."""
    g = table_cells(gold)
    r = table_cells(read) if read else Counter[str]()
    common = (g & r).total()
    return 2 * common / (g.total() + r.total()) if g or r else 1.0


def match_tables(gold: Sequence[Table], read: Sequence[Table]) -> list[tuple[Table, Table | None]]:
    """Each gold table with the read one of its number, else the most alike of those that are left.

    Several read parts of one number (a table over two pages) are taken together.
    """
    by_number: dict[str, list[Table]] = {}
    for table in read:
        by_number.setdefault(_number(table), []).append(table)
    out: list[tuple[Table, Table | None]] = []
    left = [t for t in read if not _number(t) or _number(t) not in {_number(g) for g in gold}]
    for table in gold:
        parts = by_number.get(_number(table), []) if _number(table) else []
        if parts:
            out.append((table, _merged(parts)))
            continue
        best = max(left, key=lambda t: table_f1(table, t), default=None)
        if best is not None and table_f1(table, best) > 0.2:
            left.remove(best)
            out.append((table, best))
        else:
            out.append((table, None))
    return out


def _number(table: Table) -> str:
    m = re.search(r"([a-z]?\d+|[ivx]+)\W*$", table.label.casefold())
    return m[1] if m else ""


def _merged(parts: Sequence[Table]) -> Table:
    """The parts as one table; a header that a later page repeats counts once, as in the source."""
    first = parts[0]
    head = {(c.column, cell_key(c.text)) for c in first.cells if c.row == 0}
    later = (c for t in parts[1:] for c in t.cells if c.row > 0 or (c.column, cell_key(c.text)) not in head)
    cells = (*first.cells, *later)
    return Table(first.table_id, first.label, first.caption, cells, first.page)


def held_as_text(table: Table, read: Document, *, share: float = 0.5) -> bool:
    """Whether the read paper holds the words of the table anywhere; a table that is a picture in the PDF cannot be
    read.
    """
    words = {w for c in table.cells for w in body_words(c.text)}
    if not words:
        return False
    all_words = set(body_words(read.text)) | {w for a in read.apart for w in body_words(a.text)}
    return len(words & all_words) >= share * len(words)


# --- references and marks --------------------------------------------------------------------------------------------


def _same_reference(gold: Reference, read: Reference) -> bool:
    if gold.doi and gold.doi == read.doi:
        return True
    wanted = "".join(body_words(gold.title))
    if not wanted and gold.authors:
        return gold.authors[0] in read.text and str(gold.year or "") in read.text
    wanted = wanted or "".join(body_words(gold.text))
    return bool(wanted) and fuzz.partial_ratio(wanted, "".join(body_words(read.text))) >= 85


def reference_share(gold: Document, read: Document) -> float | None:
    """Share of gold references that were found under the right label; None without gold references."""
    by_label = {r.label: r for r in read.references}
    hits = sum(r.label in by_label and _same_reference(r, by_label[r.label]) for r in gold.references)
    return hits / len(gold.references) if gold.references else None


def citation_share(gold: Document, read: Document) -> tuple[float | None, float | None]:
    """Recall and precision of cited labels in paragraphs and list items, each label as often as it is cited.

    Recall is None where nothing is cited; precision too where nothing was found either, 0 where all is missed.
    """
    g, r = _cited(gold), _cited(read)
    common = (g & r).total()
    recall = common / g.total() if g else None
    if r:
        return recall, common / r.total()
    return recall, None if recall is None else 0.0


def _cited(document: Document) -> Counter[str]:
    counts: Counter[str] = Counter()
    for mark in document.citations:
        block = document.block_at(mark.start)
        if block is not None and block.kind in ("paragraph", "list_item"):
            counts.update(mark.labels)
    return counts


# --- papers ----------------------------------------------------------------------------------------------------------


def pairs(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """``(name, PDF, XML)`` of the papers in a folder that come as both: files of one stem side by side."""
    for pdf in sorted(folder.rglob("*.pdf")):
        for suffix in (".xml", ".nxml"):
            xml = pdf.with_suffix(suffix)
            if xml.exists():
                inner = pdf.relative_to(folder)
                yield (inner.parent.as_posix() if len(inner.parts) > 1 else inner.stem), pdf, xml
                break


def evaluate_reading(
    folder: Path, *, pdf_backend: str = "pdfminer", limits: Limits = DEFAULT_LIMITS, track: Track = silent
) -> pd.DataFrame:
    """One row a paper that lies in ``folder`` as PDF and JATS; a PDF that cannot be read scores 0 and names its reason.

    Columns: paper, sentences, recall, precision, tables (their mean cell F1; empty where the PDF holds none as text),
    table_questions (the share of cells that the same headers lead to), n_tables,
    tables_left_out (of the XML, whose words the PDF as read does not hold: pictures, or lost by the reader),
    references, citations, citations_precision, pages, seconds, reason.
    """
    import pandas as pd

    rows = [_row(name, pdf, xml, pdf_backend, limits) for name, pdf, xml in track(list(pairs(folder)), "papers")]
    columns = (
        "paper sentences recall precision tables table_questions n_tables tables_left_out references citations "
        "citations_precision pages seconds "
        "reason"
    )
    return pd.DataFrame(rows, columns=columns.split())


def nothing_read(gold: Document) -> dict[str, float | None]:
    """The scores of a paper that could not be read: 0 for everything that it has."""
    zero: dict[str, float | None] = dict.fromkeys(("sentences", "recall", "precision"), 0.0)
    zero["tables"] = zero["table_questions"] = 0.0 if gold.tables else None
    zero["references"] = 0.0 if gold.references else None
    cited = 0.0 if _cited(gold) else None
    return {**zero, "citations": cited, "citations_precision": cited}


def _row(name: str, pdf: Path, xml: Path, backend: str, limits: Limits) -> dict[str, object]:
    try:
        gold = read_document(xml, limits=limits)
    except DocumentError as error:
        raise UsageError(f"{xml} is no gold paper in JATS XML: {error}") from error
    begin = time.perf_counter()
    try:
        read = read_document(pdf, limits=limits, pdf_backend=backend)
    except DocumentError as error:
        return {"paper": name, **nothing_read(gold), "n_tables": len(gold.tables), "reason": error.reason}
    seconds = time.perf_counter() - begin
    body = score_body(gold, read)
    matched = [(g, r) for g, r in match_tables(gold.tables, read.tables) if held_as_text(g, read)]
    f1 = [table_f1(g, r) for g, r in matched]
    answered = [share for g, r in matched if (share := question_share(g, r)) is not None]
    recall, precision = citation_share(gold, read)
    return {
        "paper": name,
        "sentences": body.sentences,
        "recall": body.recall,
        "precision": body.precision,
        "tables": sum(f1) / len(f1) if f1 else None,
        "table_questions": sum(answered) / len(answered) if answered else None,
        "n_tables": len(f1),
        "tables_left_out": len(gold.tables) - len(f1),
        "references": reference_share(gold, read),
        "citations": recall,
        "citations_precision": precision,
        "pages": len(read.pages),
        "seconds": round(seconds, 3),
        "reason": "",
    }
