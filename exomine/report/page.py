"""The page as one file: style, scripts, data and the plotting library (Vega, through vl-convert) are inside it."""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from exomine.curation.curated import Curated, curated_tables
from exomine.errors import StorageError, UsageError
from exomine.report.charts import network_chart, timeline_chart
from exomine.report.facts import Facts, changes_of
from exomine.report.markup import as_script_data, element
from exomine.report.sections import SECTIONS, news
from exomine.tables.store import Tables, load_tables, read_run

__all__ = ["report_page", "write_report"]

_HERE = Path(__file__).parent
#: By its first line a report is known as ours and may be replaced.
_MARK = "<!DOCTYPE html><!-- made by exomine report -->"
#: Nothing from elsewhere: the browser refuses what the page itself never asks for.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)


def write_report(*, processed: Path, curated: Path, out: Path, as_extracted: bool = False) -> Path:
    """Write the report of the tables in ``processed`` to the file ``out``; an earlier report there is replaced.

    The decisions in ``curated`` are carried out, but ``as_extracted``. Raises :class:`UsageError` where something else
    is there or vl-convert is not installed, and :class:`StorageError`.
    """
    if out.exists() and not _is_ours(out):
        raise UsageError(f"{out} is there and is no report of exomine; give another file with --out.")
    shown = Curated(load_tables(processed), {}) if as_extracted else curated_tables(processed, curated)
    page = report_page(shown.tables, changes=changes_of(curated), run=read_run(processed), by_status=shown.by_status)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part = out.with_name(f".{out.name}.part")
        part.write_text(page, encoding="utf-8")
        part.replace(out)
    except OSError as error:
        raise StorageError(f"Cannot write {out}: {error.strerror or error}; give another file with --out.") from error
    return out


def _is_ours(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", errors="replace") as handle:
            return handle.read(len(_MARK)) == _MARK
    except OSError:
        return False


def report_page(
    tables: Tables, *, changes: list[dict[str, str]], run: dict[str, Any], by_status: Mapping[str, int] | None = None
) -> str:
    """The whole page as HTML; ``by_status`` counts the statements by what people decided."""
    facts = Facts(tables)
    library = _library()
    sections = [(anchor, title, show(facts)) for anchor, title, show in SECTIONS] + [
        ("news", "New since the last refresh", news(changes))
    ]
    links = "".join(f'<a href="#{anchor}">{html.escape(title)}</a>' for anchor, title, _ in sections)
    body = "".join(
        f'<section id="{a}"><h2>{html.escape(title)}</h2>{content}</section>' for a, title, content in sections
    )
    data = {
        "sentences": _sentences(facts),
        "charts": {"network": network_chart(facts), "timeline": timeline_chart(facts)},
    }
    return "\n".join([
        f'{_MARK}<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, '
        f'initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><title>exomine report</title>',
        f"<style>{_asset('report.css')}</style></head><body>",
        f'<a class="skip" href="#papers">To the content</a><header><h1>exomine '
        f'report</h1>{_summary(facts, run, by_status or {})}<nav aria-label="Sections">{links}</nav></header>',
        f"<main>{body}</main>{_DIALOG}",
        f'<script type="application/json" id="data">{as_script_data(data)}</script>',
        f"<script>{library}</script><script>{_asset('report.js')}</script></body></html>",
    ]) + "\n"  # fmt: skip


_DIALOG = (
    '<dialog id="evidence" aria-labelledby="evidence-title"><form method="dialog"><button class="close" '
    "autofocus>Close</button></form>"
    '<h2 id="evidence-title"></h2><p id="evidence-more" class="note"></p><ol></ol></dialog>'
)


def _asset(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _library() -> str:
    """Vega, Vega-Lite and vega-embed in one script."""
    try:
        import vl_convert
    except ImportError:
        raise UsageError(
            "The report needs vl-convert, which is not installed: pip install 'exomine[report]' (or: pip install "
            "vl-convert-python)."
        ) from None
    library: Any = vl_convert  # its stub asks for an argument that it does not need
    bundle: str = library.javascript_bundle(vl_version="6.1")
    return bundle.replace("</script", "<\\/script")


def _summary(facts: Facts, run: dict[str, Any], by_status: Mapping[str, int]) -> str:
    failed = sum(p["status"] == "failed" for p in facts.papers)
    counts = [
        (len(facts.papers), "papers"), (failed, "of them unread"), (len(facts.tables.sentences), "sentences"),
        (len(facts.tables.mentions), "mentions"), (len(facts.relations), "statements in sentences"),
        (len(facts.triples), "distinct statements"),
        (sum(bool(t["n_retracted"]) for t in facts.triples), "of them citing a retracted work"),
    ]  # fmt: skip
    shown = "".join(f"<div><dt>{what}</dt><dd>{n:,}</dd></div>" for n, what in counts)
    when = (
        f'<p class="note">Extracted {html.escape(str(run["started"])[:10])}. '
        if run.get("started")
        else '<p class="note">'
    )
    said = (
        "Underlined numbers open the sentences they count. What is stated was read by a machine: "
        f"look at the sentence before you use it.{_decided(by_status)}</p>"
    )
    return element("dl", shown, class_="counts") + when + said


def _decided(by_status: Mapping[str, int]) -> str:
    """What people decided on the statements, in words."""
    told = (
        ("accepted", "accepted"), ("edited", "edited, and shown so"), ("rejected", "rejected, and left out"),
    )  # fmt: skip
    counts = [f"{by_status[status]:,} {words}" for status, words in told if by_status.get(status)]
    return f" People have decided on statements: {'; '.join(counts)}." if counts else ""


def _cited(facts: Facts, r: dict[str, Any]) -> str:
    """The labels that a relation cites, retracted works marked."""
    labels = (r["citations"] or "").split(";")
    return ";".join(f"{x} (retracted)" if (r["doc_id"], x) in facts.retracted else x for x in labels)


def _sentences(facts: Facts) -> dict[str, Any]:
    """The sentences behind the relations, each text once; a relation names statement, sentence, paper, page,
    citations."""
    texts: dict[str, int] = {}
    rows = [
        [
            facts.triple_index[r["triple_id"]], texts.setdefault(r["sentence"], len(texts)),
            facts.paper_index[r["doc_id"]], r["page"],
            _cited(facts, r), r["score"],
        ]
        for r in facts.relations
    ]  # fmt: skip
    names = [p["title"] or p["source_path"] for p in facts.papers]
    ends = [[t["statement"], t["subject_name"], t["object_name"]] for t in facts.triples]
    return {"texts": list(texts), "relations": rows, "papers": names, "triples": ends}
