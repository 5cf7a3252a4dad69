"""``exomine corpus``: the annotated sentences of ``corpus/``: check, lay out, compare.

Forwards to :mod:`exomine.annotation`.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from exomine.cli.output import put

__all__ = ["register"]

corpus = typer.Typer(
    help="The annotated sentences: check them, put text and annotation together, compare two readers.",
    no_args_is_help=True, rich_markup_mode=None, add_completion=False,
)  # fmt: skip

_Paths = Annotated[list[Path], typer.Argument(help="JSONL files, or folders that hold them.")]


def register(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    app.add_typer(corpus, name="corpus")


def _print(found: Any) -> None:
    put(json.dumps(found, indent=1) + "\n")


@corpus.command("check")
def check(paths: _Paths) -> None:
    """Check that every record fits the guidelines' forms, and print counts as JSON."""
    from exomine.annotation.counts import counts
    from exomine.annotation.record import read_corpus

    _print(counts(read_corpus(*paths)))


@corpus.command("read")
def read(
    files: Annotated[list[Path], typer.Argument(help="Files in the annotators' short form (docs/annotation.md).")],
    out: Annotated[Path, typer.Option(help="The JSONL file to write.")],
    given: Annotated[
        Path | None, typer.Option(help="JSONL file of the sentences whose mentions were numbered for the annotators.")
    ] = None,
    bare: Annotated[
        bool, typer.Option("--bare", help="Leave out the text: only hash, offset and length stay.")
    ] = False,
) -> None:
    """Turn what annotators wrote into records; a slip is named with its file and line (exit status 2: none is
    written).
    """
    from exomine.annotation.record import read_corpus, write_corpus
    from exomine.annotation.shorthand import read_shorthand

    known = {s.id: s for s in read_corpus(given)} if given else None
    sentences = [s for file in files for s in read_shorthand(file, known)]
    write_corpus(out, [s.bare() for s in sentences] if bare else sentences)
    typer.echo(f"{len(sentences)} sentences in {out}", err=True)


@corpus.command("layout")
def layout(
    paths: _Paths,
    papers: Annotated[Path, typer.Option(help="Folder of the papers, as JATS XML.")],
    out: Annotated[Path, typer.Option(help="The JSONL file to write, text and annotation together.")],
) -> None:
    """Put the text of papers' sentences to their annotation; says what was not found (exit status 1: nothing was)."""
    from exomine.annotation.layout import lay_out
    from exomine.annotation.record import read_corpus, write_corpus
    from exomine.errors import CorpusError

    records = read_corpus(*paths)
    done = lay_out(records, papers)
    if not done.sentences:
        raise CorpusError(f"{papers}: none of {len(records)} sentences was found; corpus/papers.tsv names the papers.")
    write_corpus(out, done.sentences)
    summary = {"sentences": len(done.sentences), "lost": done.lost, "papers_missing": done.missing}
    _print(summary)


@corpus.command("agreement")
def compare(
    first: Annotated[Path, typer.Argument(help="JSONL file of the first reader.")],
    second: Annotated[Path, typer.Argument(help="JSONL file of the second reader, with the same ids.")],
) -> None:
    """Print how far two readers agree: kappa over pairs of mentions, by predicate, of assertion and of state."""
    from exomine.annotation.agreement import agreement
    from exomine.annotation.record import read_corpus

    found = agreement(read_corpus(first), read_corpus(second))
    _print(dataclasses.asdict(found))
