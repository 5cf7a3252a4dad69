#!/usr/bin/env python3
"""Set ``data/raw/sample_review.pdf`` from the texts beside this script: the same bytes on every run.

usage: python data/sample/make_sample.py [OUT.pdf]        (needs reportlab: extra ``test``)

The page looks like that of a journal on purpose, with everything that makes reading one hard: two justified columns,
words broken at line ends, a running head and a page number on every page, front matter over both columns, a table
between three rules over both columns, a ruled table and a figure inside a column, bracketed and superscript citations,
Greek letters from the Symbol font, and a numbered reference list. Only the standard PDF fonts are used, so nothing has
to be installed.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "raw" / "sample_review.pdf"

PAGE_WIDTH, PAGE_HEIGHT = 595.0, 842.0  # A4, in points
MARGIN, GAP = 50.0, 21.0
TOP, BOTTOM = 66.0, 786.0  # of the type area, measured from the upper edge
COLUMN = (PAGE_WIDTH - 2 * MARGIN - GAP) / 2
LEFT, RIGHT = MARGIN, MARGIN + COLUMN + GAP
FULL = PAGE_WIDTH - 2 * MARGIN

ROMAN, ITALIC, BOLD = "Times-Roman", "Times-Italic", "Times-Bold"
SANS, SANS_BOLD = "Helvetica", "Helvetica-Bold"
GREEK = frozenset("αβγδκμΔ")
RUNNING_HEAD = "Example et al.: Extracellular vesicles and drug resistance"
JOURNAL = "Journal of Worked Examples 2024; 1: 1–5"
JOURNALS = ("J Placeholder Res", "Specimen Lett", "Ann Filler Text", "Template Biol")

#: Breaks that the rule of :func:`breaks` would not find or would place badly.
HYPHENATED = {
    w.replace("-", ""): w
    for w in (
        "resis-tance resis-tant exo-some exo-somes exo-somal vesi-cle vesi-cles chemo-therapy ther-apy ta-mox-i-fen "
        "micro-RNA micro-RNAs miRNA miRNAs cis-platin temo-zo-lo-mide extra-cellu-lar patients cells pump-s"
    ).split()
}
VOWELS = frozenset("aeiouy")
KEPT_TOGETHER = frozenset("bl br ch ck cl cr dr fl fr gh gl gr ph pl pr qu sc sh sk sl sp st th tr wh ng".split())


def breaks(word: str) -> list[int]:
    """Offsets at which ``word`` may be broken with a hyphen: before a consonant that a vowel follows, as in
    "re-ceptor".
    """
    if word in HYPHENATED:
        marked, out, seen = HYPHENATED[word], [], 0
        for ch in marked:
            if ch == "-":
                out.append(seen)
            else:
                seen += 1
        return [i for i in out if 2 <= i <= len(word) - 2]
    if len(word) < 6 or not (word.isascii() and word.isalpha() and word.islower()):
        return []
    out = []
    for i in range(2, len(word) - 2):
        onset = word[i] not in VOWELS and word[i + 1] in VOWELS
        pair = word[i - 1 : i + 1] in KEPT_TOGETHER
        has_vowels = any(c in VOWELS for c in word[:i]) and any(c in VOWELS for c in word[i:].rstrip("es") or "")
        if onset and not pair and has_vowels:
            out.append(i)
    return out


@dataclass(frozen=True)
class Style:
    """How a paragraph is set: font, size and line distance in points."""

    font: str = ROMAN
    size: float = 10.6
    leading: float = 13.8
    indent: float = 0.0
    hang: float = 0.0
    justify: bool = True
    space_before: float = 0.0
    space_after: float = 0.0


BODY = Style(indent=11)
FIRST = Style()
HEADING = Style(SANS_BOLD, 10.2, 13, justify=False, space_before=9, space_after=3)
SUBHEADING = Style(SANS, 9.6, 12.2, justify=False, space_before=6, space_after=2)
TITLE = Style(SANS_BOLD, 17, 21, justify=False, space_after=8)
AUTHORS = Style(SANS, 10.5, 14, justify=False, space_after=4)
AFFILIATION = Style(ITALIC, 8.4, 10.5, justify=False)
ABSTRACT = Style(size=9.6, leading=12, space_before=8)
CAPTION = Style(SANS, 8.2, 10.4, justify=False)
CELL = Style(SANS, 8, 10, justify=False)
CELL_HEAD = Style(SANS_BOLD, 8, 10, justify=False)
REFERENCE = Style(size=9.0, leading=11.4, hang=17)


@dataclass(frozen=True)
class Piece:
    """Characters of one font in a word; ``raised`` for superscripts."""

    text: str
    font: str
    size: float
    raised: bool = False

    @property
    def width(self) -> float:
        return float(stringWidth(self.text, self.font, self.size))


Word = list[Piece]


def words_of(text: str, style: Style) -> list[Word]:
    """The words of a text in which ``^12^`` marks superscripts."""
    out: list[Word] = []
    for token in text.split():
        word: Word = []
        for i, part in enumerate(token.split("^")):
            for run in re.findall(r"[αβγδκμΔ]+|[^αβγδκμΔ]+", part):
                font = "Symbol" if run[0] in GREEK else style.font
                word.append(Piece(run, font, style.size * (0.68 if i % 2 else 1), bool(i % 2)))
        out.append(word)
    return out


def width_of(word: Word) -> float:
    return sum(p.width for p in word)


def split_word(word: Word, room: float) -> tuple[Word, Word] | None:
    """``word`` broken so that its first part with a hyphen fits into ``room``; None where that cannot be done."""
    if any(p.raised for p in word[:1]):
        return None
    first, rest = word[0], word[1:]
    best = None
    for match in re.finditer(r"[A-Za-z]+", first.text):
        for i in breaks(match.group()):
            cut = match.start() + i
            head = Piece(first.text[:cut] + "-", first.font, first.size)
            if head.width <= room:
                best = ([head], [Piece(first.text[cut:], first.font, first.size), *rest])
    for match in re.finditer(r"(?<=\w\w)-(?=\w\w)", first.text):
        head = Piece(first.text[: match.end()], first.font, first.size)
        tail = Piece(first.text[match.end() :], first.font, first.size)
        if head.width <= room and (best is None or head.width > best[0][0].width):
            best = ([head], [tail, *rest])
    return best


@dataclass
class LineOfText:
    """One set line: its words, its left indent and whether it is stretched to the measure."""

    words: list[Word]
    indent: float
    stretched: bool


def set_lines(text: str, style: Style, measure: float) -> list[LineOfText]:
    """Break a text into lines of ``measure`` points, greedily, hyphenating where a word does not fit."""
    space = stringWidth(" ", style.font, style.size)
    queue, out = words_of(text, style), []
    line: list[Word] = []
    indent = style.indent
    used = 0.0
    while queue:
        word = queue.pop(0)
        room = measure - indent - used - (space if line else 0)
        if width_of(word) <= room:
            used += width_of(word) + (space if line else 0)
            line.append(word)
            continue
        halves = split_word(word, room + 0.3) if style.justify else None
        if halves:
            line.append(halves[0])
            queue.insert(0, halves[1])
        elif not line:
            line.append(word)
        else:
            queue.insert(0, word)
        out.append(LineOfText(line, indent, style.justify))
        line, used, indent = [], 0.0, style.hang
    out.append(LineOfText(line, indent, False))
    return out


@dataclass
class Printer:
    """A canvas with its origin at the top left corner."""

    canvas: Canvas
    page: int = 0

    def new_page(self) -> None:
        if self.page:
            self.canvas.showPage()
        self.page += 1
        head = JOURNAL if self.page % 2 else RUNNING_HEAD
        at = MARGIN if self.page % 2 else PAGE_WIDTH - MARGIN - stringWidth(head, SANS, 7.5)
        self.words([[Piece(head, SANS, 7.5)]], at, 42)
        number = str(self.page)
        self.words([[Piece(number, SANS, 8)]], (PAGE_WIDTH - stringWidth(number, SANS, 8)) / 2, 812)
        self.rule(MARGIN, 47, PAGE_WIDTH - MARGIN, 0.4)

    def rule(self, x0: float, y: float, x1: float, weight: float) -> None:
        self.canvas.setLineWidth(weight)
        self.canvas.line(x0, PAGE_HEIGHT - y, x1, PAGE_HEIGHT - y)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.rect(x0, PAGE_HEIGHT - y1, x1 - x0, y1 - y0)

    def words(self, words: list[Word], x: float, y: float, gap: float = 0.0) -> None:
        """Words on the baseline ``y``; their spaces are stretched by ``gap`` points."""
        out = self.canvas.beginText(x, PAGE_HEIGHT - y)
        for i, word in enumerate(words):
            for piece in word:
                out.setFont(piece.font, piece.size)
                out.setRise(piece.size * 0.5 if piece.raised else 0)
                out.setWordSpace(0)
                out.textOut(piece.text)
            if i < len(words) - 1:
                last = word[-1]
                out.setFont(words[0][0].font, last.size if not last.raised else last.size / 0.68)
                out.setRise(0)
                out.setWordSpace(gap)
                out.textOut(" ")
        self.canvas.drawText(out)

    def line(self, line: LineOfText, x: float, y: float, measure: float, style: Style) -> None:
        space = stringWidth(" ", style.font, style.size)
        natural = sum(map(width_of, line.words)) + space * (len(line.words) - 1)
        slack = measure - line.indent - natural
        gap = slack / (len(line.words) - 1) if line.stretched and len(line.words) > 1 else 0.0
        self.words(line.words, x + line.indent, y, gap)

    def paragraph(self, text: str, style: Style, x: float, y: float, measure: float) -> float:
        """Print a paragraph whose box begins at ``y``; returns where it ends."""
        for line in set_lines(text, style, measure):
            y += style.leading
            self.line(line, x, y - 0.22 * style.leading, measure, style)
        return y


@dataclass
class TableText:
    """A table or figure as written in tables.txt."""

    caption: str
    rows: list[list[str]] = field(default_factory=list)
    foot: str = ""


def read_floats() -> dict[str, TableText]:
    out: dict[str, TableText] = {}
    for block in (HERE / "tables.txt").read_text(encoding="utf8").strip().split("\n\n"):
        head, *rows = block.split("\n")
        name, caption = head.split(" | ", 1)
        table = TableText(f"{name.capitalize()}. {caption}")
        for row in rows:
            if row.startswith("foot | "):
                table.foot = row.removeprefix("foot | ")
            else:
                table.rows.append(row.split(" | "))
        out[name] = table
    return out


def read_references() -> list[str]:
    out = []
    for i, line in enumerate((HERE / "references.txt").read_text(encoding="utf8").strip().split("\n"), 1):
        authors, title, year = line.split("|")
        pages = 10 * i + 1
        out.append(
            f"{i}. {authors}. {title}. {JOURNALS[i % 4]}. {year};{i % 9 + 1}:{pages}–{pages + 7}. "
            f"doi:10.5555/exomine.sample.{i:03d}"
        )
    return out


def draw_three_rule_table(out: Printer, table: TableText, y: float, widths: list[float]) -> float:
    """A table over both columns between three rules, its long cells wrapped; returns where it ends."""
    y = out.paragraph(table.caption, CAPTION, MARGIN, y, FULL) + 4
    out.rule(MARGIN, y, MARGIN + FULL, 0.9)
    for i, row in enumerate(table.rows):
        style = CELL if i else CELL_HEAD
        x, bottom = MARGIN + 2, y
        for text, width in zip(row, widths, strict=True):
            bottom = max(bottom, out.paragraph(text, style, x, y + 2.5, width - 12))
            x += width
        y = bottom + 1.5
        if not i:
            y += 1.5
            out.rule(MARGIN, y, MARGIN + FULL, 0.5)
    y += 2
    out.rule(MARGIN, y, MARGIN + FULL, 0.9)
    return out.paragraph(table.foot, Style(SANS, 7.2, 9, justify=False), MARGIN, y + 2, FULL) + 12


def draw_grid_table(out: Printer, table: TableText, x: float, y: float, widths: list[float]) -> float:
    """A table inside a column with a line around every cell; returns where it ends."""
    y = out.paragraph(table.caption, CAPTION, x, y + 8, COLUMN) + 4
    for i, row in enumerate(table.rows):
        left, height = x, 15.0
        for text, width in zip(row, widths, strict=True):
            out.box(left, y, left + width, y + height)
            out.paragraph(text, CELL if i else CELL_HEAD, left + 4, y + 1.5, width - 8)
            left += width
        y += height
    return y + 12


def draw_figure(out: Printer, figure: TableText, x: float, y: float) -> float:
    """A placeholder figure: two cells, an arrow between them, and the caption under it."""
    y += 6
    out.box(x, y, x + COLUMN, y + 120)
    for left, name in ((x + 18, "Resistant cell"), (x + COLUMN - 92, "Sensitive cell")):
        out.canvas.ellipse(left, PAGE_HEIGHT - y - 90, left + 74, PAGE_HEIGHT - y - 30)
        out.words([[Piece(name, SANS, 7)]], left + 15, y + 62)
    out.rule(x + 98, y + 60, x + COLUMN - 98, 1.2)
    out.words([[Piece("EVs", SANS, 7)]], x + COLUMN / 2 - 6, y + 55)
    return out.paragraph(figure.caption, CAPTION, x, y + 124, COLUMN) + 10


@dataclass
class Flow:
    """The two columns of the pages, filled from the top left to the bottom right."""

    out: Printer
    floats: dict[str, TableText]
    y: float = TOP
    right: bool = False
    top: float = TOP

    @property
    def x(self) -> float:
        return RIGHT if self.right else LEFT

    def next_column(self) -> None:
        if not self.right:
            self.right = True
        else:
            self.out.new_page()
            self.right, self.top = False, TOP
            if self.out.page == 3:  # the wide table stands on top of this page
                self.top = draw_three_rule_table(self.out, self.floats["table 1"], TOP, [108, 112, 203, 72])
        self.y = self.top

    def need(self, height: float) -> None:
        if self.y + height > BOTTOM:
            self.next_column()

    def text(self, text: str, style: Style) -> None:
        lines = set_lines(text, style, COLUMN)
        keep = style in (HEADING, SUBHEADING)
        self.need(len(lines) * style.leading + (3 * BODY.leading if keep else 0) if keep else style.leading)
        self.y += style.space_before if self.y > self.top else 0
        for line in lines:
            self.need(style.leading)
            self.y += style.leading
            self.out.line(line, self.x, self.y - 0.22 * style.leading, COLUMN, style)
        self.y += style.space_after

    def floating(self, name: str) -> None:
        if name == "figure":
            self.need(190)
            self.y = draw_figure(self.out, self.floats["figure 1"], self.x, self.y)
        else:
            self.need(110)
            self.y = draw_grid_table(self.out, self.floats[name], self.x, self.y, [92, 92, COLUMN - 184])


def front_matter(out: Printer, blocks: list[str]) -> float:
    """Title, authors, abstract and keywords over both columns; returns where they end."""
    styles = {"@title": TITLE, "@authors": AUTHORS, "@affiliation": AFFILIATION}
    y = TOP + 4
    for block in blocks:
        for line in block.split("\n"):
            mark, _, text = line.partition(" ")
            if mark in styles:
                y = out.paragraph(text, styles[mark], MARGIN, y, FULL) + styles[mark].space_after
            elif mark == "@abstract":
                out.words([[Piece("Abstract", SANS_BOLD, 10)]], MARGIN, y + 18)
                y = out.paragraph(text, ABSTRACT, MARGIN, y + 21, FULL) + 4
            else:
                y = out.paragraph(f"Keywords: {text}", AFFILIATION, MARGIN, y, FULL) + 6
    out.rule(MARGIN, y, PAGE_WIDTH - MARGIN, 0.4)
    return y + 10


def body(flow: Flow, blocks: list[str]) -> None:
    after_heading = False
    for block in blocks:
        if block.startswith("[["):
            flow.floating(block.strip("[]"))
            continue
        if block.startswith("@back "):
            title, text = block.removeprefix("@back ").split("\n", 1)
            flow.text(title, HEADING)
            flow.text(text, FIRST)
        elif block.startswith("#"):
            marks, text = block.split(" ", 1)
            flow.text(text, HEADING if marks == "#" else SUBHEADING)
        else:
            flow.text(block, FIRST if after_heading else BODY)
        after_heading = block.startswith("#")
    flow.text("References", HEADING)
    for reference in read_references():
        flow.text(reference, REFERENCE)


def make(path: Path) -> None:
    """Write the sample paper."""
    canvas = Canvas(str(path), pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle("Extracellular vesicles, microRNAs and drug resistance in cancer")
    canvas.setAuthor("Ada Example, Ben Sample, Cora Placeholder")
    canvas.setSubject("doi:10.5555/exomine.sample")
    blocks = [b.strip() for b in (HERE / "review.txt").read_text(encoding="utf8").strip().split("\n\n")]
    front = [b for b in blocks if b.startswith("@") and not b.startswith("@back")]
    out = Printer(canvas)
    out.new_page()
    top = front_matter(out, front)
    body(Flow(out, read_floats(), top, top=top), [b for b in blocks if b not in front])
    canvas.showPage()
    canvas.save()


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
