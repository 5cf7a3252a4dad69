"""Standoff sentences are found by their hash; what is not found is told."""

from dataclasses import replace

import pytest
from exomine.annotation.agreement import agreement, cohen
from exomine.annotation.layout import lay_out, locate
from exomine.annotation.record import AnnotatedMention, AnnotatedRelation, AnnotatedSentence, read_corpus, write_corpus
from exomine.errors import CorpusError

ARTICLE = """<article><front><article-meta><article-id pub-id-type="doi">10.5555/own.1</article-id>
<title-group><article-title>A letter on vesicles</article-title></title-group></article-meta></front>
<body><sec><title>Results</title><p>Vesicles were counted. Loss of PTEN raised invasion. They were frozen.</p></sec>
</body></article>"""
SENTENCE = "Loss of PTEN raised invasion."


@pytest.fixture
def papers(tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "own.xml").write_text(ARTICLE)
    return tmp_path / "papers"


@pytest.fixture
def record():
    whole = AnnotatedSentence(
        "doi:10.5555/own.1#1", "doi:10.5555/own.1", SENTENCE,
        (AnnotatedMention(8, 12, "PROTEIN"), AnnotatedMention(20, 28, "PROCESS")),
        (AnnotatedRelation(0, "inhibits", 1, state="reduced"),), start=3,
    )  # fmt: skip
    return whole.bare()


def test_the_text_of_a_sentence_is_not_stored_and_comes_back(papers, record, tmp_path):
    assert record.text == ""
    write_corpus(tmp_path / "bare.jsonl", [record])
    assert "PTEN" not in (tmp_path / "bare.jsonl").read_text()
    done = lay_out(read_corpus(tmp_path / "bare.jsonl"), papers)
    assert [s.text for s in done.sentences] == [SENTENCE]
    assert (done.lost, done.missing) == ((), ())


def test_a_sentence_that_moved_is_found_and_one_that_changed_is_told(record):
    assert locate("Other text. " * 400 + SENTENCE, record) == SENTENCE
    assert locate("Loss of PTEN raised invasion slightly.", record) is None


def test_a_missing_paper_is_named(papers, record):
    done = lay_out([replace(record, doc="doi:10.5555/other")], papers)
    assert (done.sentences, done.missing) == ((), ("doi:10.5555/other",))


def test_a_folder_without_articles_is_an_error(tmp_path, record):
    with pytest.raises(CorpusError, match="no articles there"):
        lay_out([record], tmp_path)


def test_a_broken_line_names_file_and_line(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        '{"id": "a", "doc": "a", "mentions": [[0, 9, "MIRNA"]], "relations": [], "text": "miR-9"}\n'
    )
    with pytest.raises(CorpusError, match=r"a\.jsonl, line 1: a: a mention at 0 to 9 in a text of 5"):
        read_corpus(tmp_path)


def test_cohen_of_a_published_two_by_two_table():
    # 50 items: both yes 20, both no 15, only the first yes 5, only the second yes 10: observed .70, by chance .50
    pairs = [("y", "y")] * 20 + [("n", "n")] * 15 + [("y", "n")] * 5 + [("n", "y")] * 10
    assert cohen(pairs) == pytest.approx(0.4)


def test_agreement_counts_what_either_reader_saw(record):
    first = replace(record, text=SENTENCE, start=None)
    second = replace(first, relations=(AnnotatedRelation(0, "promotes", 1, state="reduced"),))
    same, other = agreement([first], [first]), agreement([first], [second])
    assert (same.kappa, same.f1, same.mentions_f1) == (1.0, 1.0, 1.0)
    assert (other.f1, other.counts["inhibits"], other.counts["promotes"]) == (0.0, (1, 0, 0), (0, 1, 0))
    with pytest.raises(CorpusError, match="no sentence in common"):
        agreement([first], [replace(first, id="else")])
