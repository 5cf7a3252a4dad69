"""Body text and speed of exomine's two backends beside other open readers, on the same papers in one run.

usage: python benchmarks/reading/run.py PAPERS [--write]

PAPERS holds a folder a paper with article.pdf and article.xml (JATS). ``--write`` puts the table into README.md. Times
are CPU seconds of this process and its children, so that other work on the machine counts little. poppler's pdftotext
takes part where it is installed.
"""

from __future__ import annotations

import argparse
import io
import logging
import re
import resource
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from exomine.document.builder import DocumentBuilder
from exomine.document.citations import find_marks
from exomine.document.limits import DEFAULT_LIMITS
from exomine.document.model import Document
from exomine.document.pdf import read_pdf
from exomine.document.read import read_document
from exomine.evaluation.text import BodyScore, pairs, score_body
from pdfminer.high_level import extract_text

README = Path(__file__).with_name("README.md")
MARK = "<!-- results -->"


@dataclass(frozen=True)
class Result:
    """One reader over all papers."""

    name: str
    scores: list[BodyScore]
    seconds: float


def body(backend: str) -> Callable[[bytes], str]:
    return lambda data: read_pdf(data, source="article.pdf", limits=DEFAULT_LIMITS, backend=backend).body


def pdfium_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def poppler_text(data: bytes) -> str:
    return subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode(
        "utf-8", "replace"
    )


READERS: dict[str, Callable[[bytes], str]] = {
    "exomine (pdfminer)": body("pdfminer"),
    "exomine (pdfium)": body("pdfium"),
    "pdfminer.six extract_text": lambda data: extract_text(io.BytesIO(data)),
    "pypdfium2 plain text": pdfium_text,
    "poppler pdftotext": poppler_text,
}


def cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def as_document(text: str) -> Document:
    """A text as a Document of one paragraph, for the scorer; words cut at line ends are joined, bracketed marks left
    out.
    """
    builder = DocumentBuilder()
    builder.add("paragraph", re.sub(r"(?<=\w)[-\xad\x02\ufffe‐]\s*\n\s*(?=\w)", "", text))
    built = builder.finish()
    return Document("0" * 16, "text", "text", built.text, built.blocks, citations=find_marks(built.text))


def measure(papers: Path) -> tuple[list[Result], int]:
    found = [(pdf.read_bytes(), read_document(xml)) for _, pdf, xml in pairs(papers)]
    n_pages = sum(len(pypdfium2.PdfDocument(data)) for data, _ in found)
    body("pdfminer")(found[0][0]), body("pdfium")(found[0][0])  # word lists and fonts are loaded once
    results = []
    for name, reader in READERS.items():
        if name.startswith("poppler") and not shutil.which("pdftotext"):
            continue
        begun = cpu()
        texts = [reader(data) for data, _ in found]
        seconds = cpu() - begun
        scores = [score_body(gold, as_document(text)) for (_, gold), text in zip(found, texts, strict=True)]
        results.append(Result(name, scores, seconds))
    return results, n_pages


def table(results: list[Result], n_pages: int) -> str:
    base = next(r.seconds for r in results if "extract_text" in r.name)
    lines = [
        "| reader | sentences found | recall | precision | pages a second | times extract_text's speed |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for r in results:
        means = [statistics.mean(getattr(s, f) for s in r.scores) for f in ("sentences", "recall", "precision")]
        lines.append(
            f"| {r.name} | "
            + " | ".join(f"{m:.3f}" for m in means)
            + f" | {n_pages / r.seconds:.0f} | {base / r.seconds:.1f} |"
        )
    return "\n".join([*lines, "", f"{len(results[0].scores)} papers, {n_pages} pages."])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", type=Path)
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    text = table(*measure(options.papers))
    sys.stdout.write(text + "\n")
    if options.write:
        head = README.read_text(encoding="utf-8").split(MARK)[0]
        README.write_text(f"{head}{MARK}\n{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
