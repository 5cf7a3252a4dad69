"""The public corpora as cases: a text with given mentions and what is stated of them, and how answers are counted."""

from __future__ import annotations

import html
import json
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from lxml import etree

FOLDS = 5
#: A relation: its kind and its arguments (positions of mentions) in the order of their types.
Stated = tuple[str, tuple[int, ...]]

#: Types of the arguments of each kind of relation that a corpus holds, in the order of the alphabet.
KINDS: dict[str, dict[str, tuple[str, ...]]] = {
    "cancermine": dict.fromkeys(("Driver", "Oncogene", "Tumor_Suppressor"), ("cancer", "gene")),
    "civicmine": {
        "AssociatedVariant": ("gene", "variant"),
        **dict.fromkeys(("Diagnostic", "Predisposing", "Prognostic"), ("cancer", "gene")),
        "Predictive": ("cancer", "drug", "gene"),
    },
    "mmic": {"related": ("gene", "mirna")},
}
_TAG = re.compile(r"<(/?)(\w+)>")


@dataclass(frozen=True, slots=True)
class Case:
    """A text of the document ``doc``; mentions are (start, end, type), half-open."""

    id: str
    doc: str
    text: str
    mentions: tuple[tuple[int, int, str], ...]
    stated: frozenset[Stated]

    @property
    def fold(self) -> int:
        return zlib.crc32(self.doc.encode()) % FOLDS

    def candidates(self, types: tuple[str, ...]) -> Iterable[tuple[int, ...]]:
        """Every choice of mentions of these types."""
        return product(*([k for k, m in enumerate(self.mentions) if m[2] == t] for t in types))


def _standoff(folder: Path, name: str) -> list[Case]:
    return [_standoff_case(path, name) for path in sorted(folder.glob("*.a1"))]


def _standoff_case(path: Path, name: str) -> Case:
    places: dict[str, int] = {}
    mentions = []
    for line in path.read_text(encoding="utf-8").splitlines():
        key, place, _ = line.split("\t", 2)
        kind, start, *_, end = place.split()
        places[key] = len(mentions)
        mentions.append((int(start), int(end), kind))
    stated = set()
    for line in path.with_suffix(".a2").read_text(encoding="utf-8").splitlines():
        kind, *arguments = line.split("\t")[1].split()
        roles = dict(a.split(":") for a in arguments)
        if tuple(sorted(roles)) == KINDS[name].get(kind):
            stated.add((kind, tuple(places[roles[role]] for role in sorted(roles))))
    source = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    doc = str(source.get("pmid") or source.get("pmcid") or path.stem)
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    return Case(f"{name}/{path.stem}", doc, text, tuple(mentions), frozenset(stated))


def _mmic(folder: Path, name: str) -> list[Case]:
    """The first microRNA and the first gene of each sentence; they are related or not."""
    cases = []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for part in ("train", "dev"):
        for k, document in enumerate(etree.parse(str(folder / f"{part}.xml"), parser).iter("document")):
            text, spans = _untagged(html.unescape(document.findtext("passage/text") or ""))
            chosen = [next((s for s in spans if s[2] == t), None) for t in ("gene", "mirna")]
            mentions = tuple(s for s in chosen if s)
            related = any(i.text == "Positive" for i in document.iter("infon") if i.get("key") == "relation")
            stated = frozenset({("related", (0, 1))} if related else ())
            if len(mentions) == 2:
                cases.append(Case(f"{name}/{part}/{k}", document.findtext("id") or "", text, mentions, stated))
    return cases


def _untagged(raw: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without its tags, and what they enclosed."""
    text, spans, last, begun = "", [], 0, 0
    for m in _TAG.finditer(raw):
        text += raw[last : m.start()]
        last = m.end()
        if m[1]:
            spans.append((begun, len(text), m[2].lower()))
        begun = len(text)
    return text + raw[last:], spans


_READERS: dict[str, tuple[str, Callable[[Path, str], list[Case]]]] = {
    "cancermine": ("cancermine/train", _standoff),
    "civicmine": ("civicmine/training", _standoff),
    "mmic": ("mmic", _mmic),
}


def read(name: str, corpora: Path) -> list[Case]:
    """The cases of a corpus that lies below ``corpora`` as it is distributed."""
    place, reader = _READERS[name]
    cases = reader(corpora / place, name)
    if not cases:
        raise SystemExit(f"{corpora / place} holds no cases of {name}; expected the corpus as it is distributed")
    return cases


#: What is counted of a corpus: of each relation its kind and arguments, or nothing where it does not count.
Counted = Callable[[Stated], Stated | None]


def _whole(stated: Stated) -> Stated | None:
    return stated


def _pairs(stated: Stated) -> Stated | None:
    """Two arguments of each relation: of gene, cancer and drug the cancer is left out."""
    kind, arguments = stated
    return kind, arguments[-2:]


def _without_variants(way: Counted) -> Counted:
    return lambda stated: None if stated[0] == "AssociatedVariant" else way(stated)


#: Ways to count, by corpus; the first is the one that is the corpus's figure.
COUNTS: dict[str, dict[str, Counted]] = {
    "cancermine": {"relations": _whole},
    "civicmine": {
        "relations": _whole,
        "pairs": _pairs,
        "relations, variants left out": _without_variants(_whole),
        "pairs, variants left out": _without_variants(_pairs),
    },
    "mmic": {"relations": _whole},
}
#: Where a relation has three arguments, what a model of pairs is asked for.
BINARY: dict[str, dict[str, tuple[str, ...]]] = {"civicmine": {**KINDS["civicmine"], "Predictive": ("drug", "gene")}}


def counted(
    cases: Iterable[Case], said: Mapping[str, Iterable[Stated]], way: Counted, kind: str | None = None
) -> dict[str, float]:
    """Precision, recall and F1 over all relations (or those of a kind): kind and each argument must be right.

    As Kindred's ``evaluate``: each different relation counts once.
    """
    hits = predicted = gold = 0
    for case in cases:
        right, ours = (
            {c for s in stated if (c := way(s)) and kind in (None, c[0])} for stated in (case.stated, said[case.id])
        )
        hits, predicted, gold = hits + len(right & ours), predicted + len(ours), gold + len(right)
    precision, recall = hits / max(predicted, 1), hits / max(gold, 1)
    return {
        "f1": round(2 * hits / max(predicted + gold, 1), 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "gold": gold,
    }
