"""The component ``mirna``: evidence only, with identifiers."""

from __future__ import annotations

import pytest
import spacy
from exomine.nlp.extensions import register_extensions
from exomine.nlp.mentions.evidence import Candidate, evidence
from exomine.nlp.mentions.mirna import MirnaComponent


def test_evidence() -> None:
    doc = MirnaComponent()(spacy.blank("en")("miR-21/155 and microRNAs"))
    assert evidence(doc) == [
        Candidate(0, 6, "MIRNA", "mirbase:MI0000077", "miR-21", "grammar"),
        Candidate(7, 10, "MIRNA", "mirbase:MI0000681", "miR-155", "grammar"),
        Candidate(15, 24, "MIRNA", "exomine:mirna", "miRNA", "grammar"),
    ]
    assert not doc.ents


def test_newlines_end_blocks_only_in_papers() -> None:
    register_extensions()
    doc = spacy.blank("en")("miR-21,\n155")
    assert len(evidence(MirnaComponent()(doc))) == 2
    paper = spacy.blank("en")("miR-21,\n155")
    paper._.document = object()
    assert len(evidence(MirnaComponent()(paper))) == 1
    assert len(evidence(MirnaComponent(line_breaks="space")(paper))) == 3


def test_unknown_setting_is_named() -> None:
    with pytest.raises(ValueError, match="sometimes"):
        MirnaComponent(line_breaks="sometimes")
