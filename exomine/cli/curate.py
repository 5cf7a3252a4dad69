"""``exomine curate``: the page on which a curator looks and decides."""

from __future__ import annotations

import getpass
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from exomine.config import CURATED, PROCESSED, RAW
from exomine.errors import UsageError

__all__ = ["register"]

#: What the extra brings.
_NEEDED = ("starlette", "uvicorn", "jinja2")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("curate")(curate)


def curate(
    processed: Annotated[Path, typer.Option(help="Folder with the extracted tables.")] = Path(PROCESSED),
    curated: Annotated[Path, typer.Option(help="Folder with decisions.csv; decisions are added there.")] = Path(
        CURATED
    ),
    papers: Annotated[
        Path, typer.Option(help="Folder with the PDFs; their pages are shown beside the sentences.")
    ] = Path(RAW),
    curator: Annotated[str, typer.Option(help="Who decides  [default: the name of the login]")] = "",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0 is any that is free.")] = 8765,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Look at the statements found and decide on them, in a browser; every decision is written to decisions.csv at
    once.

    The page is served on this machine alone until it is interrupted (Ctrl-C). Needs the extra `curate`:
    pip install "exomine[curate]". Exit status: 0 ended, 2 bad usage.
    """
    missing = [module for module in _NEEDED if find_spec(module) is None]
    if missing:
        raise UsageError(f"{', '.join(missing)} not installed, which the page needs: pip install 'exomine[curate]'.")
    from exomine.curation.originals import Originals
    from exomine.curation.review import Review
    from exomine.curation.web.server import serve

    review = Review(processed, curated, curator=curator or _login())
    serve(review, Originals(papers), port=port, ready=lambda address: _ready(address, open_page=open_page))


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user without a name
        return ""


def _ready(address: str, *, open_page: bool) -> None:
    typer.echo(f"{address} shows the statements; Ctrl-C ends it.", err=True)
    if open_page:
        typer.launch(address)
