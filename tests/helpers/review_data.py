"""A few statements to curate: a paper as PDF, whose pages can be shown, and one as text that is full of tricks."""

from __future__ import annotations

import hashlib
from pathlib import Path

from exomine.document.read import read_document
from exomine.run.find import Source
from exomine.run.paper import PaperWorker
from exomine.tables.collate import collate
from exomine.tables.schema import TABLE_NAMES
from exomine.tables.store import make_tables, write_tables
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from helpers import papers

SENTENCES = (
    "In gastric cancer miR-21 confers cisplatin resistance [1].",
    "In gastric cancer miR-21 confers docetaxel resistance [2].",
    "Another group found that miR-34a may confer cisplatin resistance in cells that were never treated before.",
    "In the end miR-34a confers docetaxel resistance, as both groups have seen in one line of cells [1,2].",
)
REFERENCES = (
    "1. Adler B, Crane C. Small parcels between cells. J Imag Biol. 2011;4:12-19.",
    "2. Dove D, Egret E. What a membrane protects. Imag Cell. 2013;7:101-110.",
)
#: Markup, a script, a formula, a right-to-left mark.
HOSTILE = (
    "=1+2 <script>document.title='gone'</script> <img src=x onerror=\"document.title='gone'\"> &amp; "
    "\u202egnihton miR-21 confers cisplatin "
    "resistance."
)
_FILLER = (
    "Vesicles leave the cell by the thousand and carry short molecules to their neighbours, wrapped in a "
    "membrane of their own. "
)


def _pdf(path: Path) -> None:
    style = getSampleStyleSheet()
    body = [Paragraph("A plainly fictitious review", style["Title"]), Paragraph("1. Results", style["Heading2"])]
    body += [Paragraph(_FILLER * 2 + sentence + " " + _FILLER, style["BodyText"]) for sentence in SENTENCES]
    body += [Paragraph("References", style["Heading2"]), *(Paragraph(r, style["BodyText"]) for r in REFERENCES)]
    SimpleDocTemplate(str(path), invariant=True).build(body)


def make(root: Path) -> tuple[Path, Path]:
    """Write papers and their tables below ``root``; gives the folder of tables and that of papers."""
    raw, processed = root / "raw", root / "processed"
    raw.mkdir(parents=True)
    _pdf(raw / "review.pdf")
    (raw / "tricks.txt").write_text(f"{HOSTILE}\ndoi:10.1000/tricks\n", encoding="utf-8")
    readers = {".pdf": read_document, ".txt": papers.read}
    results = []
    for path in sorted(raw.iterdir()):
        worker = PaperWorker(None, read=readers[path.suffix], annotate=papers.annotate)  # type: ignore[arg-type]
        doc_id = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        results.append(worker(Source(path, path.name, doc_id)))
    rows = {n: [row for r in results for row in getattr(r.rows, n)] for n in TABLE_NAMES if n != "triples"}
    rows["triples"] = collate(rows["documents"], rows["relations"], rows["references"])
    write_tables(processed, make_tables(rows), papers={r.doc_id: r.document for r in results}, run={})
    return processed, raw
