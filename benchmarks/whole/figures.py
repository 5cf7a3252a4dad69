"""The figures of a run as the tables of docs/scale.md, and what they come to for millions of papers."""

from __future__ import annotations

from collections import Counter
from typing import Any

#: Papers of PubMed Central, and pages of one, for the cost model.
ALL_PAPERS, PAGES_OF_A_PAPER = 6_000_000, 11


def tables(found: dict[str, Any]) -> str:
    return "\n\n".join((whole_way(found), by_stage(found), cost(found)))


def whole_way(found: dict[str, Any]) -> str:
    rows = ["| command | CPU s | to the plain script | papers a minute | peak, MB |", "|---|---|---|---|---|"]
    for name, f in found["whole"].items():
        n = 1 if name.endswith(", one") else found["papers"]
        other = found["whole"]["plain, one" if name.endswith(", one") else "plain, all"]["cpu"]
        rows.append(f"| {name} | {f['cpu']:.1f} | {f['cpu'] / other:.2f} | {60 * n / f['wall']:.1f} | {f['mb']:.0f} |")
    return "\n".join(rows)


def stage_seconds(found: dict[str, Any], which: str = "with") -> Counter[str]:
    """CPU seconds by stage, all papers together, without the start."""
    total: Counter[str] = Counter()
    for paper in found["stages"][which]["papers"]:
        total.update(paper["seconds"])
    return total


def pages(found: dict[str, Any]) -> int:
    return sum(p["pages"] for p in found["stages"]["with"]["papers"])


def by_stage(found: dict[str, Any]) -> str:
    n, seconds = found["papers"], stage_seconds(found)
    rows = ["| stage | CPU s a paper | share |", "|---|---|---|"]
    rows += [f"| {s} | {t / n:.2f} | {100 * t / seconds.total():.0f} % |" for s, t in seconds.most_common()]
    start = found["stages"]["with"]["start"]
    rows += [f"| once: {s} | {t:.2f} | |" for s, t in start.items()]
    ratio = (seconds.total() + sum(start.values())) / (
        stage_seconds(found, "without").total() + sum(found["stages"]["without"]["start"].values())
    )
    rows.append(f"\nWith the relation network to without it, whole way: {ratio:.2f}.")
    return "\n".join(rows)


def cost(found: dict[str, Any]) -> str:
    n_pages = pages(found)
    a_page = stage_seconds(found).total() / n_pages
    stored = found["whole"]["exomine, all"]["bytes"] / n_pages
    hours = ALL_PAPERS * PAGES_OF_A_PAPER * a_page / 3600
    terabytes = ALL_PAPERS * PAGES_OF_A_PAPER * stored / 1e12
    return (
        f"{n_pages} pages: {a_page:.2f} CPU s and {stored / 1000:.1f} kB of results a page; {ALL_PAPERS:,} papers of "
        f"{PAGES_OF_A_PAPER} pages: {hours:,.0f} core-hours, {terabytes:.1f} TB."
    )
