"""Sentences end where blocks end, and headings are not cut."""

from __future__ import annotations

import spacy
from exomine.document.builder import DocumentBuilder
from exomine.document.model import Document
from exomine.nlp.blocks import BlockBoundaries
from exomine.nlp.extensions import register_extensions


def sentences(*blocks, document=True):
    register_extensions()
    builder = DocumentBuilder()
    for kind, text in blocks:
        builder.add(kind, text)
    built = builder.finish()
    nlp = spacy.blank("en")
    doc = nlp.make_doc(built.text)
    if document:
        doc._.document = Document("0" * 16, "a", "text", built.text, built.blocks)
    doc = nlp.add_pipe("sentencizer")(BlockBoundaries()(doc))
    return [s.text.strip() for s in doc.sents]


def test_a_block_ends_a_sentence():
    assert sentences(("paragraph", "no full stop"), ("paragraph", "another")) == ["no full stop", "another"]


def test_a_heading_with_a_number_is_one_sentence():
    found = sentences(
        ("title", "Vesicles. A review"), ("heading", "1. Cargo. What is in them"), ("paragraph", "One. Two.")
    )
    assert found == ["Vesicles. A review", "1. Cargo. What is in them", "One.", "Two."]


def test_bare_text_has_no_headings():
    assert sentences(("heading", "1. Cargo"), document=False) == ["1.", "Cargo"]


def test_a_mark_behind_a_full_stop_belongs_to_the_sentence_before():
    found = sentences(("paragraph", "They carry MDR1.[34] Androgens rose."), document=False)
    assert found == ["They carry MDR1.[34]", "Androgens rose."]


def test_abbreviations_end_no_sentence():
    found = sentences(("paragraph", "Liu et al. [9] saw it, e.g. in men. Wu et al. observed more."), document=False)
    assert found == ["Liu et al. [9] saw it, e.g. in men.", "Wu et al. observed more."]


def test_no_sentence_begins_behind_a_comma_or_a_bracket():
    register_extensions()
    doc = BlockBoundaries()(spacy.blank("en")("In mice, vesicles (small ones) spread. They last,\nas do others."))
    barred = [t.text for t in doc if t.is_sent_start is False]
    assert {"vesicles", "small"} <= set(barred)
    assert [t.text for t in doc if t.is_sent_start] == ["In", "as"]
