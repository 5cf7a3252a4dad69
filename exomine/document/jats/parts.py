"""Tables and references of JATS articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import takewhile
from typing import Any

from exomine.document.builder import Run
from exomine.document.jats.text import Inline, Labels, children, find, find_all, flat, local, plain, text_of
from exomine.document.model import Cell, Reference, Table
from exomine.document.references import clean_doi, find_doi, normalise_label, parse_reference
from exomine.errors import LimitExceeded

__all__ = ["caption_runs", "read_reference_lists", "read_table", "tables_of"]

#: More cells than this, or a longer span, is no table of a paper.
_MOST_CELLS = 100_000
_MOST_SPAN = 1_000


def caption_runs(element: Any, inline: Inline) -> list[Run]:
    """Label and caption of a table or figure as one text: "Table 1. Title. More"."""
    label = plain(find(element, "label"))
    runs = [Run(label + " ")] if label else []
    return [*runs, *_caption(element, inline)]


def _caption(element: Any, inline: Inline) -> list[Run]:
    """The title and paragraphs of a caption, a space between them."""
    caption = find(element, "caption")
    if caption is None:
        return []
    return inline.runs(*[x for part in children(caption) for x in (part, " ")])


def read_table(element: Any, inline: Inline, table_id: str) -> Table | None:
    """A ``table-wrap``; ``None`` where it holds no table (a picture of one)."""
    cells: list[Cell] = []
    offset = 0
    for table in tables_of(element):
        rows = list(_rows(table))
        cells += _cells(rows, inline, offset, len(cells))
        offset += len(rows)
    if not any(c.text for c in cells):
        return None
    cells.sort(key=lambda c: (c.row, c.column))
    notes = tuple(n for foot in find_all(element, "table-wrap-foot") for n in _notes(foot) if n)
    label, caption = plain(find(element, "label")), text_of(_caption(element, inline))
    return Table(table_id, label, caption, tuple(cells), footnotes=notes)


def tables_of(element: Any) -> Iterator[Any]:
    """The tables in an element but those that stand in a cell of another one."""
    for table in find_all(element, "table", "oasis:table"):
        if not any(local(a) == "table" for a in takewhile(lambda a: a is not element, table.iterancestors())):
            yield table


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
        for row in _rows_of(part):
            top = top and _is_header_row(row)
            yield row, local(part) == "thead" or (not has_head and top)


def _rows_of(part: Any) -> Iterator[Any]:
    """The rows of a part of a table, which may be a row itself."""
    if local(part) == "tr":
        yield part
    elif local(part) in ("thead", "tbody", "tfoot"):
        yield from children(part, "tr")


def _is_header_row(row: Any) -> bool:
    return len(row) > 0 and all(local(c) == "th" for c in children(row))


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

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_TITLES = ("article-title", "chapter-title", "data-title")
_PEOPLE = ("name", "string-name", "collab")
_NOT_PRINTED = frozenset({"label", "object-id", "tex-math"})
_CITATIONS = ("element-citation", "mixed-citation", "citation", "nlm-citation", "citation-alternatives")


def read_reference_lists(article: Any) -> tuple[tuple[Reference, ...], Labels]:
    """All references in order, and the labels by id. Unlabelled ones are counted; a label used twice is counted too."""
    labels, references = Labels(), []
    used: set[str] = set()
    for number, ref in enumerate((r for r in find_all(article, "ref") if not _in_sub_article(r)), 1):
        label = _unused(_label(ref), number, used)
        used.add(label)
        labels.add(ref.get("id") or "", label)
        for citation in find_all(ref, *_CITATIONS):
            if citation.get("id"):
                labels.by_id.setdefault(citation.get("id"), label)
        references.append(_reference(ref, label))
    return tuple(references), labels


def _label(ref: Any) -> str:
    """The label that a reference, or the citation in it, prints; "" where there is none."""
    printed = find(ref, "label")
    if printed is None:
        printed = next((x for c in children(ref, *_CITATIONS) for x in children(c, "label")), None)
    return "" if printed is None else normalise_label(flat(printed))


def _unused(label: str, number: int, used: set[str]) -> str:
    """The label, or its number in the list where it is missing or taken, with primes where that is taken as well."""
    if label and label not in used:
        return label
    label = str(number)
    while label in used:
        label += "'"
    return label


def _in_sub_article(element: Any) -> bool:
    return any(local(a) in ("sub-article", "response") for a in element.iterancestors())


def _reference(ref: Any, label: str) -> Reference:
    citations = _citations(ref)
    first = citations[0]
    mixed = _is_mixed(first)
    printed = [_printed(c) if _is_mixed(c) else _composed(c) for c in citations]
    text = printed[0] if len(printed) == 1 else "; ".join(t.strip(" ;") for t in printed)
    tagged = _tagged(first, label, text)
    if not mixed or find(first, "year") is not None:
        return tagged
    parsed = parse_reference(text, label=label)
    return replace(
        tagged,
        title=plain(_first(first, *_TITLES)) or parsed.title or tagged.title,
        journal=tagged.journal or parsed.journal,
        year=tagged.year or parsed.year,
        authors=tagged.authors or parsed.authors,
    )


def _is_mixed(citation: Any) -> bool:
    """Whether a citation is printed with signs of its own, as most but element citations are."""
    if local(citation) == "element-citation":
        return False
    signs = [citation.text or "", *(child.tail or "" for child in citation)]
    return any(s.strip() for s in signs) or _first(citation, "year") is None


def _citations(ref: Any) -> list[Any]:
    """The citations of a reference; of several forms of one the first; the reference itself where it has none."""
    citations = list(children(ref, *_CITATIONS)) or [ref]
    if local(citations[0]) != "citation-alternatives":
        return citations
    return list(children(citations[0], *_CITATIONS))[:1] or [citations[0]]


def _tagged(citation: Any, label: str, text: str) -> Reference:
    """The fields that a citation tags. A source without a title (a book) is the title."""
    title = plain(_first(citation, *_TITLES))
    source = plain(_first(citation, "source"))
    year = _YEAR.search(plain(_first(citation, "year")))
    return Reference(
        label,
        text,
        title or source,
        source if title else "",
        int(year[0]) if year else None,
        next((clean_doi(find_doi(x) or x) for x in _identifiers(citation, "doi")), "") or find_doi(text),
        _digits(next(_identifiers(citation, "pmid"), "")),
        _authors(citation),
    )


def _identifiers(citation: Any, kind: str) -> Iterator[str]:
    return (flat(x) for x in find_all(citation, "pub-id") if x.get("pub-id-type") == kind)


def _digits(text: str) -> str:
    return text if text.isdigit() else ""


def _first(element: Any, *names: str) -> Any | None:
    return next(find_all(element, *names), None)


def _printed(citation: Any) -> str:
    """A mixed citation as printed, without its label; names that the source sets side by side without a sign are
    parted."""
    text = "".join(_with_names_parted(citation))
    return re.sub(r"\s+([,;])", r"\1", " ".join(text.split()))


def _with_names_parted(element: Any) -> Iterator[str]:
    yield element.text or ("et al" if local(element) == "etal" else "")
    for child in element:
        name = local(child)
        if name and name not in _NOT_PRINTED:
            yield " " if name in ("given-names", "pub-id") else ""
            yield from _with_names_parted(child)
            yield _sign_behind(child)
        yield child.tail or ""


def _sign_behind(child: Any) -> str:
    """What is to stand behind a name or a group of names that nothing parts from the next element."""
    following = child.getnext()
    if following is None or (child.tail or "").strip():
        return ""
    if local(child) in _PEOPLE:
        return ", " if local(following) in (*_PEOPLE, "etal") else " "
    return " " if local(child) == "person-group" else ""


def _composed(citation: Any) -> str:
    """An element citation put together, since its source has no punctuation: "Ash B, Elm C. Title. Journal.
    2010;1(2):3-4."."""
    get = {local(e): plain(e) for e in reversed(list(children(citation)))}
    names = ", ".join(_names(citation))
    if _first(citation, "etal") is not None:
        names += ", et al"
    title = get.get("article-title", "") or get.get("chapter-title", "")
    publisher = " ".join(_filled(get.get("publisher-loc"), get.get("publisher-name")))
    parts = [names, title, get.get("source", ""), publisher, _issue(get)]
    parts += [plain(c) for c in children(citation, "comment", "ext-link", "uri")]
    parts += [f"doi:{flat(x)}" for x in children(citation, "pub-id") if x.get("pub-id-type") == "doi"]
    return " ".join(p if p.endswith((".", "?", "!")) else p + "." for p in parts if p)


def _issue(get: Mapping[str, str]) -> str:
    """Year, volume, issue and pages: "2010;1(2):3–4"."""
    volume = get.get("volume", "")
    if get.get("issue"):
        volume += f"({get['issue']})"
    pages = "–".join(_filled(get.get("fpage", get.get("elocation-id")), get.get("lpage")))
    issue = get.get("year", "")
    if volume:
        issue += f";{volume}"
    return f"{issue}:{pages}" if pages else issue


def _filled(*texts: str | None) -> list[str]:
    return [text for text in texts if text]


def _names(citation: Any) -> Iterator[str]:
    """Authors as printed: family name and given names, or the name of a group."""
    for name in _people(citation):
        if local(name) == "collab":
            yield plain(name)
        else:
            yield " ".join(_filled(plain(_first(name, "surname")), plain(_first(name, "given-names"))))


def _people(citation: Any) -> Iterator[Any]:
    """Author names; editors only where nothing else is named."""
    groups = [g for g in find_all(citation, "person-group") if g.get("person-group-type", "author") == "author"]
    if groups:
        for group in groups:
            yield from find_all(group, *_PEOPLE)
        return
    yield from (n for n in find_all(citation, *_PEOPLE) if local(n.getparent()) != "person-group")


def _authors(citation: Any) -> tuple[str, ...]:
    names = (plain(_first(n, "surname")) or (plain(n) if local(n) == "collab" else "") for n in _people(citation))
    return tuple(n for n in names if n)
