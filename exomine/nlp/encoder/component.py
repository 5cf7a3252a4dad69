"""spaCy component ``exomine_encoder``: sentences, tags, trees and entities from one small transformer.

A document is cut into sentences by a rule (:mod:`exomine.nlp.sentences`), and every sentence is read by itself: what is
said of it depends on its own words and on nothing else, not on its neighbours, the batch or the number of processes.
Where the rule leaves a border open, the network reads what lies between the certain borders and decides, and each part
is then read again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import SimpleFrozenList

from exomine.nlp.encoder.decode import bio_path, bio_spans, legal_starts, legal_transitions, tree
from exomine.nlp.encoder.network import FILES, EncoderModel, WindowScores
from exomine.nlp.encoder.repair import reattached
from exomine.nlp.encoder.units import mention_units
from exomine.nlp.sentences import borders

__all__ = ["ENTITY_SCORES", "LONGEST_TEXT", "Encoder", "make_encoder"]

#: Key of ``doc.user_data``: rows (start, end, label, probability), offsets of characters, of the entities found here.
ENTITY_SCORES = "exomine.encoder.entity_scores"

#: Characters of the longest text that a pipeline with this component takes. Texts are read sentence by sentence, so
#: that spaCy's own limit of a million, which is for networks that read a text at once, is not needed; this one keeps a
#: mistake from filling the memory (some 2 GB).
LONGEST_TEXT = 20_000_000

#: Universal part of speech by Penn tag (the one-to-one part; see :func:`_pos` for the rest).
UNIVERSAL = {
    "''": "PUNCT", ",": "PUNCT", "-LRB-": "PUNCT", "-RRB-": "PUNCT", ".": "PUNCT", ":": "PUNCT", "``": "PUNCT",
    "HYPH": "PUNCT", "AFX": "ADJ", "CC": "CCONJ", "CD": "NUM", "DT": "DET", "EX": "PRON", "FW": "X", "IN": "ADP",
    "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "LS": "X", "MD": "AUX", "NN": "NOUN", "NNP": "PROPN", "NNPS": "PROPN",
    "NNS": "NOUN", "PDT": "DET", "POS": "PART", "PRP": "PRON", "PRP$": "PRON", "RB": "ADV", "RBR": "ADV", "RBS": "ADV",
    "RP": "ADP", "SYM": "SYM", "TO": "PART", "UH": "INTJ", "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB",
    "VBP": "VERB", "VBZ": "VERB", "WDT": "PRON", "WP": "PRON", "WP$": "PRON", "WRB": "ADV",
}  # fmt: skip

#: Features by Penn tag; spaCy's rule lemmatiser tells base forms by them.
FEATURES = {
    "NN": "Number=Sing", "NNP": "Number=Sing", "NNS": "Number=Plur", "NNPS": "Number=Plur", "VB": "VerbForm=Inf",
    "MD": "VerbForm=Fin", "VBP": "Tense=Pres|VerbForm=Fin", "VBZ": "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
    "VBD": "Tense=Past|VerbForm=Fin", "VBN": "Aspect=Perf|Tense=Past|VerbForm=Part",
    "VBG": "Aspect=Prog|Tense=Pres|VerbForm=Part", "JJ": "Degree=Pos", "JJR": "Degree=Cmp", "JJS": "Degree=Sup",
    "RB": "Degree=Pos", "RBR": "Degree=Cmp", "RBS": "Degree=Sup",
}  # fmt: skip
#: Forms of "be", which is an auxiliary in the universal scheme even where it is the only verb.
BE = frozenset({"am", "are", "be", "been", "being", "is", "was", "were", "'m", "'re", "’m", "’re"})


@dataclass(slots=True)
class _Words:
    """The document without its white-space tokens, and what is already known of its sentences."""

    tokens: list[int]
    texts: list[str]
    spaced: list[bool]
    starts: list[bool | None]  # True: a sentence must start here; False: it must not; None: open
    units: list[tuple[int, int]] = field(default_factory=list)  # names of several words


@dataclass(slots=True)
class _Found:
    """What is said of each word; heads are places in the list of words, the root's its own."""

    tags: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    entities: list[tuple[int, int, str, float]] = field(default_factory=list)
    units: list[tuple[int, int]] = field(default_factory=list)


class Encoder:
    """Sets ``doc.sents``, ``token.tag_ pos_ head dep_`` (where ``syntax``) and ``doc.ents`` (where ``entities``).

    Sentence starts set before by another component are kept: a token's ``is_sent_start`` True begins a sentence, False
    does not, and no sentence crosses either. A blank line begins a sentence, and so does any line break where
    ``line_breaks``. ``window``: word pieces of the longest sentence, up to 500; what is longer is cut. ``threads`` of
    ONNX Runtime; the result does not depend on it.
    """

    def __init__(self, name: str = "exomine_encoder", *, syntax: bool = True, entities: bool = True,
        line_breaks: bool = True,
                 window: int = 500, threads: int = 1) -> None:  # fmt: skip
        if not 32 <= window <= 500:
            raise ValueError(f"window is {window}; it must be between 32 and 500 word pieces")
        self.name = name
        self.syntax, self.entities, self.line_breaks, self.window = syntax, entities, line_breaks, window
        self._threads = threads
        self._network: EncoderModel | None = None

    @property
    def network(self) -> EncoderModel:
        """The network; an error where the component was made but never loaded."""
        if self._network is None:
            raise ValueError(f"{self.name} has no weights yet: load a pipeline with spacy.load(), or call from_disk()")
        return self._network

    @network.setter
    def network(self, network: EncoderModel) -> None:
        self._network = network
        self._legal, self._legal_start = legal_transitions(network.bio), legal_starts(network.bio)

    @property
    def threads(self) -> int:
        """Threads of ONNX Runtime; setting them makes a new session when next used."""
        return self._threads

    @threads.setter
    def threads(self, threads: int) -> None:
        self._threads = threads
        if self._network is not None:
            self.network = EncoderModel(self._network.files, threads)

    @property
    def labels(self) -> tuple[str, ...]:
        """Entity labels, sorted."""
        return tuple(sorted({tag[2:] for tag in self._network.bio if tag != "O"})) if self._network else ()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document."""
        words = self._words(doc)
        if len(doc):
            self._write(doc, words, self._read(words))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:  # noqa: ARG002 (spaCy's signature)
        """Annotate a stream, one document and one sentence after the other: see :mod:`exomine.nlp.encoder.network`."""
        for doc in stream:
            yield self(doc)

    def _words(self, doc: Doc) -> _Words:
        words = _Words([], [], [], [])
        must = True
        spaced = True
        for token in doc:
            if token.is_space:
                breaks = token.text.count("\n")
                must = (
                    must
                    or breaks > 1
                    or (self.line_breaks and breaks > 0)
                    or (token.is_sent_start is True and token.i > 0)
                )
                spaced = True
                continue
            known = token.is_sent_start if token.i else True
            words.tokens.append(token.i)
            words.texts.append(token.text)
            words.spaced.append(spaced)
            words.starts.append(True if must else known)
            must, spaced = False, bool(token.whitespace_)
        words.units = mention_units(doc, words.tokens)
        return words

    def _read(self, words: _Words) -> _Found:
        found = _Found(units=words.units)
        if words.texts:
            self._segment(words, 0, len(words.texts), found)
        return found

    def _segment(self, words: _Words, begin: int, end: int, found: _Found) -> None:
        """Cut the words from ``begin`` to ``end`` at the borders that the rule is sure of, and read the parts."""
        spaced = [True, *words.spaced[begin + 1 : end]]  # even of a sentence that touches the one before
        said = borders(words.texts[begin:end], spaced, words.starts[begin:end])
        starts = [i for i, border in enumerate(said) if border]
        for first, last in zip(starts, [*starts[1:], end - begin], strict=True):
            at = [begin + i for i in range(first + 1, last) if said[i] is None]
            self._part(words, begin + first, begin + last, at, found)

    def _part(self, words: _Words, first: int, last: int, unsure: list[int], found: _Found) -> None:
        """Read words without a certain border inside; cut them where the network finds one among the ``unsure``
        places.
        """
        while (fits := self._fitting(words, first, last)) < last:
            at = bisect_right(unsure, fits) - 1
            cut = unsure[at] if at >= 0 and unsure[at] > first else fits
            self._segment(words, first, cut, found)
            first = cut
        unsure = unsure[bisect_right(unsure, first) :]
        encoded = self.network.pieces.encode(words.texts[first:last], [True, *words.spaced[first + 1 : last]])
        scores = self.network.scores(encoded)
        cuts = [i for i in unsure if scores.starts[i - first, 1] > scores.starts[i - first, 0]]
        if not cuts:
            self._sentence(scores, first, found)
            return
        for begin, end in zip([first, *cuts], [*cuts, last], strict=True):
            self._segment(words, begin, end, found)

    def _fitting(self, words: _Words, begin: int, end: int) -> int:
        """Word after the last one up to ``end`` that fits the window; at least one word is taken."""
        room = self.window - 2
        for i in range(begin, end):
            room -= len(self.network.pieces.pieces(words.texts[i])[0])
            if room < 0:
                return max(i, begin + 1)
        return end

    def _sentence(self, scores: WindowScores, begin: int, found: _Found) -> None:
        """Decode a sentence that begins at word ``begin`` of the document."""
        if self.syntax:
            units = [(a - begin, b - begin) for a, b in found.units if begin <= a and b <= begin + len(scores.tags)]
            heads = tree(scores.arcs, units)
            tags = [self.network.tags[int(t)] for t in scores.tags.argmax(1)]
            heads, deps = reattached(heads, self.network.arc_labels(scores, heads), tags)
            found.deps.extend(deps)
            found.heads.extend(begin + (h if h >= 0 else i) for i, h in enumerate(heads))
            found.tags.extend(tags)
        if self.entities:
            path = bio_path(scores.entities, self._legal, self._legal_start)
            sure = _probabilities(scores.entities)
            for start, end, label in bio_spans([self.network.bio[t] for t in path]):
                score = float(np.mean([sure[i, path[i]] for i in range(start, end)]))
                found.entities.append((begin + start, begin + end, label, round(score, 4)))

    def _write(self, doc: Doc, words: _Words, found: _Found) -> None:
        if self.syntax:
            _write_syntax(doc, words, found)
        if self.entities:
            spans = []
            scores = doc.user_data[ENTITY_SCORES] = []
            for start, end, label, score in found.entities:
                span = Span(doc, words.tokens[start], words.tokens[end - 1] + 1, label=label)
                spans.append(span)
                scores.append((span.start_char, span.end_char, label, score))
            doc.set_ents(spans)

    # -- storage: the ways spaCy calls

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> None:  # noqa: ARG002
        """Write the network's files into the component's folder."""
        self.network.to_folder(Path(path))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = SimpleFrozenList()) -> Encoder:  # noqa: ARG002
        """Read the network's files from the component's folder."""
        self.network = EncoderModel.from_folder(Path(path), self._threads)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = SimpleFrozenList()) -> bytes:  # noqa: ARG002
        """The network's files as one string of bytes."""
        import srsly

        return bytes(srsly.msgpack_dumps(self.network.files))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = SimpleFrozenList()) -> Encoder:  # noqa: ARG002
        """Read what :meth:`to_bytes` gave."""
        import srsly

        files: dict[str, Any] = srsly.msgpack_loads(data)
        self.network = EncoderModel({name: files[name] for name in FILES}, self._threads)
        return self


def _probabilities(logits: Any) -> Any:
    shifted = np.exp(logits - logits.max(1, keepdims=True))
    return shifted / shifted.sum(1, keepdims=True)


def _pos(word: str, tag: str, dep: str) -> str:
    """Universal part of speech: auxiliaries and subordinating conjunctions are told by their arc."""
    if tag[:2] == "VB" and (dep in ("aux", "auxpass") or word.lower() in BE):
        return "AUX"
    if tag == "IN" and dep == "mark":
        return "SCONJ"
    return UNIVERSAL[tag]


def _write_syntax(doc: Doc, words: _Words, found: _Found) -> None:
    """Write tags and trees. White space hangs on the word before it, as in spaCy, and so belongs to its sentence."""
    strings = doc.vocab.strings
    rows = np.zeros((len(doc), 5), dtype=np.uint64)
    features = {tag: doc.vocab.morphology.add(FEATURES.get(tag, "")) for tag in (*set(found.tags), "_SP")}
    first = words.tokens[0] if words.tokens else 0
    before = -1
    place = 0
    for i in range(len(doc)):
        if place < len(words.tokens) and words.tokens[place] == i:
            head, tag, dep = words.tokens[found.heads[place]], found.tags[place], found.deps[place]
            pos = _pos(words.texts[place], tag, dep)
            before, place = i, place + 1
        else:
            head, tag, dep, pos = (before if before >= 0 else first), "_SP", "dep", "SPACE"
        rows[i] = (
            np.int64(head - i).astype(np.uint64),
            strings.add(dep),
            strings.add(tag),
            strings.add(pos),
            features[tag],
        )
    doc.from_array(["HEAD", "DEP", "TAG", "POS", "MORPH"], rows)  # type: ignore[arg-type]  # numpy arrays serve


@Language.factory(
    "exomine_encoder",
    assigns=["doc.ents", "doc.sents", "token.tag", "token.pos", "token.head", "token.dep", "token.is_sent_start"],
    default_config={"syntax": True, "entities": True, "line_breaks": True, "window": 500, "threads": 1},
    default_score_weights={"ents_f": 1.0},
)
def make_encoder(
    nlp: Language,
    name: str,
    syntax: bool,
    entities: bool,
    line_breaks: bool,
    window: int,
    threads: int,
) -> Encoder:
    """Factory of :class:`Encoder`; its weights come with the pipeline's folder."""
    nlp.max_length = max(nlp.max_length, LONGEST_TEXT)
    return Encoder(name, syntax=syntax, entities=entities, line_breaks=line_breaks, window=window, threads=threads)
