"""Gold corpora as sentences over our own tokens.

Every corpus is first raw text with character spans; the text is cut by the model's tokenizer and the gold is carried
over by offsets. So the model is trained on the tokens that it will meet.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from exomine.evaluation.ner import detokenise, read_iob
from exomine.evaluation.syntax import GoldToken, read_articles

__all__ = ["Sentence", "counted", "craft_sentences", "iob_corpus", "labels_of"]

#: Label of a token, head or dependency that the gold leaves open: no loss is taken there.
OPEN = None

Span = tuple[int, int, str]


@dataclass(slots=True)
class Sentence:
    """One sentence: words, whether white space stands before each, entities as BIO per word, and syntax where the
    corpus has it.
    """

    words: list[str]
    spaced: list[bool]
    bio: list[str]
    tags: list[str | None] = field(default_factory=list)
    heads: list[int | None] = field(default_factory=list)  # word index in the sentence; own index: root
    deps: list[str | None] = field(default_factory=list)
    lemmas: list[str | None] = field(default_factory=list)
    document: str = ""


def bio_of(doc: Doc, spans: list[Span]) -> list[str]:
    """BIO tag per token of a Doc; a token that a span touches belongs to it, the longer span first."""
    bio = ["O"] * len(doc)
    for start, end, label in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        inside = [t.i for t in doc if t.idx < end and t.idx + len(t) > start and not t.is_space]
        if inside and all(bio[i] == "O" for i in inside):
            bio[inside[0]] = f"B-{label}"
            for i in inside[1:]:
                bio[i] = f"I-{label}"
    return bio


def _spaced(doc: Doc, i: int) -> bool:
    return i == 0 or bool(doc[i - 1].whitespace_) or doc[i - 1].is_space


def iob_corpus(nlp: Language, paths: list[Path]) -> list[Sentence]:
    """Sentences of IOB files over our tokens."""
    sentences = []
    for path in paths:
        for gold in read_iob(path):
            text, spans = detokenise(gold)
            doc = nlp.make_doc(text)
            sentences.append(
                Sentence([t.text for t in doc], [_spaced(doc, i) for i in range(len(doc))], bio_of(doc, spans))
            )
    return sentences


def craft_articles(folder: Path) -> Iterator[tuple[str, str, list[GoldToken], list[Span]]]:
    """Articles of one CRAFT part: id, raw text, gold tokens and concept mentions, both by offsets into that text."""
    mentions: dict[str, list[Span]] = {}
    with (folder / "concepts.tsv").open(encoding="utf8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["start"].isdigit() and row["end"].isdigit():  # not the discontinuous ones ("30862;30875")
                mentions.setdefault(row["doc"], []).append((int(row["start"]), int(row["end"]), row["ontology"]))
    for name, text, gold in read_articles(folder):
        yield name, text, gold, mentions.get(name, [])


def craft_sentences(nlp: Language, folder: Path) -> list[Sentence]:
    """Sentences of one CRAFT part over our tokens, in order; trees are projected onto them."""
    sentences = []
    for name, text, gold, mentions in craft_articles(folder):
        doc = nlp.make_doc(text)
        bio = bio_of_sorted(doc, mentions)
        for rows in _project(doc, gold):
            sentences.append(_sentence(doc, rows, bio, name))
    return sentences


def bio_of_sorted(doc: Doc, spans: list[Span]) -> list[str]:
    """As :func:`bio_of`, for long documents: looks tokens up by offset."""
    owner = [-1] * (len(doc.text) + 1)
    for token in doc:
        if not token.is_space:
            owner[token.idx : token.idx + len(token)] = [token.i] * len(token)
    bio = ["O"] * len(doc)
    for start, end, label in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        inside = sorted({i for i in owner[start:end] if i >= 0})
        if inside and all(bio[i] == "O" for i in inside):
            for i in inside:
                bio[i] = ("B-" if i == inside[0] else "I-") + label
    return bio


Row = tuple[int, str | None, str | None, int | None, str | None]  # token, tag, lemma, head token (own: root), dep


def _project(doc: Doc, gold: list[GoldToken]) -> list[list[Row]]:
    """Gold trees over our tokens, one list a sentence.

    Of several gold tokens inside one of ours the highest in the tree counts. Where a gold token is several of ours
    ("anti-mouse"), the last one bears tag and head, the others hang on it.
    """
    parts, owners = _overlaps(doc, gold)
    sentences: list[list[Row]] = []
    for token in doc:
        owning = owners[token.i]
        if not owning:
            continue
        if not sentences or any(gold[g].begins_sentence and parts[g][0] == token.i for g in owning):
            sentences.append([])
        g = next((g for g in owning if gold[g].head == g or gold[g].head not in owning), owning[0])
        sentences[-1].append(_row(token.i, token.text, gold, parts, g, len(owning) == 1))
    return sentences


def _row(i: int, text: str, gold: list[GoldToken], parts: list[list[int]], g: int, alone: bool) -> Row:
    lemma, tag, head, dep = gold[g].lemma, gold[g].tag, gold[g].head, gold[g].dep
    if alone and i != parts[g][-1]:
        symbol = not any(c.isalnum() for c in text)
        return i, "HYPH" if symbol else "AFX", OPEN, parts[g][-1], "punct" if symbol else "compound"
    kept = lemma if alone and len(parts[g]) == 1 else OPEN
    if head == g:
        return i, tag, kept, i, "ROOT"
    target = parts[head][-1] if parts[head] else i
    return (i, tag, kept, OPEN, OPEN) if target == i else (i, tag, kept, target, dep)


def _overlaps(doc: Doc, gold: list[GoldToken]) -> tuple[list[list[int]], list[list[int]]]:
    parts: list[list[int]] = [[] for _ in gold]
    owners: list[list[int]] = [[] for _ in doc]
    begin = 0
    for g, token in enumerate(gold):
        while begin < len(doc) and doc[begin].idx + len(doc[begin]) <= token.start:
            begin += 1
        i = begin
        while i < len(doc) and doc[i].idx < token.end:
            if not doc[i].is_space:
                parts[g].append(i)
                owners[i].append(g)
            i += 1
    return parts, owners


def _sentence(doc: Doc, rows: list[Row], bio: list[str], name: str) -> Sentence:
    place = {row[0]: k for k, row in enumerate(rows)}
    heads = [place.get(h) if h is not None else OPEN for _i, _tag, _lemma, h, _dep in rows]
    return Sentence(
        words=[doc[r[0]].text for r in rows],
        spaced=[_spaced(doc, r[0]) for r in rows],
        bio=[bio[r[0]] for r in rows],
        tags=[r[1] for r in rows],
        heads=heads,
        deps=[r[4] if h is not None else OPEN for r, h in zip(rows, heads, strict=True)],
        lemmas=[r[2] for r in rows],
        document=name,
    )


def labels_of(sentences: list[Sentence]) -> list[str]:
    """Entity labels of a corpus, sorted."""
    return sorted({tag[2:] for s in sentences for tag in s.bio if tag != "O"})


def counted(values: list[str | None]) -> list[str]:
    """Distinct values, sorted, without the open one."""
    return sorted(Counter(v for v in values if v is not None))
