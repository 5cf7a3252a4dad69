"""Small papers and a pipeline that finds what it is told to, so that the rooms below the tests' own stay out of
them.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import spacy
from exomine.document.builder import DocumentBuilder
from exomine.document.limits import DEFAULT_LIMITS
from exomine.document.model import Document, Reference
from exomine.document.watch import watched
from exomine.errors import DocumentError
from exomine.nlp.extensions import register_extensions
from exomine.nlp.relation import Relation
from exomine.run.find import Source
from exomine.run.paper import Job, PaperResult, PaperWorker
from spacy.tokens import Doc, Span

#: Surface -> label, CURIE, name.
TERMS = {
    "miR-21": ("MIRNA", "exomine:mir-21", "miR-21"),
    "miR-34a": ("MIRNA", "exomine:mir-34a", "miR-34a"),
    "cisplatin": ("DRUG", "drugbank:DB00515", "cisplatin"),
    "docetaxel": ("DRUG", "drugbank:DB01248", "docetaxel"),
    "gastric cancer": ("CANCER", "doid:10534", "gastric cancer"),
    "nowhere drug": ("DRUG", "", ""),
}


def document(*paragraphs: str, doc_id: str = "0" * 16, **facts: object) -> Document:
    """A Document with a title, a heading and the paragraphs."""
    builder = DocumentBuilder()
    builder.add("title", "A plainly fictitious review")
    builder.add("heading", "Results", level=1)
    for text in paragraphs:
        builder.add("paragraph", text)
    built = builder.finish()
    return Document(
        doc_id, "a.txt", "text", built.text, built.blocks, sections=built.sections, tables=built.tables, **facts
    )  # type: ignore[arg-type]


@cache
def _english() -> spacy.Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer", config={"punct_chars": [".", "\n"]})
    return nlp


def annotate(paper: Document) -> Doc:
    """Mentions of :data:`TERMS`; "A confers B resistance" is a relation, "may" makes it speculative, "[3]" is cited."""
    register_extensions()
    doc = _english()(paper.text)
    doc._.document = paper
    found = {}
    for term, (label, curie, name) in TERMS.items():
        for match in re.finditer(re.escape(term), paper.text):
            span = doc.char_span(*match.span(), label=label, kb_id=curie, alignment_mode="expand")
            span._.name, span._.method, span._.score = name, "lexicon", 0.9
            found[match.start()] = span
    doc.spans["mentions"] = [found[k] for k in sorted(found)]
    doc._.relations = tuple(r for sent in doc.sents if (r := _relation(doc, sent)) is not None)
    return doc


def _relation(doc: Doc, sent: Span) -> Relation | None:
    inside = [s for s in doc.spans["mentions"] if sent.start <= s.start < sent.end]
    subject = next((s for s in inside if s.label_ == "MIRNA"), None)
    drug = next((s for s in inside if s.label_ == "DRUG"), None)
    cancer = next((s for s in inside if s.label_ == "CANCER"), None)
    if subject is None or drug is None or "resistance" not in sent.text:
        return None
    return Relation(
        subject, "confers_resistance_to", drug, sent, score=0.8, tier="high", method="test",
        assertion="speculative" if " may " in sent.text else "asserted", cancer=cancer,
        cancer_name=cancer._.name if cancer is not None else "",
        cancer_curie=cancer.kb_id_ if cancer is not None else "",
        cancer_source="sentence" if cancer is not None else "", citations=tuple(re.findall(r"\[(\d+)\]", sent.text)),
    )  # fmt: skip


def read(path: Path) -> Document:
    """A text file: a line a paragraph; ``doi:`` and ``ref:`` lines are facts, ``fail:`` a reason, ``die:`` a signal,
    ``exit:`` a status with which the process ends, ``eat:`` the limit in MB that it goes beyond, ``wait:`` seconds.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    told = dict(line.split(":", 1) for line in lines if re.match(r"(doi|fail|die|exit|eat|wait):", line))
    if "fail" in told:
        raise DocumentError(told["fail"])
    if "die" in told:
        os.kill(os.getpid(), getattr(signal, told["die"]))
    if "exit" in told:
        os._exit(int(told["exit"]))
    if "eat" in told:
        _eat(float(told["eat"]))
    if "wait" in told:
        time.sleep(float(told["wait"]))
    references = tuple(
        Reference(str(i), line[4:], doi=line[4:])
        for i, line in enumerate((x for x in lines if x.startswith("ref:")), start=1)
    )
    text = [line for line in lines if line.strip() and not re.match(r"(doi|ref|wait):", line)]
    return document(*text, doi=told.get("doi", ""), references=references)


def _eat(limit: float) -> None:
    """Take memory until the watchdog of the readers sees it."""
    taken = []
    with watched(replace(DEFAULT_LIMITS, memory_mb=int(limit))):
        while True:
            taken.append(os.urandom(100_000))


class Loading(PaperWorker):
    """Tells that it loads, as the house's own pipeline does with its first paper."""

    loaded = False

    def _doc(self, document: Document, data: bytes) -> Doc:
        if not self.loaded:
            with self._loading():
                self._load(document)
            self.loaded = True
        if "dies after all" in document.text:
            os._exit(3)
        return super()._doc(document, data)

    def _load(self, document: Document) -> None:
        """Killed the first time that any process loads with a paper that says so."""
        if "first load" in document.text and self._store is not None:
            with contextlib.suppress(FileExistsError):
                (self._store.folder.parent / "died once").touch(exist_ok=False)
                os._exit(3)


def make_loading(job: Mapping[str, Any]) -> Loading:
    """A worker that loads something before it annotates its first paper."""
    return Loading(Job.from_dict(job), read=read, annotate=annotate)


def make_worker(job: Mapping[str, Any] | None) -> PaperWorker:
    """A worker over :func:`read` and :func:`annotate`."""
    return PaperWorker(Job.from_dict(job) if job else None, read=read, annotate=annotate)


def make_unusable(job: object) -> PaperWorker:
    """A worker that cannot be made."""
    from exomine.errors import ResourceError

    raise ResourceError("the model is not there")


def make_dead(job: object) -> PaperWorker:
    """A worker whose process ends at once."""
    os._exit(3)


WORKER = "helpers.papers:make_worker"


def result(path: Path, source_path: str = "a.txt", doc_id: str = "1" * 16) -> PaperResult:
    """What the worker makes of a file."""
    return make_worker(None)(Source(path, source_path, doc_id))
