"""Mentions and identifiers against gold corpora: strict spans, by label.

The corpora are read as they are distributed: IOB files (word TAB ... TAB tag, a blank line between sentences), the
standoff files of CancerMine and CIViCmine (``.txt``/``.a1`` or JSON), and Ab3P's labelled abstracts. Nothing here loads
a pipeline; callers hand one over.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from exomine.evaluation.gold import Track, gold_file, reading_gold, silent, some
from exomine.nlp.extensions import MENTIONS
from exomine.nlp.mentions.definitions import definitions

__all__ = [
    "CG_LABELS", "Gold", "Marked", "Score", "comparable", "conventional", "corpora_report", "evaluate", "flat",
    "ground_names", "listed", "read_ab3p", "read_iob", "read_standoff", "score_abbreviations", "score_spans",
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
    """Sentences of an IOB file as text: no space before closing or after opening punctuation, nor around hyphens and
    slashes.
    """
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
        glue = glue and not (word == "-" and before in _BEFORE_MEMBER)  # "MMP-2 and -9"
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
_BEFORE_MEMBER = frozenset({",", "and", "or"})
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


class Marked(NamedTuple):
    """A mention before it is brought to the conventions of a corpus; ``by_model`` tells that only the model says so."""

    start: int
    end: int
    label: str
    curie: str = ""
    by_model: bool = False


_IN_PROCESS = re.compile(r"(?<![\w-])(?:(tumou?rs?|cancers?)|cells?)\b|(?<=-)cells?\b", re.I)
_TUMOUR_LINE = re.compile(r"(?:carcinoma|sarcoma|melanoma|tumou?r|lymphoma|leuk(?:a)?emia|glioma|hepatoma)s?$")
_ROLE = re.compile(r"(?:inhibitors?|antibod(?:y|ies)|agents?|blockers?|stimulators?|mAbs?)$", re.I)
_CANCER_IN_ROLE = re.compile(r"\b(?:anti-(?=cancer|tumou?r))?((?:anti)?(?:cancer|tumou?r))", re.I)
_PATHWAY_WORD = re.compile(r"[ -](?:signall?ing|pathway|cascade|axis|kinase cascade|signal transduction)", re.I)
_NAMELIKE = re.compile(r"[A-Z\d]")
_CELLS = re.compile(r"[ -](?:cells?(?: lines?)?)\b")
#: Cancer and tumour in general.
_CANCERS = frozenset({"doid:162", "doid:14566"})
_AS_TISSUE = re.compile(
    r"[ -](?:surrounding )?(?:tissues?|vasculature|(?:blood |micro)?vessels?|lymphatics|vascular|blood)\b"
)
_SITE = re.compile(r" (?:of|in) .*$")
_STATE = re.compile(r"(?:metastatic|advanced|invasive|recurrent|relapsed|in situ) ", re.I)
_NO_TUMOUR = re.compile(r"(?:syndromes?|disorders?|cytha?emia(?: vera| rubra vera)?|blast phases?|blast crisis)$", re.I)
_CLASS_OF_PROTEINS = re.compile(
    r"(?:pro-?inflammatory |inflammatory )?(?:cytokine|chemokine|hormone|enzyme|proteinase|protease|phosphatase|gtpase|"
    r"carboxylesterase|ligand|(?:growth |transcription )factor|(?:protein |tyrosine )?kinase|"
    r"(?:death |cytokine |chemokine |growth factor )?receptor)s?", re.I
)  # fmt: skip
_AMINO_ACID = re.compile(
    r"(?:[ld]-)?(?:alanine|arginine|asparagine|aspartate|cysteine|glutamate|glutamine|glycine|histidine"
    r"|isoleucine|leucine|lysine|"
    r"methionine|phenylalanine|proline|serine|threonine|tryptophan|tyrosine|valine)s?|amino acids?", re.I
)  # fmt: skip
_GLUED_VARIANT = re.compile(r"[A-Za-z]\w*[A-Za-z0-9]-?[A-Z]\d{2,4}[A-Z*]")
_MIRNAS = re.compile(r"(?:mi(?:cro)?-?RNAs?|miRs?)", re.I)


def comparable(doc: Doc, *, generic: bool = True, mirna_label: str = "MIRNA") -> Spans:
    """A Doc's mentions by the conventions of :func:`conventional`."""
    marked = [Marked(s.start_char, s.end_char, s.label_, s.kb_id_, s._.method == "model") for s in doc.spans[MENTIONS]]
    return conventional(doc.text, marked, generic=generic, mirna_label=mirna_label)


def conventional(text: str, marked: Iterable[Marked], *, generic: bool = True, mirna_label: str = "MIRNA") -> Spans:
    """Mentions as corpora mark them that have one label for cells; the same for merged mentions and a model's, gold
    unseen.

    - Cell lines count as CELL_TYPE, and a following "cells" or "cell line" belongs to their span; without that word a
      line that is called a tumour ("Lewis lung carcinoma") is one.
    - The "tumor" of "tumor growth" and the "cell" of "cell migration", part of a process here, are mentions of their
      own there, and so are the genes in a pathway's name and the "cancer" of "anti-cancer drugs".
    - Not marked there, where ``generic`` is true: disorders of the blood that vocabularies list as cancers
      ("myelodysplastic syndrome").
    - Not marked there: drugs in general ("chemotherapy") or by a role that no model names ("kinase inhibitor"), amino
      acids, classes of proteins ("cytokines"), miRNAs in general, and either the cancer of "tumor tissue" or, where
      ``generic`` is false, cancers in general ("tumor").
    - A cancer's span there ends before its site ("adenocarcinoma | of the stomach", "| in situ") and begins after its
      state ("metastatic | melanoma", "invasive |").
    - A variant that is glued to its gene ("p53R172P") is the gene there, where ``generic`` is true; other variants are
      not marked.
    - Specific miRNAs go under ``mirna_label``.
    """
    out: set[tuple[int, int, str]] = set()
    for m in marked:
        out.update(_CONVENTIONS.get(m.label, _unchanged)(text, m, generic))
    return frozenset((a, b, mirna_label if label == "MIRNA" else label) for a, b, label in out)


def _unchanged(text: str, m: Marked, generic: bool) -> Iterator[tuple[int, int, str]]:  # noqa: ARG001
    yield m.start, m.end, m.label


def _drug(text: str, m: Marked, generic: bool) -> Iterator[tuple[int, int, str]]:
    surface = text[m.start : m.end]
    general = m.curie.startswith("exomine:")
    if general:
        inner = _CANCER_IN_ROLE.search(surface) if generic else None
        if inner:
            yield m.start + inner.start(1), m.start + inner.end(1), "CANCER"
    elif not _AMINO_ACID.fullmatch(surface) and (m.by_model or not _ROLE.search(surface)):
        yield m.start, m.end, m.label


def _protein(text: str, m: Marked, generic: bool) -> Iterator[tuple[int, int, str]]:  # noqa: ARG001
    surface = text[m.start : m.end]
    if not _CLASS_OF_PROTEINS.fullmatch(surface) and not _MIRNAS.fullmatch(surface):
        yield m.start, m.end, m.label


def _variant(text: str, m: Marked, generic: bool) -> Iterator[tuple[int, int, str]]:
    if generic and _GLUED_VARIANT.fullmatch(text, m.start, m.end):
        yield m.start, m.end, "PROTEIN"


def _mirna(text: str, m: Marked, generic: bool) -> Iterator[tuple[int, int, str]]:  # noqa: ARG001
    if m.curie != "exomine:mirna":
        yield m.start, m.end, m.label


def _cancer(text: str, m: Marked, generic: bool) -> Iterator[tuple[int, int, str]]:
    if generic and (_AS_TISSUE.match(text, m.end) or _NO_TUMOUR.search(text[m.start : m.end])):
        return
    if not generic and m.curie in _CANCERS:
        return
    state = _STATE.match(text, m.start, m.end)
    start = state.end() if state else m.start
    yield start, start + len(_SITE.sub("", text[start : m.end])), m.label


def _cell_line(text: str, m: Marked, generic: bool) -> Iterator[tuple[int, int, str]]:  # noqa: ARG001
    cells = _CELLS.match(text, m.end)
    grown = not cells and _TUMOUR_LINE.search(text[m.start : m.end])
    yield m.start, (cells.end() if cells else m.end), "CANCER" if grown else "CELL_TYPE"


def _process(text: str, m: Marked, generic: bool) -> Iterator[tuple[int, int, str]]:
    for word in _IN_PROCESS.finditer(text, m.start, m.end):
        if (generic or not word[1]) and word.end() - word.start() < m.end - m.start:
            yield word.start(), word.end(), "CANCER" if word[1] else "CELL_TYPE"
    yield m.start, m.end, m.label


def _pathway(text: str, m: Marked, generic: bool) -> Iterator[tuple[int, int, str]]:  # noqa: ARG001
    head = _PATHWAY_WORD.split(text[m.start : m.end])[0]
    for name in re.finditer(r"[^/()\s](?:[^/()]*[^/()\s])?", head):
        if _NAMELIKE.search(name[0]):
            yield m.start + name.start(), m.start + name.end(), "PROTEIN"
    yield m.start, m.end, m.label


_CONVENTIONS: dict[str, Callable[[str, Marked, bool], Iterator[tuple[int, int, str]]]] = {
    "DRUG": _drug, "PROTEIN": _protein, "MIRNA": _mirna, "CANCER": _cancer, "CELL_LINE": _cell_line,
    "PROCESS": _process,
    "PATHWAY": _pathway, "VARIANT": _variant,
}  # fmt: skip


#: What the corpora have of exomine's labels: folder or file, reader's labels, labels compared.
_MINED = {
    "cancermine": ("cancermine/train", {"gene": "PROTEIN", "cancer": "CANCER"}),
    "civicmine": ("civicmine/training", {"gene": "PROTEIN", "cancer": "CANCER", "drug": "DRUG"}),
}


def corpora_report(
    nlp: Language, corpora: Path, *, most: int = 0, track: Track = silent
) -> dict[str, dict[str, Score]]:
    """Scores by corpus and label: BioNLP13CG devel (merged mentions, and the model alone), CancerMine and CIViCmine.

    ``corpora`` is the folder that holds them; ``most`` limits the texts of each. miRNAs stand as genes in all of them.
    Both sides of BioNLP13CG pass through :func:`conventional`; cancers of the others also through :func:`listed`.
    Without the folder of CancerMine or CIViCmine its scores are left out.
    """
    path, expected = corpora / "bionlp13cg" / "devel.tsv", "BioNLP13CG's development part as IOB"
    with reading_gold(gold_file(path, expected), expected):
        golds = list(read_iob(path, CG_LABELS))[: most or None]
    some((s for g in golds for s in g.spans), path, f"{expected}, with entities")
    labels = sorted(set(CG_LABELS.values()))
    report = {}
    with nlp.select_pipes(disable=_later(nlp)):
        report["bionlp13cg"] = evaluate(
            nlp, track(golds, "bionlp13cg"), labels, predict=lambda text: comparable(nlp(text), mirna_label="PROTEIN")
        )
    ours = [n for n in ("mirna", "lexicon", "boundaries", "abbreviations", "resolve", "ground") if nlp.has_pipe(n)]
    known = _curies(nlp)
    with nlp.select_pipes(disable=[*ours, *_later(nlp)]):
        report["bionlp13cg, model alone"] = evaluate(
            nlp,
            track(golds, "bionlp13cg, model alone"),
            labels,
            predict=lambda text: model_mentions(nlp, text, known),
        )
    find = _cancers(nlp)
    with nlp.select_pipes(disable=_later(nlp)):
        for name, (folder, mapped) in _MINED.items():
            if not (corpora / folder).is_dir():
                continue
            with reading_gold(corpora / folder, f"the corpus {name} as it is distributed"):
                mined = list(read_standoff(corpora / folder, mapped))[: most or None]
            some((s for g in mined for s in g.spans), corpora / folder, f"the corpus {name}, with entities")
            report[name] = evaluate(
                nlp,
                track(mined, name),
                sorted(set(mapped.values())),
                predict=lambda text: listed(text, comparable(nlp(text), generic=False, mirna_label="PROTEIN"), find),
            )
    return report


def _later(nlp: Language) -> list[str]:
    """Components behind the entities, which these scores do not need."""
    return [n for n in ("assertion", "relations", "context", "table_relations") if nlp.has_pipe(n)]


def _curies(nlp: Language) -> Callable[[str, str], str]:
    """The lexicon's CURIE of a text that is a name as a whole, by label; none without a lexicon."""
    if not nlp.has_pipe("lexicon"):
        return lambda _text, _label: ""
    matcher = nlp.get_pipe("lexicon").matcher  # type: ignore[attr-defined]  # a pipe's type is a plain callable
    return lambda text, label: next((t.curie for t in matcher.lookup(text) if t.label == label), "")


def _cancers(nlp: Language) -> Callable[[str], list[tuple[int, int]]]:
    """The places of the lexicon's cancers in a text."""
    if not nlp.has_pipe("lexicon"):
        return lambda _text: []
    matcher = nlp.get_pipe("lexicon").matcher  # type: ignore[attr-defined]
    return lambda text: [(h.start, h.end) for h in matcher.find(text) if any(t.label == "CANCER" for t in h.terms)]


def listed(text: str, spans: Spans, find: Callable[[str], list[tuple[int, int]]]) -> Spans:
    """CancerMine and CIViCmine mark only names of their word lists: a cancer there is the longest such name in a
    mention.

    "stage III breast cancer" is "breast cancer"; a mention that holds no name that ``find`` knows stays as it is.
    """
    out = set()
    for start, end, label in spans:
        inside = find(text[start:end]) if label == "CANCER" else []
        if inside:
            a, b = max(inside, key=lambda s: (s[1] - s[0], s))
            start, end = start + a, start + b
        out.add((start, end, label))
    return frozenset(out)


def model_mentions(nlp: Language, text: str, curie_of: Callable[[str, str], str] = lambda _text, _label: "") -> Spans:
    """The entities of a model alone, under exomine's labels and by the same conventions as the merged mentions."""
    doc = nlp(text)
    entities = [(e.start_char, e.end_char, CG_LABELS[e.label_]) for e in doc.ents if e.label_ in CG_LABELS]
    return conventional(doc.text, [Marked(a, b, x, curie_of(doc.text[a:b], x), by_model=True) for a, b, x in entities])


def ground_names(nlp: Language, names: Iterable[str]) -> list[tuple[str, str, str, str]]:
    """``(name, label, CURIE, canonical name)`` of names that stand alone; label and CURIE are empty where none was
    found.
    """
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
    """How many gold ``(short, long)`` pairs :func:`~exomine.nlp.mentions.definitions.definitions` finds exactly."""
    right = spurious = missed = 0
    for text, gold in records:
        found = {(text[d.start : d.end], text[d.long_start : d.long_end]) for d in definitions(text)}
        right += len(gold & found)
        spurious += len(found - gold)
        missed += len(gold - found)
    return Score(right, spurious, missed)
