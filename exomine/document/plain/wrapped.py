"""Hard-wrapped text that another tool pulled out of a PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from exomine.document.model import Aside, Cell, Table
from exomine.document.plain.base import ABSTRACT, BACK_MATTER, BACK_START, BODY_BEGINS, BULLET, NOTE, Reader
from exomine.document.plain.columns import shape
from exomine.document.plain.forms import BEHIND_REFERENCES, REFERENCES, finished
from exomine.document.plain.front import is_front, split_title
from exomine.document.plain.lines import Chunk, continues, goes_on, known_heading, looks_like_heading
from exomine.document.plain.tables import TableEnd, flat_table, names_references, row_end_style, row_ends
from exomine.document.references import find_doi

__all__ = ["WrappedReader"]

_FOOTNOTE = re.compile(r"(?:(?i:abbreviations?|notes?)\b|[*†‡§]|[a-e]\s(?=[A-Z]))[:.\s]?")


#: A key to short forms below a table: "CAF, fibroblast; MSC, stem cell."
_KEY = re.compile(r"(?:[\w/+\-]{2,12}[,:=]\s[^;,]{3,60}[;,]\s){1,}[\w/+\-]{2,12}[,:=]\s.*\.$|Abbreviations?\s*:")


class WrappedReader(Reader):
    """Reads text that is cut into chunks."""

    def read(self, parts: list[Chunk]) -> None:
        """Hard-wrapped text, cut into chunks."""
        width = median([len(x) for p in parts for x in p.lines] or [80])
        at = self._front(parts)
        while at < len(parts):
            chunk = parts[at]
            if chunk.kind == "text" and len(chunk.lines) == 1 and REFERENCES.fullmatch(chunk.first):
                end = _references_end(parts, at + 1)
                self.add_references([x for p in parts[at + 1 : end] if p.kind != "furniture" for x in [*p.lines, ""]])
                at = end
                continue
            if chunk.kind == "table":
                at = self._table(parts, at, width)
                continue
            if chunk.kind == "text" and (below := _caption_below(parts, at, width)):
                rows = [p for p in parts[at:below] if p.kind == "text"]
                self._table([parts[below], *rows], 0, width, end=len(rows) + 1)
                at = below + 1
                continue
            self._chunk(chunk, parts, at, width)
            at += 1
        self.flush()

    def _front(self, parts: list[Chunk]) -> int:
        """Title and author block: what stands before the abstract or the introduction."""
        begins = next((k for k, c in enumerate(parts[:20]) if c.kind == "text" and BODY_BEGINS.match(c.first)), None)
        i = self._front_end(parts) if begins is None else begins
        if begins and (bare := _bare_abstract(parts[:begins])) is not None:
            i = bare
            self.kind = "abstract"
        for part in parts[:i]:
            self.doi = self.doi or find_doi(" ".join(part.lines))
            if part.kind == "furniture":
                self.apart.append(Aside("running_head", part.first))
        title, others = split_title([x for p in parts[:i] if p.kind == "text" for x in [*p.lines, ""]])
        if title:
            self.title = self.join(title)
            self.builder.add("title", self.title)
        self.apart += [Aside("author_block", x) for x in others]
        return i

    def _front_end(self, parts: list[Chunk]) -> int:
        """Where no heading says so: a title, and authors, before the first paragraph."""
        texts = [k for k, c in enumerate(parts[:12]) if c.kind == "text"]
        first = next((k for k in texts if finished(parts[k].last) and not _is_front_chunk(parts[k])), 0)
        before = [k for k in texts if k < first]
        if not before:
            return 0
        named = any(_is_front_chunk(parts[k]) for k in before)
        if named and len(before) > 1 and not _is_front_chunk(parts[before[-1]]):
            before.pop()  # a heading above the paragraph
        return before[-1] + 1 if named or looks_like_heading(parts[before[0]].lines) else 0

    def _chunk(self, chunk: Chunk, parts: list[Chunk], at: int, width: float) -> None:
        if chunk.kind == "furniture":
            kind = "page_number" if re.fullmatch(r"\W*\d+\W*", chunk.first) else "running_head"
            self.apart.append(Aside(kind, chunk.first))
        elif chunk.kind == "figure":
            self._float(self.join(chunk.lines))
        elif NOTE.match(chunk.first) or (is_front(chunk.first) and is_front(chunk.last) and at < 20):
            self.apart.append(
                Aside("back_matter" if self.kind == "back_matter" else "footnote", self.join(chunk.lines))
            )
        elif self._is_heading(chunk, parts, at, width):
            self.heading(self.join(chunk.lines))
        elif self.open and continues(self.open[-1], chunk.first) and not BULLET.match(chunk.first):
            self.open += chunk.lines
        else:
            self._paragraph(chunk)

    def _paragraph(self, chunk: Chunk) -> None:
        self.flush()
        self.end_abstract(chunk.first)
        if BACK_START.match(chunk.first):
            self.kind = "back_matter"
        first = self.run_in(chunk.first)
        if first or len(chunk.lines) > 1:
            if first or self.kind == "abstract":
                self.open = [x for x in [first, *chunk.lines[1:]] if x]
            else:
                self.apart.append(Aside("other", self.join(chunk.lines[1:])))

    def _float(self, caption: str, table: Table | None = None) -> None:
        """A caption, with its table; kept back while the paragraph around it may go on."""
        self.floats.append((caption, table))
        if not self.open:
            self.flush()

    def _is_heading(self, chunk: Chunk, parts: list[Chunk], at: int, width: float) -> bool:
        if not looks_like_heading(chunk.lines, width=width) or re.match(r"(?i)key\s?words?\s*[:–—]\s", chunk.first):
            return False
        text = " ".join(chunk.lines)
        if ABSTRACT.fullmatch(text) or BACK_MATTER.fullmatch(text):
            return True
        following = next((p for p in parts[at + 1 :] if p.kind in ("text", "table")), None)
        if following is None or goes_on(following.first):
            return False
        if parts[at + 1].kind == "furniture" and len(chunk.last) > 0.8 * width and not known_heading(text):
            return False  # no heading stands at the foot of a page; the last line of one does
        if not known_heading(text) and _run_of_headings(parts, at, width) > 2:
            return False  # items of a list without stops
        return not self.open or finished(self.open[-1])

    # flattened tables ---------------------------------------------------------------------------------------------

    def _table(self, parts: list[Chunk], at: int, width: float, *, end: int = 0) -> int:
        """Take the table whose caption begins at ``at``; the index of the chunk behind it."""
        end = end or self._table_end(parts, at, width)
        lines: list[str] = []
        for chunk in parts[at:end]:
            if chunk.kind == "furniture":
                self.apart.append(Aside("running_head", chunk.first))
            elif lines and (_FOOTNOTE.match(chunk.first) or _spelled_out(chunk.first)) and not row_ends(chunk.last):
                self.apart.append(Aside("table_footnote", self.join(chunk.lines)))
            else:
                lines += [*([""] if lines else []), *chunk.lines]
        while len(lines) > 4 and _KEY.match(lines[-1]) and not row_ends(lines[-1]):
            self.apart.append(Aside("table_footnote", lines.pop()))
        label = parts[at].label
        caption, rest = _caption(lines, label)
        self.n_tables += 1
        try:
            table = flat_table(rest, vocabulary=self.vocabulary).table(f"t{self.n_tables}", label, self.join(caption))
        except TableEnd:
            table = self._one_column(rest, label, self.join(caption))
        between = re.match(r"[\s.:|–—]*", lines[0][len(label) :])
        printed = label + (between[0] if between and between[0].strip() else " ") + table.caption
        self._float(printed, table)
        return end

    def _one_column(self, lines: Sequence[str], label: str, caption: str) -> Table:
        groups: list[list[str]] = [[]]
        for line in lines:
            groups += [[]] if not line else []
            groups[-1] += [line] if line else []
        cells = tuple(Cell(r, 0, self.join(g)) for r, g in enumerate(g for g in groups if g))
        return Table(f"t{self.n_tables}", label, caption, cells)

    def _table_end(self, parts: list[Chunk], at: int, width: float) -> int:
        style = row_end_style([x for p in parts[at : at + 150] if p.kind in ("text", "table") for x in p.lines])
        closed = len(parts[at].lines) > 1 and row_ends(parts[at].last, style)
        k = at + 1
        while k < len(parts):
            chunk = parts[k]
            if chunk.kind in ("table", "figure"):
                break
            if chunk.kind == "text":
                if self._is_body(parts, k, width, closed=closed or not style, style=style):
                    break
                closed = row_ends(chunk.last, style) or (closed and _spelled_out(chunk.first))
            k += 1
        k = _last_row(parts, at, k, style)
        while k - 1 > at and parts[k - 1].kind == "furniture":
            k -= 1
        return k

    def _is_body(self, parts: list[Chunk], k: int, width: float, *, closed: bool, style: str) -> bool:
        """Whether the text outside the table goes on with this chunk."""
        chunk = parts[k]
        if _like_paragraph(chunk, width) and not row_ends(chunk.last, style):
            return True
        if not closed or _spelled_out(chunk.first):
            return False
        if self.open and not finished(self.open[-1]) and re.match(r"[a-z]+[,;.)]?(?:\s|$)", chunk.first):
            return True
        following = next((p for p in parts[k + 1 :] if p.kind != "furniture"), None)
        headed = following is not None and _like_paragraph(following, width) and not goes_on(following.first)
        if looks_like_heading(chunk.lines, width=width) and headed:
            return True
        ahead = [x for p in parts[k : k + 6] if p.kind == "text" for x in p.lines]
        return bool(style) and not any(row_ends(x, style) for x in ahead) and not _FOOTNOTE.match(chunk.first)


def _last_row(parts: list[Chunk], at: int, end: int, style: str) -> int:
    """Where rows end in the column of references nothing behind the last of them is of the table but its notes."""
    rows = [
        k for k in range(at, end) if parts[k].kind != "furniture" and any(row_ends(x, style) for x in parts[k].lines)
    ]
    if not rows:
        return end
    k = rows[-1] + 1
    while k < end and (parts[k].kind == "furniture" or _FOOTNOTE.match(parts[k].first) or _spelled_out(parts[k].first)):
        k += 1
    return k


def _references_end(parts: list[Chunk], at: int) -> int:
    """The list goes on to the end, or to what a manuscript has behind it."""
    for k in range(at + 1, len(parts)):
        chunk = parts[k]
        behind = chunk.kind == "text" and BEHIND_REFERENCES.fullmatch(chunk.first) is not None
        if behind or (chunk.kind in ("table", "figure") and re.search(r"[.:|]\s|^\S+ \S+$", chunk.first)):
            return k
    return len(parts)


def _spelled_out(text: str) -> bool:
    """Whether a text begins with a short form and what it stands for: "MSC mesenchymal stem cell"."""
    short, _, long = text.partition(" ")
    letters = re.sub(r"\W", "", short).lower()
    if not (2 <= len(letters) <= 8 and shape(short) == "symbol" and long[:1].islower()):
        return False
    initials = iter(w[0].lower() for w in re.split(r"[\s\-/]+", long) if w)
    return all(x in initials for x in letters)


def _caption_below(parts: list[Chunk], at: int, width: float) -> int:
    """The caption that stands below the rows beginning at ``at``; 0 if there is none.

    The rows name their columns, the last of them that of the references, and end as rows do; none follow the caption.
    """
    names = [i for i, x in enumerate(parts[at].lines[:4]) if names_references(x)]
    if not names or (at and parts[at - 1].kind == "table"):
        return 0
    below = next((k for k in range(at, min(at + 60, len(parts))) if parts[k].kind == "table"), 0)
    rows = [p for p in parts[at:below] if p.kind == "text"]
    style = row_end_style([x for p in rows for x in p.lines])
    if not rows or not style or not row_ends(rows[-1].last, style) or any(_like_paragraph(p, width) for p in rows):
        return 0
    behind = [x for p in parts[below + 1 : below + 3] if p.kind == "text" for x in p.lines[:4]]
    return 0 if any(names_references(x) or row_ends(x, style) for x in behind) else below


def _bare_abstract(parts: Sequence[Chunk]) -> int | None:
    """The chunk where an abstract without its heading begins: sentences below the title."""
    for k, chunk in enumerate(parts[1:], 1):
        text = " ".join(chunk.lines)
        sentences = len(re.findall(r"[a-z\])]\.(?:\s+[A-Z]|$)", text))
        if chunk.kind == "text" and len(text) > 180 and sentences > 1 and finished(text) and not _is_front_chunk(chunk):
            return k
    return None


def _is_front_chunk(chunk: Chunk) -> bool:
    return any(is_front(x) for x in chunk.lines)


def _run_of_headings(parts: list[Chunk], at: int, width: float) -> int:
    """How many chunks in a row around ``at`` have the form of a heading."""

    def like(k: int) -> bool:
        return 0 <= k < len(parts) and parts[k].kind == "text" and looks_like_heading(parts[k].lines, width=width)

    before = next(n for n in range(1, len(parts) + 2) if not like(at - n)) - 1
    after = next(n for n in range(1, len(parts) + 2) if not like(at + n)) - 1
    return before + 1 + after


def _like_paragraph(chunk: Chunk, width: float) -> bool:
    """Several lines as wide as the column, with the end of a sentence in them."""
    if chunk.kind != "text" or len(chunk.lines) < 3:
        return False
    full = sum(0.75 * width <= len(x) <= 1.25 * width for x in chunk.lines[:-1])
    text = " ".join(chunk.lines)
    return full >= 0.6 * (len(chunk.lines) - 1) and bool(re.search(r"[a-z\])]\.(?:\s+[A-Z]|$)", text))


def _caption(lines: Sequence[str], label: str) -> tuple[list[str], list[str]]:
    """The caption's lines without the label, and the lines of the table below it."""
    first = re.sub(r"^[\s.:|–—]+", "", lines[0][len(label) :])
    rest = list(lines[1:])
    if not first:
        while rest and not rest[0]:
            rest.pop(0)
        first = rest.pop(0) if rest else ""
    caption = [first]
    widest = max((len(x) for x in lines), default=0)
    while (
        rest
        and rest[0]
        and not first.endswith(".")
        and len(caption[-1]) > 0.9 * widest
        and not row_ends(rest[0])
        and len(caption) < 4
    ):
        caption.append(rest.pop(0))
        first = caption[-1]
    while rest and not rest[0]:
        rest.pop(0)
    return caption, rest
