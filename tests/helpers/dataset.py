"""A small dataset with everything that belongs to one: raw papers, extracted tables, curated files."""

from __future__ import annotations

import csv
import io
import shutil
from unittest import mock

from exomine.config import RunSettings
from exomine.curation.refresh import refresh
from exomine.run.engines import serial
from exomine.run.extract import extract_papers
from exomine.tables.collate import rehash
from exomine.tables.commit import WORK

from helpers import papers

ONE = "In gastric cancer miR-21 confers cisplatin resistance [1].\nref:10.1/x\ndoi:10.1000/one\n"
TWO = "miR-34a confers docetaxel resistance.\ndoi:10.1000/two\n"


def in_this_process(sources, *, count, **options):
    """Papers one after the other: what starts processes is tested elsewhere."""
    return serial(sources, **options)


class Dataset:
    """A folder with raw papers, extracted tables and curated files."""

    def __init__(self, root):
        self.raw, self.processed, self.curated = root / "raw", root / "processed", root / "curated"
        self.raw.mkdir()
        self.changed = False
        self.put("one", ONE)
        self.put("two", TWO)

    def put(self, name, text):
        (self.raw / f"{name}.txt").write_text(text)

    def take(self, name):
        (self.raw / f"{name}.txt").unlink()

    def extract(self):
        self.forget_changes()
        with mock.patch("exomine.run.extract.processes", in_this_process):
            extract_papers([self.raw], out=self.processed, settings=RunSettings(), worker=papers.WORKER)

    def forget_changes(self):
        """Tables that were changed here to look like those of another release would be in the way."""
        if self.changed:
            for path in self.processed.iterdir():
                if path.name == "papers":
                    shutil.rmtree(path)
                elif path.name != WORK:
                    path.unlink()
        self.changed = False

    def refresh(self):
        return refresh(processed=self.processed, curated=self.curated)

    def decide(self, *rows):
        self.curated.mkdir(exist_ok=True)
        path = self.curated / "decisions.csv"
        if not path.exists():
            path.write_text(
                "triple_id,decision,subject_curie,predicate,object_curie,cancer_curie,assertion,evidence_id\n"
            )
        with path.open("a") as handle:
            for row in rows:
                handle.write(",".join([*row, *[""] * (8 - len(row))]) + "\n")

    def rows(self, name, folder=None):
        with ((folder or self.curated) / f"{name}.csv").open(newline="") as handle:
            return list(csv.DictReader(handle))

    def triple(self, word, folder=None):
        return next(r for r in self.rows("triples", folder) if word in r["statement"])

    def changes(self, kind):
        return [r for r in self.rows("changes") if r["change"] == kind]

    def change_identifier(self, old, new):
        """The tables as they would be had the lexicon another identifier."""
        self.changed = True
        relations = (self.processed / "relations.csv").read_text().replace(old, new)
        ids = {}
        for row in csv.DictReader(io.StringIO(relations)):
            row = {**row, "cancer_curie": row["cancer_curie"] or "", "cancer_name": row["cancer_name"] or ""}
            if new in row.values():
                ids[row["triple_id"]] = rehash(row)
                ids[row["evidence_id"]] = "e" + rehash({**row, "assertion": row["sentence"]})[1:]
        for name in ("relations", "triples", "mentions"):
            path = self.processed / f"{name}.csv"
            text = path.read_text().replace(old, new)
            for before, after in ids.items():
                text = text.replace(before, after)
            path.write_text(text)

    def made_with(self, **hashes):
        """The hashes of lexicon, model or code in ``run.json`` as another release has them."""
        self.changed = True
        path = self.processed / "run.json"
        text = path.read_text()
        for name, value in hashes.items():
            start = text.index(f'"{name}": "') + len(name) + 5
            text = text[:start] + value + text[text.index('"', start) :]
        path.write_text(text)
