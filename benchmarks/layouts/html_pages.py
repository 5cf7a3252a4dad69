"""Articles set by Chromium: the same layouts in the hands of a browser, which breaks and spaces otherwise."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from article import Article, Block, Run
from grid import Placed, alignment, placed, widths, words_of
from layout import Layout

TAGS = {"b": "b", "i": "i", "^": "sup", "_": "sub"}
SIZES = {"a4": "210mm 297mm", "us-letter": "8.5in 11in", "small": "170mm 240mm"}
WIDTHS = {"a4": 595, "us-letter": 612, "small": 482}
RULES = {
    "three": "table{border-top:.7pt solid;border-bottom:.7pt solid} thead{border-bottom:.5pt solid}",
    "grid": "td,th{border:.5pt solid}",
    "rows": "tr{border-top:.3pt solid;border-bottom:.3pt solid}",
    "outer": "table{border-top:.7pt solid;border-bottom:.7pt solid}",
    "zebra": "tr:nth-child(even){background:#e4e4e4}",
    "box": "table{border:.8pt solid} thead{border-bottom:.5pt solid}",
    "none": "",
    "head only": "thead{border-bottom:.6pt solid}",
}
HEADINGS = {
    "bold": "font-weight:bold", "caps": "text-transform:uppercase;font-weight:bold", "spaced": "letter-spacing:.14em",
    "small caps": "font-variant:small-caps", "italic": "font-style:italic", "colour": "color:blue;font-weight:bold",
    "centred": "text-align:center;font-weight:bold",
}  # fmt: skip


def write(article: Article, layout: Layout, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page(article, layout))
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/u",
        ]
        command = ["chromium", *options, f"--print-to-pdf={path.resolve()}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=180)


def page(a: Article, o: Layout) -> str:
    body = "".join([*front(a, o), "<main>", *blocks(a.body, o), *blocks(a.back, o), *references(a, o), "</main>"])
    return f"<!doctype html><html lang=en><meta charset=utf-8><style>{style(a, o)}</style><body>{body}</body></html>"


def style(a: Article, o: Layout) -> str:
    head = {"none": "", "journal": f"{a.journal} 2019; 7(2)", "title": "".join(r.text for r in a.title)[:70]}
    left = head.get(o.head, f"{(a.authors or ['Authors'])[0]} et al.").replace('"', "").replace("\\", "")
    foot = {"none": "", "number": "", "copyright": "© 2019 The Authors"}.get(o.foot, "doi:10.5555/layouts.2019.0042")
    number = "counter(page)" if o.foot != "none" else '""'
    gap = f"text-indent:{1.2 * o.size}pt;margin:0" if o.indent else "margin:0 0 .7em"
    heading = f"font-family:'{o.heading_font}';" if o.heading_font else ""
    return f"""
@page{{size:{SIZES[o.paper]};margin:{max(54, o.margin)}pt {o.margin}pt;@top-left{{content:"{left}";font-size:8pt}}
@bottom-left{{content:"{foot}";font-size:7.5pt}} @bottom-right{{content:{number};font-size:8pt}}}}
body{{font:{o.size}pt/{o.leading} '{o.font}',serif;margin:0;text-align:{"justify" if o.justify else "left"};
hyphens:{"auto" if o.hyphenate else "manual"}}} main{{columns:{o.columns};column-gap:{o.gutter}pt}}
p{{{gap}}} sup,sub{{font-size:65%;line-height:0}} h2,h3,h4{{{heading}{HEADINGS[o.headings]};
text-align:left;font-size:1em;margin:1em 0 .4em;break-after:avoid}} h2{{font-size:1.2em;{HEADINGS[o.headings]}}}
h1{{font-size:1.7em;text-align:left}}
.box{{border:.6pt solid;padding:4pt}} .side{{float:left;width:24%;font-size:.75em}} .beside{{margin-left:28%}}
table{{border-collapse:collapse;font-size:{o.table_size}em;line-height:{o.cell_leading};hyphens:manual}}
td,th{{padding:{o.row_gap}pt {o.cell_gap}pt;vertical-align:{"middle" if o.middle else "top"};
font-weight:normal}} th{{font-weight:{"bold" if o.head_bold else "normal"}}} {RULES[o.rules]}
{".span{border-bottom:.4pt solid}" if o.rules == "three" else ""}
caption,figcaption,.notes{{font-size:{0.87 if o.caption_face != "plain" else 0.8}em;text-align:left;text-indent:0}}
caption{{caption-side:{"top" if o.caption == "above" else "bottom"};padding:3pt 0}} figure{{margin:8pt 0}}
.wide{{column-span:all;margin:8pt 0}}
thead{{display:{"table-header-group" if o.continued != "nothing" else "table-row-group"}}}
.picture{{background:#ddd;height:90pt;font:6pt sans-serif;width:{100 * o.figure_width}%}}
.float{{margin:8pt 0;text-align:left}}
.references p{{font-size:{o.reference_size}em;margin:.2em 0;
{"padding-left:1.6em;text-indent:-1.6em" if o.hanging else "text-indent:0"}}}
.drop::first-letter{{float:left;font-size:3em;line-height:.9;padding-right:2pt}}
.references{{columns:{o.reference_columns}}}
"""


def front(a: Article, o: Layout) -> Iterator[str]:
    yield f"<h1>{text(a.title, o)}</h1><p>{escape(', '.join(a.authors))}</p>"
    yield "".join(f"<p style='font-size:.8em'>{escape(p)}</p>" for p in a.places)
    abstract = "".join(f"<p>{text(b.runs, o)}</p>" for b in a.abstract)
    abstract = f"<p><b>Abstract</b></p>{abstract}<p><b>Keywords:</b> {escape(a.keywords)}</p>"
    if o.front == "side":
        told = ("Received: 3 May 2019", "Accepted: 7 August 2019", "Open access article.")
        yield f"<div class=side>{''.join(f'<p>{line}</p>' for line in told)}</div>"
    yield f"<div class={({'side': 'beside', 'box': 'box'}).get(o.front, 'plain')}>{abstract}</div>"


def blocks(found: Sequence[Block], o: Layout) -> Iterator[str]:
    lead, first = "", o.drop_capital
    for b in found:
        if b.kind == "heading" and o.run_in and b.level > 2:
            yield f"<p>{lead}</p>" if lead else ""
            lead = f"<b>{text(b.runs, o)}.</b> "
        elif b.kind == "heading":
            yield f"<h{min(b.level + 1, 4)}>{text(b.runs, o)}</h{min(b.level + 1, 4)}>"
        elif b.kind == "table":
            yield table(b, o)
        elif b.kind == "figure":
            shown = f"<figcaption>{caption(b, o)}</figcaption>"
            yield f"<figure><div class=picture>0 &nbsp; 20 &nbsp; Control &nbsp; siRNA</div>{shown}</figure>"
        elif b.kind == "box":
            yield f"<div class=box>{text(b.runs, o)}</div>"
        else:
            mark = " class=drop" if first and b.kind == "paragraph" else ""
            yield f"<p{mark}>{lead}{'• ' if b.kind == 'item' else ''}{text(b.runs, o)}</p>"
            lead, first = "", False


def text(runs: Sequence[Run], o: Layout) -> str:
    return "".join(run(r, o) for r in runs)


def run(r: Run, o: Layout) -> str:
    if r.face == "c":
        around = {"brackets": "[{}]", "parentheses": "({})", "raised": "<sup>{}</sup>"}.get(o.cite, "[{}]")
        return around.format(escape(r.text))
    out = escape(r.text)
    for face in r.face:
        out = f"<{TAGS[face]}>{out}</{TAGS[face]}>"
    return out


def caption(b: Block, o: Layout) -> str:
    label, rest = escape(words_of(b.label) or "Figure 1"), text(b.runs, o)
    return {
        "bold label": f"<b>{label}.</b> {rest}", "all bold": f"<b>{label}. {rest}</b>", "plain": f"{label}. {rest}",
        "caps label": f"{label.upper()} &ensp;{rest}", "own line": f"<b>{label}</b><br><i>{rest}</i>",
    }[o.caption_face]  # fmt: skip


def table(b: Block, o: Layout) -> str:
    size = o.table_size * o.size
    column = (WIDTHS[o.paper] - 2 * o.margin - (o.columns - 1) * o.gutter) / o.columns
    need = sum(widths(b)) * 0.52 * size + 2 * o.cell_gap * b.columns
    across = o.columns > 1 and need > column
    cells, aligned = placed(b), alignment(b, o.align)
    rows = ["".join(cell(p, o, aligned) for p in cells if p.row == r) for r in range(len(b.rows))]
    head = "".join(f"<tr>{r}</tr>" for r in rows[: b.n_head])
    body = "".join(f"<tr>{r}</tr>" for r in rows[b.n_head :])
    notes = "".join(f"<p class=notes>{text(n, o)}</p>" for n in b.notes)
    inner = f"<table><caption>{caption(b, o)}</caption><thead>{head}</thead><tbody>{body}</tbody></table>{notes}"
    return f"<div class='{'wide' if across else 'float'}'>{inner}</div>"


def cell(p: Placed, o: Layout, aligned: Sequence[str]) -> str:
    inner, name = text(p.cell.runs, o), "th" if p.cell.head else "td"
    where = "center" if p.cell.head and p.cell.across > 1 else aligned[p.column]
    if p.section:
        where = "center" if o.section_rows == "centred" else "left"
        inner = {"bold": f"<b>{inner}</b>", "italic": f"<i>{inner}</i>"}.get(o.section_rows, inner)
    mark = " class=span" if p.cell.head and p.cell.across > 1 else ""
    return f"<{name}{mark} colspan={p.cell.across} rowspan={p.cell.down} style='text-align:{where}'>{inner}</{name}>"


def references(a: Article, o: Layout) -> Iterator[str]:
    yield "<h2>References</h2><div class=references>"
    for label, entry in a.references:
        shown = o.reference_label.replace("1", label) + " " if a.numeric else ""
        yield f"<p>{escape(shown + entry)}</p>"
    yield "</div>"
