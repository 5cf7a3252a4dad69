"""One annotated text as JSON and as a page."""

from __future__ import annotations

import json
from html.parser import HTMLParser

from exomine.tables.render import COLOURS, annotation, html_page
from exomine.vocabulary.entities import LABELS

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


def test_the_page_shows_the_text_and_runs_nothing_of_it():
    page = html_page(doc())
    seen = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            seen.append(tag)

    Reader().feed(page)
    assert "b" not in seen
    assert seen.count("mark") == 3
    assert "&lt;b&gt;" in page
    assert "miR-21 -&gt; cisplatin resistance -&gt; gastric cancer" in page


def test_a_text_without_relations_says_so():
    assert "No relation found" in html_page(papers.annotate(papers.document("Nothing.")))


def test_every_label_has_its_colour():
    assert set(COLOURS) == set(LABELS)
    assert len(set(COLOURS.values())) == len(LABELS)
