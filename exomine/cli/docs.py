"""Reference pages written from the code: ``python -m exomine.cli.docs docs``. A test compares them with the files."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import typer.main

from exomine.cli.figures import figure_table, read_figures
from exomine.curation.schema import CURATED_TABLES, DECISIONS_TABLE
from exomine.errors import REASONS
from exomine.nlp.relations.frames.catalogue import frame_table
from exomine.tables.schema import TABLES, Column, TableSchema
from exomine.tables.statement import statement
from exomine.vocabulary.entities import ENTITY_TYPES
from exomine.vocabulary.predicates import PREDICATES, Predicate

__all__ = ["PAGES", "PARTS", "command_reference", "data_dictionary", "walk", "with_part", "write"]


def data_dictionary() -> str:
    """Every table and column, label, predicate and reason code, as Markdown."""
    return "\n".join(_dictionary()) + "\n"


#: What the data dictionary begins with.
_ABOUT_TABLES = """\
# Data dictionary

Written by `make docs` from `exomine/tables/schema.py`, `exomine/curation/schema.py` and `exomine/vocabulary/`.
CSV is UTF-8 with a header, cells verbatim; Parquet beside it holds the same. Missing is empty (null, `pandas.NA`).
Offsets are half-open and count Unicode code points of the paper's text (`papers/<doc_id>.json`, key `text`)."""


def _dictionary() -> Iterator[str]:
    yield _ABOUT_TABLES
    yield from _tables("Extracted tables", TABLES)
    yield from _tables("Curated tables", (DECISIONS_TABLE, *CURATED_TABLES))
    yield from _list("Entity labels", "label | meaning | CURIE prefixes, in order of preference", _entity_rows())
    yield from _list(
        "Predicates", "predicate | meaning | object | identifier | also | arrow form", map(_predicate_row, PREDICATES)
    )
    yield from _list("Reasons of failures", "reason | what to do", REASONS.items())


def _tables(title: str, schemas: Iterable[TableSchema]) -> Iterator[str]:
    yield from ("", f"## {title}")
    for schema in schemas:
        yield from _table(schema)


def _list(title: str, head: str, rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table in Markdown under a title; ``head`` are its columns, with bars between."""
    yield from ("", f"## {title}", "", f"| {head} |", "|---" * (head.count("|") + 1) + "|")
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _entity_rows() -> Iterator[tuple[str, ...]]:
    for t in ENTITY_TYPES:
        prefixes = (*t.prefixes, "exomine") if t.may_mint else t.prefixes
        yield t.label, t.meaning, ", ".join(f"`{p}:`" for p in prefixes)


def _predicate_row(p: Predicate) -> tuple[str, ...]:
    label = next((o for o in p.objects if o != "CANCER"), "CANCER")
    shown = statement("A", p.name, "B", object_label=label, cancer="C")
    return p.name, p.meaning, ", ".join(p.objects), p.curie, _also(p), shown


def _also(p: Predicate) -> str:
    """What Biolink and RO call a predicate besides its identifier."""
    biolink = f"{p.biolink} {p.direction}".rstrip()
    return ", ".join(x for x in (biolink, p.ro) if x and x != p.curie)


def _table(schema: TableSchema) -> Iterator[str]:
    yield ""
    yield f"### {schema.name}"
    yield ""
    keys = f" Key: {', '.join(schema.key)}." if schema.key else ""
    yield f"{schema.meaning[0].upper()}{schema.meaning[1:]}. Order: {schema.order}.{keys}"
    yield ""
    yield "| column | type | empty | meaning |"
    yield "|---|---|---|---|"
    links = {k.columns[0]: f" → `{k.table}.{k.target[0]}`" for k in schema.foreign_keys}
    for c in schema.columns:
        yield f"| {c.name} | {c.type} | {'no' if c.required else 'may be'} | {_meaning(c)}{links.get(c.name, '')} |"


def _meaning(column: Column) -> str:
    values = f" ({', '.join(column.values)})" if column.values and len(column.values) < 6 else ""
    return (column.meaning + ("" if all(v in column.meaning for v in column.values) else values)).replace("|", "\\|")


def command_reference() -> str:
    """Every command with its options, as Markdown."""
    return "\n".join(_commands()) + "\n"


def _commands() -> Iterator[str]:
    from exomine.cli.app import app

    yield "# Commands"
    yield ""
    yield (
        "Written by `make docs` from `exomine/cli/`. Tables go to files, what was asked for to standard "
        "output, progress and"
    )
    yield "messages to standard error."
    for name, command in walk(typer.main.get_command(app), "exomine"):
        yield from _command(name, command)


def walk(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Every command under a group, with its whole name."""
    for part, inner in command.commands.items():
        if hasattr(inner, "commands"):
            yield from walk(inner, f"{name} {part}")
        else:
            yield f"{name} {part}", inner


def _command(name: str, command: Any) -> Iterator[str]:
    yield ""
    yield f"## {name}"
    yield ""
    yield inspect.cleandoc(command.help or "")
    yield ""
    yield "| option | default | meaning |"
    yield "|---|---|---|"
    for p in command.params:
        if p.name == "help":
            continue
        shown = ", ".join(p.opts) if p.opts[0].startswith("-") else p.opts[0].upper()
        default = "" if p.default is None or p.default is False or p.required else str(p.default)
        meaning = (getattr(p, "help", "") or "").replace("[default: ", "(default: ").replace("]", ")")
        yield f"| `{shown}` | {default} | {meaning} |"


PAGES = {"data-dictionary.md": data_dictionary, "cli.md": command_reference}


#: Where the figures are kept in a checkout.
FIGURES = Path(__file__).resolve().parents[2] / "docs" / "figures.json"
#: Pages of which a part is written, between the lines "<!-- NAME: written by ... -->" and "<!-- end of NAME -->".
PARTS = {
    "relations.md": ("frames", frame_table),
    "README.md": ("figures", lambda: figure_table(read_figures(FIGURES))),
}


def with_part(page: str, text: str) -> str:
    """The text of a page, its written part anew."""
    name, part = PARTS[page]
    begin, end = f"<!-- {name}: written by `make docs` -->\n", f"<!-- end of {name} -->"
    before, rest = text.split(begin)
    return f"{before}{begin}{part()}{end}{rest.split(end)[1]}"


def write(folder: Path) -> None:
    """Write the pages into ``folder``, and the parts of the pages that are there or, as the README, beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")
    for path in (place / name for name in PARTS for place in (folder, folder.parent)):
        if path.exists():
            path.write_text(with_part(path.name, path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
