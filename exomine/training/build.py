"""From corpora to models/exomine_core: train, export, put together, measure. ``exomine train`` calls :func:`build`."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import spacy

from exomine.evaluation.ner import evaluate_entities, read_iob
from exomine.evaluation.syntax import evaluate_syntax, read_articles
from exomine.nlp.encoder.tokenizer import blank
from exomine.training.assemble import assemble
from exomine.training.corpora import craft_sentences
from exomine.training.export import export, load_network
from exomine.training.learn import encoder_files, train
from exomine.training.lemmas import lemma_tables
from exomine.training.manifest import write_manifest
from exomine.training.settings import CONFIG

__all__ = ["build", "ship"]

META: dict[str, Any] = {
    "name": "exomine_core",
    "version": "0.1.0",
    "description": (
        "Sentences, tags, lemmas, trees and entities (16 labels of the Cancer Genetics task) of biomedical "
        "prose"
    ),
    "author": "The exomine contributors",
    "license": "CC BY-SA 3.0",
    "sources": [
        {"name": "all-MiniLM-L6-v2", "url": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
            "license": "Apache-2.0"},
        {"name": "BioNLP-ST 2013 Cancer Genetics", "url": "http://2013.bionlp-st.org/", "license": "CC BY-SA 3.0"},
        {"name": "CRAFT", "url": "https://github.com/UCDenver-ccp/CRAFT", "license": "CC BY 3.0"},
        {"name": "BC5CDR, BC2GM, NCBI Disease, AnatEM",
            "url": "https://github.com/cambridgeltl/MTL-Bioinformatics-2016", "license": "CC BY 4.0"},
    ],
}  # fmt: skip


def build(corpora: Path, work: Path, out: Path, config_path: Path = CONFIG) -> dict[str, Any]:
    """Train into ``work`` (checkpoint and log; a stopped run goes on there) and write the pipeline to ``out``.

    Returns the figures on the parts that are for choosing, which are also written to ``work``/figures.json.
    """
    config = tomllib.loads(config_path.read_text(encoding="utf8"))
    train(corpora, work, config)
    return ship(corpora, work, out, config)


def ship(corpora: Path, work: Path, out: Path, config: dict[str, Any]) -> dict[str, Any]:
    """Export the trained network of ``work``, put the pipeline together in ``out`` and measure it."""
    stages = config["ship"]["stages"]
    networks = [load_network(work, work / stage / "checkpoint.pt") for stage in stages]
    heads = networks[0][1]
    files = work / "files"
    export([n for n, _ in networks], heads, encoder_files(config)[1], files, corpus=config["ship"]["entities"])
    tables = lemma_tables(craft_sentences(blank(), corpora / config["craft"]["train"]))
    if out.exists():
        shutil.rmtree(out)
    nlp = assemble(files, tables, META, out)
    figures = measure(
        spacy.load(out), corpora, config
    )  # another copy: what is written must not hold the corpora's words
    nlp.meta["performance"] = figures
    nlp.to_disk(out)
    (work / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf8")
    write_manifest(out)
    return figures


def measure(nlp: Any, corpora: Path, config: dict[str, Any]) -> dict[str, Any]:
    """Figures on raw text: strict entity F1 over all labels and by label, tags, trees, sentences."""
    entities = evaluate_entities(nlp, read_iob(corpora / config["choosing"]["bionlp13cg"]))
    syntax = evaluate_syntax(nlp, read_articles(corpora / config["craft"]["choose"]))
    per_label = {label: round(entities.label(label).f1, 4) for label in entities.labels}
    micro = entities.micro
    overall = {"ents_p": micro.precision, "ents_r": micro.recall, "ents_f": micro.f1, **syntax.figures}
    return {**{k: round(v, 4) for k, v in overall.items()}, "ents_per_type": per_label}
