"""Figures that the README tells, kept in one file with the command, day and commit of each.

``exomine evaluate mirna NAMES.tsv | python -m exomine.cli.figures docs/figures.json "exomine evaluate mirna
NAMES.tsv"`` puts what the command has printed in the place of the figures that name it; ``make docs`` renders the
table. A figure whose gold data is not at hand keeps the day on which it was measured.
"""

from __future__ import annotations

import argparse
import datetime
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from exomine.errors import UsageError

__all__ = ["Figure", "figure_table", "main", "measured", "read_figures", "write_figures"]


@dataclass(frozen=True, slots=True)
class Figure:
    """``value`` is what ``command`` printed under ``key`` (names joined by dots) on ``date`` with the code of
    ``commit``.
    """

    name: str
    value: float
    command: str
    key: str
    date: str
    commit: str


def read_figures(path: Path) -> list[Figure]:
    """The figures of a file, in its order; raises :class:`UsageError` where it is none of figures."""
    try:
        return [Figure(**row) for row in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"{path}: no file of figures ({error}); expected a list as in docs/figures.json.") from error


def write_figures(path: Path, figures: Sequence[Figure]) -> None:
    """Write figures so that :func:`read_figures` reads them."""
    path.write_text(json.dumps([asdict(f) for f in figures], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def measured(figures: Sequence[Figure], command: str, printed: Any, *, date: str, commit: str) -> list[Figure]:
    """``figures`` with those of ``command`` as it printed them."""
    if not any(f.command == command for f in figures):
        known = "; ".join(dict.fromkeys(f.command for f in figures))
        raise UsageError(f"No figure is given by {command!r}; known commands: {known}.")
    return [
        replace(f, value=_value(printed, f.key), date=date, commit=commit) if f.command == command else f
        for f in figures
    ]


def _value(printed: Any, key: str) -> float:
    value = printed
    for name in key.split("."):
        if not isinstance(value, dict) or name not in value:
            raise UsageError(f"The command printed no {key!r}; compare the key in the file of figures with its output.")
        value = value[name]
    return float(value)


def figure_table(figures: Sequence[Figure]) -> str:
    """The table of the README."""
    rows = [f"| {f.name} | {f.value:g} | `{f.command}` | {f.date}, {f.commit} |" for f in figures]
    return "\n".join(["| what | figure | command | measured |", "|---|---|---|---|", *rows]) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m exomine.cli.figures", description="Take figures from a command's output."
    )
    parser.add_argument("file", type=Path, help="the figures, docs/figures.json")
    parser.add_argument("command", help="the command whose output is read from standard input, as the file names it")
    given = parser.parse_args(arguments)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True).stdout
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    figures = measured(read_figures(given.file), given.command, json.load(sys.stdin), date=today, commit=commit.strip())
    write_figures(given.file, figures)


if __name__ == "__main__":
    main()
