"""The sections of the page, each a function from the facts to HTML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from exomine.errors import REASONS
from exomine.questions.answers import contradictions
from exomine.report.facts import RESISTANCE, Facts, Top
from exomine.report.markup import bar, element, number, table, text
from exomine.tables.dataframes import records

__all__ = ["SECTIONS", "news"]

#: Rows of a list, and columns of the matrix, before the rest is left to the tables.
_TOP, _MATRIX_ROWS, _MATRIX_COLUMNS, _CANCERS, _PAIRS, _QUOTED = 12, 30, 14, 12, 25, 2


def papers(facts: Facts) -> str:
    """Every paper with its status and numbers."""
    reasons = {r["doc_id"]: r["reason"] for r in records(facts.tables.failures)}
    rows = [_paper(facts, p, reasons.get(p["doc_id"], "")) for p in facts.papers]
    return table("Papers", ("paper", "year", "status", "pages", "sentences", "statements"), rows, numbers=(1, 3, 4, 5))


def _paper(facts: Facts, p: Mapping[str, Any], reason: str) -> list[str]:
    name = p["title"] or p["source_path"]
    file = element("div", text(p["source_path"]), class_="note") if p["title"] else ""
    status = text(p["status"]) + (f": {text(reason)}. {text(REASONS.get(reason, ''))}" if reason else "")
    statements = number(facts.of_paper.get(p["doc_id"], ()), name)
    return [text(name) + file, text(p["year"]), status, text(p["n_pages"]), text(p["n_sentences"]), statements]


def leaders(facts: Facts) -> str:
    """The miRNAs, drugs and cancers of most papers."""
    lists = (
        ("miRNAs", facts.top("MIRNA", ("subject", "object"))), ("Drugs", facts.top("DRUG", ("subject", "object"))),
        ("Cancers", facts.top("CANCER", ("cancer", "object"))),
    )  # fmt: skip
    return element("div", "".join(_leaders(name, tops) for name, tops in lists), class_="columns")


def _leaders(name: str, tops: Sequence[Top]) -> str:
    shown = tops[:_TOP]
    most = max((len(t.relations) for t in shown), default=1)
    rows = [
        [text(t.name), number(t.relations, t.name) + bar(len(t.relations) / most), str(t.n_papers), str(t.n_primaries)]
        for t in shown
    ]
    return table(f"{name} ({len(tops)})", ("name", "statements", "papers", "works"), rows, numbers=(1, 2, 3))


def matrix(facts: Facts) -> str:
    """miRNAs against drugs, resistance against sensitivity: over all cancers, then cancer by cancer."""
    pairs = facts.drug_pairs()
    by_cancer: dict[str, list[Any]] = defaultdict(list)
    for pair in pairs:
        by_cancer[pair[2] or "no cancer named"].append(pair)
    first = _matrix("All cancers", pairs) if pairs else "<p>No statement on resistance or sensitivity.</p>"
    ranked = sorted(by_cancer.items(), key=lambda p: (-len(p[1]), p[0]))[:_CANCERS]
    parts = [
        element("details", element("summary", f"{text(name)} ({len(rows)})") + _matrix(name, rows))
        for name, rows in ranked
    ]
    return first + "".join(parts)


def _matrix(name: str, pairs: Sequence[tuple[str, str, str, str, int]]) -> str:
    cells: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for mirna, drug, _, predicate, relation in pairs:
        cells[mirna, drug][predicate].append(relation)
    mirnas, drugs = (
        _by_weight((m for m, *_ in pairs), _MATRIX_ROWS),
        _by_weight((d for _, d, *_ in pairs), _MATRIX_COLUMNS),
    )
    rows = [[text(m), *(_cell(cells.get((m, d), {}), f"{m}, {d}, {name}") for d in drugs)] for m in mirnas]
    shown = table(f"{name}: R resistance, S sensitivity", ("miRNA", *drugs), rows)
    return (
        shown
        + _rest(len({m for m, *_ in pairs}) - len(mirnas), "miRNAs")
        + _rest(len({d for _, d, *_ in pairs}) - len(drugs), "drugs")
    )


def _by_weight(names: Iterable[str], n: int) -> list[str]:
    counts: dict[str, int] = defaultdict(int)
    for name in names:
        counts[name] += 1
    return sorted(counts, key=lambda k: (-counts[k], k))[:n]


def _cell(found: Mapping[str, Sequence[int]], about: str) -> str:
    marks = [_mark(predicate, rows, about) for predicate, rows in sorted(found.items())]
    return " ".join(marks)


def _mark(predicate: str, rows: Sequence[int], about: str) -> str:
    letter, kind = ("R", "resistance") if predicate == RESISTANCE else ("S", "sensitivity")
    return element("span", number(rows, f"{about}: {kind}", shown=f"{letter}&#8239;{len(rows)}"), class_=kind)


def _rest(n: int, what: str) -> str:
    return f"<p class=note>{n} more {what} are in the tables.</p>" if n > 0 else ""


def network(facts: Facts) -> str:
    """The chart, and the same as a list for those who do not use a mouse."""
    rows = [_statement(facts, t) for t in facts.strongest(70)]
    listed = table(
        "The statements of the network", ("statement", "statements", "papers", "works cited"), rows, numbers=(1, 2, 3)
    )
    return (
        '<p class="note">Orange lines are resistance, blue ones sensitivity, grey ones all else. Drag to move, '
        "Ctrl and wheel to zoom; a line or a dot opens its sentences. "
        "The list below says the same.</p>"
        '<div id="network" class="chart" role="img" aria-label="Network of the statements of most papers; the '
        'list below says the same"></div>' + element("details", element("summary", "The network as a list") + listed)
    )


def _statement(facts: Facts, t: Mapping[str, Any]) -> list[str]:
    rows = facts.of_triple.get(t["triple_id"], ())
    return [text(t["statement"]), number(rows, t["statement"]), str(t["n_documents"]), _works(t)]


def _works(t: Mapping[str, Any]) -> str:
    """How many works are cited for a triple, and how many of them are retracted."""
    retracted = f' <strong class="retracted">{t["n_retracted"]} retracted</strong>' if t["n_retracted"] else ""
    return f"{t['n_primaries']}{retracted}"


def timeline(facts: Facts) -> str:
    """The chart of the cited years, and its numbers."""
    rows = [[str(year), text(kind), number(found, f"works of {year}, {kind}")] for year, kind, found in facts.years()]
    listed = table("Cited years", ("year", "on", "statements"), rows, numbers=(2,))
    return (
        '<div id="timeline" class="chart" role="img" aria-label="Statements by the year of the works they cite; '
        'the list below says the same"></div>' + element("details", element("summary", "The years as a list") + listed)
    )


def opposed(facts: Facts) -> str:
    """Contradictions side by side, with the first sentences of each."""
    pairs = records(contradictions(facts.tables))
    shown = [element("div", "".join(_sides(facts, pair)), class_="pair") for pair in pairs[:_PAIRS]]
    none = "" if pairs else "<p>No two statements contradict each other.</p>"
    return none + "".join(shown) + _rest(len(pairs) - _PAIRS, "pairs")


def _sides(facts: Facts, pair: Mapping[str, Any]) -> Iterator[str]:
    for name, suffix in (("statement", ""), ("against", "_against")):
        rows = facts.of_triple.get(pair[f"triple_id{suffix}"], ())
        weight = f"{_many(pair[f'n_documents{suffix}'], 'paper')}, {_many(pair[f'n_primaries{suffix}'], 'work')} cited"
        head = f"<h3>{text(pair[name])}</h3><p>{number(rows, pair[name])} in sentences, {weight}</p>"
        yield element("div", head + "".join(_quote(facts, i) for i in _first_of_each(facts, rows)[:_QUOTED]))


def _many(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _first_of_each(facts: Facts, rows: Sequence[int]) -> list[int]:
    """The relations without those that repeat a sentence, as the PDF and the XML of one paper do."""
    return list({facts.relations[i]["sentence"]: i for i in reversed(rows)}.values())[::-1]


def _quote(facts: Facts, relation: int) -> str:
    row = facts.relations[relation]
    paper = facts.papers[facts.paper_index[row["doc_id"]]]
    page = f", page {row['page']}" if row["page"] else ""
    where = text(paper["title"] or paper["source_path"]) + page
    return f"<blockquote><p>{text(row['sentence'])}</p><footer>{where}</footer></blockquote>"


def news(changes: Sequence[Mapping[str, str]]) -> str:
    """What the last refresh found added, lost and changed."""
    if not changes:
        return "<p>No refresh has told of a change; <code>exomine refresh</code> compares with the curated dataset.</p>"
    rows = [
        [text(c.get("change")), text(c.get("statement")), text(c.get("status")), text(c.get("reason"))] for c in changes
    ]
    return table(f"Changes ({len(rows)})", ("change", "statement", "status", "reason"), rows[:200]) + _rest(
        len(rows) - 200, "changes"
    )


#: Anchor, heading, function.
SECTIONS = (
    ("papers", "Papers", papers), ("leaders", "What is written about most", leaders), ("matrix", "miRNAs and drugs",
    matrix),
    ("net", "Network", network), ("years", "Cited years", timeline), ("opposed", "Contradictions", opposed),
)  # fmt: skip
