"""PMC/JATS XML into a :class:`~exomine.document.model.Document`.

Entities are not expanded, no DTD is loaded and nothing is fetched: a file that declares entities is refused.
JATS: https://jats.nlm.nih.gov/archiving/1.3/
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from exomine.document.builder import DocumentBuilder, Run
from exomine.document.citations import find_marks
from exomine.document.headings import BACK, heading_key
from exomine.document.jats.parts import caption_runs, read_reference_lists, read_table, tables_of
from exomine.document.jats.text import (
    SKIPPED,
    Inline,
    Labels,
    Whole,
    children,
    find,
    find_all,
    flat,
    local,
    plain,
    text_of,
)
from exomine.document.limits import DEFAULT_LIMITS, Limits
from exomine.document.model import Aside, Document, ReadProblem
from exomine.errors import REASONS, DocumentError, LimitExceeded

__all__ = ["parse_xml", "read_jats"]

#: Abstracts of these types are no summary of the paper in sentences.
_OTHER_ABSTRACTS = frozenset(
    {
        "graphical",
        "teaser",
        "toc",
        "editor",
        "key-points",
        "highlights",
        "web-summary",
        "precis",
        "video",
        "short",
        "plain-language-summary",
    }
)
_LEAVES = {"disp-quote": "paragraph", "verse-group": "paragraph", "speech": "paragraph", "preformat": "paragraph"}
_FLOATS = frozenset(
    {
        "fig",
        "fig-group",
        "table-wrap",
        "table-wrap-group",
        "boxed-text",
        "supplementary-material",
        "disp-formula",
        "disp-formula-group",
        "fn",
        "fn-group",
        "chem-struct-wrap",
        "media",
        "code",
        "table",
    }
)
#: What is read of a float, or left out.
_READ_OF_FLOATS = frozenset(
    {"label", "caption", "alternatives", "table", "table-wrap-foot", "fig", "table-wrap", "fig-group", "fn"}
    | {"graphic", "object-id", "permissions", "alt-text", "long-desc"}
)
_BREAKS = frozenset({"list", "def-list", "disp-quote", "statement", "verse-group", "speech", "p", "preformat"})


def parse_xml(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Any:
    """The root element.

    Raises :class:`~exomine.errors.DocumentError` with reason ``not_well_formed``, ``external_entity`` or ``too_deep``.
    """
    if declares_entities(data):
        raise DocumentError("external_entity")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise LimitExceeded("too_deep", "Elements nest more than 256 deep.") from None
        raise DocumentError("not_well_formed", f"{error.msg}.") from None
    except (ValueError, LookupError) as error:
        raise DocumentError("not_well_formed", f"{error}.") from None
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and list(dtd.iterentities()):  # type: ignore[union-attr]
        raise DocumentError("external_entity")
    _check_depth(root, limits.depth)
    return root


def declares_entities(data: bytes) -> bool:
    """Whether a document type declaration holds entity declarations; looked for before the parser sees the data."""
    flat_data = data.replace(b"\x00", b"")
    m = re.search(rb"<!DOCTYPE[^\[>]*\[", flat_data)
    return m is not None and b"<!ENTITY" in flat_data[m.end() :]


def _check_depth(root: Any, most: int) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > most:
            raise LimitExceeded("too_deep", f"Elements nest more than {most} deep.")


def read_jats(data: bytes, *, source: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read one article. ``source`` is the file's name.

    Raises :class:`~exomine.errors.DocumentError` with reason ``not_well_formed``, ``external_entity``, ``too_deep``,
    ``not_an_article`` or ``no_text``.
    """
    article = _article(parse_xml(data, limits=limits))
    references, labels = read_reference_lists(article)
    reader = _ArticleReader(labels)
    reader.front(article)
    for body in children(article, "body"):
        reader.builder.leave_sections()
        reader.body(body)
    for group in children(article, "floats-group", "floats-wrap"):
        reader.floats(group)
    for back in children(article, "back"):
        reader.back(back)
    built = reader.builder.finish()
    if not any(b.kind not in ("title", "heading") for b in built.blocks):
        raise DocumentError("no_text")
    meta = find(article, "front", "article-meta")
    ids = _ids(meta)
    return Document(
        doc_id=hashlib.sha256(data).hexdigest()[:16],
        source=source,
        format="jats",
        text=built.text,
        blocks=built.blocks,
        title=reader.title,
        doi=ids.get("doi", ""),
        pmid=ids.get("pmid", ""),
        pmcid=ids.get("pmcid", ""),
        year=_year(meta),
        sections=built.sections,
        tables=built.tables,
        references=references,
        citations=find_marks(built.text, references, explicit=built.citations),
        apart=(*reader.apart, *(Aside("reference", r.text) for r in references)),
        problems=tuple(reader.problems),
    )


def _closing_sections(body: Any) -> Iterator[Any]:
    """The sections with headings of back matter that end a body, the last one first."""
    for part in reversed([part for part in body if local(part)]):
        if local(part) != "sec" or not BACK.match(heading_key(plain(find(part, "title")))):
            return
        yield part


def _article(root: Any) -> Any:
    article = root if local(root) == "article" else next(find_all(root, "article"), None)
    if article is None or not any(True for _ in children(article, "front", "body")):
        raise DocumentError("not_an_article", f"The outermost element is <{local(root)}>.")
    return article


def _ids(meta: Any | None) -> dict[str, str]:
    out: dict[str, str] = {}
    for element in children(meta, "article-id") if meta is not None else ():
        kind, value = (element.get("pub-id-type") or "").lower(), flat(element)
        if kind == "doi":
            out.setdefault("doi", value.lower())
        elif kind == "pmid":
            out.setdefault("pmid", value)
        elif kind in ("pmcid", "pmc", "pmcaid"):
            number = re.search(r"\d+", value)
            if number and kind != "pmcaid":
                out.setdefault("pmcid", f"PMC{number[0]}")
    return out


def _year(meta: Any | None) -> int | None:
    """The year of publication: in print or as a collection before electronic ahead of print."""
    if meta is None:
        return None
    years: dict[str, int] = {}
    for date in children(meta, "pub-date"):
        m = re.search(r"(?:19|20)\d\d", flat(find(date, "year")) if find(date, "year") is not None else "")
        if m:
            years.setdefault(date.get("pub-type") or date.get("date-type") or "", int(m[0]))
    for kind in ("collection", "ppub", "pub", "epub", "epub-ppub"):
        if kind in years:
            return years[kind]
    return min(years.values(), default=None)


@dataclass
class _ArticleReader:
    """Walks the article and hands its blocks to the builder."""

    labels: Labels
    builder: DocumentBuilder = field(default_factory=DocumentBuilder)
    apart: list[Aside] = field(default_factory=list)
    problems: list[ReadProblem] = field(default_factory=list)
    title: str = ""
    n_tables: int = 0

    def __post_init__(self) -> None:
        self.inline = Inline(self.labels)

    # front and back -----------------------------------------------------------------------------------------------

    def front(self, article: Any) -> None:
        """Title, author block, abstracts."""
        meta = find(article, "front", "article-meta")
        if meta is None:
            return
        group = find(meta, "title-group")
        if group is not None:
            title = plain(find(group, "article-title"), skip=SKIPPED | {"xref"})
            subtitle = plain(find(group, "subtitle"), skip=SKIPPED | {"xref"})
            self.title = f"{title}: {subtitle}" if title and subtitle else title
            self.builder.add("title", self.title)
        for part in children(meta, "contrib-group", "aff", "author-notes"):
            self._aside("author_block", part)
        for part in children(meta, "kwd-group", "trans-abstract"):
            self._aside("other", part)
        for abstract in children(meta, "abstract"):
            if (abstract.get("abstract-type") or "") in _OTHER_ABSTRACTS:
                self._aside("other", abstract)
            else:
                self._abstract(abstract)

    def _abstract(self, abstract: Any) -> None:
        title = plain(find(abstract, "title"))
        self.builder.leave_sections()
        if title or any(True for _ in children(abstract, "sec")):
            self.builder.add("heading", title or "Abstract", level=1)
        self.content(abstract, 2, paragraph="abstract", titled=True)

    def back(self, back: Any) -> None:
        for part in children(back):
            if local(part) == "ref-list":
                continue
            self._back_part("footnote" if local(part) == "fn-group" else "back_matter", part)

    def body(self, body: Any) -> None:
        """The body; sections at its end that are back matter by their headings ("Funding") stand apart, as they do in a
        PDF."""
        closing = list(_closing_sections(body))
        self.content(body, 1, without=closing)
        for part in reversed(closing):
            self._back_part("back_matter", part)

    def _back_part(self, kind: str, part: Any) -> None:
        self._aside(kind, part)
        self.builder.leave_sections()
        for table in find_all(part, "table-wrap"):  # tables of a paper's end stand in a section of the back matter
            self._table(table)

    def _aside(self, kind: str, element: Any) -> None:
        text = flat(element)
        if text:
            self.apart.append(Aside(kind, text))

    # body ---------------------------------------------------------------------------------------------------------

    def content(
        self,
        parent: Any,
        level: int,
        *,
        paragraph: str = "paragraph",
        titled: bool = False,
        without: Sequence[Any] = (),
    ) -> None:
        """The blocks of a section or of what holds blocks; ``titled``: its own title is done."""
        if not titled and (heading := self._heading(parent)):
            self.builder.add("heading", heading, level=level)
            level += 1
            self._floats_within(parent, "title")
        self._stray(parent.text, paragraph)
        for child in parent:
            if local(child) and child not in without:
                self._block(child, level, paragraph)
            self._stray(child.tail, paragraph)

    def _floats_within(self, parent: Any, *names: str) -> None:
        """The floats of children that are read as running text, paragraphs in them included."""
        for part in children(parent, *names):
            for child in _floats_in(part, frozenset()):
                self._float(child)

    def _stray(self, text: str | None, kind: str) -> None:
        """Text that stands between blocks, where JATS allows none."""
        if text and text.strip():
            self.builder.add(kind, self.inline.runs(text))

    def _block(self, child: Any, level: int, paragraph: str) -> None:
        name = local(child)
        if name == "sec":
            self.content(child, level, paragraph=paragraph)
        elif name in ("p", *_LEAVES):
            self._paragraph(child, _LEAVES.get(name, paragraph) if paragraph != "abstract" else paragraph)
        elif name in ("list", "def-list"):
            self._list(child)
        elif name in ("statement", "array"):
            self._statement(child, level, paragraph)
        elif name in _FLOATS:
            self._float(child)
        elif name not in ("title", "label", "sec-meta", "object-id", "ref-list"):
            self._aside("other", child)

    def _statement(self, element: Any, level: int, paragraph: str) -> None:
        """A block that has a title of its own, which is no heading of the paper."""
        self._titles_apart(element)
        self.content(element, level, paragraph=paragraph, titled=True)

    def _titles_apart(self, element: Any) -> None:
        for title in children(element, "title", "term-head", "def-head"):
            self._aside("other", title)

    def _heading(self, sec: Any) -> str:
        if local(sec) in ("body", "abstract"):
            return ""
        title = find(sec, "title")
        label = plain(find(sec, "label"))
        text = text_of(self.inline.runs(title)) if title is not None else ""
        return f"{label} {text}".strip() if text else ""

    def _paragraph(self, p: Any, kind: str) -> None:
        """A paragraph; lists inside it become items and the rest goes on behind, floats follow it and split nothing."""
        if not any(local(c) in _BREAKS for c in p):
            self.builder.add(kind, self.inline.runs(p))
        else:
            self._broken_paragraph(p, kind)
        for child in _floats_in(p):
            self._float(child)

    def _broken_paragraph(self, p: Any, kind: str) -> None:
        pending: list[Any] = [p.text or ""]
        for child in p:
            name = local(child)
            if name in _BREAKS:
                self.builder.add(kind, self.inline.runs(*pending))
                pending = []
                if name in ("list", "def-list"):
                    self._list(child)
                elif name == "statement":
                    self._statement(child, 1, kind)
                else:
                    self._paragraph(child, kind)
            else:
                pending.append(Whole(child))
            pending.append(child.tail or "")
        self.builder.add(kind, self.inline.runs(*pending))

    def _list(self, element: Any) -> None:
        self._titles_apart(element)
        for item in children(element):
            name = local(item)
            if name == "list-item":
                self._paragraph(item, "list_item")
            elif name == "def-item":
                self._defined(item)
            elif name in ("list", "def-list"):
                self._list(item)

    def _defined(self, item: Any) -> None:
        """Terms and their definitions as one item: "MDR: multidrug resistance"."""
        term = ", ".join(plain(x) for x in children(item, "term"))
        definitions = [x for d in children(item, "def") for x in (d, " ")]
        runs = [Run(f"{term}: " if term and definitions else term)]
        self.builder.add("list_item", [*runs, *self.inline.runs(*definitions)])
        self._floats_within(item, "term", "def")

    # floats -------------------------------------------------------------------------------------------------------

    def floats(self, group: Any) -> None:
        self.builder.leave_sections()
        for child in children(group):
            self._float(child)

    def _float(self, element: Any) -> None:
        name = local(element)
        if name in ("fig-group", "table-wrap-group"):
            self.builder.add("caption", caption_runs(element, self.inline))
            self._rest(element)
            for child in children(element, "fig", "table-wrap", "fig-group"):
                self._float(child)
        elif name == "fig":
            self.builder.add("caption", caption_runs(element, self.inline))
            self._rest(element)
        elif name == "table-wrap":
            self._table(element)
        elif name == "fn":
            self._aside("footnote", element)
        elif name.startswith("disp-formula"):
            self._aside("formula", element)
        elif name == "boxed-text":
            self._aside("boxed_text", element)
        else:
            self._aside("other", element)

    def _table(self, element: Any) -> None:
        table_id = f"t{self.n_tables + 1}"
        table = read_table(element, self.inline, table_id)
        caption = caption_runs(element, self.inline)
        if table is None:
            self.builder.add("caption", caption)
            label = plain(find(element, "label")) or "A table"
            self.problems.append(ReadProblem("table_unread", f"{label} has no rows. {REASONS['table_unread']}"))
        else:
            self.n_tables += 1
            self.builder.add_table(table, caption)
            self.apart += [Aside("table_footnote", note) for note in table.footnotes]
        self._rest(element)
        for part in tables_of(element):
            self._floats_within(part)

    def _rest(self, element: Any) -> None:
        """What else stands in a float: notes inside its caption or cells, credits."""
        for part in children(element):
            if local(part) not in _READ_OF_FLOATS:
                self._aside("other", part)
            elif local(part) == "fn":
                self._float(part)
        self._floats_within(element, "caption")


def _floats_in(p: Any, met: frozenset[str] = _BREAKS) -> list[Any]:
    """Floats inside a paragraph, outermost only; those in blocks of the names ``met`` are met there."""
    out: list[Any] = []
    for child in p:
        name = local(child)
        if name in _FLOATS:
            out.append(child)
        elif name and name not in met and name != "xref":
            out += _floats_in(child, met)
    return out
