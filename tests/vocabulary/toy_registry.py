"""Run as a program: one type and one predicate more, then a paper to tables; prints what came of them as JSON.

A fresh process, because an entry is made before anything else is imported, as if it stood in the registry's file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from exomine.vocabulary import entities

LABEL, PREDICATE = "DEVICE", "captured_by"
entities.ENTITY_TYPES += (
    entities.EntityType(
        LABEL, "apparatus that isolates vesicles", (), True, (),
        positive=(("The exochip was rinsed.", "exochip"),), negative=(("The chip was rinsed.", "chip"),),
        colour="#f3f0ff", word="device", roles=entities.Role.ACTS,
    ),
)  # fmt: skip
entities.LABELS += (LABEL,)

from exomine.vocabulary import predicates  # noqa: E402

predicates.PREDICATES += (
    predicates.Predicate(
        PREDICATE, "held back by an apparatus", entities.labels(entities.Role.CARGO), (LABEL,), "exomine:captured-by",
        "",
        positive=(("PTEN was captured by the exochip.", "PTEN", "exochip"),), negative=(),
        short="CAP", arrow="capture by {o}", biolink="",
    ),
)  # fmt: skip
predicates.PREDICATE_NAMES += (PREDICATE,)

import exomine  # noqa: E402
from exomine.cli.docs import data_dictionary  # noqa: E402
from exomine.nlp.extensions import MENTIONS  # noqa: E402
from exomine.nlp.relation import Relation  # noqa: E402
from exomine.resources import pipeline_path  # noqa: E402
from exomine.tables.page import html_page  # noqa: E402
from spacy.language import Language  # noqa: E402
from spacy.tokens import Doc  # noqa: E402

TEXT = "Isolation of vesicles\n\nWe found that PTEN was captured by the exochip. The ExoChip was rinsed twice.\n"


@Language.component("captures")
def captures(doc: Doc) -> Doc:
    """The rule that a new predicate needs: who was captured by which device."""
    for sentence in doc.sents:
        mentions = [m for m in doc.spans[MENTIONS] if sentence.start <= m.start < sentence.end]
        device = next((m for m in mentions if m.label_ == LABEL), None)
        captured = next((m for m in mentions if m.label_ == "PROTEIN"), None)
        if device is not None and captured is not None and "captured by" in sentence.text:
            found = Relation(captured, PREDICATE, device, sentence, score=0.9, tier="high", method="captures")
            doc._.relations = (*doc._.relations, found)
    return doc


def configuration(folder: Path) -> Path:
    """The shipped pipeline with a lab's terms and the rule above."""
    terms = folder / "terms.csv"
    terms.write_text(
        f"label,curie,name,synonym,reason\n{LABEL},exomine:exochip,ExoChip,exochip,ours\n", encoding="utf-8"
    )
    text = pipeline_path().read_text(encoding="utf-8").replace('\nterms = ""', f"\nterms = {json.dumps(str(terms))}")
    text = (
        text.replace('"table_relations"]', '"table_relations","captures"]')
        + '\n[components.captures]\nfactory = "captures"\n'
    )
    cfg = folder / "lab.cfg"
    cfg.write_text(text, encoding="utf-8")
    return cfg


def main(folder: Path) -> None:
    cfg, paper = configuration(folder), folder / "paper.txt"
    paper.write_text(TEXT, encoding="utf-8")
    # in this process, which alone knows the toys
    tables = exomine.extract([paper], out=folder / "results", pipeline=cfg, engine="serial")
    page = html_page(exomine.load(cfg)(TEXT))
    shown = {
        "mentions": tables.mentions.query("label == @LABEL")[["text", "name", "curie"]].values.tolist(),
        "documents": int(tables.documents["n_mentions"].iloc[0]),
        "rows": len(tables.mentions),
        "triples": tables.triples.query("predicate == @PREDICATE")[
            ["statement", "predicate_curie", "object_label"]
        ].values.tolist(),
        "dictionary": [line for line in data_dictionary().splitlines() if LABEL in line or PREDICATE in line],
        "coloured": "#f3f0ff" in page,
    }
    print(json.dumps(shown))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
