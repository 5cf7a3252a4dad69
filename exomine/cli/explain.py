"""``exomine explain``: why a text gave its rows, or none."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from exomine.nlp.explain import Reason, SentenceReasons

__all__ = ["register"]


class ExplainFormat(StrEnum):
    """What to print."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("explain")(explain)


def explain(
    text: Annotated[str, typer.Argument(help="The text, or - to read it from standard input.")],
    format: Annotated[ExplainFormat, typer.Option(help="text to read, or json.")] = ExplainFormat.text,
    pipeline: Annotated[
        Path | None, typer.Option(help="spaCy configuration of the pipeline  [default: pipelines/exosome.cfg]")
    ] = None,
) -> None:
    """Tell why each sentence of a text gave its rows, or none: mentions, rules, the network's scores, the verdict."""
    from exomine.cli.annotate import check_length, given_text
    from exomine.cli.output import put, visible
    from exomine.nlp.explain import explained
    from exomine.nlp.load import load
    from exomine.tables.store import json_bytes

    text, nlp = given_text(text), load(pipeline)
    check_length(text, nlp.max_length)
    sentences = explained(nlp, text)
    if format is ExplainFormat.json:
        put(json_bytes([s.to_dict() for s in sentences]))
        return
    lines = [line for s in sentences for line in (*_lines(s), "")]
    put("".join(f"{visible(line)}\n" for line in lines or ["no sentence that may state something"]))


def _lines(s: SentenceReasons) -> list[str]:
    mentions = ", ".join(f"{text} {label}" for text, label in s.mentions) or "none"
    return [
        " ".join(s.text.split()),
        f"  mentions: {mentions}",
        *(f"  {_line(r)}" for r in s.reasons),
        *([f"  no row: {s.gate}"] if s.gate else []),
    ]


def _line(r: Reason) -> str:
    rule = f"rule {r.frame} {r.rule:.2f} ({' '.join(r.words)})" if r.frame else "no rule"
    network = "not read by the network" if r.network is None else f"network {r.network:.2f}, any {r.any:.2f}"
    said = "" if r.assertion == "asserted" else f" [{r.assertion}]"
    state = "" if r.state == "normal" else f" ({r.state})"
    return f"{r.score:.2f} {r.verdict}: {r.subject}{state} {r.predicate} {r.object}{said} | {rule}; {network}"
