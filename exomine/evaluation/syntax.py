"""Tags, trees and sentences against CoNLL-U, on raw text with the pipeline's own tokens.

A gold token is right in its tag when one of our tokens has its very span and its tag. For arcs, a gold token is the one
of our tokens that has its span; where the tokenisation differs, the token counts as wrong, so differences of
tokenisation cost. Labelled attachment (LAS) leaves out punctuation, as CoNLL's shared tasks on parsing do by default
before 2009: gold tokens that consist of no letter or digit. Sentences are compared as spans of characters without white
space.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

from exomine.evaluation.gold import Track, gold_folder, reading_gold, silent, some

__all__ = ["GoldToken", "SyntaxScores", "evaluate_syntax", "read_articles", "read_conllu"]


_ARTICLES = "conllu/*.conllu and txt/*.txt of the same names"


@dataclass(frozen=True, slots=True)
class GoldToken:
    """A token of the gold: offsets in the raw text, and the place of its head in the list of tokens (its own: root)."""

    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    head: int
    dep: str
    begins_sentence: bool


@dataclass(slots=True)
class SyntaxScores:
    """Counts over one or more articles."""

    tokens: int = 0
    tags: int = 0
    words: int = 0  # tokens that are no punctuation
    heads: int = 0
    labelled: int = 0
    sentences_gold: int = 0
    sentences_found: int = 0
    sentences_right: int = 0

    @property
    def figures(self) -> dict[str, float]:
        """Tag accuracy, UAS and LAS without punctuation, and the F1 of sentences."""
        return {
            "tag_accuracy": self.tags / (self.tokens or 1),
            "uas": self.heads / (self.words or 1),
            "las": self.labelled / (self.words or 1),
            "sentence_f1": 2 * self.sentences_right / ((self.sentences_gold + self.sentences_found) or 1),
        }

    def add(self, doc: Doc, gold: Sequence[GoldToken]) -> None:
        """Count one article."""
        place = {(t.idx, t.idx + len(t)): t for t in doc if not t.is_space}
        text = doc.text  # spaCy builds it anew each time
        for number, token in enumerate(gold):
            ours = place.get((token.start, token.end))
            word = any(c.isalnum() for c in text[token.start : token.end])
            self.tokens += 1
            self.words += word
            if ours is None:
                continue
            self.tags += ours.tag_ == token.tag
            head = gold[token.head]
            attached = (
                (ours.head.i == ours.i)
                if token.head == number
                else (ours.head.idx, ours.head.idx + len(ours.head)) == (head.start, head.end)
            )
            self.heads += word and attached
            self.labelled += word and attached and ours.dep_ == token.dep
        self._add_sentences(doc, gold)

    def _add_sentences(self, doc: Doc, gold: Sequence[GoldToken]) -> None:
        text = doc.text
        wanted = set(_sentence_spans([t.start for t in gold if t.begins_sentence], gold[-1].end, text))
        found = {span for s in doc.sents if (span := _trimmed(text, s.start_char, s.end_char))}
        self.sentences_gold += len(wanted)
        self.sentences_found += len(found)
        self.sentences_right += len(wanted & found)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    inner = text[start:end]
    left = start + len(inner) - len(inner.lstrip())
    return (left, start + len(inner.rstrip())) if inner.strip() else None


def _sentence_spans(starts: Sequence[int], end: int, text: str) -> Iterator[tuple[int, int]]:
    for start, after in zip(starts, [*starts[1:], end], strict=True):
        span = _trimmed(text, start, after)
        if span:
            yield span


def read_conllu(path: Path, text: str) -> list[GoldToken]:
    """Tokens of a CoNLL-U file with their offsets in the raw text, whose white space may differ from the file's."""
    tokens: list[GoldToken] = []
    position = first = 0
    with path.open(encoding="utf8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if not line.strip():
                first = len(tokens)
            if len(cells) != 10 or not cells[0].isdigit():
                continue
            start, position = _find(text, position, cells[1])
            own, head = len(tokens), int(cells[6])
            target, dep = (first + head - 1, cells[7]) if head else (own, "ROOT")
            tokens.append(GoldToken(start, position, cells[2], cells[3], cells[4], target, dep, own == first))
    return tokens


def _find(text: str, position: int, form: str) -> tuple[int, int]:
    """Offsets of a token at or after a position, white space in either left out."""
    start = -1
    for char in form:
        if char.isspace():
            continue
        while position < len(text) and text[position].isspace():
            position += 1
        if text[position : position + 1] != char:
            raise ValueError(
                f"the token {form!r} does not stand at {position}, where the text has "
                f"{text[position : position + 20]!r}"
            )
        start = position if start < 0 else start
        position += 1
    return start, position


def read_articles(folder: Path) -> Iterator[tuple[str, str, list[GoldToken]]]:
    """Articles of a folder with ``conllu/*.conllu`` and ``txt/*.txt`` of the same names: name, raw text, gold tokens.

    Raises :class:`UsageError` where a file is not what it should be, :class:`NoGoldError` where there are none, or no
    tokens.
    """
    paths = (gold_folder(folder, _ARTICLES) / "conllu").glob("*.conllu")
    for path in some(sorted(paths), folder, _ARTICLES):
        with reading_gold(path, "a CoNLL-U file beside the raw text of its name (conllu/NAME.conllu, txt/NAME.txt)"):
            text = (folder / "txt" / f"{path.stem}.txt").read_text(encoding="utf8")
            tokens = read_conllu(path, text)
        yield path.stem, text, some(tokens, path, "CoNLL-U rows of ten columns")


def evaluate_syntax(
    nlp: Language, articles: Iterable[tuple[str, str, list[GoldToken]]], *, track: Track = silent
) -> SyntaxScores:
    """Score a pipeline on raw texts."""
    scores = SyntaxScores()
    for _name, text, gold in track(list(articles), "articles"):
        scores.add(nlp(text), gold)
    return scores
