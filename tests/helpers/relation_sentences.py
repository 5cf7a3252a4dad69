"""Sentences with inline mentions and the relations they state, as in ``data/relations.txt``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from exomine.nlp.assertion.component import Assertion
from exomine.nlp.relations.component import Relations
from exomine.nlp.relations.context import Context
from spacy.tokens import Doc

_MENTION = re.compile(r"\{([^|{}]+)\|([A-Z_]+)\}")
PATH = Path(__file__).parent.parent / "nlp" / "relations" / "data" / "relations.txt"


@dataclass(frozen=True)
class Case:
    """``expected`` rows: subject, predicate, object, cancer, assertion, state. ``barred`` triples must not be found."""

    text: str
    mentions: tuple[tuple[int, int, str], ...]
    expected: tuple[tuple[str, ...], ...]
    barred: tuple[tuple[str, ...], ...]
    nothing: bool
    no_parse: bool


def read_cases(path: Path = PATH) -> list[Case]:
    """The cases of a file; the format is told at its head."""
    cases = []
    for chunk in re.split(r"\n\s*\n", path.read_text(encoding="utf8")):
        lines = [line for line in chunk.strip().split("\n") if line and not line.startswith("#")]
        if lines:
            cases.append(_case(lines[0], lines[1:]))
    return cases


def read_case(sentence: str) -> Case:
    """One sentence with its mentions and nothing expected."""
    return _case(sentence, [])


def _case(sentence: str, rows: list[str]) -> Case:
    source = sentence.removesuffix("% no parse").strip()
    text, mentions, last = "", [], 0
    for m in _MENTION.finditer(source):
        text += source[last : m.start()]
        mentions.append((len(text), len(text) + len(m[1]), m[2]))
        text += m[1]
        last = m.end()
    text += source[last:]
    split = [tuple(x.strip() for x in row.lstrip("~ ").split("|")) for row in rows if row != "none"]
    barred = [s for s, row in zip(split, [r for r in rows if r != "none"], strict=True) if row.startswith("~")]
    expected = [s for s in split if s not in barred]
    return Case(text, tuple(mentions), tuple(expected), tuple(barred), "none" in rows, sentence.endswith("% no parse"))


def run(doc: Doc, mentions: tuple[tuple[int, int, str], ...]) -> Doc:
    """Puts the mentions in place and runs assertion, relations and context; CURIEs and names stay empty."""
    spans = [doc.char_span(a, b, label=label, alignment_mode="expand") for a, b, label in mentions]
    doc.spans["mentions"] = [s for s in spans if s is not None]
    for component in (Assertion(), Relations(), Context()):
        doc = component(doc)
    return doc


def rows_of(doc: Doc) -> set[tuple[str, ...]]:
    """The relations as rows of the file's format."""
    return {
        (r.subject.text, r.predicate, r.object.text, r.cancer_name or "-", r.assertion, r.subject_state)
        for r in doc._.relations
    }
