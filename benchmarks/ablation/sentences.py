"""Sentences that are parsed once and whose relations are made again for every rule that is switched off."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import spacy
from exomine.annotation.record import read_corpus
from exomine.cli.progress import track
from exomine.evaluation.relations import syntax_of
from exomine.nlp.assertion.component import CUE_SPANS, SCOPE_SPANS, Assertion
from exomine.nlp.extensions import MENTIONS, register_extensions
from exomine.nlp.relations import component
from exomine.nlp.relations.component import Relations
from exomine.nlp.relations.frames import readers
from exomine.nlp.relations.frames.catalogue import FRAMES
from exomine.nlp.relations.roles import SentenceRoles
from exomine.nlp.relations.statement import Statement
from exomine.vocabulary.predicates import PREDICATES
from spacy.tokens import Doc, DocBin

TESTS = Path(__file__).resolve().parents[2] / "tests"
sys.path.append(str(TESTS))

from helpers.operators import spread  # noqa: E402
from helpers.relation_sentences import read_case, read_cases  # noqa: E402

#: Components that come after the mentions: they are run again, or not needed.
_AFTER = ("assertion", "relations", "context", "table_relations")


@dataclass(frozen=True)
class Asked:
    """A sentence to parse: where it is from, and its mentions; without any the whole pipeline finds them."""

    source: str
    text: str
    mentions: tuple[tuple[int, int, str], ...] | None = None
    scopes: bool = False

    @property
    def key(self) -> str:
        return f"{self.text}\t{self.mentions}\t{self.scopes}"


@dataclass(frozen=True)
class Parsed:
    """A sentence (or a few) with its mentions in place; ``scopes``: its test looks at cues and scopes themselves."""

    asked: Asked
    doc: Doc

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """What comes out of it now: subject, predicate, object, assertion, state; for scopes their places."""
        doc = Relations()(Assertion()(self.doc))
        found: list[tuple[str, ...]] = [
            (r.subject.text, r.predicate, r.object.text, r.assertion, r.subject_state) for r in doc._.relations
        ]
        if self.asked.scopes:
            spans = [(group, s) for group in (CUE_SPANS, SCOPE_SPANS) for s in doc.spans[group]]
            found += [(group, s.label_, str(s.start), str(s.end)) for group, s in spans]
        return tuple(sorted(found))

    def frames(self) -> frozenset[str]:
        """The frames that say anything of it, whether it comes out or not."""
        seen: set[str] = set()

        def spying(roles: SentenceRoles) -> Iterator[Statement]:
            for s in readers.all_statements(roles):
                seen.add(s.frame)
                yield s

        with patch.object(component, "all_statements", spying):
            self.rows()
        return frozenset(seen)


def parsed(asked: Sequence[Asked], kept: Path | None) -> list[Parsed]:
    """The sentences, parsed; with a file ``kept`` those that it holds are taken from there, and the others added."""
    register_extensions()
    docs = _read(kept) if kept and kept.exists() else {}
    missing = {a.key: a for a in asked if a.key not in docs}
    if missing:
        docs |= dict(_parse(list(missing.values())))
        if kept:
            _write(kept, docs)
    return [Parsed(a, docs[a.key]) for a in asked]


def _read(path: Path) -> dict[str, Doc]:
    return {d.user_data["key"]: d for d in DocBin().from_disk(path).get_docs(spacy.blank("en").vocab)}


def _write(path: Path, docs: dict[str, Doc]) -> None:
    store = DocBin(store_user_data=True)
    for key, doc in docs.items():
        doc.user_data = {"key": key}
        store.add(doc)
    store.to_disk(path)


def _parse(asked: Sequence[Asked]) -> Iterator[tuple[str, Doc]]:
    from exomine.nlp.load import load

    nlp = load()
    disabled = [name for name in _AFTER if name in nlp.pipe_names]
    for a in track(asked, "sentences parsed"):
        if a.scopes:
            yield a.key, nlp.make_doc(a.text)
        elif a.mentions is not None:
            yield a.key, _placed(syntax_of(nlp, a.text), a.mentions)
        else:
            with nlp.select_pipes(disable=disabled):
                yield a.key, nlp(a.text)


def _placed(doc: Doc, mentions: Iterable[tuple[int, int, str]]) -> Doc:
    spans = [doc.char_span(a, b, label=label, alignment_mode="expand") for a, b, label in mentions]
    doc.spans[MENTIONS] = [s for s in spans if s is not None]
    return doc


def test_sentences() -> list[Asked]:
    """The sentences that the tests of the relations and of assertion read."""
    scopes = _texts(TESTS / "nlp" / "assertion" / "test_component.py")
    return [*_marked(), *_in_full(), *(Asked("assertion", text, scopes=True) for text in scopes)]


def corpus_sentences(path: Path) -> list[Asked]:
    """Annotated sentences that have their text, with the annotated mentions."""
    files = [path] if path.is_file() else sorted(path.rglob("*.jsonl"))
    records = [s for file in files for s in read_corpus(file) if s.laid_out]
    return [Asked(s.id, s.text, tuple((m.start, m.end, m.label) for m in s.mentions)) for s in records]


def _marked() -> Iterator[Asked]:
    """Sentences whose mentions are marked in the text: of data files, of test modules, of the catalogue of frames."""
    folder = TESTS / "nlp" / "relations"
    for name in ("relations.txt", "single_rules.txt"):
        yield from (Asked(name, case.text, case.mentions) for case in read_cases(folder / "data" / name))
    examples = [("catalogue", text) for f in FRAMES for text in (f.example, f.counter) if text]
    examples += [(p.name, text) for p in sorted(folder.glob("test_*.py")) for text in _texts(p) if "|" in text]
    for source, text in examples:
        case = read_case(text)
        if case.mentions:
            yield Asked(source, case.text, case.mentions)


def _in_full() -> Iterator[Asked]:
    """Sentences that go through the whole pipeline: kinds of signs, operators, examples of the predicates."""
    signs = (TESTS / "nlp" / "relations" / "data" / "signs.tsv").read_text(encoding="utf-8").splitlines()
    yield from (Asked("signs.tsv", line.split("\t")[1]) for line in signs if line and not line.startswith("#"))
    yield from (Asked("operators", s.text) for s in spread(7))
    yield from (Asked("predicates", row[0]) for p in PREDICATES for row in (*p.positive, *p.negative))


def _texts(path: Path) -> list[str]:
    """The strings of a test module that are sentences."""
    strings = (n.value for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Constant))
    return [s for s in strings if isinstance(s, str) and " " in s and s.rstrip().endswith((".", "?"))]
