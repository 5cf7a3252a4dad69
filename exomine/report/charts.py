"""The two charts as Vega-Lite: cited years, and the network. Colours follow the page, light or dark
(``currentColor``)."""

from __future__ import annotations

from typing import Any

from exomine.report.facts import Facts
from exomine.report.layout import places
from exomine.vocabulary.predicates import predicate

__all__ = ["COLOURS", "network_chart", "timeline_chart"]

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
#: Colours that people who see red and green alike tell apart (Okabe and Ito).
COLOURS = {"resistance": "#d55e00", "sensitivity": "#0072b2", "other statements": "#999999"}
_INK = "currentColor"
_CONFIG = {
    "background": None, "font": "inherit", "view": {"stroke": None},
    "axis": {"labelColor": _INK, "titleColor": _INK, "domainColor": _INK, "tickColor": _INK, "gridOpacity": 0.2,
    "labelFontSize": 12},
    "legend": {"labelColor": _INK, "titleColor": _INK, "orient": "bottom", "columns": 3, "labelFontSize": 12},
}  # fmt: skip


def _chart(height: int, description: str, **parts: Any) -> dict[str, Any]:
    return {
        "$schema": _SCHEMA, "width": "container", "height": height, "description": description,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": _CONFIG, **parts,
    }  # fmt: skip


def timeline_chart(facts: Facts) -> dict[str, Any]:
    """Bars: how many statements of sentences cite works of each year."""
    values = [{"year": year, "kind": kind, "n": len(rows)} for year, kind, rows in facts.years()]
    colour = {"field": "kind", "title": None, "scale": {"domain": list(COLOURS), "range": list(COLOURS.values())}}
    tips = [
        {"field": "year", "title": "cited year"},
        {"field": "kind", "title": "on"},
        {"field": "n", "title": "statements"},
    ]
    return _chart(
        260, "How many statements cite works of each year",
        data={"values": values}, mark={"type": "bar", "cursor": "pointer"},
        encoding={
            "x": {"field": "year", "type": "ordinal", "title": "year of the cited work", "axis": {"labelAngle": -60,
            "labelOverlap": "parity"}},
            "y": {"field": "n", "type": "quantitative", "aggregate": "sum", "title": "statements that cite it"},
            "color": colour, "tooltip": tips,
        },
    )  # fmt: skip


def network_chart(facts: Facts, *, n_edges: int = 70) -> dict[str, Any]:
    """The strongest statements: nodes can be asked for their sentences, edges shown by what they say."""
    rows = facts.strongest(n_edges)
    names = sorted({(t[f"{role}_name"], t[f"{role}_label"]) for t in rows for role in ("subject", "object")})
    place_of = {name: i for i, (name, _) in enumerate(names)}
    links = [(place_of[t["subject_name"]], place_of[t["object_name"]]) for t in rows]
    at = places(len(names), links)
    edges = [_edge(t, at[a], at[b], facts.triple_index[t["triple_id"]]) for t, (a, b) in zip(rows, links, strict=True)]
    degree = [sum(i in link for link in links) for i in range(len(names))]
    nodes = [
        {"name": name, "type": label, "x": at[i][0], "y": at[i][1], "n": degree[i]}
        for i, (name, label) in enumerate(names)
    ]
    kinds = sorted({e["kind"] for e in edges})
    return _chart(
        560, "Network of the statements of most papers",
        params=[{"name": "kind", "value": None, "bind": {"input": "select", "options": [None, *kinds],
        "labels": ["all", *kinds], "name": "Show "}}],
        layer=[_lines(edges), _dots(nodes), _names(nodes)],
        resolve={"scale": {"color": "independent"}},
    )  # fmt: skip


def _edge(t: Any, a: tuple[float, float], b: tuple[float, float], index: int) -> dict[str, Any]:
    kind = predicate(t["predicate"]).arrow.replace("{o}", "").strip()
    return {
        "x": a[0], "y": a[1], "x2": b[0], "y2": b[1], "kind": kind, "colour": COLOURS.get(kind,
        COLOURS["other statements"]),
        "statement": t["statement"], "papers": t["n_documents"], "primaries": t["n_primaries"], "t": index,
    }  # fmt: skip


_PLACE = {
    name: {"field": name, "type": "quantitative", "axis": None, "scale": {"domain": [-6, 106]}} for name in ("x", "y")
}


def _lines(edges: list[dict[str, Any]]) -> dict[str, Any]:
    colour = {"field": "colour", "type": "nominal", "scale": None}
    tips = [{"field": "statement"}, {"field": "papers"}, {"field": "primaries", "title": "works cited"}]
    return {
        "data": {"values": edges}, "transform": [{"filter": "kind === null || datum.kind === kind"}],
        "mark": {"type": "rule", "strokeWidth": 2.5, "opacity": 0.7, "cursor": "pointer"},
        "encoding": {**_PLACE, "x2": {"field": "x2"}, "y2": {"field": "y2"}, "color": colour, "tooltip": tips},
    }  # fmt: skip


def _dots(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    move = {"type": "interval", "zoom": "wheel![event.ctrlKey]"}
    size = {"field": "n", "type": "quantitative", "legend": None, "scale": {"range": [70, 500]}}
    colour = {"field": "type", "title": None, "scale": {"scheme": "tableau10"}}
    return {
        "data": {"values": nodes}, "params": [{"name": "view", "select": move, "bind": "scales"}],
        "mark": {"type": "circle", "opacity": 1, "stroke": _INK, "strokeWidth": 0.6, "cursor": "pointer"},
        "encoding": {**_PLACE, "size": size, "color": colour, "tooltip": [{"field": "name"}, {"field": "type"},
        {"field": "n", "title": "statements shown"}]},
    }  # fmt: skip


def _names(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "data": {"values": nodes}, "mark": {"type": "text", "dy": -11, "fontSize": 11, "fill": _INK, "limit": 120},
        "encoding": {**_PLACE, "text": {"field": "name"}},
    }  # fmt: skip
