"""What a run shows on standard error: a bar with papers, pages and stage, what failed and why, and a closing table."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from exomine.run.extract import Outcome
from exomine.run.extract import Progress as Watcher
from exomine.run.find import Source
from exomine.run.paper import Receipt

__all__ = ["Bar", "progress_bar", "summary", "track"]

_SHOWN_FAILURES = 20


class Bar(Watcher):
    """A live bar; failures are printed above it as they come. ``finished`` of ``total`` papers are read and kept."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task: TaskID | None = None
        self._pages = 0
        self.finished = self.total = 0

    def begin(self, total: int) -> None:
        self.total = total
        self._task = self._bar.add_task("papers", total=total, pages=0, now="loading the model")

    def stage(self, source: Source, name: str) -> None:
        self._update(now=f"{name} {source.source_path}")

    def done(self, source: Source, receipt: Receipt, *, reused: bool) -> None:  # noqa: ARG002
        self.finished += not receipt.failed
        self._pages += receipt.n_pages
        self._update(advance=1, pages=self._pages)
        for path, _, _, reason, page, message in receipt.failures:
            where = f", page {page}" if page else ""
            self._bar.console.print(
                f"{path}{where}: {reason}: {message}", markup=False, highlight=False, soft_wrap=True
            )

    def writing(self) -> None:
        self._update(now="writing tables")

    def kept(self, *, cache: bool) -> str:
        """What a run that does not come to its end leaves, and how to go on; nothing where it had not begun."""
        if not self.finished:
            return "Run the same command again to begin anew." if self.total else ""
        if not cache:
            return f"{self.finished} of {self.total} papers were finished; nothing was to be kept of them (--no-cache)."
        return (
            f"{self.finished} of {self.total} papers were finished and are kept: run the same command again (without "
            "--force) to go on."
        )

    def _update(self, *, advance: float = 0, **fields: object) -> None:
        if self._task is not None:
            self._bar.update(self._task, advance=advance, **fields)  # type: ignore[arg-type]


@contextlib.contextmanager
def progress_bar() -> Iterator[Bar]:
    """A bar where standard error is a terminal; elsewhere only failures are told, a line each."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"), BarColumn(bar_width=24), MofNCompleteColumn(),
        TextColumn("{task.fields[pages]} pages"),
        TimeElapsedColumn(), TextColumn("{task.fields[now]}", markup=False, style="dim"),
    )  # fmt: skip
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        yield Bar(bar)


def track(items: Sequence[Any], what: str) -> Iterable[Any]:
    """Hands on the items of an evaluation: a bar where standard error is a terminal, elsewhere a line at each tenth."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}", markup=False), BarColumn(bar_width=24), MofNCompleteColumn(),
        TimeElapsedColumn()
    )  # fmt: skip
    step = max(1, -(-len(items) // 10))
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(what, total=len(items))
        for n, item in enumerate(items):
            if not console.is_terminal and n % step == 0:
                console.print(f"{what}: {n} of {len(items)}", markup=False, highlight=False, soft_wrap=True)
            yield item
            bar.update(task, advance=1)


def summary(outcome: Outcome) -> None:
    """The closing table, on standard error."""
    console = Console(stderr=True)
    if not outcome.written:
        which = "The paper" if outcome.n_failed == 1 else f"All {outcome.n_failed} papers"
        told = f"{which} failed, for the reasons above: the earlier tables in {outcome.out} are left as they were."
        console.print(told, markup=False, highlight=False, soft_wrap=True)
        return
    counts, seconds = outcome.run["counts"], outcome.run["seconds"]
    table = Table(title=f"Tables in {escape(str(outcome.out))}", title_justify="left", show_header=False)
    table.add_column(justify="left")
    table.add_column(justify="right")
    table.add_column()
    read = counts["documents"] - counts["failed"]
    notes = [
        f"{counts[k]} {shown}"
        for k, shown in (("partial", "in part"), ("failed", "failed"), ("reused", "unchanged"))
        if counts[k]
    ]
    table.add_row("papers read", str(read), ", ".join(notes))
    table.add_row("pages", str(counts["pages"]), "")
    for name in ("sentences", "mentions", "relations", "triples", "references"):
        table.add_row(name, f"{counts[name]:,}", _note(outcome, name))
    spent = ", ".join(f"{name} {value:.1f}" for name, value in seconds.items() if name != "total")
    table.add_row("seconds", f"{seconds['total']:.1f}", spent)
    console.print(table)
    if counts["failed"]:
        console.print(
            f"{counts['failed']} of {counts['documents']} papers failed: see {outcome.out / 'failures.csv'}",
            markup=False,
        )
    elif counts["misnamed"]:
        console.print(
            (
                f"{counts['misnamed']} of the files have the bytes of a paper but a wrong name: see "
                f"{outcome.out / 'failures.csv'}"
            ),
            markup=False,
        )


def _note(outcome: Outcome, name: str) -> str:
    if name not in ("relations", "triples"):
        return ""
    return f"{outcome.run['counts'][f'high_{name}']:,} of tier high"
