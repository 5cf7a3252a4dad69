"""``exomine cache``: what is kept by content, and pruning it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exomine.config import PROCESSED

if TYPE_CHECKING:
    from exomine.run.store import Store

__all__ = ["register"]

cache = typer.Typer(
    help="Results of each stage that are kept by content: see what there is, remove what is old.",
    no_args_is_help=True, rich_markup_mode=None, add_completion=False,
)  # fmt: skip

_Folder = Annotated[
    Path, typer.Argument(help="A folder given with --cache, or a folder of tables, in which the cache is hidden.")
]
_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?([kMGT]?)B?", re.I)
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}
_DAY = 86_400.0


def register(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    app.add_typer(cache, name="cache")


@cache.command("show")
def show(
    folder: _Folder = Path(PROCESSED), as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False
) -> None:
    """Print entries and bytes by stage: read (papers as read), annotated (sentences, mentions), pairs (what the
    relation network said), rows (of the tables).
    """
    import json
    from dataclasses import asdict

    from exomine.cli.output import put

    store = _store(folder)
    usage = store.usage()
    if as_json:
        put(json.dumps({"folder": str(store.folder), "stages": [asdict(u) for u in usage]}, indent=1) + "\n")
        return
    put(f"{store.folder}\n")
    put("".join(f"  {u.stage:<10} {u.entries:>9,} entries {u.size / 1e6:>12,.1f} MB\n" for u in usage))


@cache.command("prune")
def prune(
    folder: _Folder = Path(PROCESSED),
    days: Annotated[float | None, typer.Option(min=0, help="Remove what was not used for so many days.")] = None,
    max_size: Annotated[
        str | None, typer.Option(help="Then remove what was used longest ago, until the rest is no larger: 500M, 20G.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Remove all entries.")] = False,
) -> None:
    """Remove entries. Tables are never touched; what is missing later is made again. Runs may go on meanwhile.

    Exit status: 0 done, 2 bad usage.
    """
    from exomine.cli.output import put
    from exomine.errors import UsageError

    if days is None and max_size is None and not everything:
        raise UsageError("What is to be pruned? Give --days, --max-size or --all.")
    store = _store(folder)
    age = days * _DAY if days is not None else None
    removed = store.prune(age=age, size=0 if everything else _bytes(max_size))
    put(f"{len(removed):,} entries removed, {sum(k.size for k in removed) / 1e6:,.1f} MB, from {store.folder}\n")


def _store(folder: Path) -> Store:
    """The store of a folder that is one, or that is a folder of tables."""
    from exomine.errors import UsageError
    from exomine.run.extract import CACHE
    from exomine.run.store import STAGES, Store

    for place in (folder / CACHE, folder):
        if any((place / stage).is_dir() for stage in STAGES):
            return Store(place)
    raise UsageError(f"{folder} holds no cache; name a folder given with --cache, or a folder of tables.")


def _bytes(shown: str | None) -> int | None:
    """``20G`` as a number of bytes."""
    from exomine.errors import UsageError

    if shown is None:
        return None
    if not (found := _SIZE.fullmatch(shown.strip())):
        raise UsageError(f"{shown!r} is no size; give bytes, or a number with k, M, G or T: 500M, 20G.")
    return int(float(found[1]) * _UNITS[found[2].lower()])
