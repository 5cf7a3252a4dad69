"""Many papers: does memory stay flat, does a second run cost nothing, does one paper more cost one?

    python benchmarks/whole/many.py PAPERS [--sizes 50 500 2000] [--workers 1] [--out figures.json]

``PAPERS`` is a folder of JATS XML files (anything else is passed by). Each document of a run is one of them under new
bytes, and with a DOI and text of its own, so that no two are one work: a comment is added to the file, its number to
the DOI and to each title. What is said of the sentences of a paper is asked of the models once a process and kept in
it, since two thousand papers cost hours there and not a byte of the command's memory; all else - finding, reading,
rows, cache, tables - is what ``exomine extract`` does. Printed are, for each size, the peak memory of the command and
of its worker, the seconds of the first run, of a second one, and what a run with one paper more has done anew.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exomine.config import RunSettings
from exomine.document.model import Document
from exomine.document.read import read_document
from exomine.run.extract import extract_papers
from exomine.run.paper import Job, PaperWorker

if TYPE_CHECKING:
    from spacy.tokens import Doc

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WORKER = "many:make_worker"


class Known:
    """Annotates each text once; the Doc of a copy is that of the first, with its own Document."""

    def __init__(self) -> None:
        from exomine.nlp.load import load  # not in the command's process, whose memory is asked for

        self._nlp = load()
        self._docs: dict[str, Doc] = {}

    def __call__(self, document: Document) -> Doc:
        from exomine.nlp.annotate import annotate

        doc = self._docs.get(document.text)
        if doc is None:
            doc = self._docs[document.text] = annotate(self._nlp, document)
        doc._.document = document
        return doc


def read(path: Path) -> Document:
    document = read_document(path)
    number = path.stem.rpartition("-")[2]
    return dataclasses.replace(
        document, doi=f"10.1234/{path.stem}", title=f"{document.title} {number}", pmid="", pmcid=""
    )


def make_worker(job: Mapping[str, Any]) -> PaperWorker:
    """For the command's worker processes."""
    return PaperWorker(Job.from_dict(job), read=read, annotate=Known())


def copies(papers: list[Path], first: int, last: int, folder: Path) -> None:
    """Documents ``first`` to ``last`` - 1 into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(first, last):
        paper = papers[n % len(papers)]
        name = f"{paper.parent.name}-{paper.stem}-{n}.xml"
        (folder / name).write_bytes(paper.read_bytes().rstrip() + f"\n<!-- {n} -->\n".encode())


def one(folder: Path, out: Path, workers: int) -> dict[str, Any]:
    """One run, as the command does it."""
    began = time.perf_counter()
    outcome = extract_papers(folder, out=out, settings=RunSettings(), workers=workers, worker=WORKER)
    mb = {w: round(resource.getrusage(who).ru_maxrss / 1024) for w, who in _WHO.items()}
    counts = {k: outcome.run["counts"][k] for k in ("documents", "relations", "triples", "failed", "reused")}
    return {"wall": round(time.perf_counter() - began, 2), "mb": mb, **counts}


_WHO = {"command": resource.RUSAGE_SELF, "worker": resource.RUSAGE_CHILDREN}


def run(folder: Path, out: Path, workers: int) -> dict[str, Any]:
    """A run in a process of its own, so that its memory is its own."""
    paths = [str(HERE), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    command = [sys.executable, str(HERE / "many.py"), str(folder), "--one", str(out), "--workers", str(workers)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OMP_NUM_THREADS": "1"}
    began = time.perf_counter()
    told = subprocess.run(command, check=True, capture_output=True, env=environment).stdout
    return {**json.loads(told), "with start": round(time.perf_counter() - began, 2)}


def measure(papers: list[Path], size: int, workers: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder, "raw"), Path(folder, "out")
        copies(papers, 0, size, raw)
        first, second = run(raw, out, workers), run(raw, out, workers)
        copies(papers, size, size + 1, raw)
        return {"papers": size, "first": first, "second": second, "one more": run(raw, out, workers)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 500, 2000])
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--out", type=Path, help="file for the figures")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(one(asked.papers, asked.one, asked.workers)))
        return
    papers = sorted(asked.papers.rglob("*.xml"))
    found = []
    for size in asked.sizes:
        found.append(measure(papers, size, asked.workers))
        print(json.dumps(found[-1]), flush=True)
        if asked.out:
            asked.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
