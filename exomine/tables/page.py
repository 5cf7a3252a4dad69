"""One annotated text as a page to look at, in displaCy's manner: self-contained, without scripts, for any width and for
print.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from exomine.tables.render import mentions_of, relation_statement
from exomine.vocabulary.entities import ENTITY_TYPES, LABELS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from exomine.document.model import Block, Document
    from exomine.nlp.relation import Relation

__all__ = ["COLOURS", "html_page"]

#: Background colours by label.
COLOURS = {t.label: t.colour for t in ENTITY_TYPES}
_OTHER = "#f1f3f5"
#: A mention of up to so many characters is not broken over two lines.
_WHOLE = 24
_TAGS = {"title": "h2", "heading": "h3"}
_STYLE = """
:root { color-scheme: light; }
body { font: 16px/2 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; \
color: #111; background: #fff;
  overflow-wrap: anywhere; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
h1, h2, h3, table, ul { line-height: 1.4; }
p { margin: 0 0 .8rem; }
p.caption, p.table_row { font-size: .9em; border-left: 3px solid #ccc; padding-left: .7rem; margin-bottom: .2rem; }
p.table_row + :not(.table_row) { margin-top: .8rem; }
mark { padding: .15em .3em; border-radius: .3em; color: inherit; \
-webkit-box-decoration-break: clone; box-decoration-break: clone; }
mark.whole { white-space: nowrap; }
mark small { font-size: .65em; font-weight: 700; margin-left: .4em; letter-spacing: .03em; }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; font-size: .85rem; }
.page { font-size: .75rem; color: #555; border: 1px solid #bbb; border-radius: .3em; \
padding: .1em .4em; margin-right: .5em; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .3rem .6rem .3rem 0; vertical-align: top; overflow-wrap: normal; }
thead th { border-bottom: 2px solid #888; }
tbody tr:first-child td { padding-top: .9rem; color: #333; overflow-wrap: anywhere; }
tbody { border-bottom: 1px solid #ccc; break-inside: avoid; }
td.statement { font-weight: 600; padding-left: 1rem; overflow-wrap: anywhere; }
td.number { font-variant-numeric: tabular-nums; }
td .where { color: #555; font-size: .85em; }
.negated { color: #a61e1e; } .speculative { color: #7a4b00; }
@media (max-width: 40rem) {
  body { margin: 1rem auto; font-size: 15px; }
  th.wide, td.wide { display: none; }
  td.statement { padding-left: .4rem; }
}
"""
_HEAD = (
    '<thead><tr><th>statement</th><th class="wide">predicate</th><th>assertion</th><th '
    'class="wide">cited</th><th>score</th>'
    "<th>tier</th></tr></thead>"
)


def html_page(doc: Doc) -> str:
    """A self-contained page: what the colours mean, the text with its longest mentions marked, the relations by
    sentence.

    Headings, pages and sections are shown where the Doc was made from a Document.
    """
    document: Document | None = doc._.document if doc.has_extension("document") else None
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>exomine annotate</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>Entities</h1>\n{_legend(doc)}\n{''.join(_text(doc, document))}"
        f"<h1>Relations</h1>\n{_relations(doc, document)}\n</body>\n</html>\n"
    )


def _legend(doc: Doc) -> str:
    counts = Counter(s.label_ for s in doc.ents)
    if not counts:
        return "<p>No mention found.</p>"
    known = [(t.label, t.meaning) for t in ENTITY_TYPES if t.label in counts]
    other = [(label, "") for label in sorted(counts.keys() - set(LABELS))]
    items = (
        (
            f'<li><mark style="background: {COLOURS.get(label, _OTHER)}"><b>{_escape(label)}</b> '
            f"{counts[label]}</mark> {_escape(meaning)}</li>"
        )
        for label, meaning in known + other
    )
    return f'<ul class="legend">\n{chr(10).join(items)}\n</ul>'


def _text(doc: Doc, document: Document | None) -> Iterator[str]:
    """The text, a line of it an element."""
    start, page, ents, inner = 0, None, list(doc.ents), _Inner(doc)
    for line in doc.text.split("\n"):
        end = start + len(line)
        block = document.block_at(start) if document else None
        tag, shown = _TAGS.get(block.kind, "p") if block else "p", ""
        if document and (now := document.page_of(start, end)) and now != page:
            page, shown = now, f'<span class="page">page {now}</span>'
        if line.strip():
            marked = _marked(doc.text, start, end, ents, inner)
            yield f"<{tag}{_class(block)}>{shown}{marked}</{tag}>\n"
        start = end + 1


def _class(block: Block | None) -> str:
    return f' class="{block.kind}"' if block and block.kind in ("caption", "table_row") else ""


class _Inner:
    """The mentions that lie inside a longer one, which alone is marked."""

    def __init__(self, doc: Doc) -> None:
        self._mentions = mentions_of(doc)

    def of(self, ent: Span) -> list[Span]:
        return [
            m
            for m in self._mentions
            if ent.start_char <= m.start_char
            and m.end_char <= ent.end_char
            and (m.start_char, m.end_char, m.label_) != (ent.start_char, ent.end_char, ent.label_)
        ]


def _marked(text: str, start: int, end: int, ents: Iterable[Span], inner: _Inner) -> str:
    parts: list[str] = []
    done = start
    for ent in ents:
        left, right = max(ent.start_char, start), min(ent.end_char, end)
        if left >= right:
            continue
        parts += [_escape(text[done:left]), _mark(ent, text[left:right], inner.of(ent))]
        done = right
    return "".join([*parts, _escape(text[done:end])])


def _mark(ent: Span, shown: str, inside: Iterable[Span]) -> str:
    told = [" ".join(x for x in (ent.label_, ent._.name, ent.kb_id_) if x)]
    told += [f"inside: {' '.join(x for x in (m.text, m.label_, m.kb_id_) if x)}" for m in inside]
    whole = ' class="whole"' if len(shown) <= _WHOLE else ""
    return (
        f'<mark{whole} style="background: {COLOURS.get(ent.label_, _OTHER)}" '
        f'title="{html.escape("; ".join(told), quote=True)}">'
        f"{_escape(shown)}<small>{_escape(ent.label_)}</small></mark>"
    )


def _relations(doc: Doc, document: Document | None) -> str:
    ordered = sorted(doc._.relations, key=lambda r: (r.sentence.start_char, r.sentence.end_char))
    if not ordered:
        return "<p>No relation found.</p>"
    bodies = []
    for _, same in groupby(ordered, key=lambda r: (r.sentence.start_char, r.sentence.end_char)):
        found = list(same)
        sentence: Any = found[0].sentence
        first = f"{_escape(' '.join(sentence.text.split()))}{_where(sentence, document)}"
        rows = "".join(_row(r) for r in found)
        bodies.append(f'<tbody>\n<tr><td colspan="6">{first}</td></tr>\n{rows}</tbody>\n')
    return f"<table>\n{_HEAD}\n{''.join(bodies)}</table>"


def _row(r: Relation) -> str:
    shown = _escape(relation_statement(r)).replace(" -&gt; ", " → ")
    return (
        f'<tr><td class="statement">{shown}</td><td class="wide">{_escape(r.predicate)}</td>'
        f'<td class="{r.assertion}">{r.assertion}</td><td class="wide">{_escape(", ".join(r.citations))}</td>'
        f'<td class="number">{r.score:.2f}</td><td>{_escape(r.tier)}</td></tr>\n'
    )


def _where(sentence: Span, document: Document | None) -> str:
    """Section and page of a sentence of a paper."""
    if document is None:
        return ""
    block = document.block_at(sentence.start_char)
    page = document.page_of(sentence.start_char, sentence.end_char)
    parts = [" > ".join(block.section) if block else "", f"page {page}" if page else ""]
    told = ", ".join(p for p in parts if p)
    return f' <span class="where">({_escape(told)})</span>' if told else ""


def _escape(text: str) -> str:
    return html.escape(text, quote=False)
