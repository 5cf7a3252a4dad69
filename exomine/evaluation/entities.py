"""Mentions and identifiers against gold corpora: strict spans, by label.

The corpora are read as they are distributed: IOB files (word TAB ... TAB tag, a blank line between sentences), the standoff
files of CancerMine and CIViCmine (``.txt``/``.a1`` or JSON), and Ab3P's labelled abstracts. Nothing here loads a pipeline;
callers hand one over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from exomine.nlp.definitions import definitions
from exomine.nlp.extensions import MENTIONS

__all__ = [
    "CG_LABELS", "Gold", "Score", "comparable", "corpora_report", "evaluate", "flat", "ground_names", "read_ab3p", "read_iob", "read_standoff", "score_abbreviations", "score_spans",
]  # fmt: skip

Spans = frozenset[tuple[int, int, str]]
#: BioNLP13CG's labels under those of exomine; the others are left out of a comparison.
CG_LABELS = {"Gene_or_gene_product": "PROTEIN", "Cancer": "CANCER", "Simple_chemical": "DRUG", "Cell": "CELL_TYPE"}


@dataclass(frozen=True, slots=True)
class Gold:
    """A text and its gold mentions: half-open character offsets and a label."""

    text: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one label; a prediction is right when its span and label are a gold mention's."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.spurious) if self.right + self.spurious else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.spurious + self.missed
        return 2 * self.right / total if total else 0.0


def score_spans(pairs: Iterable[tuple[Spans, Spans]], labels: Iterable[str]) -> dict[str, Score]:
    """Scores by label over ``(gold, predicted)`` pairs, and under "all" those of all labels together."""
    names = list(labels)
    right: Counter[str] = Counter()
    spurious: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for gold, predicted in pairs:
        right.update(label for *_, label in gold & predicted)
        spurious.update(label for *_, label in predicted - gold)
        missed.update(label for *_, label in gold - predicted)
    scores = {n: Score(right[n], spurious[n], missed[n]) for n in names}
    scores["all"] = Score(
        sum(s.right for s in scores.values()),
        sum(s.spurious for s in scores.values()),
        sum(s.missed for s in scores.values()),
    )
    return scores


def read_iob(path: Path, labels: Mapping[str, str]) -> Iterator[Gold]:
    """Sentences of an IOB file as text: no space before closing or after opening punctuation, nor around hyphens and slashes."""
    words: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf8").split("\n"), ""]:
        if line.strip():
            cells = line.split("\t")
            words.append((cells[0], cells[-1]))
        elif words:
            yield _sentence(words, labels)
            words = []


def _sentence(words: list[tuple[str, str]], labels: Mapping[str, str]) -> Gold:
    text = ""
    spans: set[tuple[int, int, str]] = set()
    start, label, end = -1, "", 0
    for i, (word, tag) in enumerate([*words, ("", "O")]):
        before = words[i - 1][0] if i else ""
        glue = not text or word in _CLOSING or before in _OPENING
        begins = tag == "O" or tag.startswith("B-") or tag[2:] != label
        if begins and start >= 0:
            if label in labels:
                spans.add((start, end, labels[label]))
            start, label = -1, ""
        text += word if glue or not word else " " + word
        if tag != "O" and start < 0:
            start, label = len(text) - len(word), tag[2:]
        end = len(text)
    return Gold(text, frozenset(spans))


_CLOSING = frozenset(".,;:)]%?!'-/") | {"'s"}
_OPENING = frozenset("([-/")
_A1 = re.compile(r"^(T\d+)\t(\S+) (\d+) (\d+)\t", re.M)


def read_standoff(folder: Path, labels: Mapping[str, str]) -> Iterator[Gold]:
    """Texts with their ``.a1`` files; ``labels`` maps the corpus's labels, others are left out."""
    import json

    for path in sorted(folder.glob("*.a1")):
        text_file = path.with_suffix(".txt")
        if text_file.exists():
            text = text_file.read_text(encoding="utf8")
        else:
            data = json.loads(path.with_suffix(".json").read_text(encoding="utf8"))
            text = data.get("text") or data["sentence"]
        found = _A1.findall(path.read_text(encoding="utf8"))
        yield Gold(text, frozenset((int(a), int(b), labels[label]) for _, label, a, b in found if label in labels))


def evaluate(
    nlp: Language, golds: Iterable[Gold], labels: Iterable[str], *, predict: Callable[[str], Spans] | None = None
) -> dict[str, Score]:
    """Scores of a pipeline's mentions (or of ``predict``) by label."""
    names = set(labels)
    find = predict or (lambda text: mentions(nlp, text))
    return score_spans(((g.spans, flat(find(g.text), names)) for g in golds), sorted(names))


def flat(spans: Spans, labels: Iterable[str]) -> Spans:
    """The mentions of ``labels`` that lie in no longer one of them: the corpora have no nested mentions."""
    names = set(labels)
    mine = [s for s in spans if s[2] in names]
    inside = {s for s in mine for o in mine if o[0] <= s[0] and s[1] <= o[1] and o[1] - o[0] > s[1] - s[0]}
    return frozenset(mine) - inside


def mentions(nlp: Language, text: str) -> Spans:
    """The mentions of a text, as :func:`comparable` gives them."""
    return comparable(nlp(text))


_GENERIC_WORD = re.compile(r"(tumou?rs?|cancers?)(?= )|cells?(?= )", re.I)
_ROLE = re.compile(r"(?:inhibitors?|antibod(?:y|ies)|agents?|blockers?|stimulators?|mAbs?)$", re.I)
_PATHWAY_WORD = re.compile(r"[ -](?:signall?ing|pathway|cascade|axis|kinase cascade|signal transduction)", re.I)
_NAMELIKE = re.compile(r"[A-Z\d]")
_CELLS = re.compile(r"[ -](?:cells?(?: lines?)?)\b")


def comparable(doc: Doc, *, generic: bool = True, mirna_label: str = "MIRNA") -> Spans:
    """A Doc's mentions as corpora mark them that have one label for cells.

    Cell lines count as CELL_TYPE, and a following "cells" or "cell line" belongs to their span. The "tumor" of "tumor growth"
    and the "cell" of "cell migration", part of a process here, are mentions of their own there, and so are the genes in a
    pathway's name. Drugs in general ("chemotherapy", "kinase inhibitor") and miRNAs in general are not marked there, nor, where ``generic`` is
    false, cancers in general ("tumor"). Specific miRNAs go under ``mirna_label``.
    """
    out = set()
    for s in doc.spans[MENTIONS]:
        start, end, label = s.start_char, s.end_char, s.label_
        if label == "DRUG" and (s.kb_id_.startswith("exomine:") or _ROLE.search(s.text)):
            continue
        if s.kb_id_ == "exomine:mirna" or (not generic and s.kb_id_ == "doid:162"):
            continue
        label = mirna_label if label == "MIRNA" else label
        if label == "PATHWAY":
            head = _PATHWAY_WORD.split(s.text)[0]
            out |= {
                (start + m.start(), start + m.end(), "PROTEIN")
                for m in re.finditer(r"[^/()\s](?:[^/()]*[^/()\s])?", head)
                if _NAMELIKE.search(m[0])
            }
        if label == "CELL_LINE":
            cells = _CELLS.match(doc.text, end)
            end, label = (cells.end() if cells else end), "CELL_TYPE"
        word = _GENERIC_WORD.match(s.text) if label == "PROCESS" else None
        if word and (generic or not word[1]):
            out.add((start, start + word.end(), "CANCER" if word[1] else "CELL_TYPE"))
        out.add((start, end, label))
    return frozenset(out)


#: What the corpora have of exomine's labels: folder or file, reader's labels, labels compared.
_MINED = {
    "cancermine": ("cancermine/train", {"gene": "PROTEIN", "cancer": "CANCER"}),
    "civicmine": ("civicmine/training", {"gene": "PROTEIN", "cancer": "CANCER", "drug": "DRUG"}),
}


def corpora_report(nlp: Language, corpora: Path, *, most: int = 0) -> dict[str, dict[str, Score]]:
    """Scores by corpus and label: BioNLP13CG devel (merged mentions, and the model alone), CancerMine and CIViCmine.

    ``corpora`` is the folder that holds them; ``most`` limits the texts of each. miRNAs stand as genes in the last two.
    """
    golds = list(read_iob(corpora / "bionlp13cg" / "devel.tsv", CG_LABELS))[: most or None]
    labels = sorted(set(CG_LABELS.values()))
    report = {"bionlp13cg": evaluate(nlp, golds, labels)}
    ours = [n for n in ("mirna", "lexicon", "boundaries", "abbreviations", "resolve", "ground") if nlp.has_pipe(n)]
    with nlp.select_pipes(disable=[*ours, *_later(nlp)]):
        report["bionlp13cg, model alone"] = evaluate(nlp, golds, labels, predict=lambda text: model_mentions(nlp, text))
    for name, (folder, mapped) in _MINED.items():
        mined = list(read_standoff(corpora / folder, mapped))[: most or None]
        report[name] = evaluate(
            nlp,
            mined,
            sorted(set(mapped.values())),
            predict=lambda text: comparable(nlp(text), generic=False, mirna_label="PROTEIN"),
        )
    return report


def _later(nlp: Language) -> list[str]:
    """Components behind the entities, which these scores do not need."""
    return [n for n in ("assertion", "relations", "context", "table_relations") if nlp.has_pipe(n)]


def model_mentions(nlp: Language, text: str, labels: Mapping[str, str] = CG_LABELS) -> Spans:
    """The entities of a model alone, under exomine's labels."""
    return frozenset((e.start_char, e.end_char, labels[e.label_]) for e in nlp(text).ents if e.label_ in labels)


def ground_names(nlp: Language, names: Iterable[str]) -> list[tuple[str, str, str, str]]:
    """``(name, label, CURIE, canonical name)`` of names that stand alone; label and CURIE are empty where none was found."""
    rows = []
    ordered = list(names)
    for name, doc in zip(ordered, nlp.pipe(ordered), strict=True):
        whole = [s for s in doc.spans[MENTIONS] if s.text == name]
        rows.append((name, whole[0].label_, whole[0].kb_id_, whole[0]._.name) if whole else (name, "", "", ""))
    return rows


def read_ab3p(path: Path) -> Iterator[tuple[str, frozenset[tuple[str, str]]]]:
    """Abstracts of the Ab3P corpus with their ``(short, long)`` pairs."""
    text: list[str] = []
    pairs: set[tuple[str, str]] = set()
    for line in [*path.read_text(encoding="utf8", errors="replace").split("\n"), "0"]:
        pair = re.match(r"  (\S[^|]*)\|([^|]+)", line)
        if line.strip().isdigit():
            if text:
                yield "\n".join(text), frozenset(pairs)
            text, pairs = [], set()
        elif pair:
            pairs.add((pair[1].strip(), pair[2].split("//")[0].strip()))
        elif line.strip() and not line.lstrip().startswith("//"):
            text.append(line)


def score_abbreviations(records: Iterable[tuple[str, frozenset[tuple[str, str]]]]) -> Score:
    """How many gold ``(short, long)`` pairs :func:`~exomine.nlp.definitions.definitions` finds exactly."""
    right = spurious = missed = 0
    for text, gold in records:
        found = {(text[d.start : d.end], text[d.long_start : d.long_end]) for d in definitions(text)}
        right += len(gold & found)
        spurious += len(found - gold)
        missed += len(gold - found)
    return Score(right, spurious, missed)
