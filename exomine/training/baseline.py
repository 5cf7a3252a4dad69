"""A spaCy CNN trained on the same data with spaCy's default settings: what the model is compared with.

usage: python baseline.py --corpora DIR --work DIR --out MODEL [--entity-steps N] [--tree-steps N]

Tagger and parser share one tok2vec layer, the entity recogniser has its own; the tokeniser is the model's.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from spacy.cli.init_config import init_config
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_model

from exomine.nlp.encoder.tokenizer import blank, make_tokenizer
from exomine.training.corpora import Sentence, craft_sentences, iob_corpus

SENTENCES_A_DOC = 6


def entity_docs(nlp: Language, sentences: list[Sentence]) -> DocBin:
    """One Doc a sentence, with its entities."""
    docs = DocBin()
    for s in sentences:
        docs.add(Doc(nlp.vocab, words=s.words, spaces=_spaces(s), ents=s.bio))
    return docs


def tree_docs(nlp: Language, sentences: list[Sentence]) -> DocBin:
    """Docs of consecutive sentences of one article, with tags and trees; sentences whose tree is not whole are left
    out.
    """
    docs, part = DocBin(), list[Sentence]()
    for s in sentences:
        if part and (len(part) == SENTENCES_A_DOC or part[-1].document != s.document):
            docs.add(_tree_doc(nlp, part))
            part = []
        if None not in s.heads and None not in s.tags:
            part.append(s)
    if part:
        docs.add(_tree_doc(nlp, part))
    return docs


def _spaces(sentence: Sentence) -> list[bool]:
    return [*sentence.spaced[1:], True]


def _tree_doc(nlp: Language, part: list[Sentence]) -> Doc:
    columns: dict[str, list[Any]] = {"words": [], "spaces": [], "tags": [], "heads": [], "deps": []}
    for s in part:
        base = len(columns["words"])
        columns["words"] += s.words
        columns["spaces"] += _spaces(s)
        columns["tags"] += s.tags
        columns["heads"] += [base + (h or 0) for h in s.heads]
        columns["deps"] += s.deps
    values: dict[str, Any] = columns
    return Doc(nlp.vocab, **values)


def fit(pipes: list[str], data: tuple[Path, Path], steps: int) -> Language:
    """Train components with spaCy's "efficiency" defaults."""
    config = init_config(pipeline=pipes, optimize="efficiency")
    config["paths"] = {"train": str(data[0]), "dev": str(data[1]), "vectors": None, "init_tok2vec": None}
    config["training"] |= {"max_steps": steps, "eval_frequency": max(steps // 5, 1), "patience": 0}
    config["training"]["optimizer"]["use_averages"] = True
    config["components"]["tok2vec"]["model"]["embed"]["rows"] = [4000, 1000, 2000, 1000]
    nlp = init_nlp(config)
    best, _path = train(nlp, None)
    return best


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpora", "work", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--entity-steps", type=int, default=3500)
    parser.add_argument("--tree-steps", type=int, default=3000)
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    nlp, gold = blank(), options.corpora
    parts = {
        "entities": [entity_docs(nlp, iob_corpus(nlp, [gold / f"bionlp13cg/{p}.tsv"])) for p in ("train", "devel")],
        "trees": [tree_docs(nlp, craft_sentences(nlp, gold / "craft" / p)) for p in ("train", "dev")],
    }
    paths = {k: (options.work / f"{k}-train.spacy", options.work / f"{k}-choose.spacy") for k in parts}
    for kind, bins in parts.items():
        for docs, path in zip(bins, paths[kind], strict=True):
            docs.to_disk(path)
    pipeline = fit(["tagger", "parser"], paths["trees"], options.tree_steps)
    entities = fit(["ner"], paths["entities"], options.entity_steps)
    entities.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
    pipeline.add_pipe("ner", source=entities)
    pipeline.tokenizer = make_tokenizer(pipeline)
    pipeline.to_disk(options.out)
    load_model(options.out)


if __name__ == "__main__":
    main()
