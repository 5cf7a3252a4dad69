"""The ways in which spaCy stores and sends Docs and pipelines: relations, names and identifiers come back from each."""

from __future__ import annotations

import pickle
import random
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import spacy
import srsly
from exomine.document.model import Block, CitationMark, Document
from exomine.nlp.annotate import annotate
from exomine.nlp.encoder.component import LONGEST_TEXT
from exomine.nlp.relation import Relation
from exomine.tables.render import annotation
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

TEXTS = (
    "Exosomal miR-21 confers cisplatin resistance in gastric cancer [3]. It also downregulates PTEN.",
    "In prostate cancer, microRNA-34a (miR-34a) suppresses BCL2 and restores sensitivity to docetaxel.",
    "UCA1 promotes the invasion of bladder cancer cells. miR-155 was not measured.",
    "Nothing was found.",
)


@pytest.fixture(scope="module")
def nlp(pipeline: Language) -> Language:
    return pipeline


@pytest.fixture(scope="module")
def expected(nlp: Language) -> list[object]:
    return [said(nlp(text)) for text in TEXTS]


def said(doc: Doc) -> object:
    """Everything that users read from a Doc."""
    mentions = [(*_place(m), m._.name, m._.method, m._.score) for m in doc.spans["mentions"]]
    relations = [r.to_plain() for r in doc._.relations]
    return [s.text for s in doc.sents], mentions, [_place(e) for e in doc.ents], relations, annotation(doc)


def _place(span: Span) -> tuple[int, int, str, str]:
    return span.start, span.end, span.label_, span.kb_id_


def by_docbin(nlp: Language, docs: Iterable[Doc]) -> list[Doc]:
    stored = DocBin(store_user_data=True, docs=docs).to_bytes()
    return list(DocBin().from_bytes(stored).get_docs(nlp.vocab))


WAYS: dict[str, Callable[[Language, Iterable[Doc]], list[Doc]]] = {
    "DocBin": by_docbin,
    "to_bytes": lambda nlp, docs: [Doc(nlp.vocab).from_bytes(d.to_bytes()) for d in docs],
    "to_bytes, another vocabulary": lambda _, docs: [
        Doc(spacy.blank("en").vocab).from_bytes(d.to_bytes()) for d in docs
    ],
    "pickle": lambda _, docs: [pickle.loads(pickle.dumps(d)) for d in docs],
    "copy": lambda _, docs: [d.copy() for d in docs],
}


@pytest.mark.parametrize("way", WAYS)
def test_a_doc_comes_back_whole(nlp: Language, expected: list[object], way: str) -> None:
    assert [said(d) for d in WAYS[way](nlp, nlp.pipe(TEXTS))] == expected


def test_two_processes(nlp: Language, expected: list[object]) -> None:
    assert [said(d) for d in nlp.pipe(TEXTS, n_process=2, batch_size=1)] == expected


def test_there_is_something_to_come_back(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    (resistance,) = [r for r in doc._.relations if r.predicate == "confers_resistance_to" and r.tier == "high"]
    assert isinstance(resistance, Relation)
    assert resistance.subject in list(doc.spans["mentions"])
    assert (resistance.subject.text, resistance.object._.name, resistance.citations) == ("miR-21", "cisplatin", ("3",))
    assert any(r.predicate == "downregulates" and r.object.text == "PTEN" for r in doc._.relations)


def test_entities_carry_identifiers(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    assert {e.text: e.kb_id_ for e in doc.ents}["cisplatin"] == "drugbank:DB00515"
    by_place = {(m.start, m.end): m.kb_id_ for m in doc.spans["mentions"]}
    assert all(e.kb_id_ == by_place[e.start, e.end] for e in doc.ents)


def test_nothing_of_the_components_is_left(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    names = {key if isinstance(key, str) else key[1] for key in doc.user_data}
    ours = {name.split(":")[0] for name in names if name.startswith("exomine.")}
    kept = {"exomine.relations", "exomine.unread", "exomine.name", "exomine.grounding", "exomine.abbreviations"}
    assert ours == kept
    assert srsly.msgpack_loads(srsly.msgpack_dumps(list(doc.user_data.values())))


def moved(doc: Doc, by: int) -> list[object]:
    """What is said of a Doc, its offsets moved."""
    rows = [r.to_plain() for r in doc._.relations]
    for row in rows:
        spans = [v for value in row.values() for v in (value if isinstance(value, list) else [value])]
        for value in (v for v in spans if isinstance(v, dict)):
            value["start"], value["end"] = value["start"] + by, value["end"] + by
    mentions = [(m.start_char + by, m.end_char + by, m.kb_id_, m._.name, m._.method) for m in doc.spans["mentions"]]
    return [rows, mentions]


@pytest.mark.filterwarnings("ignore:.*W10[12]")
def test_joined_docs_keep_their_relations(nlp: Language) -> None:
    docs = list(nlp.pipe(TEXTS))
    joined = Doc.from_docs(docs)
    again = Doc.from_docs([joined, docs[0]])
    at, expected = 0, []
    for doc in (*docs, docs[0]):
        expected.append(moved(doc, at))
        at += len(doc.text) + 1
    for whole, parts in ((joined, expected[:-1]), (again, expected)):
        assert moved(whole, 0) == [[x for part in parts for x in part[i]] for i in (0, 1)]
    assert again._.relations[-1].subject in list(again.spans["mentions"])
    assert [r.subject.text for r in again[len(joined) :].as_doc(copy_user_data=True)._.relations] == [
        r.subject.text for r in docs[0]._.relations
    ]


@pytest.mark.filterwarnings("ignore:.*W10[12]")
def test_relations_can_be_set_on_a_joined_doc(nlp: Language) -> None:
    joined = Doc.from_docs(list(nlp.pipe(TEXTS)))
    kept = joined._.relations[1:]
    joined._.relations = kept
    assert [r.to_plain() for r in joined._.relations] == [r.to_plain() for r in kept]


def test_merged_bins_keep_their_relations(nlp: Language, expected: list[object]) -> None:
    bins = [DocBin(docs=[doc], store_user_data=True) for doc in nlp.pipe(TEXTS)]
    for other in bins[1:]:
        bins[0].merge(other)
    assert [said(doc) for doc in bins[0].get_docs(nlp.vocab)] == expected


def test_a_sentence_as_a_doc_keeps_what_is_whole_in_it(nlp: Language) -> None:
    doc = nlp(TEXTS[0])
    first, second = (sentence.as_doc(copy_user_data=True) for sentence in doc.sents)
    found = [
        (r.subject.text, r.predicate, r.object.text) for r in doc._.relations if r.sentence.text == first.text.strip()
    ]
    assert [(r.subject.text, r.predicate, r.object.text) for r in first._.relations] == found != []
    assert second._.relations == ()  # its subject stands in the first


def test_a_paper_comes_back_with_its_document(nlp: Language) -> None:
    text = "Exosomes in gastric cancer\nMiR-21 downregulates PTEN [3]."
    blocks = (Block("title", 0, 26), Block("paragraph", 27, len(text)))
    document = Document("0" * 16, "a.txt", "text", text, blocks, citations=(CitationMark(53, 56, ("3",)),))
    doc = annotate(nlp, document)
    assert doc._.relations[0].citations == ("3",)
    for way, there_and_back in WAYS.items():
        (back,) = there_and_back(nlp, [doc])
        assert back._.document == document, way
        assert said(back) == said(doc), way


def test_the_pipeline_itself(nlp: Language, expected: list[object], tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "copy")
    for other in (spacy.load(tmp_path / "copy"), pickle.loads(pickle.dumps(nlp))):
        assert [said(other(text)) for text in TEXTS] == expected


def test_long_texts(nlp: Language, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert nlp.max_length == LONGEST_TEXT > 10_000_000
    with nlp.select_pipes(enable=["blocks", "encoder"]):
        doc = nlp("\n" * 1_000_000 + TEXTS[0])
    assert [s.text.strip() for s in doc.sents if s.text.strip()] == TEXTS[0].replace("]. ", "].\n").split("\n")


def test_a_text_that_is_too_long_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from exomine.cli.app import main
    from exomine.nlp import load as loading

    small = spacy.blank("en")
    small.max_length = 10
    monkeypatch.setattr(loading, "load", lambda _cfg: small)
    monkeypatch.setattr(sys, "argv", ["exomine", "annotate", "Vesicles carry RNA."])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert "19 characters; annotate takes up to 10" in capsys.readouterr().err


# -- one text, one answer


def rows(doc: Doc, start: int, end: int) -> object:
    """Mentions and relations of a part of a text, their places counted from its start."""
    shift = lambda span: (span.start_char - start, span.end_char - start, span.label_, span.kb_id_, span._.name)  # noqa: E731
    mentions = [(shift(m), m._.method, m._.score) for m in doc.spans["mentions"] if start <= m.start_char < end]
    relations = [
        (shift(r.subject), r.predicate, shift(r.object), r.assertion, r.score, r.tier, r.method, r.citations)
        for r in doc._.relations
        if start <= r.sentence.start_char < end
    ]
    return mentions, relations


SENTENCES = (
    "Exosomal miR-21 confers cisplatin resistance in gastric cancer.",
    "Docetaxel-resistant prostate cancer cells release vesicles with ABCB1.",
    "In breast cancer, miR-155 suppresses FOXO3 and promotes chemoresistance.",
    "lncRNA HOTAIR binds EZH2.",
    "Loss of PTEN promotes invasion of glioma cells (Fig. 2).",
    "Macrophages take up exosomes, which inhibits apoptosis.",
)


def test_a_sentence_says_the_same_alone_and_in_any_order(nlp: Language) -> None:
    alone = {s: rows(nlp(s), 0, len(s)) for s in SENTENCES}
    draw = random.Random(5)
    texts = [" ".join(draw.sample(SENTENCES, len(SENTENCES))) for _ in range(6)]
    for processes in (1, 2):
        for doc in nlp.pipe(texts, n_process=processes, batch_size=2):
            for sentence in SENTENCES:
                at = doc.text.index(sentence)
                assert rows(doc, at, at + len(sentence)) == alone[sentence]


def test_the_last_line_changes_nothing_before_it(nlp: Language) -> None:
    body = " ".join(SENTENCES) + "\n"
    lasts = [f"Group {n} had {n * 7} mice{' and more' * (n % 5)}." for n in range(30)]
    said_of = [rows(doc, 0, len(body)) for doc in nlp.pipe(body + last for last in lasts)]
    assert all(said == said_of[0] for said in said_of)
