"""A JATS article as what a typesetter needs: blocks of runs, tables of cells, references. Gold remains the XML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from exomine.document.citations import expand_labels
from exomine.document.jats.reader import parse_xml
from exomine.document.model import Reference
from exomine.document.read import read_document
from lxml import etree

STYLES = {"bold": "b", "italic": "i", "sup": "^", "sub": "_", "th": "b"}
SKIPPED = {"label", "table-wrap", "fig", "fig-group", "disp-formula", "boxed-text", "supplementary-material", "list"}
SKIPPED |= {"tex-math", "object-id", "fn", "graphic", "inline-graphic", "media", "table-wrap-group"}
#: What may stand between two numbers of one citation mark.
NUMBERS = re.compile(r"[\[(]?\d{1,3}(?:\s*[,;‐–—-]\s*\d{1,3})*[\])]?")
JOINS = re.compile(r"\s*[,;–—-]?\s*")


@dataclass(frozen=True)
class Run:
    """A text in one face: letters of b, i, ^ (raised), _ (lowered), c (a citation by number)."""

    text: str
    face: str = ""


@dataclass(frozen=True)
class Cell:
    runs: list[Run]
    across: int
    down: int
    head: bool
    align: str

    @property
    def text(self) -> str:
        return "".join(r.text for r in self.runs)


@dataclass(frozen=True)
class Block:
    """kind: heading, paragraph, item, table, figure, box; a table has rows and notes, a box blocks."""

    kind: str
    runs: list[Run] = field(default_factory=list)
    level: int = 0
    label: str = ""
    rows: list[list[Cell]] = field(default_factory=list)
    n_head: int = 0
    notes: list[list[Run]] = field(default_factory=list)

    @property
    def columns(self) -> int:
        return max(sum(c.across for c in row) for row in self.rows[:1])


@dataclass(frozen=True)
class Article:
    title: list[Run]
    authors: list[str]
    places: list[str]
    journal: str
    abstract: list[Block]
    keywords: str
    body: list[Block]
    back: list[Block]
    references: list[tuple[str, str]]
    numeric: bool
    #: The references with letters behind years that need them, and how each is cited by name: (names, year).
    dated: list[str] = field(default_factory=list)
    named: dict[str, tuple[str, str]] = field(default_factory=dict)

    def by_name(self, numbers: str) -> str:
        """A mark of numbers as one of names and years: "Ash et al., 2010a, b; Birch and Cedar, 2012"."""
        cited = [self.named[x] for x in expand_labels(numbers) if x in self.named]
        years: dict[str, list[str]] = {}
        for names, year in cited:
            years.setdefault(names, []).append(year)
        return "; ".join(f"{names}, {', '.join(found)}" for names, found in years.items())


def read_article(path: Path) -> Article:
    root = parse_xml(path.read_bytes())
    front, body = root.find(".//article-meta"), root.find("body")
    place_floats(root, body)
    # sources that number by order alone leave the numbers to whoever sets them
    listed = read_document(path).references
    references = [(r.label or str(n), r.text) for n, r in enumerate(listed, 1)]
    dated, named = by_names(listed)
    marks = [r for r in body.iter("xref") if r.get("ref-type") == "bibr"]
    return Article(
        runs(front.find(".//article-title")),
        [name(c) for c in front.iter("contrib") if c.find(".//surname") is not None][:12],
        [text(a) for a in front.iter("aff")][:8],
        text(root.find(".//journal-title")) or "Journal of Layouts",
        list(blocks(a, 2)) if (a := front.find("abstract")) is not None else [],
        ", ".join(text(k) for k in front.iter("kwd")),
        list(blocks(body, 1)),
        [b for e in root.iterfind("back/*") if e.tag in ("ack", "notes", "sec") for b in [*title(e, 1), *blocks(e, 2)]],
        references,
        sum(NUMBERS.fullmatch(text(m)) is not None for m in marks) > 0.5 * len(marks),
        dated,
        named,
    )


def by_names(references: Sequence[Reference]) -> tuple[list[str], dict[str, tuple[str, str]]]:
    """The texts of references with letters behind years that need them, and how each is cited."""
    who = [cited_as(r) for r in references]
    texts, named = [], {}
    for n, (r, names) in enumerate(zip(references, who, strict=True)):
        same = [i for i, other in enumerate(who) if other == names and references[i].year == r.year]
        letter = chr(ord("a") + same.index(n)) if 1 < len(same) < 27 else ""
        year = f"{r.year or 'n.d.'}{letter}"
        texts.append(re.sub(rf"(?<!\d){r.year}(?!\d)", year, r.text, count=1) if letter else r.text)
        named[r.label or str(n + 1)] = names, year
    return texts, named


def cited_as(r: Reference) -> str:
    """The names by which a work is cited; its first words where it has no authors."""
    if len(r.authors) > 2:
        return f"{r.authors[0]} et al."
    return " and ".join(r.authors) or " ".join(r.text.split()[:4]).strip(" .,;:")


def place_floats(root: Any, body: Any) -> None:
    """Floats that the source keeps in a group go behind the paragraph that names them first."""
    for item in root.findall("floats-group/*"):
        naming = (x for x in body.iter("xref") if x.get("rid") == item.get("id"))
        paragraph = next((a for x in naming for a in x.iterancestors("p")), None)
        (body if paragraph is None else paragraph.getparent()).append(item)


def text(element: Any) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def name(contrib: Any) -> str:
    return f"{text(contrib.find('.//given-names'))} {text(contrib.find('.//surname'))}"


def title(element: Any, level: int) -> Iterator[Block]:
    if (found := element.find("title")) is not None:
        yield Block("heading", runs(found), level)


def blocks(element: Any, level: int) -> Iterator[Block]:
    """The blocks in an element; floats inside of a paragraph follow it."""
    for child in element:
        if child.tag == "sec":
            yield from title(child, level)
            yield from blocks(child, level + 1)
        elif child.tag in ("p", "disp-quote"):
            found = runs(child)
            if any(r.text.strip() for r in found):
                yield Block("paragraph", found)
            yield from (b for b in blocks(child, level) if b.kind != "paragraph")
        elif child.tag == "list":
            yield from (Block("item", runs(p)) for p in child.iterfind("list-item/p"))
        elif child.tag == "boxed-text":
            yield from (replace(b, kind="box", label=b.kind) for b in [*title(child, level), *blocks(child, level)])
        elif child.tag == "table-wrap":
            yield from table(child)
        elif child.tag == "fig":
            yield Block("figure", caption(child), label=text(child.find("label")))
        elif child.tag in ("fig-group", "table-wrap-group", "xref"):
            yield from blocks(child, level)


def caption(element: Any) -> list[Run]:
    return [r for part in element.iterfind("caption/*") for r in [*runs(part), Run(" ")]]


def table(wrap: Any) -> Iterator[Block]:
    grids = list(wrap.iter("table"))
    if len(grids) != 1:
        return
    rows = [row(tr) for tr in grids[0].iter("tr")]
    rows = [r for r in rows if r]
    head = len(grids[0].findall("thead/tr"))
    notes = [runs(p) for p in wrap.iterfind("table-wrap-foot//p")]
    if rows and head < len(rows):
        yield Block("table", caption(wrap), 0, text(wrap.find("label")), rows, head, notes)


def row(tr: Any) -> list[Cell]:
    cells = [c for c in tr if c.tag in ("td", "th")]
    head = tr.getparent().tag == "thead"
    return [
        Cell(runs(c), int(c.get("colspan", 1)), int(c.get("rowspan", 1)), head, c.get("align") or "left") for c in cells
    ]


def runs(element: Any) -> list[Run]:
    """The text in its faces, numbers of one mark together and their brackets left out."""
    found = [r for r in _runs(element, "") if r.text]
    return _marked(found)


def _runs(element: Any, face: str) -> Iterator[Run]:
    yield _run(element.text, face)
    for child in element:
        if not isinstance(child.tag, str) or isinstance(child, etree._Comment):
            pass
        elif child.tag == "break":
            yield Run(" ")
        elif child.tag == "xref" and child.get("ref-type") == "bibr" and NUMBERS.fullmatch(text(child)):
            yield Run(text(child).strip(" []()"), "c")
        elif child.tag not in SKIPPED:
            yield from _runs(child, face + STYLES.get(child.tag, ""))
        yield _run(child.tail, face)


def _run(raw: str | None, face: str) -> Run:
    return Run(re.sub(r"\s+", " ", raw or ""), face)


def _marked(found: list[Run]) -> list[Run]:
    out: list[Run] = []
    for i, run in enumerate(found):
        if run.face == "c" and len(out) > 1 and out[-2].face == "c" and JOINS.fullmatch(out[-1].text):
            joint = out.pop().text.strip() or ","
            out[-1] = Run(out[-1].text + joint + run.text, "c")
            continue
        if run.face == "c" and out and out[-1].text.rstrip()[-1:] in ("[", "("):
            out[-1] = Run(out[-1].text.rstrip()[:-1], out[-1].face)
        elif run.face != "c" and i and found[i - 1].face == "c" and run.text.lstrip()[:1] in ("]", ")"):
            run = Run(run.text.lstrip()[1:], run.face)
        out.append(run)
    return [r for r in out if r.text]
