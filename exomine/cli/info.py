"""``exomine info``: what is installed."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("info")(info)


def info(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Print versions, the hashes of model and lexicon, and whether they are as their manifests say.

    Exit status: 0 all there, 1 something that the package ships is missing or altered.
    """
    from exomine.run.installed import installed

    facts = installed()
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=1))
    else:
        for heading, values in facts.items():
            typer.echo(heading)
            for name, value in _lines(values):
                typer.echo(f"  {name:<22} {value}")
    raise typer.Exit(1 if facts["problems"] else 0)


def _lines(values: Any) -> list[tuple[str, str]]:
    if isinstance(values, dict):
        return [(k, v if isinstance(v, str) else json.dumps(v, ensure_ascii=False)) for k, v in values.items()]
    return [("", str(v)) for v in values] or [("", "none")]
