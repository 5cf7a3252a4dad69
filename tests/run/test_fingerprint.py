"""What a kept result depends on."""

from __future__ import annotations

import hashlib
import json

import pytest
from exomine.config import RunSettings
from exomine.errors import UsageError
from exomine.run.fingerprint import describe, fingerprint, pipeline_file, tree_hash
from exomine.run.installed import MANIFEST, check_manifest, installed


def test_tree_hash_follows_names_and_contents(tmp_path):
    (tmp_path / "a").write_text("1")
    first = tree_hash(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "x.pyc").write_text("2")
    assert tree_hash(tmp_path) == first
    (tmp_path / "a").write_text("2")
    second = tree_hash(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert len({first, second, tree_hash(tmp_path)}) == 3


def test_files_that_a_pipeline_names_count(tmp_path):
    (tmp_path / "terms.csv").write_text("label,curie,name,synonym,reason\n")
    config = tmp_path / "own.cfg"
    config.write_text('[components.lexicon]\nfactory = "lexicon"\nterms = "terms.csv"\n')
    settings = RunSettings(pipeline=str(config))
    before = describe(settings)
    assert set(before["hashes"]["files"]) == {"terms.csv"}
    (tmp_path / "terms.csv").write_text("label,curie,name,synonym,reason\nDRUG,,x,x,ours\n")
    after = describe(settings)
    assert fingerprint(before) != fingerprint(after)
    assert fingerprint(after) == fingerprint(describe(settings))


def test_settings_count_and_paths_do_not_show():
    one, two = describe(RunSettings()), describe(RunSettings(pdf_backend="pdfium"))
    assert fingerprint(one) != fingerprint(two)
    assert "/" not in one["settings"]["pipeline"]


def test_a_pipeline_that_is_not_there_is_told():
    with pytest.raises(UsageError, match=r"nowhere\.cfg"):
        pipeline_file(RunSettings(pipeline="nowhere.cfg"))
    assert pipeline_file(RunSettings(pipeline="pipelines/exosome.cfg")).is_file()


def test_manifests(tmp_path):
    (tmp_path / "a").write_text("1")
    assert check_manifest(tmp_path) == []
    (tmp_path / MANIFEST).write_text(json.dumps({"sha256": {"a": hashlib.sha256(b"1").hexdigest(), "b": ""}}))
    assert check_manifest(tmp_path) == ["b is missing"]
    (tmp_path / "a").write_text("2")
    assert check_manifest(tmp_path) == ["b is missing", "a was altered"]
    (tmp_path / MANIFEST).unlink()
    (tmp_path / "SHA256SUMS").write_text(f"{hashlib.sha256(b'2').hexdigest()}  a\n{'0' * 64}  c\n")
    assert check_manifest(tmp_path) == ["c is missing"]
    (tmp_path / MANIFEST).write_text("[]")
    assert "cannot be read" in check_manifest(tmp_path)[0]


def test_what_is_shipped_is_what_its_manifest_says():
    facts = installed()
    assert facts["problems"] == []
    assert facts["versions"]["exomine"]
