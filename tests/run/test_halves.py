"""Rows are the same whether the whole pipeline ran, or from a Doc that was kept, or with what the network had said."""

from __future__ import annotations

import hashlib
import shutil

import pytest
from exomine.config import RunSettings
from exomine.run.find import Source
from exomine.run.fingerprint import describe
from exomine.run.paper import LOADING, Job, PaperWorker, kept_part, kept_receipt
from exomine.run.stages import make_keys
from exomine.run.store import Store

TEXT = """A note on vesicles of gastric tumours

Exosomal miR-21 conferred cisplatin resistance on MGC-803 cells by repressing PTEN [1]. It did not change docetaxel
sensitivity. Loss of PTEN may promote invasion (see Kim et al., 2019), and EGFR-targeting miR-7 inhibited migration.

Multidrug resistance protein 1 (MDR1) was packed into exosomes. MDR1 promoted doxorubicin resistance in breast cancer.
"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    path = tmp_path_factory.mktemp("raw") / "a.txt"
    path.write_text(TEXT)
    return Source(path, "a.txt", hashlib.sha256(path.read_bytes()).hexdigest()[:16])


@pytest.fixture(scope="module")
def keys():
    settings = RunSettings()
    return make_keys(settings, describe(settings))


@pytest.fixture(scope="module")
def first(tmp_path_factory, paper, keys):
    """The store after a first run, and its result."""
    store = Store(tmp_path_factory.mktemp("cache"))
    receipt = PaperWorker(Job(RunSettings(), keys, str(store.folder))).receipt(paper)
    assert not receipt.failed, receipt.failures
    part = kept_part(store, keys, paper, receipt.digest)
    assert part.counts["relations"]
    return store, receipt, part


def stages_of(store):
    return sorted(k.stage for k in store.entries())


def again(first, paper, keys, tmp_path, *, without):
    """A run over a copy of the store that lacks the entries of some stages."""
    store = Store(shutil.copytree(first[0].folder, tmp_path / "cache"))
    for stage in without:
        shutil.rmtree(store.folder / stage)
    told = []
    worker = PaperWorker(Job(RunSettings(), keys, str(store.folder)))
    receipt = worker.receipt(paper, told.append)
    assert receipt.digest == first[1].digest
    return store, worker, kept_part(store, keys, paper, receipt.digest), told


def test_without_a_store_the_rows_are_the_same(first, paper, keys):
    worker = PaperWorker(Job(RunSettings(), keys))
    assert worker(paper).part == first[2]


def test_everything_is_kept(first, paper, keys):
    store, receipt, _ = first
    assert stages_of(store) == ["annotated", "pairs", "read", "rows"]
    kept = kept_receipt(store, keys, paper)
    assert kept.reused
    assert (kept.documents, kept.failures, kept.digest) == (receipt.documents, receipt.failures, receipt.digest)


@pytest.mark.parametrize("without", [["rows"], ["rows", "pairs"], ["rows", "pairs", "annotated"], ["read"]])
def test_a_kept_stage_gives_the_same_rows(first, paper, keys, tmp_path, without):
    store, worker, part, told = again(first, paper, keys, tmp_path, without=without)
    assert part == first[2]
    assert stages_of(store) == ["annotated", "pairs", "read", "rows"]
    assert told.count(LOADING) == 1
    assert told[told.index(LOADING) + 1] == "annotate"  # from there on the paper is to blame
    early = "encoder" in worker._halves._nlp.pipe_names
    assert early is ("annotated" in without)


def test_a_damaged_annotation_is_made_again(first, paper, keys, tmp_path):
    store = Store(shutil.copytree(first[0].folder, tmp_path / "cache"))
    shutil.rmtree(store.folder / "rows")
    (entry,) = [k for k in store.entries() if k.stage == "annotated"]
    store.put("annotated", entry.name, b"no Doc at all")
    assert PaperWorker(Job(RunSettings(), keys, str(store.folder)))(paper).part == first[2]
    assert store.get("annotated", entry.name) != b"no Doc at all"


def test_a_file_that_changed_while_it_was_read_is_not_kept(paper, keys, tmp_path):
    store = Store(tmp_path / "cache")
    changed = Source(paper.path, "a.txt", "0" * 16)
    receipt = PaperWorker(Job(RunSettings(), keys, str(store.folder))).receipt(changed)
    assert receipt.failures[0][3] == "unreadable"
    assert store.entries() == []
