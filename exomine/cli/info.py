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
    from exomine.cli.output import put
    from exomine.run.installed import installed

    facts = installed()
    if as_json:
        put(json.dumps(facts, ensure_ascii=False, indent=1) + "\n")
    else:
        lines = [[heading, *(f"  {n:<22} {v}" for n, v in _lines(values))] for heading, values in facts.items()]
        put("".join(f"{line}\n" for part in lines for line in part))
    raise typer.Exit(1 if facts["problems"] else 0)


def _lines(values: Any) -> list[tuple[str, str]]:
    if isinstance(values, dict):
        return [(k, v if isinstance(v, str) else json.dumps(v, ensure_ascii=False)) for k, v in values.items()]
    return [("", str(v)) for v in values] or [("", "none")]
