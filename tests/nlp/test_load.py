"""Loading a pipeline from its configuration, and the components' registration."""

from __future__ import annotations

import importlib
import subprocess
import sys
import tomllib
from pathlib import Path

import exomine
import pytest
import spacy
from exomine.document.model import Block, CitationMark, Document
from exomine.errors import TermsError, UsageError
from exomine.nlp.annotate import annotate
from exomine.nlp.blocks import citation_marks
from exomine.nlp.extensions import MENTIONS
from exomine.nlp.factories import FACTORIES
from exomine.nlp.mentions.boundaries import split_at
from spacy.tokens import Doc

from helpers.entity_chain import entity_chain

ROOT = Path(exomine.__file__).resolve().parents[1]
CONFIG = """
[nlp]
lang = "en"
pipeline = ["blocks","lexicon","resolve","ground"]
[components]
[components.blocks]
factory = "blocks"
[components.lexicon]
factory = "lexicon"
terms = "own.csv"
stop_terms = ""
[components.resolve]
factory = "resolve"
[components.ground]
factory = "ground"
"""


def test_entry_points_are_the_factories() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["project"]
    points = project["entry-points"]["spacy_factories"]
    for name, (factory, _) in FACTORIES.items():
        module, _, attribute = points[name].partition(":")
        assert getattr(importlib.import_module(module), attribute) is factory, name


def test_own_terms_are_found_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(
        "label,curie,name,synonym,reason\nDRUG,exomine:lab-7,LAB-7,LAB-7,ours\n", encoding="utf8"
    )
    path = tmp_path / "own.cfg"
    path.write_text(CONFIG, encoding="utf8")
    nlp = exomine.load(path)
    doc = nlp("We gave LAB-7 today.")
    (mention,) = doc.spans[MENTIONS]
    assert (mention.text, mention.kb_id_, mention._.name) == ("LAB-7", "exomine:lab-7", "LAB-7")
    assert set(nlp.get_pipe("lexicon").hashes) == {"lexicon", "terms"}


def test_a_bad_row_stops_the_loading(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("label,curie,name,synonym,reason\nDRUG,exomine:1,,x,y\n", encoding="utf8")
    (tmp_path / "own.cfg").write_text(CONFIG, encoding="utf8")
    with pytest.raises(TermsError, match=r"own\.csv, line 2: the name is empty"):
        exomine.load(tmp_path / "own.cfg")


def test_a_missing_or_wrong_configuration_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such pipeline"):
        exomine.load("pipelines/none.cfg")
    (tmp_path / "bad.cfg").write_text(CONFIG.replace('factory = "resolve"', 'factory = "resolved"'), encoding="utf8")
    (tmp_path / "own.csv").write_text("label,curie,name,synonym,reason\n", encoding="utf8")
    with pytest.raises(UsageError, match="resolved"):
        exomine.load(tmp_path / "bad.cfg")


def test_importing_exomine_is_light() -> None:
    code = "import sys, exomine; assert 'spacy' not in sys.modules and 'pandas' not in sys.modules; exomine.load"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_a_paper_is_one_doc_and_blocks_end_sentences() -> None:
    text = "Exosomes in cancer\nThey carry miR-21 [3,4]. It acts"
    marks = (CitationMark(37, 42, ("3", "4")),)
    blocks = (Block("title", 0, 18), Block("paragraph", 19, len(text)))
    document = Document("0" * 16, "a.txt", "text", text, blocks, citations=marks)
    doc = annotate(entity_chain(), document)
    assert doc.text == text
    assert doc._.document is document
    assert citation_marks(doc) == marks
    assert any(s.start_char == 19 for s in doc.sents)


def test_marks_of_bare_text() -> None:
    doc = entity_chain()("Exosomes carry miR-21 [3, 4].")
    assert [m.labels for m in citation_marks(doc)] == [("3", "4")]


def test_tokens_are_split_where_evidence_begins_or_ends() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["xxmiR221yy", "ok"], spaces=[True, False])
    doc = split_at(doc, {2, 8, 10, 11, 13})
    assert [t.text for t in doc] == ["xx", "miR221", "yy", "ok"]
    assert doc.text == "xxmiR221yy ok"
