"""Tables and references of JATS articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from exomine.document.builder import Run
from exomine.document.jats.text import Inline, Labels, children, find, find_all, flat, local, plain, text_of
from exomine.document.model import Cell, Reference, Table
from exomine.document.references import clean_doi, find_doi, normalise_label, parse_reference
from exomine.errors import LimitExceeded

__all__ = ["caption_runs", "read_reference_lists", "read_table"]

#: More cells than this, or a longer span, is no table of a paper.
_MOST_CELLS = 100_000
_MOST_SPAN = 1_000


def caption_runs(element: Any, inline: Inline) -> list[Run]:
    """Label and caption of a table or figure as one text: "Table 1. Title. More"."""
    label = plain(find(element, "label"))
    runs = [Run(label + (" " if label else ""))] if label else []
    caption = find(element, "caption")
    if caption is not None:
        runs += inline.runs(*[x for part in children(caption) for x in (part, " ")])
    return runs


def read_table(element: Any, inline: Inline, table_id: str) -> Table | None:
    """A ``table-wrap``; ``None`` where it holds no table (a picture of one)."""
    cells: list[Cell] = []
    offset = 0
    for table in find_all(element, "table", "oasis:table"):
        if any(local(a) == "table" for a in table.iterancestors()):
            continue
        rows = list(_rows(table))
        part = _cells(rows, inline, offset, len(cells))
        cells += part
        offset += len(rows)
    if not any(c.text for c in cells):
        return None
    caption = find(element, "caption")
    text = text_of(inline.runs(*[x for p in children(caption) for x in (p, " ")])) if caption is not None else ""
    notes = tuple(n for foot in find_all(element, "table-wrap-foot") for n in _notes(foot) if n)
    cells.sort(key=lambda c: (c.row, c.column))
    return Table(table_id, plain(find(element, "label")), text, tuple(cells), footnotes=notes)


def _notes(foot: Any) -> Iterator[str]:
    parts = list(children(foot))
    if not parts:
        yield flat(foot)
    for part in parts:
        if local(part) == "fn-group":
            yield from (flat(x) for x in children(part))
        else:
            yield flat(part)


def _rows(table: Any) -> Iterator[tuple[Any, bool]]:
    """Each row with whether it is a header; rows without thead whose cells are all ``th`` at the top are headers."""
    has_head = any(local(c) == "thead" for c in table)
    top = True
    for part in children(table):
        name = local(part)
        rows = [part] if name == "tr" else list(children(part, "tr")) if name in ("thead", "tbody", "tfoot") else []
        for row in rows:
            all_th = all(local(c) == "th" for c in children(row)) and len(row) > 0
            top = top and all_th
            yield row, name == "thead" or (not has_head and top)


def _cells(rows: list[tuple[Any, bool]], inline: Inline, offset: int, already: int) -> list[Cell]:
    out: list[Cell] = []
    taken: dict[tuple[int, int], bool] = {}
    for r, (row, header) in enumerate(rows):
        column = 0
        for td in children(row, "td", "th"):
            while (r, column) in taken:
                column += 1
            down, right = min(_span(td, "rowspan"), len(rows) - r), _span(td, "colspan")
            while any((r, column + k) in taken for k in range(right)):
                right -= 1
            if already + len(taken) + down * right > _MOST_CELLS:
                raise LimitExceeded("memory", f"A table has more than {_MOST_CELLS:,} cells.")
            taken.update({(r + i, column + k): True for i in range(down) for k in range(right)})
            out.append(Cell(offset + r, column, text_of(inline.runs(td)), down, right, header))
            column += right
    return out


def _span(td: Any, name: str) -> int:
    value = (td.get(name) or "1").strip()
    return min(max(1, int(value)), _MOST_SPAN) if value.isdigit() and len(value) < 6 else 1


# --- references ------------------------------------------------------------------------------------------------------

_CITATIONS = ("element-citation", "mixed-citation", "citation", "nlm-citation", "citation-alternatives")


def read_reference_lists(article: Any) -> tuple[tuple[Reference, ...], Labels]:
    """All references in order, and the labels by id. Unlabelled ones are counted; a label used twice is counted too."""
    labels, references = Labels(), []
    used: set[str] = set()
    for number, ref in enumerate((r for r in find_all(article, "ref") if not _in_sub_article(r)), 1):
        printed = find(ref, "label")
        if printed is None:
            printed = next((x for c in children(ref, *_CITATIONS) for x in children(c, "label")), None)
        label = normalise_label(flat(printed)) if printed is not None else ""
        if not label or label in used:
            label = str(number)
        while label in used:
            label += "'"
        used.add(label)
        labels.add(ref.get("id") or "", label)
        for citation in find_all(ref, *_CITATIONS):
            if citation.get("id"):
                labels.by_id.setdefault(citation.get("id"), label)
        references.append(_reference(ref, label))
    return tuple(references), labels


def _in_sub_article(element: Any) -> bool:
    return any(local(a) in ("sub-article", "response") for a in element.iterancestors())


def _reference(ref: Any, label: str) -> Reference:
    citations = list(children(ref, *_CITATIONS)) or [ref]
    first = citations[0]
    if local(first) == "citation-alternatives":
        citations = list(children(first, *_CITATIONS))[:1] or [first]
        first = citations[0]
    mixed = local(first) != "element-citation"
    text = "; ".join(
        t.strip(" ;") if len(citations) > 1 else t for t in (_printed(c) if mixed else _composed(c) for c in citations)
    )
    parsed = parse_reference(text, label=label) if mixed and find(first, "year") is None else None
    title = plain(_first(first, "article-title", "chapter-title", "data-title"))
    source = plain(_first(first, "source"))
    year = re.search(r"(?:1[5-9]|20)\d\d", plain(_first(first, "year")))
    doi = next(
        (clean_doi(find_doi(flat(x)) or flat(x)) for x in find_all(first, "pub-id") if x.get("pub-id-type") == "doi"),
        "",
    )
    pmid = next((flat(x) for x in find_all(first, "pub-id") if x.get("pub-id-type") == "pmid"), "")
    authors = _authors(first)
    return Reference(
        label,
        text,
        title or (parsed.title if parsed else "") or source,
        (source if title else "") or (parsed.journal if parsed else ""),
        int(year[0]) if year else parsed.year if parsed else None,
        doi or find_doi(text),
        pmid if pmid.isdigit() else "",
        authors or (parsed.authors if parsed else ()),
    )


def _first(element: Any, *names: str) -> Any | None:
    return next(find_all(element, *names), None)


def _printed(citation: Any) -> str:
    """A mixed citation as printed, without its label; names that the source sets side by side without a sign are parted."""
    text = "".join(_with_names_parted(citation))
    return re.sub(r"\s+([,;])", r"\1", " ".join(text.split()))


def _with_names_parted(element: Any) -> Iterator[str]:
    yield element.text or ("et al" if local(element) == "etal" else "")
    for child in element:
        name = local(child)
        if name and name not in ("label", "object-id", "tex-math"):
            yield " " if name in ("given-names", "pub-id") else ""
            yield from _with_names_parted(child)
            following = child.getnext()
            bare = not (child.tail or "").strip() and following is not None
            if bare and name in ("name", "string-name", "collab"):
                yield ", " if local(following) in ("name", "string-name", "collab", "etal") else " "
            elif bare and name == "person-group":
                yield " "
        yield child.tail or ""


def _composed(citation: Any) -> str:
    """An element citation put together, since its source has no punctuation: "Ash B, Elm C. Title. Journal. 2010;1(2):3-4."."""
    get = {local(e): plain(e) for e in reversed(list(children(citation)))}
    names = ", ".join(_names(citation))
    if any(True for _ in find_all(citation, "etal")):
        names += ", et al"
    volume = get.get("volume", "") + (f"({get['issue']})" if get.get("issue") else "")
    pages = "–".join(x for x in (get.get("fpage", get.get("elocation-id", "")), get.get("lpage", "")) if x)
    issue = get.get("year", "") + (f";{volume}" if volume else "") + (f":{pages}" if pages else "")
    parts = [names, get.get("article-title", "") or get.get("chapter-title", ""), get.get("source", "")]
    parts += [" ".join(x for x in (get.get("publisher-loc", ""), get.get("publisher-name", "")) if x), issue]
    parts += [plain(c) for c in children(citation, "comment", "ext-link", "uri")]
    parts += [f"doi:{flat(x)}" for x in children(citation, "pub-id") if x.get("pub-id-type") == "doi"]
    return " ".join(p if p.endswith((".", "?", "!")) else p + "." for p in parts if p)


def _names(citation: Any) -> Iterator[str]:
    for name in _people(citation):
        given = plain(_first(name, "given-names"))
        yield (
            " ".join(x for x in (plain(_first(name, "surname")), given) if x)
            if local(name) != "collab"
            else plain(name)
        )


def _people(citation: Any) -> Iterator[Any]:
    """Author names; editors only where nothing else is named."""
    groups = [g for g in find_all(citation, "person-group") if g.get("person-group-type", "author") == "author"]
    if groups:
        for group in groups:
            yield from find_all(group, "name", "string-name", "collab")
        return
    yield from (
        n for n in find_all(citation, "name", "string-name", "collab") if local(n.getparent()) != "person-group"
    )


def _authors(citation: Any) -> tuple[str, ...]:
    names = (plain(_first(n, "surname")) or (plain(n) if local(n) == "collab" else "") for n in _people(citation))
    return tuple(n for n in names if n)
