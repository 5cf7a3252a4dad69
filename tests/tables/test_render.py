"""One annotated text as JSON."""

from __future__ import annotations

import json

from exomine.tables.render import annotation

from helpers import papers

TEXT = "In gastric cancer <b> miR-21 </b> confers cisplatin resistance."


def doc():
    made = papers.annotate(papers.document(TEXT))
    made.ents = list(made.spans["mentions"])
    return made


def test_json_names_mentions_by_their_position():
    data = json.loads(json.dumps(annotation(doc())))
    (relation,) = data["relations"]
    assert data["mentions"][relation["subject"]]["text"] == "miR-21"
    assert data["mentions"][relation["object"]]["curie"] == "drugbank:DB00515"
    assert relation["statement"] == "miR-21 -> cisplatin resistance -> gastric cancer"
    assert all(data["text"][m["start"] : m["end"]] == m["text"] for m in data["mentions"])
