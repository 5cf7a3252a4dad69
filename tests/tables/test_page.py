"""One annotated text as a page; how it looks is tested in ``tests/browser``."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
import spacy
from exomine.document.builder import DocumentBuilder
from exomine.document.model import Document
from exomine.nlp.extensions import register_extensions
from exomine.tables.page import COLOURS, html_page
from exomine.vocabulary.entities import LABELS

from helpers import papers

TEXT = "In gastric cancer <b> miR-21 </b> confers cisplatin resistance [1]."


def annotated(*paragraphs):
    made = papers.annotate(papers.document(*paragraphs))
    made.ents = list(made.spans["mentions"])
    return made


def bare(text):
    """A Doc of a text that is no paper, with one mention of each label in a row."""
    register_extensions()
    doc = spacy.blank("en")(text)
    doc.ents = [spacy.tokens.Span(doc, i, i + 1, label=label) for i, label in enumerate((*LABELS, "Organ"))]
    return doc


class PageReader(HTMLParser):
    """Collects the tags and the text shown."""

    def __init__(self, page):
        super().__init__()
        self.seen, self.titles, self.shown = [], [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.titles += [value for name, value in attrs if name == "title"]

    def handle_data(self, data):
        self.shown += data


def test_the_page_shows_the_text_and_runs_nothing_of_it():
    page = PageReader(html_page(annotated(TEXT)))
    assert "script" not in page.seen
    assert "<b> " in page.shown
    assert page.seen.count("mark") == 3 + 3  # those of the legend
    assert "miR-21 → cisplatin resistance → gastric cancer" in page.shown


def test_a_sentence_stands_once_over_its_relations_with_its_section():
    twice = annotated(TEXT)
    twice._.relations *= 2
    page = PageReader(html_page(twice)).shown
    assert page.count("resistance [1]. (Results)") == 1
    assert page.count("miR-21 → cisplatin resistance") == 2


def test_pages_and_headings_of_a_paper_are_shown():
    builder = DocumentBuilder()
    builder.add("heading", "Results", level=1)
    builder.add("paragraph", TEXT)
    built = builder.finish()
    paper = Document("0" * 16, "a.pdf", "pdf", built.text, built.blocks)
    page = PageReader(html_page(papers.annotate(paper)))
    assert page.seen.count("h3") == 1


def test_what_is_inside_a_mark_is_told_in_its_title():
    made = annotated(TEXT)
    drug = next(s for s in made.spans["mentions"] if s.text == "cisplatin")
    made.spans["mentions"] = [*made.spans["mentions"], made[drug.start - 1 : drug.end]]
    made.ents = [s for s in made.ents if s.text != "cisplatin"] + [
        spacy.tokens.Span(made, drug.start - 1, drug.end, label="PROCESS")
    ]
    assert any("inside: cisplatin DRUG drugbank:DB00515" in t for t in PageReader(html_page(made)).titles)


def test_the_legend_counts_each_label_and_says_what_it_is():
    page = PageReader(html_page(bare("a b c d e f g h i j k"))).shown
    assert all(f"{label} 1" in page for label in (*LABELS, "Organ"))
    assert "exosome, extracellular vesicle" in page


def test_a_text_without_anything_says_so():
    page = html_page(annotated("Nothing."))
    assert "No relation found" in page
    assert "No mention found" in page


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("label", LABELS)
def test_every_label_has_its_colour_and_text_can_be_read_on_it(label):
    assert (luminance(COLOURS[label]) + 0.05) / (luminance("#111111") + 0.05) > 7  # WCAG 2.1, AAA


def test_no_two_labels_share_a_colour():
    assert set(COLOURS) == set(LABELS)
    assert len(set(COLOURS.values())) == len(LABELS)
