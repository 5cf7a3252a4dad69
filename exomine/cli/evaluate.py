"""``exomine evaluate``: figures against gold data. Each subcommand forwards to a scorer of :mod:`exomine.evaluation`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from exomine.cli.extract import PdfBackend

__all__ = ["register"]

evaluate = typer.Typer(
    help="Print figures against gold data, as JSON.", no_args_is_help=True, rich_markup_mode=None, add_completion=False
)


def register(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    app.add_typer(evaluate, name="evaluate")


def _print(figures: Any) -> None:
    typer.echo(json.dumps(figures, ensure_ascii=False, indent=1))


@evaluate.command("reading")
def reading(
    folder: Annotated[
        Path, typer.Argument(help="Folder with papers that lie there as PDF and as JATS XML of one name.")
    ],
    pdf_backend: Annotated[
        PdfBackend, typer.Option(help="What draws the characters out of a PDF.")
    ] = PdfBackend.pdfminer,
    papers: Annotated[bool, typer.Option("--papers", help="A row for each paper too.")] = False,
) -> None:
    """Score the reading of PDFs against the XML of the same papers: body sentences, tables, references, citations."""
    from exomine.errors import NoPapersError
    from exomine.evaluation.text import evaluate_reading

    data = evaluate_reading(folder, pdf_backend=pdf_backend.value)
    if data.empty:
        raise NoPapersError(f"{folder}: no paper lies there as PDF and as XML; put files of one name side by side.")
    means = data.select_dtypes("number").mean().round(4).to_dict()
    _print(
        {"n": len(data), "mean": means, **({"papers": json.loads(data.to_json(orient="records"))} if papers else {})}
    )


@evaluate.command("mirna")
def mirna(
    names: Annotated[Path, typer.Argument(help="TSV of texts and the names they must give.")],
) -> None:
    """Score the miRNA grammar on a list of texts and names."""
    from exomine.evaluation.mirna import read_names, score_names

    score = score_names(read_names(names))
    wrong = [{"text": line.text, "expected": list(line.names), "found": list(found)} for line, found in score.wrong]
    _print({"lines": score.lines, "exact": round(score.share, 4), "wrong": wrong})
