"""The command ``exomine``: one module a command, each imported light; the work is done by the rooms below.

Exit status: 0 all papers read; 1 nothing could be done; 2 bad usage; 3 some papers failed; 4 an accepted triple is
lost; 130 interrupted.
"""

from __future__ import annotations

import contextlib
import io
import logging
import sys
from typing import Annotated, Any

import typer
import typer.core

from exomine import __version__
from exomine.cli import (
    annotate,
    cache,
    corpus,
    curate,
    evaluate,
    explain,
    export,
    extract,
    info,
    query,
    read,
    refresh,
    report,
    train,
)
from exomine.cli.output import Patient, Told, reader_may_leave
from exomine.config import CHATTY
from exomine.document.names import shown_name
from exomine.errors import CorpusError, CurationError, ExomineError, Interrupted, TermsError, UsageError

__all__ = ["app", "main"]


class _Group(typer.core.TyperGroup):
    """The group of commands; typer itself would end an interrupt without a word, and a reader that went away as a
    failure.
    """

    def make_context(self, *args: Any, **extra: Any) -> Any:  # prints the help and the version
        try:
            with reader_may_leave():
                return super().make_context(*args, **extra)
        except KeyboardInterrupt:
            raise Interrupted("Stopped before the work began.") from None

    def invoke(self, ctx: Any) -> Any:
        try:
            with reader_may_leave():
                return super().invoke(ctx)
        except KeyboardInterrupt:
            raise Interrupted("Stopped.") from None


app = typer.Typer(
    name="exomine",
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="From reviews on exosomes, microRNAs and drug resistance in cancer to tidy tables of statements.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(shown: bool) -> None:
    if shown:
        typer.echo(f"exomine {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Options before the command."""


for module in (
    extract, read, annotate, explain, refresh, curate, query, export, report, evaluate, corpus, cache, info, train,
):  # fmt: skip
    module.register(app)


def main() -> None:
    """Run the command; errors that were foreseen become one line and an exit status."""
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.ERROR)
    told = Told(sys.stdout) if sys.stdout else None
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(Patient(sys.stderr or io.StringIO())):
        _run()


def _run() -> None:
    try:
        app()
    except Interrupted as error:
        sys.exit(_tell(error, 130))
    except (UsageError, TermsError, CurationError, CorpusError) as error:
        sys.exit(_tell(error, 2))
    except ExomineError as error:
        sys.exit(_tell(error, 1))
    except KeyboardInterrupt:
        sys.exit(_tell("Stopped before the work began.", 130))


def _tell(error: object, status: int) -> int:
    sys.stderr.write(f"exomine: {shown_name(str(error))}\n")
    return status
