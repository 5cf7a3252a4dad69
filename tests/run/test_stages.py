"""Which change makes which stage's results anew."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields, replace

import pytest
from exomine.config import RunSettings
from exomine.resources import pipeline_path
from exomine.run import stages
from exomine.run.find import Source
from exomine.run.fingerprint import PACKAGE, describe
from exomine.run.stages import EARLY_CODE, LATE, LEFT_OUT, Keys, early_and_late, make_keys

SHIPPED = pipeline_path()


@pytest.fixture
def own(tmp_path):
    """A configuration beside the shipped one, to be changed."""
    path = tmp_path / "own.cfg"
    path.write_text(SHIPPED.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def keys(path):
    settings = RunSettings(pipeline=str(path))
    return make_keys(settings, describe(settings))


def changed(before, after):
    return {f.name for f in fields(Keys) if getattr(before, f.name) != getattr(after, f.name)}


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_shipped_pipeline_is_cut_before_the_relations():
    early, late = early_and_late(SHIPPED)
    assert early[-1] == "ground"
    assert late == LATE


def test_settings_of_the_relations_leave_the_annotation(own):
    before = keys(own)
    edit(own, "low = 0.2", "low = 0.3")
    assert changed(before, keys(own)) == {"rows"}


def test_terms_of_a_lab_change_the_annotation(own, tmp_path):
    (tmp_path / "terms.csv").write_text("label,curie,name,synonym,reason\n")
    edit(own, 'terms = ""\nstop', 'terms = "terms.csv"\nstop')
    before = keys(own)
    (tmp_path / "terms.csv").write_text("label,curie,name,synonym,reason\nDRUG,,x,x,ours\n")
    assert {"annotated", "rows"} <= changed(before, keys(own))
    assert "read" not in changed(before, keys(own))


def test_a_comment_is_no_change_of_the_annotation(own):
    before = keys(own)
    edit(own, "[components.mirna]", "# Ours.\n[components.mirna]")
    assert "annotated" not in changed(before, keys(own))


def test_the_pdf_backend_matters_to_reading_only():
    one, two = RunSettings(), RunSettings(pdf_backend="pdfium")
    assert changed(make_keys(one, describe(one)), make_keys(two, describe(two))) == {"read"}


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("document/builder.py", {"read", "annotated", "rows"}),
        ("nlp/mentions/ground.py", {"annotated", "rows"}),
        ("nlp/assertion/cues.py", {"rows"}),
        ("nlp/relations/frames/links.py", {"rows"}),
        ("nlp/relations/learned/network.py", {"pairs", "rows"}),
        ("tables/rows.py", {"rows"}),
        ("nlp/explain.py", set()),
        ("cli/extract.py", set()),
        ("curation/edits.py", set()),
        ("vocabulary/build/__init__.py", set()),
    ],
)
def test_code_counts_where_it_runs(file, expected, monkeypatch):
    assert (PACKAGE / file).is_file()
    before = keys(SHIPPED)
    real = stages.tree_hash

    def edited(path, *, without=frozenset()):
        at = PACKAGE / file
        touched = at == path or (path in at.parents and without.isdisjoint((at, *at.parents)))
        return real(path, without=without) + "edited" * touched

    monkeypatch.setattr(stages, "tree_hash", edited)
    assert changed(before, keys(SHIPPED)) == expected


FIRST_HALF = """
import sys
import exomine.nlp.blocks, exomine.nlp.encoder.component, exomine.nlp.encoder.tokenizer
from exomine.nlp.mentions import (
    abbreviations, boundaries, ground, lexicon, mirna, resolve, scispacy_abbreviations, similarity,
)
print("\\n".join(m for m in sys.modules if m.startswith("exomine.")))
"""


def module(file):
    return ("exomine/" + file.removesuffix(".py")).replace("/", ".")


def test_the_first_half_runs_no_other_code():
    told = subprocess.run([sys.executable, "-c", FIRST_HALF], capture_output=True, text=True, check=True).stdout
    known, left_out = (tuple(map(module, names)) for names in (EARLY_CODE, LEFT_OUT))
    assert [m for m in told.split() if not m.startswith(known) or m.startswith(left_out)] == []


def test_the_name_of_the_file_and_the_bytes_name_an_entry(tmp_path):
    made = Keys("1", "2", "3", "4")
    source = Source(tmp_path / "a.pdf", "a.pdf", "a" * 16)
    assert made.of_source(source) == made.of_source(replace(source, source_path="x/a.pdf"))
    assert made.of_source(source) != made.of_source(replace(source, path=tmp_path / "b.pdf"))
    assert made.of_source(source) != made.of_source(replace(source, doc_id="b" * 16))
    assert made.of_document("rows", "a" * 16, "x") != made.of_document("annotated", "a" * 16, "x")
