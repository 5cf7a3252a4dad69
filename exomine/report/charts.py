"""The two charts as Vega-Lite: cited years, and the network. Colours follow the page, light or dark
(``currentColor``)."""

from __future__ import annotations

from typing import Any

from exomine.report.facts import Facts
from exomine.report.layout import places
from exomine.vocabulary.predicates import predicate

__all__ = ["COLOURS", "LEAST_WIDTH", "network_chart", "timeline_chart"]

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
#: Colours that people who see red and green alike tell apart (Okabe and Ito).
COLOURS = {"resistance": "#d55e00", "sensitivity": "#0072b2", "other statements": "#999999"}
_INK = "currentColor"
#: The page's own. It has to be named: words are measured on a canvas, which knows nothing of "inherit" and would take
#: them for smaller than they are.
_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'
#: The network's size in pixels; it may be wider. On a smaller screen it is moved to and fro (``report.css``).
LEAST_WIDTH, _HEIGHT = 900, 560
_CONFIG = {
    "background": None, "font": _FONT, "view": {"stroke": None},
    "axis": {"labelColor": _INK, "titleColor": _INK, "domainColor": _INK, "tickColor": _INK, "gridOpacity": 0.2,
    "labelFontSize": 12},
    "legend": {"labelColor": _INK, "titleColor": _INK, "orient": "bottom", "columns": 3, "labelFontSize": 12,
    "columnPadding": 14},
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
            "y": {"field": "n", "type": "quantitative", "aggregate": "sum", "title": "statements that cite it",
            "axis": {"tickMinStep": 1}},
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
        _HEIGHT, "Network of the statements of most papers",
        params=[{"name": "kind", "value": None, "bind": {"input": "select", "options": [None, *kinds],
        "labels": ["all", *kinds], "name": "Show "}}],
        layer=[_lines(edges), _dots(nodes), *_names(nodes)],
        resolve={"scale": {"color": "independent"}},
    )  # fmt: skip


def _edge(t: Any, a: tuple[float, float], b: tuple[float, float], index: int) -> dict[str, Any]:
    kind = predicate(t["predicate"]).arrow.replace("{o}", "").strip()
    return {
        "x": a[0], "y": a[1], "x2": b[0], "y2": b[1], "kind": kind,
        "on": kind if kind in COLOURS else "other statements",
        "statement": t["statement"], "papers": t["n_documents"], "primaries": t["n_primaries"], "t": index,
    }  # fmt: skip


_LOW, _HIGH = -6, 106
_PLACE = {
    name: {"field": name, "type": "quantitative", "axis": None, "scale": {"domain": [_LOW, _HIGH]}}
    for name in ("x", "y")
}


def _lines(edges: list[dict[str, Any]]) -> dict[str, Any]:
    colour = {
        "field": "on", "type": "nominal", "title": None,
        "scale": {"domain": list(COLOURS), "range": list(COLOURS.values())},
        "legend": {"symbolType": "stroke", "symbolStrokeWidth": 3, "symbolOpacity": 1},
    }  # fmt: skip
    tips = [{"field": "statement"}, {"field": "papers"}, {"field": "primaries", "title": "works cited"}]
    return {
        "data": {"values": edges}, "transform": [{"filter": "kind === null || datum.kind === kind"}],
        "mark": {"type": "rule", "strokeWidth": 2.5, "opacity": 0.7, "cursor": "pointer"},
        "encoding": {**_PLACE, "x2": {"field": "x2"}, "y2": {"field": "y2"}, "color": colour, "tooltip": tips},
    }  # fmt: skip


def _dots(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    move = {"type": "interval", "zoom": "wheel![event.ctrlKey]"}
    size = {"field": "n", "type": "quantitative", "legend": None, "scale": {"range": [70, 500]}}
    colour = {"field": "type", "title": None, "scale": {"scheme": "tableau10"}, "legend": {"columns": 4}}
    return {
        "data": {"values": nodes}, "params": [{"name": "view", "select": move, "bind": "scales"}],
        "mark": {"type": "circle", "opacity": 1, "stroke": _INK, "strokeWidth": 0.6, "cursor": "pointer"},
        "encoding": {**_PLACE, "size": size, "color": colour, "tooltip": [{"field": "name"}, {"field": "type"},
        {"field": "n", "title": "statements shown"}]},
    }  # fmt: skip


#: Where a name can stand, seen from its dot: first choice first.
_SIDES: dict[str, dict[str, Any]] = {
    "above": {"dy": -12},
    "below": {"dy": 14},
    "right": {"dx": 9, "align": "left"},
    "left": {"dx": -9, "align": "right"},
    "above to the right": {"dx": 5, "dy": -10, "align": "left"},
    "above to the left": {"dx": -5, "dy": -10, "align": "right"},
    "below to the right": {"dx": 5, "dy": 11, "align": "left"},
    "below to the left": {"dx": -5, "dy": 11, "align": "right"},
}
_NAME_SIZE, _NAME_LIMIT = 11, 120
#: Pixels of a letter, on the safe side, and the radius of a dot.
_LETTER, _DOT = 6.2, 5


def _names(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The names of the nodes, a layer for each side of the dot; one that nowhere has room is shown when its dot is
    pointed at."""
    side_of = _sides(nodes)
    mark: dict[str, Any] = {
        "type": "text",
        "fontSize": _NAME_SIZE,
        "fill": _INK,
        "limit": _NAME_LIMIT,
        "baseline": "middle",
    }
    layers = []
    for side, offset in _SIDES.items():
        values = [n for n, chosen in zip(nodes, side_of, strict=True) if chosen == side]
        layers.append(
            {"data": {"values": values}, "mark": mark | offset, "encoding": {**_PLACE, "text": {"field": "name"}}}
        )
    return [layer for layer in layers if layer["data"]["values"]]


def _sides(nodes: list[dict[str, Any]]) -> list[str]:
    """The side on which each name has room, the names of the best connected nodes chosen first; empty for none.

    Room is reckoned at the least width: on a wider page names are farther apart.
    """
    at = [_pixels(n) for n in nodes]
    taken = [(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in at]
    out = [""] * len(nodes)
    for i in sorted(range(len(nodes)), key=lambda i: (-nodes[i]["n"], nodes[i]["name"])):
        for side in _SIDES:
            box = _box(at[i], side, min(len(nodes[i]["name"]) * _LETTER, _NAME_LIMIT))
            if _inside(box) and not any(_over(box, other) for other in taken):
                out[i] = side
                taken.append(box)
                break
    return out


_Box = tuple[float, float, float, float]


def _pixels(node: dict[str, Any]) -> tuple[float, float]:
    """Where a node is drawn at the least width; the higher its y, the farther up."""
    share = (node["x"] - _LOW) / (_HIGH - _LOW), (_HIGH - node["y"]) / (_HIGH - _LOW)
    return share[0] * LEAST_WIDTH, share[1] * _HEIGHT


def _box(at: tuple[float, float], side: str, width: float) -> _Box:
    x, y = at[0] + _SIDES[side].get("dx", 0), at[1] + _SIDES[side].get("dy", 0)
    left = {"right": x - width, "left": x}.get(_SIDES[side].get("align", ""), x - width / 2)
    return left, y - _NAME_SIZE / 2, left + width, y + _NAME_SIZE / 2


def _inside(box: _Box) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= LEAST_WIDTH and box[3] <= _HEIGHT


def _over(a: _Box, b: _Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
