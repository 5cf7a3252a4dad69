"""A quick first pass over the relations: their tests read sentences that were parsed once, in forks of one process.

The tests are those of the room, as they stand. What loads a pipeline gives them a :class:`Kept` one, which takes each
text up to its mentions from a file and runs the components behind anew. What needs more (the network, a text that is
not among the kept ones) is left out, so that a mistake that passes here may still be noticed by the tests in full.
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.lang.en import English
from spacy.tokens import Doc, DocBin
from spacy.vocab import create_vocab

#: Where a mistake changes nothing of what is kept, and the tests that read the kept sentences.
ROOMS = ("exomine/nlp/relations", "exomine/nlp/assertion")
TESTS = ("tests/nlp/relations", "tests/nlp/assertion")
#: The components behind the mentions, in their order; and tests of the network, which is left out.
_BEHIND = ("assertion", "relations", "context", "table_relations")
_WITHOUT = ("--ignore=tests/nlp/relations/learned",)
_KEY = "mutations.key"


class Kept:
    """Stands in for a pipeline: parsed texts by key, and what comes behind. ``parse`` reads texts that are missing."""

    def __init__(self, docs: dict[str, Doc], name: str, behind: Sequence[Any], parse: Callable[[str], Doc] | None):
        self.docs, self.name, self.behind, self.parse = docs, name, behind, parse
        self.pipeline: tuple[Any, ...] = ()

    def make_doc(self, text: str) -> Doc:
        """The text as it is kept; who makes a Doc and runs ``pipeline`` over it gets the same."""
        key = f"{self.name} {text}"
        if key not in self.docs:
            if self.parse is None:
                pytest.skip("not among the kept texts")
            self.docs[key] = self.parse(text)
        return self.docs[key].copy()

    def __call__(self, text: str) -> Doc:
        doc = self.make_doc(text)
        for component in self.behind:
            doc = component(doc)
        return doc

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        return map(self, texts)


class Replay:
    """Plugin of pytest: pipelines are kept ones. ``learn``: texts that are not there are parsed and kept."""

    def __init__(self, docs: dict[str, Doc], *, learn: bool) -> None:
        self.docs, self.learn, self.failed = docs, learn, ""

    def pytest_configure(self) -> None:
        factories = importlib.import_module("exomine.nlp.factories").FACTORIES
        module = importlib.import_module("exomine.nlp.load")
        loads, reads = module.load, spacy.load

        def load(cfg: Any = None, *, without: Sequence[str] = ()) -> Kept:
            if cfg is not None or "relation_model" not in without:
                pytest.skip("reads with the network")
            made = [factories[name] for name in _BEHIND if name not in without]
            behind = [factory(None, "", **settings) for factory, settings in made]
            real = loads(without=("relation_model", *_BEHIND)) if self.learn else None
            return Kept(self.docs, "mentions", behind, real)

        module.load = load
        spacy.load = lambda path: Kept(self.docs, "syntax", (), reads(path) if self.learn else None)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid


def read(path: Path) -> dict[str, Doc]:
    """The kept texts. Nothing of exomine is imported for them: each fork imports it with the mistake in it."""
    vocab = create_vocab("en", English.Defaults)
    return {d.user_data[_KEY]: d for d in DocBin().from_disk(path).get_docs(vocab)} if path.exists() else {}


def _write(path: Path, docs: dict[str, Doc]) -> None:
    store = DocBin(store_user_data=True)
    for key, doc in docs.items():
        doc.user_data[_KEY] = key
        store.add(doc)
    store.to_disk(path)


def learned(tree: Path, kept: Path) -> str:
    """Runs the tests on the tree as it is and keeps what they read; the first that fails, empty where none does."""
    return _forked(tree, TESTS, read(kept), kept)


def noticed(tree: Path, tests: Sequence[str], docs: dict[str, Doc]) -> str:
    """The first test that fails; empty where none does."""
    return _forked(tree, tests, docs, None)


def _forked(tree: Path, tests: Sequence[str], docs: dict[str, Doc], kept: Path | None) -> str:
    here, there = multiprocessing.Pipe(duplex=False)
    gc.freeze()  # a fork that collects what it was given copies it
    fork = multiprocessing.get_context("fork").Process(target=_work, args=(tree, tests, docs, kept, there))
    fork.start()
    there.close()
    try:
        return str(here.recv())
    except EOFError:
        return "the process ended"
    finally:
        fork.join()


def _work(tree: Path, tests: Sequence[str], docs: dict[str, Doc], kept: Path | None, answer: Any) -> None:
    os.chdir(tree)
    sys.path.insert(0, str(tree))
    replay = Replay(docs, learn=kept is not None)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        sys.stdout = nowhere
        command = ["-x", "-q", "--no-header", "-p", "no:cacheprovider", *_WITHOUT, *tests]
        code = pytest.main(command, plugins=[replay])
    if kept is not None:
        _write(kept, docs)
    answer.send(replay.failed or ("" if code == 0 else f"status {int(code)}"))
