"""Articles set by Typst: true floats, hyphenation, numbered lines, tables that go on over pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import typst
from article import Article, Block, Run
from grid import Placed, alignment, placed, widths, words_of
from layout import Layout

NOTICE = "Disclosure: The publisher sells reprints of this page. Write to the office for prices and for permission."
#: The width that notes in the margin take.
NOTES = 96
FACES = {"b": '#text(weight: "bold")[{}]', "i": "#emph[{}]", "^": "#super[{}]", "_": "#sub[{}]"}
PAPERS = {"small": "width: 170mm, height: 240mm"}
PAGE_WIDTH = {"a4": 595, "us-letter": 612, "small": 482}


def write(article: Article, layout: Layout, path: Path) -> None:
    source = "\n".join(_Pages(article, layout).lines())
    path.with_suffix(".typ").write_text(source)
    path.write_bytes(typst.compile(source.encode()))


def quoted(raw: str) -> str:
    escaped = raw.replace("\\", "\\\\").replace('"', '\\"')
    return f'#"{escaped}";'


def words_of_runs(runs: Sequence[Run]) -> str:
    return "".join(r.text for r in runs)


class _Pages:
    def __init__(self, article: Article, layout: Layout) -> None:
        self.a, self.l = article, layout
        self.wide = PAGE_WIDTH[layout.paper] - 2 * layout.margin - (NOTES if layout.margin_notes else 0)
        self.column = (self.wide - (layout.columns - 1) * layout.gutter) / layout.columns
        self.numbers = [0] * 9
        self.n_tables = 0

    def lines(self) -> Iterator[str]:
        yield from self.setup()
        yield from self.front()
        yield from self.blocks(self.a.body)
        yield from self.blocks(self.a.back)
        if self.l.notice:
            yield f"#place(bottom, float: true, block(stroke: 1pt, inset: 6pt, width: 100%)[{quoted(NOTICE)}])"
        yield from self.references()

    def setup(self) -> Iterator[str]:
        o = self.l
        paper = PAPERS.get(o.paper, f'paper: "{o.paper}"')
        yield f"#set page({paper}, margin: (x: {o.margin}pt, y: {max(54, o.margin)}pt), columns: {o.columns},"
        yield f"  header: {self.head()}, footer: {self.foot()})"
        if o.margin_notes:
            yield f"#set page(margin: (left: {o.margin + NOTES}pt, right: {o.margin}pt, y: {max(54, o.margin)}pt))"
        yield "#set super(typographic: false)"
        yield f"#set columns(gutter: {o.gutter}pt)"
        hyphenate = "true" if o.hyphenate else "false"
        yield f'#set text(font: "{o.font}", size: {o.size}pt, lang: "en", hyphenate: {hyphenate}, '
        yield "  top-edge: 0.8em, bottom-edge: -0.2em)"
        gap = (o.leading - 1) * o.size
        indent, spacing = (f"{1.2 * o.size}pt", gap) if o.indent else ("0pt", 0.8 * o.size)
        yield f"#set par(justify: {str(o.justify).lower()}, leading: {gap}pt, first-line-indent: {indent}, "
        yield f"  spacing: {spacing}pt)"
        if o.line_numbers:
            yield '#set par.line(numbering: "1")'

    def head(self) -> str:
        names = quoted(f"{self.a.authors[0] if self.a.authors else 'Authors'} et al.")
        journal = quoted(f"{self.a.journal} 2019; 7(2): 101–118")
        title = quoted("".join(r.text for r in self.a.title)[:70])
        middle = {
            "none": "",
            "journal": f"{journal} #h(1fr) #counter(page).display()",
            "title": f"#counter(page).display() #h(1fr) {title}",
            "authors": f"{names} #h(1fr) {journal}",
            "two lines": f"{journal} #h(1fr) {names} #linebreak() {title} #line(length: 100%, stroke: 0.4pt)",
        }[self.l.head]
        return f"context [#set text(size: 8pt); {middle}]"

    def foot(self) -> str:
        doi = quoted("https://doi.org/10.5555/layouts.2019.0042")
        middle = {
            "none": "",
            "number": "#align(center, counter(page).display())",
            "doi and number": f"{doi} #h(1fr) #counter(page).display() of #counter(page).final().at(0)",
            "copyright": f"{quoted('© 2019 The Authors. The Layout Press')} #h(1fr) #counter(page).display()",
        }[self.l.foot]
        return f"context [#set text(size: 7.5pt); {middle}]"

    # --- front ---

    def front(self) -> Iterator[str]:
        top = "".join(self.title_block())
        abstract = "\n\n".join([*self.plain(self.a.abstract, "Abstract"), self.keywords()])
        if self.l.front == "side":
            left = "#set text(size: 7.5pt)\n" + "\n\n".join(quoted(x) for x in self.information())
            top += f"#grid(columns: (1fr, 3fr), gutter: 14pt, [{left}], [{abstract}])"
        elif self.l.front == "box":
            top += f"#block(fill: luma(235), inset: 8pt, width: 100%)[{abstract}]"
        elif self.l.front == "plain":
            top += abstract
        yield from self.beside_and_beneath()
        yield f'#place(top, scope: "parent", float: true)[{top} #v(8pt)]'
        if self.l.front == "two columns":
            yield abstract

    def beside_and_beneath(self) -> Iterator[str]:
        """Small print of the first page: in its margin, or beneath its text."""
        first = self.a.authors[0] if self.a.authors else "A. N. Other"
        cite = f"Citation: {first} et al. {''.join(r.text for r in self.a.title)} {self.a.journal} 2019, 7, 101."
        told = [cite, *self.information(), f"Correspondence: {first}, Office of Layouts, 1 Elm Street. a@layouts.org"]
        shown = "\n\n".join(quoted(x) for x in told)
        small = f"#set text(size: 6.5pt, hyphenate: false)\n#set par(first-line-indent: 0pt, justify: false)\n{shown}"
        if self.l.margin_notes:
            yield f"#place(top + left, dx: -{NOTES}pt, dy: 60pt, block(width: {NOTES - 16}pt)[{small}])"
        elif self.l.cite_box:
            yield f'#place(bottom, scope: "column", float: true)[#line(length: 30%, stroke: 0.4pt)\n{small}]'

    def title_block(self) -> Iterator[str]:
        align = "center" if self.l.headings == "centred" else "left"
        yield f"#set align({align})\n#set par(first-line-indent: 0pt, justify: false)\n"
        yield f'#text(size: {1.7 * self.l.size}pt, weight: "bold")[{self.runs(self.a.title)}]\n\n'
        yield f"{quoted(', '.join(self.a.authors))}\n\n"
        yield "#set text(size: 0.85em)\n" + "\n\n".join(quoted(p) for p in self.a.places)
        yield f"\n\n#set text(size: {self.l.size}pt)\n#set align(left)\n"

    def information(self) -> list[str]:
        return [
            "Received: 3 May 2019",
            "Accepted: 7 August 2019",
            "Published: 9 September 2019",
            "Academic Editor: A. N. Other",
            "This is an open access article distributed under the Creative Commons Attribution License.",
        ]

    def keywords(self) -> str:
        return f"*Keywords:* {quoted(self.a.keywords)}" if self.a.keywords else ""

    def plain(self, blocks: Sequence[Block], name: str) -> Iterator[str]:
        yield f"*{name}*"
        lead = ""
        for b in blocks:
            if b.kind == "heading":
                lead = f"*{self.runs(b.runs)}:* "
            else:
                yield lead + self.runs(b.runs)
                lead = ""

    # --- body ---

    def blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        lead, first = "", self.l.large_capital and blocks is self.a.body
        for b in blocks:
            if b.kind == "heading":
                yield lead
                lead = self.heading(b)
                if not lead.startswith("*"):
                    yield lead
                    lead = ""
            elif b.kind == "table":
                yield self.table(b)
            elif b.kind == "figure":
                yield self.figure(b)
            elif b.kind == "box":
                yield f"#block(stroke: 0.6pt, inset: 5pt, width: 100%)[{self.runs(b.runs)}]"
            else:
                item = "• " if b.kind == "item" else ""
                large, rest = self.large_capital(b.runs) if first and b.kind == "paragraph" else ("", b.runs)
                yield f"\n{lead}{item}{large}{self.runs(rest)}\n"
                lead, first = "", False

    def large_capital(self, runs: Sequence[Run]) -> tuple[str, list[Run]]:
        """The first letter three times as large on the baseline, and what is left of the runs."""
        head, *rest = runs
        if head.face or not head.text[:1].isalpha():
            return "", list(runs)
        shown = f"#text(size: {2.6 * self.l.size}pt)[{quoted(head.text[0])}]"
        return shown, [Run(head.text[1:], head.face), *rest]

    def heading(self, b: Block) -> str:
        level = min(b.level, 4)
        if self.l.run_in and level > 2:
            return f"*{self.runs(b.runs)}.* "
        self.numbers = [*self.numbers[: level - 1], self.numbers[level - 1] + 1, *[0] * (9 - level)]
        text = self.runs(b.runs)
        if self.l.numbered and not text[2:3].isdigit():
            text = quoted(".".join(map(str, self.numbers[:level])) + ". ") + text
        style = {
            "bold": 'weight: "bold"', "caps": 'weight: "bold"', "spaced": "tracking: 0.14em", "small caps": "",
            "italic": 'style: "italic"', "colour": 'fill: blue, weight: "bold"', "centred": 'weight: "bold"',
        }[self.l.headings]  # fmt: skip
        if level == 2 and self.l.headings == "bold":
            style = 'style: "italic", weight: "bold"'
        font = f'font: "{self.l.heading_font}", ' if self.l.heading_font else ""
        if level == 1 and self.l.letters_apart:
            text = quoted("   ".join(" ".join(word) for word in words_of_runs(b.runs).upper().split()))
        elif level == 1 and self.l.headings in ("caps", "spaced"):
            text = f"#upper[{text}]"
        elif self.l.headings == "small caps":
            text = f"#smallcaps[{text}]"
        size = self.l.size * (1.2 if level == 1 else 1.0)
        where = "center" if self.l.headings == "centred" and level == 1 else "left"
        text = f"#text({font}{style}{', ' if style else ''}size: {size}pt)[{text}]"
        return f"#block(sticky: true, above: 1.3em, below: 0.6em, align({where})[#set par(justify: false)\n{text}])"

    def runs(self, runs: Sequence[Run]) -> str:
        return "".join(self.run(r) for r in runs)

    def run(self, r: Run) -> str:
        if r.face == "c" and self.l.cite == "names":
            return quoted(f"({names})" if (names := self.a.by_name(r.text)) else f"[{r.text}]")
        if r.face == "c":
            around = {"brackets": "[{}]", "parentheses": "({})", "raised": "{}"}[self.l.cite].format(r.text)
            return f"#super[{quoted(around)}]" if self.l.cite == "raised" else quoted(around)
        out = quoted(r.text)
        for face in r.face:
            out = FACES[face].format(out)
        return out

    def float(self, content: str, *, across: bool) -> str:
        scope = "parent" if across and self.l.columns > 1 else "column"
        return f'#place(top, scope: "{scope}", float: true)[{content}]'

    def figure(self, b: Block) -> str:
        across = self.l.columns > 1 and len(b.runs) % 2 == 0
        ticks = " #h(1fr) ".join(quoted(x) for x in ("0", "20", "40 µM", "Control", "siRNA", "***"))
        box = (
            f"#rect(width: {100 * self.l.figure_width}%, height: 110pt, fill: luma(220))[#set text(size: 6pt)\n{ticks}]"
        )
        text = f"#set par(first-line-indent: 0pt)\n#set text(size: {0.87 * self.l.size}pt)\n{self.caption(b)}"
        content = f"{box}\n\n{text}\n"
        return self.float(content, across=across) if self.l.place == "top" else f"#block(breakable: false)[{content}]"

    def caption(self, b: Block) -> str:
        label = words_of(b.label) or "Figure 1"
        text = self.runs(b.runs)
        return {
            "bold label": f'#text(weight: "bold")[{quoted(label + ".")}] {text}',
            "all bold": f'#text(weight: "bold")[{quoted(label + ".")} {text}]',
            "plain": f"{quoted(label + '.')} {text}",
            "caps label": f"{quoted(label.upper())} #h(0.5em) {text}",
            "own line": f'#text(weight: "bold")[{quoted(label)}] #linebreak() #emph[{text}]',
        }[self.l.caption_face]

    # --- tables ---

    def table(self, b: Block) -> str:
        self.n_tables += 1
        size = self.l.table_size * self.l.size
        need = sum(widths(b)) * 0.56 * size + 2 * self.l.cell_gap * b.columns
        lines = sum(max(len(c.text) / max(c.across, 1) for c in row) // 30 + 1 for row in b.rows)
        high = lines * size * self.l.cell_leading + len(b.rows) * 2 * self.l.row_gap > 480
        across = need > self.column
        if self.l.place == "sideways page" and (high or need > 1.2 * self.wide):
            return f"#page(columns: 1, flipped: true)[{self.grid(b, size, need > 600)}]"
        if self.l.columns > 1 and (high and across):
            return f"#page(columns: 1)[{self.grid(b, size, need > self.wide)}]"
        content = self.grid(b, size, need > (self.wide if across else self.column))
        if (across and self.l.columns > 1) or (self.l.place == "top" and not high):
            return self.float(content + " #v(6pt)", across=across)
        return f"#block(above: 1.2em, below: 1.2em)[{content}]"

    def grid(self, b: Block, size: float, full: bool) -> str:
        o, cells = self.l, placed(b)
        columns = ", ".join(f"{w + 3}fr" if full else "auto" for w in widths(b))
        aligned = alignment(b, o.align)
        shown = f"#block(below: 4pt)[{self.caption(b)}]"
        above = o.caption == "above"
        first = self.continued(b, shown) if above else []
        head = [*first, *self.rows(b, [p for p in cells if p.row < b.n_head], aligned)]
        repeat = o.continued != "nothing"
        body = self.rows(b, [p for p in cells if p.row >= b.n_head], aligned)
        inside = [f"table.header(repeat: {str(repeat).lower()}, {', '.join(head)})"] if head else []
        fill = "fill: (_, y) => if calc.rem(y, 2) == 1 { luma(235) }, " if o.rules == "zebra" else ""
        stroke = "0.5pt" if o.rules == "grid" else "none"
        table = (
            f"#table(columns: ({columns},), inset: (x: {o.cell_gap}pt, y: {o.row_gap}pt), stroke: {stroke}, {fill}"
            + f"{', '.join([*inside, *body])})"
        )
        notes = "".join(f"\n#block(above: 3pt)[#text(size: {0.9 * size}pt)[{self.runs(n)}]]" for n in b.notes)
        if o.rules == "box":
            table = f"#block(stroke: 0.8pt, inset: 4pt)[{table}]"
        parts = [table, notes] if above else [table, notes, shown]
        leading = (o.cell_leading - 1) * size
        setup = f"#set par(first-line-indent: 0pt, justify: false, leading: {leading}pt)\n#set text(size: {size}pt)\n"
        return setup + "\n".join(parts)

    def continued(self, b: Block, shown: str) -> list[str]:
        """The caption as the table's first row; on later pages as the layout has it."""
        later = {"(Continued)": f"{words_of(b.label)} (Continued)", "Cont.": f"{words_of(b.label)}. Cont."}
        again = f"[{quoted(later[self.l.continued])}]" if self.l.continued in later else "[]"
        mark = f"start{self.n_tables}"
        where = f"context if counter(page).get() == counter(page).at(<{mark}>) [{shown}] else {again}"
        return [f"table.cell(colspan: {b.columns}, inset: 0pt, stroke: none, fill: none)[#{where}]"]

    def rows(self, b: Block, cells: Sequence[Placed], aligned: Sequence[str]) -> list[str]:
        rules, out = self.l.rules, []
        ruled = rules in ("three", "rows", "outer")
        for p in cells:
            head_ends = p.row == b.n_head and p.column == 0
            first = p.row == 0 and p.column == 0
            if (first and ruled) or (head_ends and rules not in ("outer", "none", "grid", "zebra")):
                out.append("table.hline(stroke: 0.6pt)")
            elif rules == "rows" and p.column == 0:
                out.append("table.hline(stroke: 0.3pt)")
            if p.cell.head and p.cell.across > 1 and rules == "three" and p.row + 1 < b.n_head:
                y = p.row + 1 + (self.l.caption == "above")
                across = f"start: {p.column}, end: {p.column + p.cell.across}"
                out.append(f"table.hline(y: {y}, {across}, stroke: 0.4pt)")
            mark = f"#metadata(0) <start{self.n_tables}>" if head_ends else ""
            out.append(self.cell(p, aligned, mark))
        if cells and cells[-1].row + 1 == len(b.rows) and ruled:
            out.append("table.hline(stroke: 0.6pt)")
        return out

    def cell(self, p: Placed, aligned: Sequence[str], mark: str) -> str:
        text, o = self.runs(p.cell.runs), self.l
        where = "center" if p.cell.across > 1 and p.cell.head else aligned[p.column]
        if p.section:
            where = "center" if o.section_rows == "centred" else "left"
            text = {"bold": f'#text(weight: "bold")[{text}]', "italic": f"#emph[{text}]"}.get(o.section_rows, text)
        if p.cell.head and o.head_bold:
            text = f'#text(weight: "bold")[{text}]'
        upright = "horizon" if o.middle else "bottom" if p.cell.head else "top"
        spans = f"colspan: {p.cell.across}, rowspan: {p.cell.down}, align: {where} + {upright}"
        return f"table.cell({spans})[{mark}{text}]"

    # --- references ---

    def references(self) -> Iterator[str]:
        o = self.l
        yield self.heading(Block("heading", [Run("References")], 1)) if not o.run_in else "*References*"
        size = o.reference_size * o.size
        numbered = self.a.numeric and o.cite != "names"
        texts = self.a.dated if o.cite == "names" else [text for _, text in self.a.references]
        entries = []
        for (label, _), text in zip(self.a.references, texts, strict=True):
            shown = o.reference_label.replace("1", label) + " " if numbered else ""
            if shown and o.outdented:
                cells = f"[{quoted(shown.strip())}], [{quoted(text)}]"
                entries.append(f"#block(spacing: {0.4 * size}pt, grid(columns: (2.6em, 1fr), {cells}))")
            else:
                entries.append(quoted(shown + text))
        hang = f"{1.6 * size}pt" if o.hanging else "0pt"
        paragraph = f"first-line-indent: 0pt, hanging-indent: {hang}, spacing: {0.4 * size}pt"
        setup = f"#set text(size: {size}pt)\n#set par({paragraph})\n"
        content = setup + "\n\n".join(entries)
        yield f"#columns({o.reference_columns}, gutter: 14pt)[{content}]" if o.reference_columns > 1 else content
