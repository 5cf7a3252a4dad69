"""``exomine query``: statements by agent, drug, cancer and predicate."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from exomine.cli.tables import AS_EXTRACTED, DECISIONS_FOLDER, tables_of
from exomine.config import CURATED, PROCESSED

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["register"]

_WIDTH = 160  # columns of a table that goes to a file or another program


class QueryFormat(StrEnum):
    """What to print."""

    table = "table"
    csv = "csv"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("query")(query)


_Names = list[str] | None


def query(
    agent: Annotated[_Names, typer.Option(help="What acts: miR-21, PTEN, exosome. Repeat for several.")] = None,
    drug: Annotated[_Names, typer.Option(help="The drug it acts on, by any of its names (DDP is cisplatin).")] = None,
    object: Annotated[_Names, typer.Option(help="Anything else it acts on: a gene, a process.")] = None,
    cancer: Annotated[_Names, typer.Option(help="The cancer, its kinds included (gastric is stomach cancer).")] = None,
    predicate: Annotated[
        _Names, typer.Option(help="resistance, sensitivity, upregulation, biomarker, cargo...")
    ] = None,
    assertion: Annotated[_Names, typer.Option(help="asserted, negated or speculative.")] = None,
    tier: Annotated[_Names, typer.Option(help="high: the surer ones; all: the others.")] = None,
    agent_type: Annotated[_Names, typer.Option(help="Entity label of what acts: MIRNA, PROTEIN...")] = None,
    status: Annotated[_Names, typer.Option(help="What people decided: accepted, edited or unreviewed.")] = None,
    sentences: Annotated[bool, typer.Option("--sentences", help="One row a sentence, with paper and page.")] = False,
    contradictions: Annotated[
        bool, typer.Option("--contradictions", help="Pairs of statements that cannot both hold.")
    ] = False,
    format: Annotated[QueryFormat, typer.Option(help="table for the terminal; csv or json.")] = QueryFormat.table,
    processed: Annotated[Path, typer.Option(help="Folder with the extracted tables.")] = Path(PROCESSED),
    curated: Annotated[Path, typer.Option(help=f"{DECISIONS_FOLDER}.")] = Path(CURATED),
    as_extracted: Annotated[bool, typer.Option("--as-extracted", help=AS_EXTRACTED)] = False,
) -> None:
    """Print the statements that fit, those of most papers first.

    What people rejected is left out, what they edited reads as edited.
    Names are found by their synonyms, or given as identifiers (doid:10283). Exit status: 0 also where nothing fits, 2
    where a name is not known.
    """
    from exomine.cli.output import put
    from exomine.errors import UsageError
    from exomine.questions import answers
    from exomine.questions.query import query as ask

    if sentences and contradictions:
        raise UsageError("--sentences and --contradictions give different rows; choose one of them.")
    given: dict[str, Any] = {
        "agent": agent, "drug": drug, "object": object, "cancer": cancer, "predicate": predicate,
        "assertion": assertion,
        "tier": tier, "agent_type": agent_type, "status": status,
    }  # fmt: skip
    asked = {name: values for name, values in given.items() if values}
    decided = not as_extracted and (status or (curated / "decisions.csv").exists())
    tables = tables_of(processed, curated if decided else None)
    found = answers.contradictions(tables, **asked) if contradictions else ask(tables, **asked, sentences=sentences)
    put(_RENDER[format](found))
    if format is QueryFormat.table:
        typer.echo(f"{len(found)} {'row' if len(found) == 1 else 'rows'} of {len(tables.triples)} statements", err=True)


#: Columns of the terminal's table; the other formats give all.
_SHOWN = (
    "statement", "against", "sentence", "paper", "page", "citations", "n_documents", "n_documents_against",
    "n_primaries",
    "n_primaries_against", "score", "tier", "status",
)  # fmt: skip
_NUMBERS = frozenset(["page", "n_documents", "n_primaries", "n_documents_against", "n_primaries_against", "score"])


def _table(found: pd.DataFrame) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from exomine.cli.output import visible
    from exomine.tables.dataframes import records

    columns = [c for c in _SHOWN if c in found.columns]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(_heading(column), justify="right" if column in _NUMBERS else "left", overflow="fold")
    for row in records(found[columns]):
        table.add_row(*(Text(visible(_cell(row[c]))) for c in columns))
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH
    with console.capture() as printed:
        console.print(table)
    return "\n".join(line.rstrip() for line in printed.get().splitlines()) + "\n"


def _heading(column: str) -> str:
    return column.removeprefix("n_").replace("_", " ")


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def _csv(found: pd.DataFrame) -> str:
    return str(found.to_csv(index=False, lineterminator="\n"))


def _json(found: pd.DataFrame) -> str:
    import json

    from exomine.tables.dataframes import records

    return json.dumps(records(found), ensure_ascii=False, indent=1) + "\n"


_RENDER = {QueryFormat.table: _table, QueryFormat.csv: _csv, QueryFormat.json: _json}
